import { VOUCHER_STATUS_NAMES, type VoucherView } from '../../contract/vouchers';
import { formatLastDay, formatShanghaiMinute } from '../../text/shanghai-time';
import { statusFilters } from '../../view/status-filters';
import type { Tone } from '../../view/tones';
import { groupCode, isTooLateToClaim, statusOf } from '../../view/voucher';

/** One voucher as the institution sees it: whose it is and where it stands. */
export interface VoucherRowView {
  id: string;
  name: string;
  code: string;
  statusText: string;
  tone: Tone;
  note: string;
}

export const toVoucherRow = (voucher: VoucherView, nowMs: number): VoucherRowView => ({
  id: voucher.id,
  name: voucher.holderName,
  code: groupCode(voucher.code),
  ...statusOf(voucher, nowMs),
  note: noteOf(voucher, nowMs),
});

function noteOf(voucher: VoucherView, nowMs: number): string {
  const { status, claimUntilMs, expiresAtMs, usedAtMs } = voucher;
  if (isTooLateToClaim(voucher, nowMs)) return `${formatLastDay(claimUntilMs)}前没有领取`;
  if (status === 'making') return '部平台正在制券，制好后学员才能领取';
  if (status === 'issued') return `${formatLastDay(claimUntilMs)}前领取（含当天）`;
  if (status === 'claimed') return `可以核验，${formatLastDay(expiresAtMs)}前有效（含当天）`;
  return usedAtMs === undefined ? '' : `核验于${formatShanghaiMinute(usedAtMs)}`;
}

export const VOUCHER_STATUS_FILTERS = statusFilters(VOUCHER_STATUS_NAMES, [
  'issued',
  'claimed',
  'used',
  'batched',
  'settled',
]);

/** Rows whose name or code holds what was typed; spaces count for nothing. */
export function findRows<Row extends { name: string; code: string }>(
  rows: readonly Row[],
  typed: string,
): Row[] {
  const wanted = squeeze(typed);
  return rows.filter(row => squeeze(row.name).includes(wanted) || squeeze(row.code).includes(wanted));
}

const squeeze = (text: string): string => text.replace(/\s/g, '').toUpperCase();
