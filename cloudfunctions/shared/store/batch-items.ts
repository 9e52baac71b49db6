import type { BatchId, VoucherId } from '../../../miniprogram/contract/ids';
import type { Result } from '../../../miniprogram/contract/result';
import type { Removal } from '../domain/batch';
import type { EntryOf, Voucher } from '../domain/voucher';
import type { Batch } from './batches';
import { inTransaction } from './database';
import { increasedBy, toUpdate } from './query';
import { readInTransaction } from './transaction';
import { isTold, toStepUpdate } from './vouchers';

/** What becomes of a batch and of one of its vouchers; without a removal the request has been done before. */
export type ItemChange = { entry: EntryOf<'unbatch'> } | { removal: Removal };

export interface ChangedItem {
  voucher: Voucher;
  entry: EntryOf<'unbatch'>;
}

/**
 * Changes a batch and one voucher together or not at all: a batch whose count has been fixed must never differ
 * from its vouchers, not even between two writes. `decide` may run several times.
 */
export const changeBatchItem = (
  ids: { batchId: BatchId; voucherId: VoucherId },
  decide: (batch: Batch | undefined, voucher: Voucher | undefined) => Result<ItemChange>,
): Promise<Result<ChangedItem>> =>
  inTransaction(async transaction => {
    const batch = await readInTransaction<Batch>(transaction, 'batches', ids.batchId);
    const voucher = await readInTransaction<Voucher>(transaction, 'vouchers', ids.voucherId);
    const change = decide(batch, voucher);
    if (!change.ok) return change;
    if ('entry' in change.data)
      return { ok: true, data: { voucher: voucher as Voucher, entry: change.data.entry } };
    const { batchChanges, decision } = change.data.removal;
    await transaction
      .collection('batches')
      .doc(ids.batchId)
      .update(toUpdate({ ...batchChanges, version: increasedBy(1) }));
    await transaction
      .collection('vouchers')
      .doc(ids.voucherId)
      .update(toStepUpdate(decision, voucher !== undefined && isTold(voucher)));
    return { ok: true, data: { voucher: decision.next, entry: decision.entry } };
  });
