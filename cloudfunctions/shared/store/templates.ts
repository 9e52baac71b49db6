import { isTooMuch, minusFen, timesFen } from '../../../miniprogram/contract/fen';
import type { JobId, VoucherId } from '../../../miniprogram/contract/ids';
import type { Template } from '../domain/template';
import { PlacedCollection } from './placed-collection';
import { ABSENT, atMost, increasedBy, PRESENT, type Changes } from './query';

export const templates = new PlacedCollection<Template, 'templates'>('templates');

/** What a job that sets `count` more aside changes; a negative count gives some back. */
const taken = ({ amountFen }: Template, count: number): Changes<Template> => ({
  issuedCount: increasedBy(count),
  committedFen: increasedBy(count * amountFen),
});

/**
 * Gives back the share of vouchers that ended unused, once. Which ones they are stands in the same write, under the number
 * of the return: whoever goes on after a kill finds them, and whoever chose them before another return changes nothing.
 * @returns false when there has been another return since the template was read.
 */
export async function beginReturn(
  template: Template,
  voucherIds: VoucherId[],
): Promise<Template | undefined> {
  const { id, returnsCount } = template;
  const where = { _id: id, returnsCount: returnsCount ?? ABSENT };
  const changes = {
    ...taken(template, -voucherIds.length),
    returning: voucherIds,
    returnsCount: (returnsCount ?? 0) + 1,
  };
  if ((await templates.update(where, changes)) !== 1) return undefined;
  return { ...template, returning: voucherIds, returnsCount: changes.returnsCount };
}

/** Forgets the vouchers of a return that has been done in full. */
export async function endReturn({ id, returnsCount }: Template): Promise<void> {
  await templates.update({ _id: id, returnsCount: returnsCount ?? ABSENT }, { returning: undefined });
}

/** The field that holds what one job has set aside. */
const reservation = <V>(jobId: JobId, value: V): Record<`reservations.${string}`, V> => ({
  [`reservations.${jobId}`]: value,
});

/**
 * Sets vouchers aside for an issue job, once: a repetition finds the reservation and changes nothing. A try that was given
 * up and is carried out later finds another version, also where the job has ended and its reservation is forgotten.
 * @returns false when quota or budget no longer allow it, when the job has its reservation already, or when the template
 * has changed since it was read.
 */
export async function reserve(template: Template, jobId: JobId, count: number): Promise<boolean> {
  const { id, version, quota, budgetFen, amountFen } = template;
  if (isTooMuch(amountFen, count, budgetFen)) return false;
  const neededFen = timesFen(amountFen, count);
  const where = {
    _id: id,
    version,
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
