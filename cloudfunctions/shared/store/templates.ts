import { isTooMuch, minusFen, timesFen } from '../../../miniprogram/contract/fen';
import type { JobId } from '../../../miniprogram/contract/ids';
import type { Template } from '../domain/template';
import { PlacedCollection } from './placed-collection';
import { ABSENT, atMost, increasedBy, PRESENT, type Changes } from './query';

export const templates = new PlacedCollection<Template, 'templates'>('templates');

/** What a job that sets `count` more aside changes; a negative count gives some back. */
const taken = ({ amountFen }: Template, count: number): Changes<Template> => ({
  issuedCount: increasedBy(count),
  committedFen: increasedBy(count * amountFen),
});

/** The field that holds what one job has set aside. */
const reservation = <V>(jobId: JobId, value: V): Record<`reservations.${string}`, V> => ({
  [`reservations.${jobId}`]: value,
});

/**
 * Sets vouchers aside for an issue job, once: a repetition finds the reservation and changes nothing.
 * @returns false when quota or budget no longer allow it, or when the job has its reservation already.
 */
export async function reserve(template: Template, jobId: JobId, count: number): Promise<boolean> {
  const { id, quota, budgetFen, amountFen } = template;
  if (isTooMuch(amountFen, count, budgetFen)) return false;
  const neededFen = timesFen(amountFen, count);
  const where = {
    _id: id,
    status: 'published',
    ...reservation(jobId, ABSENT),
    issuedCount: atMost(quota - count),
    committedFen: atMost(minusFen(budgetFen, neededFen)),
    quota,
    budgetFen,
  } as const;
  const changes = { ...taken(template, count), ...reservation(jobId, count) };
  return (await templates.update(where, changes)) === 1;
}

/** Gives back what the job did not issue and forgets the reservation, once. */
export async function release(template: Template, jobId: JobId, unusedCount: number): Promise<boolean> {
  const where = { _id: template.id, ...reservation(jobId, PRESENT) };
  const changes = { ...taken(template, -unusedCount), ...reservation(jobId, undefined) };
  return (await templates.update(where, changes)) === 1;
}
