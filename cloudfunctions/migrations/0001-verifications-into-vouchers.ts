import type { VerificationId } from '../../miniprogram/contract/ids';
import type { Voucher } from '../shared/domain/voucher';
import { ABSENT, above, oneOf } from '../shared/store/query';
import { verifications, type Verification } from '../shared/store/verifications';
import { nameVerification, vouchers } from '../shared/store/vouchers';
import type { Migration } from './migration';

/** Each voucher takes a request of its own. */
const CHUNK = 100;

const VALID = { outcome: 'accepted', reversedAtMs: ABSENT } as const;
const after = (id: string) => ({ _id: above(id as VerificationId) });

/**
 * An accepted verification that was not taken back stood in a record of its own, written after the step of its voucher.
 * Now the voucher itself names it, so that a scan is one write; the record goes once its voucher does.
 */
export const migration: Migration = {
  name: '0001-verifications-into-vouchers',
  changes: '有效的核验记录并入券本身，核验少写一次数据库。',

  count: async () => ({
    left: await verifications.count({ ...after(''), ...VALID }),
    named: await vouchers.count({
      _id: above('' as Voucher['id']),
      verificationId: above('' as VerificationId),
    }),
  }),

  step: async cursor => {
    const records = await verifications.read({
      where: { ...after(cursor), ...VALID },
      order: 'asc',
      limit: CHUNK,
    });
    const byId = new Map((await vouchersOf(records)).map(voucher => [voucher.id, voucher]));
    const moved: VerificationId[] = [];
    for (const record of records) {
      const voucher = record.voucherId && byId.get(record.voucherId);
      if (voucher && (await isNamed(voucher, record))) moved.push(record.id);
    }
    if (moved.length > 0) await verifications.remove({ _id: oneOf(moved) });
    return {
      cursor: records.at(-1)?.id ?? cursor,
      done: records.length,
      finished: records.length < CHUNK,
    };
  },
};

const vouchersOf = (records: readonly Verification[]): Promise<Voucher[]> =>
  vouchers.findMany(records.flatMap(({ voucherId }) => voucherId ?? []));

/** A record whose voucher has moved on in between (reversed, used anew) stays: the list shows it as before. */
async function isNamed(voucher: Voucher, { id, by, atMs }: Verification): Promise<boolean> {
  if (!('usedBy' in voucher) || voucher.usedBy !== by || voucher.usedAtMs !== atMs) return false;
  return voucher.verificationId === id || nameVerification(voucher, id);
}
