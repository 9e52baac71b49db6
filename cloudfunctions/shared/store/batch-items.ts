import type { Result } from '../../../miniprogram/contract/result';
import type { Step } from '../domain/decisions';
import type { HistoryEntry, Voucher } from '../domain/voucher';
import { attempt } from './attempt';
import type { Batch } from './batches';
import { command, inTransaction, type Transaction } from './database';
import { toUpdate } from './document-collection';
import { toStepUpdate } from './vouchers';

/** What becomes of a batch and of one of its vouchers; `step` is absent when the request has been done before. */
export interface ItemChange {
  entry: HistoryEntry;
  step?: Step;
  batchChanges?: Partial<Omit<Batch, 'id' | 'version'>>;
}

export interface ChangedItem {
  voucher: Voucher;
  entry: HistoryEntry;
}

/**
 * Changes a batch and one voucher together or not at all: a batch whose count has been fixed must never differ
 * from its vouchers, not even between two writes. `decide` may run several times.
 */
export const changeBatchItem = (
  ids: { batchId: string; voucherId: string },
  decide: (batch: Batch | undefined, voucher: Voucher | undefined) => Result<ItemChange>,
): Promise<Result<ChangedItem>> =>
  attempt(() =>
    inTransaction(async transaction => {
      const batch = await read<Batch>(transaction, 'batches', ids.batchId);
      const voucher = await read<Voucher>(transaction, 'vouchers', ids.voucherId);
      const change = decide(batch, voucher);
      if (!change.ok) return change;
      const { entry, step, batchChanges } = change.data;
      if (step) {
        await transaction
          .collection('batches')
          .doc(ids.batchId)
          .update({ ...toUpdate(batchChanges ?? {}), version: command.inc(1) });
        await transaction.collection('vouchers').doc(ids.voucherId).update(toStepUpdate(step));
      }
      return { ok: true, data: { voucher: voucher as Voucher, entry } };
    }),
  );

/** Inside a transaction the SDK answers with the document itself, or null. */
async function read<T>(
  transaction: Transaction,
  name: 'batches' | 'vouchers',
  id: string,
): Promise<T | undefined> {
  const { data } = (await transaction.collection(name).doc(id).get()) as {
    data: (Record<string, unknown> & { _id: string }) | null;
  };
  if (!data) return undefined;
  const { _id, ...rest } = data;
  return { id: _id, ...rest } as unknown as T;
}
