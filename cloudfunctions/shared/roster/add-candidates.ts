import type { RowProblem } from '../../../miniprogram/contract/imports';
import { ok, type Result } from '../../../miniprogram/contract/result';
import { ownerIdOf } from '../domain/issue';
import type { Candidate } from './candidates';
import { beginImport, endImport, type RosterOwner } from './owner';
import { storeCandidates } from './store';

/** A write that begins just before the deadline may still end after it. */
const ANSWER_MS = 5_000;

/**
 * Puts people onto an open roster, whether they came in a file or from another system.
 * @param importKey of the request, by which its repetition knows its own entries.
 * @returns a problem for each row that another import was faster with; service_busy; write_conflict.
 */
export async function addCandidates(
  candidates: readonly Candidate[],
  { owner, trainingClass }: RosterOwner,
  { importKey, nowMs, deadlineMs }: { importKey: string; nowMs: number; deadlineMs: number },
): Promise<Result<RowProblem[]>> {
  const begun = trainingClass
    ? await beginImport(trainingClass, { key: importKey, nowMs, untilMs: deadlineMs + ANSWER_MS })
    : ok(undefined);
  if (!begun.ok) return begun;
  const ownerId = ownerIdOf(owner);
  const taken = await storeCandidates(candidates, { ownerId, importKey, nowMs, deadlineMs });
  if (trainingClass) await endImport(trainingClass, importKey);
  if (!taken.ok) return taken;
  const late = candidates.filter(({ entryId }) => taken.data.has(entryId));
  return ok(late.map(({ row }) => ({ row, code: 'already_on_roster' })));
}
