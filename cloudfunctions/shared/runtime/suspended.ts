import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { BatchId, ClassId, JobId, RosterEntryId, VoucherId } from '../../../miniprogram/contract/ids';
import type { Result } from '../../../miniprogram/contract/result';
import type { Actor } from '../domain/scope';
import { findSuspended, refuseSuspended } from '../domain/standing';
import { batches } from '../store/batches';
import { classes } from '../store/classes';
import { jobs } from '../store/jobs';
import { rosterEntries } from '../store/roster-entries';
import { vouchers } from '../store/vouchers';

/** What somebody is told of a record that is not theirs. */
const NOT_THEIRS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'institution_not_found',
  'class_not_found',
  'roster_entry_not_found',
  'voucher_not_found',
  'batch_not_found',
  'job_not_found',
]);

/** Ids by which an input may name a record of an institution, and how the record is found. */
const FINDERS: Readonly<Record<string, (id: string) => Promise<object | undefined>>> = {
  institutionId: async institutionId => ({ institutionId }),
  classId: id => classes.find(id as ClassId),
  batchId: id => batches.find(id as BatchId),
  voucherId: id => vouchers.find(id as VoucherId),
  jobId: id => jobs.find(id as JobId),
  entryId: async id => {
    const entry = await rosterEntries.find(id as RosterEntryId);
    return entry && classes.find(entry.ownerId as ClassId);
  },
};

/**
 * Says why to an administrator of several institutions for whom a record of the suspended one does not exist at present. The
 * record is looked at only then, so that no other call pays for it.
 */
export async function explainSuspension<T>(
  result: Result<T>,
  { actor, input }: { actor: Actor; input: unknown },
): Promise<Result<T>> {
  if (result.ok || !actor.suspended || !NOT_THEIRS.has(result.error.code)) return result;
  for (const [key, id] of Object.entries(input ?? {})) {
    const record = typeof id === 'string' ? await FINDERS[key]?.(id) : undefined;
    const suspended = record && findSuspended(actor, record);
    if (suspended) return refuseSuspended(suspended);
  }
  return result;
}

/** What names the suspended institution itself is refused before: its list is no empty list. Officers see it as ever. */
export function refuseNamed({ actor, input }: { actor: Actor; input: unknown }): Result<never> | undefined {
  const isOfficer = actor.grants.some(({ role }) => role !== 'administrator');
  const suspended = isOfficer ? undefined : findSuspended(actor, input ?? {});
  return suspended && refuseSuspended(suspended);
}
