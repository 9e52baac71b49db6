import type { DynamicCode, VoucherStatus, VoucherView } from '../contract/vouchers';
import { formatShanghaiMinute } from '../text/shanghai-time';
import type { Fact } from './voucher';

/** A code is never trusted for longer, however wrong the times are that come with it. */
const LIFETIME_MAX_MS = 60_000;
/** A code whose time is nearly over is replaced at once, but not in a tight loop. */
const LIFETIME_MIN_MS = 500;

/** How long the code is shown: from the server's two times only, for the phone's own clock may be wrong. */
export const codeLifetimeMs = ({ madeAtMs, refreshAtMs }: DynamicCode): number =>
  Math.min(Math.max(refreshAtMs - madeAtMs, LIFETIME_MIN_MS), LIFETIME_MAX_MS);

/** '482 913' is easier to read out. */
export const groupDigits = (digits: string): string => digits.replace(/(\d{3})(?=\d)/g, '$1 ');

export interface CodeResultView {
  title: string;
  text: string;
  icon: string;
  facts: Fact[];
}

type EndStatus = Exclude<VoucherStatus, 'claimed'>;

/** What is said instead of a code, by the voucher's state. */
export const CODE_ENDS: Record<EndStatus, { title: string; text: string; icon: string }> = {
  making: { title: '这张券还没有制好', text: '部平台正在制券，制好后再来领取。', icon: 'info-circle' },
  issued: { title: '这张券还没有领取', text: '请返回，先领取再出示。', icon: 'info-circle' },
  used: { title: '这张券已经核验过', text: '不用再扫。补贴由培训机构办理。', icon: 'check-circle' },
  batched: { title: '这张券正在办理补贴', text: '已经核验过，不用再扫。', icon: 'check-circle' },
  settled: { title: '这张券已经办完', text: '补贴已经拨付，不用再扫。', icon: 'check-circle' },
  voided: { title: '这张券已经作废', text: '不能再用。有疑问请联系市人社部门。', icon: 'stop' },
  expired: { title: '这张券已经过期', text: '不能再用。有疑问请联系市人社部门。', icon: 'stop' },
};

/** The scan happened in front of this screen. */
export const JUST_USED = {
  title: '核验成功',
  text: '您的券已经用上，可以安心上课了。',
  icon: 'check-circle',
};

/**
 * What the page shows instead of a code.
 * @param watched the code was on the screen when it happened, so it is this person's own scan.
 * @returns undefined while the voucher can still be used.
 */
export function toCodeResult(voucher: VoucherView, watched: boolean): CodeResultView | undefined {
  if (voucher.status === 'claimed') return undefined;
  const end = voucher.status === 'used' && watched ? JUST_USED : CODE_ENDS[voucher.status];
  return { ...end, icon: `/assets/icons/${end.icon}.svg`, facts: resultFacts(voucher) };
}

function resultFacts(voucher: VoucherView): Fact[] {
  const facts: [string, string | undefined][] = [
    ['核验时间', voucher.usedAtMs === undefined ? undefined : formatShanghaiMinute(voucher.usedAtMs)],
    ['培训机构', voucher.institutionName],
    ['培训班', voucher.className],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** Refusals of showCode that say where the voucher stands; the page then tells it in full. */
export const STATE_REFUSALS: ReadonlySet<string> = new Set([
  'voucher_not_yet_claimed',
  'voucher_already_used',
  'voucher_in_batch',
  'voucher_already_settled',
  'voucher_voided',
  'voucher_expired',
]);
