import type { BatchId } from '../../miniprogram/contract/ids';
import { paymentKeyOf } from '../shared/domain/batch';
import { isDuplicateKey } from '../shared/store/attempt';
import { batches, type Batch } from '../shared/store/batches';
import { ABSENT, above, PRESENT } from '../shared/store/query';
import type { Migration } from './migration';

/** Each batch takes a request of its own. */
const CHUNK = 100;

const after = (id: string) => ({ _id: above(id as BatchId) });
const OLDER = { paymentReference: PRESENT, paymentKey: ABSENT } as const;

/**
 * A reference of a payment was kept as it was typed, and nothing kept another batch from naming it again. Now its normal
 * form is unique within a city. Of older batches that share one the first keeps it; the others are counted as left.
 */
export const migration: Migration = {
  name: '0010-payment-references-of-batches',
  changes: '已拨付批次的凭证号按统一写法登记，同一市内一个凭证号只对应一个批次。',

  count: async () => ({
    left: await batches.count({ ...after(''), ...OLDER }),
    reserved: await batches.count({ ...after(''), paymentKey: PRESENT }),
  }),

  step: async cursor => {
    const found = await batches.read({ where: { ...after(cursor), ...OLDER }, order: 'asc', limit: CHUNK });
    for (const batch of found) await reserveReference(batch);
    return { cursor: found.at(-1)?.id ?? cursor, done: found.length, finished: found.length < CHUNK };
  },
};

async function reserveReference({ id, cityCode, paymentReference = '' }: Batch): Promise<void> {
  const paymentKey = paymentKeyOf(cityCode, paymentReference);
  if (paymentKey === undefined) return;
  try {
    await batches.update({ _id: id, paymentKey: ABSENT }, { paymentKey });
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
  }
}
