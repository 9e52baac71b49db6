import * as v from 'valibot';
import { minusFen } from '../../miniprogram/contract/fen';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { unbatch } from '../shared/domain/decisions';
import { actingFor, type Actor } from '../shared/domain/scope';
import { stepMarked, type StepActor, type Voucher } from '../shared/domain/voucher';
import { Id, Reason } from '../shared/runtime/input';
import { operation, type Call } from '../shared/runtime/operation';
import { changeBatchItem, type ItemChange } from '../shared/store/batch-items';
import type { Batch } from '../shared/store/batches';
import { toReceipt } from '../shared/views/voucher-view';

type RemoveInput = { batchId: string; voucherId: string; reason: string };

/** Takes one voucher out: the institution while it draws the batch up, the city while it reviews it. */
export const removeItem = operation('settlement.removeItem', {
  input: v.strictObject({ batchId: Id, voucherId: Id, reason: Reason }),
  repeatsFromHistory: true,
  run: async call => {
    const changed = await changeBatchItem(call.input, (batch, voucher) => remove(call, batch, voucher));
    return changed.ok ? ok(toReceipt(changed.data.voucher, changed.data.entry)) : changed;
  },
});

function remove(
  { input, actor, nowMs, request }: Call<RemoveInput>,
  batch: Batch | undefined,
  voucher: Voucher | undefined,
): Result<ItemChange> {
  if (!batch || !actingFor(actor, batch)) return fail('batch_not_found');
  const mark = { command: 'unbatch', requestId: request.id, personKey: actor.personKey } as const;
  const earlier = voucher && stepMarked(voucher, mark);
  if (earlier) return ok({ entry: earlier });
  if (voucher?.status !== 'batched' || voucher.batchId !== batch.id) return fail('voucher_not_in_batch');
  const by = removerOf(batch, actor);
  if (!by.ok) return by;
  const context = { by: by.data, nowMs, requestId: request.id, reason: input.reason };
  const step = unbatch(voucher, context);
  if (!step.ok) return step;
  return ok({ entry: step.data.entry, step: step.data, batchChanges: without(batch, voucher, context) });
}

/** Who may take something out in this state. @returns batch_not_draft for the institution, batch_not_submitted for the city. */
function removerOf(batch: Batch, actor: Actor): Result<StepActor> {
  const isReviewed = batch.status === 'submitted' || batch.status === 'reviewed';
  const role = batch.status === 'draft' ? 'administrator' : isReviewed ? 'reviewer' : undefined;
  const by = actingFor({ ...actor, grants: actor.grants.filter(grant => grant.role === role) }, batch);
  if (by) return ok(by);
  const isInstitution = actor.grants.some(grant => grant.role === 'administrator');
  return fail(isInstitution ? 'batch_not_draft' : 'batch_not_submitted', { status: batch.status });
}

/** Count and total are fixed from submission on, so they shrink with the batch; before, they are not set. */
function without(
  { status, count, totalFen, removals }: Batch,
  { id: voucherId, amountFen }: Voucher,
  { by, nowMs: atMs, requestId, reason }: { by: StepActor; nowMs: number; requestId: string; reason: string },
): Partial<Batch> {
  const totals = status === 'draft' ? {} : { count: count - 1, totalFen: minusFen(totalFen, amountFen) };
  return { ...totals, removals: [...removals, { voucherId, amountFen, atMs, by, requestId, reason }] };
}
