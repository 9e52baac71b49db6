import * as v from 'valibot';
import type { InputOf } from '../../miniprogram/contract/operations';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { removeFromBatch } from '../shared/domain/batch';
import { roleAt } from '../shared/domain/scope';
import type { Administration } from '../shared/domain/separation';
import { stepMarked, type Voucher } from '../shared/domain/voucher';
import { findAdministration } from '../shared/people/own-institution';
import { BatchId, Reason, VoucherId } from '../shared/runtime/input';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { changeBatchItem, type ItemChange } from '../shared/store/batch-items';
import type { Batch } from '../shared/store/batches';
import { toReceipt } from '../shared/views/voucher-view';
import { loadBatch } from './step-batch';

/** Takes one voucher out: the institution while it draws the batch up, the city while it reviews it. */
export const removeItem = operation('settlement.removeItem', {
  input: v.strictObject({ batchId: BatchId, voucherId: VoucherId, reason: Reason }),
  load: loadBatch,
  repeatsFromHistory: true,
  run: async (call, found) => {
    if (!found || !roleAt(call.actor, found)) return fail('batch_not_found');
    const administration = await findAdministration(found.institutionId, call.actor.personKey);
    const changed = await changeBatchItem(call.input, (batch, voucher) =>
      remove(call, { batch, voucher, administration }),
    );
    return changed.ok ? ok(toReceipt(changed.data.voucher, changed.data.entry)) : changed;
  },
});

interface FoundItem {
  batch: Batch | undefined;
  voucher: Voucher | undefined;
  administration: Administration | undefined;
}

function remove(
  { input, actor, nowMs, request }: WritingCall<InputOf<'settlement.removeItem'>>,
  { batch, voucher, administration }: FoundItem,
): Result<ItemChange> {
  if (!batch || !roleAt(actor, batch)) return fail('batch_not_found');
  const mark = { command: 'unbatch', requestId: request.id, personKey: actor.personKey } as const;
  const earlier = voucher && stepMarked(voucher, mark);
  if (earlier) return ok({ entry: earlier });
  const context = { actor, nowMs, requestId: request.id, reason: input.reason, administration };
  const removal = removeFromBatch(batch, voucher, context);
  return removal.ok ? ok({ removal: removal.data }) : removal;
}
