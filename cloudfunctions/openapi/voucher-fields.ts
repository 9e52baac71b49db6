import * as v from 'valibot';
import { CITY_CODES } from '../../miniprogram/contract/areas';
import { VOUCHER_STATUS_NAMES, VOUCHER_STATUSES } from '../../miniprogram/contract/vouchers';
import { codeOf, statusAt, type Voucher } from '../shared/domain/voucher';
import { AtMs, VoucherCodeOut } from './fields';

/** What every interface tells of a voucher: nothing of who holds it. */
export const VOUCHER_ENTRIES = {
  voucherCode: VoucherCodeOut,
  status: v.pipe(v.picklist(VOUCHER_STATUSES), v.description('状态代码，按当前时间判断')),
  statusName: v.pipe(v.string(), v.description('状态的中文名称')),
  cityCode: v.pipe(v.picklist(CITY_CODES), v.description('所属市的行政区划代码前四位')),
  className: v.exactOptional(v.pipe(v.string(), v.description('班期名称，通用券核验前没有'))),
  issuedAtMs: AtMs,
  claimUntilMs: AtMs,
  expiresAtMs: AtMs,
  claimedAtMs: v.exactOptional(AtMs),
  usedAtMs: v.exactOptional(AtMs),
};

type VoucherFields = v.InferOutput<v.StrictObjectSchema<typeof VOUCHER_ENTRIES, undefined>>;

/** @returns undefined for a voucher that the ministry's platform has not made yet: nobody may know of it. */
export function toVoucherFields(voucher: Voucher, nowMs: number): VoucherFields | undefined {
  const voucherCode = codeOf(voucher);
  if (voucherCode === undefined) return undefined;
  const status = statusAt(voucher, nowMs);
  const { cityCode, className, issuedAtMs, claimUntilMs, expiresAtMs } = voucher;
  const { claimedAtMs, usedAtMs } = { claimedAtMs: undefined, usedAtMs: undefined, ...voucher };
  return {
    voucherCode,
    status,
    statusName: VOUCHER_STATUS_NAMES[status],
    cityCode,
    ...(className !== undefined && { className }),
    issuedAtMs,
    claimUntilMs,
    expiresAtMs,
    ...(claimedAtMs !== undefined && { claimedAtMs }),
    ...(usedAtMs !== undefined && { usedAtMs }),
  };
}
