import type { VoucherId } from '../../miniprogram/contract/ids';
import { ABSENT, above, oneOf, PRESENT } from '../shared/store/query';
import { markQuotaDue, vouchers } from '../shared/store/vouchers';
import type { Migration } from './migration';

const CHUNK = 1_000;

const after = (id: string) => ({ _id: above(id as VoucherId) });
const UNUSED = { status: oneOf(['voided', 'expired']) } as const;

/**
 * A voucher that ended unused kept its share of quota and budget. Those that ended before now say that it is due, as those do
 * that end now; the timer then gives it back.
 */
export const migration: Migration = {
  name: '0003-quota-of-unused-vouchers',
  changes: '作废和过期的券，把张数和预算退回券模板。',

  count: async () => ({
    left: await vouchers.count({ ...after(''), ...UNUSED, quotaDue: ABSENT }),
    told: await vouchers.count({ ...after(''), ...UNUSED, quotaDue: PRESENT }),
  }),

  step: async cursor => {
    const ids = await vouchers.readIds({
      where: { ...UNUSED, quotaDue: ABSENT },
      ...(cursor && { cursor }),
      limit: CHUNK,
    });
    await markQuotaDue(ids);
    return { cursor: ids.at(-1) ?? cursor, done: ids.length, finished: ids.length < CHUNK };
  },
};
