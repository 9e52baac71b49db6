import type { SuspendedInstitution } from '../../../miniprogram/contract/accounts';
import type { InstitutionId } from '../../../miniprogram/contract/ids';
import { fail, type Result } from '../../../miniprogram/contract/result';
import type { InstitutionStanding, InstitutionView } from '../../../miniprogram/contract/training';

/** A change of an institution, as its history keeps it. */
interface InstitutionChange {
  atMs: number;
  changes: readonly { field: string }[];
  reason?: string;
}

type WithChanges = Pick<InstitutionView, 'id' | 'name'> & { history: readonly InstitutionChange[] };

/** Since when an institution is suspended, or active again, and why; undefined for one that never was suspended. */
export function standingOf({ history }: Pick<WithChanges, 'history'>): InstitutionStanding | undefined {
  const at = history.findLastIndex(({ changes }) => changes.some(({ field }) => field === 'active'));
  const since = history[at];
  if (!since) return undefined;
  // A reason that was given, or given anew, later counts.
  const reason = history.slice(at).findLast(step => step.reason !== undefined)?.reason;
  return { sinceMs: since.atMs, ...(reason !== undefined && { reason }) };
}

/** A suspended institution as its administrators' accounts name it. */
export const toSuspended = (institution: WithChanges): SuspendedInstitution => ({
  institutionId: institution.id,
  name: institution.name,
  ...standingOf(institution),
});

/** The suspended institution of theirs that a record belongs to. */
export const findSuspended = (
  { suspended }: { suspended?: readonly SuspendedInstitution[] },
  { institutionId }: { institutionId?: InstitutionId },
): SuspendedInstitution | undefined => suspended?.find(each => each.institutionId === institutionId);

/** What an administrator of it is told. @returns institution_suspended {institutionName, sinceMs, reason}. */
export const refuseSuspended = ({ name, sinceMs, reason }: SuspendedInstitution): Result<never> =>
  fail('institution_suspended', {
    institutionName: name,
    ...(sinceMs !== undefined && { sinceMs }),
    ...(reason !== undefined && { reason }),
  });
