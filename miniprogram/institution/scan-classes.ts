import type { ClassView } from '../contract/training';
import { caller } from '../services/cloud';
import { loadAll } from '../services/load-all';
import type { Answer } from '../view/failure';
import { takesVouchersAfterEnd } from './view/class-page';

const listClasses = caller('training.listClasses');

/** Classes at which vouchers are taken now: those that run, and of the latest that are over those that still take some. */
export async function loadScanClasses(institutionId: string): Promise<Answer<ClassView[]>> {
  const [running, over] = await Promise.all([
    loadAll(page => listClasses({ institutionId, status: 'running', ...page })),
    listClasses({ institutionId, status: 'finished' }),
  ]);
  if (!running.ok) return running;
  if (!over.ok) return over;
  const nowMs = Date.now();
  const late = over.data.items.filter(trainingClass => takesVouchersAfterEnd(trainingClass, nowMs));
  return { ok: true, data: [...running.data, ...late] };
}
