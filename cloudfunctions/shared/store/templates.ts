import type { TemplateView } from '../../../miniprogram/contract/templates';
import type { TemplateCommand } from '../domain/template';
import type { StepActor } from '../domain/voucher';
import { attempt } from './attempt';
import { collection, command } from './database';
import { DocumentCollection, type Stored } from './document-collection';

export interface TemplateStep {
  command: TemplateCommand;
  atMs: number;
  by: StepActor;
  requestId: string;
}

export interface Template extends Stored, Omit<TemplateView, 'id'> {
  /** Vouchers that running issue jobs have set aside, by job; part of issuedCount until a job gives back what it did not issue. */
  reservations: Record<string, number>;
  history: TemplateStep[];
}

export const templates = new DocumentCollection<Template>('templates');

/**
 * Sets vouchers aside for an issue job, once: a repetition finds the reservation and changes nothing.
 * @returns false when quota or budget no longer allow it, or when the job has its reservation already.
 */
export async function reserve(template: Template, jobId: string, count: number): Promise<boolean> {
  const where = {
    _id: template.id,
    status: 'published',
    [`reservations.${jobId}`]: command.exists(false),
    issuedCount: command.lte(template.quota - count),
    committedFen: command.lte(template.budgetFen - count * template.amountFen),
    quota: template.quota,
    budgetFen: template.budgetFen,
  };
  return changeReservation(where, jobId, count, template.amountFen, command.set(count));
}

/** Gives back what the job did not issue and forgets the reservation, once. */
export async function release(template: Template, jobId: string, unusedCount: number): Promise<boolean> {
  const where = { _id: template.id, [`reservations.${jobId}`]: command.exists(true) };
  return changeReservation(where, jobId, -unusedCount, template.amountFen, command.remove());
}

async function changeReservation(
  where: object,
  jobId: string,
  count: number,
  amountFen: number,
  reservation: unknown,
): Promise<boolean> {
  const { updated } = await attempt(() =>
    collection('templates')
      .where(where)
      .update({
        issuedCount: command.inc(count),
        committedFen: command.inc(count * amountFen),
        [`reservations.${jobId}`]: reservation,
        version: command.inc(1),
      }),
  );
  return updated === 1;
}
