import { CITIES } from '../contract/areas';
import { NO_FEN, type Fen } from '../contract/fen';
import { PROJECTS } from '../contract/projects';
import { VOUCHER_STATUS_NAMES, type VoucherStatus, type VoucherView } from '../contract/vouchers';
import { formatLastDay, formatShanghaiMinute } from '../text/shanghai-time';
import { FUNCTION_MODE_NAMES, ISSUE_MODE_NAMES } from '../text/voucher-text';
import { daysLeftText, formatDay } from './days';
import { VOUCHER_TONES, type Tone } from './tones';

/** A label and what stands beside it. */
export interface Fact {
  label: string;
  value: string;
}

export interface VoucherCardView {
  id: string;
  title: string;
  /** '定向券 · 面值券' */
  kind: string;
  statusText: string;
  tone: Tone;
  /** A 抵用券 prints no value. */
  hasValue: boolean;
  faceValueFen: Fen;
  className: string;
  /** One line: what to do or what is being waited for. */
  next: string;
  /** '还剩3天'; empty when there is no hurry. */
  hurry: string;
  /** Where a tap leads. */
  url: string;
}

/** Nothing can be done any more with what was not claimed in time, though it has not expired yet. */
export const isTooLateToClaim = (
  { status, claimUntilMs }: Pick<VoucherView, 'status' | 'claimUntilMs'>,
  nowMs: number,
): boolean => status === 'issued' && nowMs >= claimUntilMs;

/** The state in words, as everybody sees it. */
export const statusOf = (
  voucher: Pick<VoucherView, 'status' | 'claimUntilMs'>,
  nowMs: number,
): { statusText: string; tone: Tone } =>
  isTooLateToClaim(voucher, nowMs)
    ? { statusText: '未领取', tone: 'dead' }
    : { statusText: VOUCHER_STATUS_NAMES[voucher.status], tone: VOUCHER_TONES[voucher.status] };

/** What a worker does next, or what happens by itself. One sentence each. */
function nextText(voucher: VoucherView, nowMs: number): string {
  if (isTooLateToClaim(voucher, nowMs))
    return `领取时间到${formatLastDay(voucher.claimUntilMs)}为止，已经不能领取`;
  switch (voucher.status) {
    case 'making':
      return '正在由部平台制券，制好后才能领取';
    case 'issued':
      return `请在${formatLastDay(voucher.claimUntilMs)}前领取（含当天）`;
    case 'claimed':
      return `上课时出示二维码，${formatLastDay(voucher.expiresAtMs)}前有效（含当天）`;
    case 'used':
      return '机构已核验，等待办理补贴，您不用做什么';
    case 'batched':
      return '机构正在办理补贴，您不用做什么';
    case 'settled':
      return '补贴已经拨付，全部办完了';
    case 'voided':
      return '已由人社部门作废，不能再用';
    case 'expired':
      return '已过有效期，不能再用';
  }
}

/** Only what still waits for the worker can be urgent. */
function hurryText(voucher: VoucherView, nowMs: number): string {
  if (isTooLateToClaim(voucher, nowMs)) return '';
  if (voucher.status === 'issued') return daysLeftText(voucher.claimUntilMs, nowMs);
  return voucher.status === 'claimed' ? daysLeftText(voucher.expiresAtMs, nowMs) : '';
}

const PAGES: Partial<Record<VoucherStatus, string>> = { issued: 'claim' };

export function voucherUrl(
  voucher: Pick<VoucherView, 'id' | 'status' | 'claimUntilMs'>,
  nowMs: number,
): string {
  const { id, status } = voucher;
  const page = isTooLateToClaim(voucher, nowMs) ? 'voucher' : (PAGES[status] ?? 'voucher');
  return `/worker/${page}/${page}?id=${encodeURIComponent(id)}`;
}

export const codeUrl = (voucherId: string): string => `/worker/code/code?id=${encodeURIComponent(voucherId)}`;

export function toVoucherCard(voucher: VoucherView, nowMs: number): VoucherCardView {
  return {
    id: voucher.id,
    title: PROJECTS[voucher.projectId].name,
    kind: `${ISSUE_MODE_NAMES[voucher.issueMode]} · ${FUNCTION_MODE_NAMES[voucher.functionMode]}`,
    ...statusOf(voucher, nowMs),
    hasValue: voucher.faceValueFen !== undefined,
    faceValueFen: voucher.faceValueFen ?? NO_FEN,
    className: voucher.className ?? '',
    next: nextText(voucher, nowMs),
    hurry: hurryText(voucher, nowMs),
    url: voucherUrl(voucher, nowMs),
  };
}

/** Lines of the detail page; a fact that the voucher does not have leaves no line. */
export function voucherFacts(voucher: VoucherView): Fact[] {
  const facts: [string, string | undefined][] = [
    ['培训班', voucher.className],
    ['培训机构', voucher.institutionName],
    ['上课地点', voucher.place],
    ['开课日期', voucher.startsOn === undefined ? undefined : formatDay(voucher.startsOn)],
    ['领取截止', formatLastDay(voucher.claimUntilMs)],
    ['使用截止', formatLastDay(voucher.expiresAtMs)],
    ['持券人', voucher.holderName],
    ['发放地', `${CITIES[voucher.cityCode]}市`],
    ['领取时间', voucher.claimedAtMs === undefined ? undefined : formatShanghaiMinute(voucher.claimedAtMs)],
    ['核验时间', voucher.usedAtMs === undefined ? undefined : formatShanghaiMinute(voucher.usedAtMs)],
    ['券码', groupCode(voucher.code)],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** Groups of four can be read aloud. */
export const groupCode = (code: string): string => code.replace(/(.{4})(?=.)/g, '$1 ');

/** Filters of 我的券 in plain words; each status belongs to exactly one. */
export type VoucherFilter = 'all' | 'todo' | 'used' | 'over';

export const VOUCHER_FILTERS: { id: VoucherFilter; text: string }[] = [
  { id: 'all', text: '全部' },
  { id: 'todo', text: '要办的' },
  { id: 'used', text: '用过的' },
  { id: 'over', text: '失效的' },
];

const FILTER_OF: Record<VoucherStatus, Exclude<VoucherFilter, 'all'>> = {
  making: 'todo',
  issued: 'todo',
  claimed: 'todo',
  used: 'used',
  batched: 'used',
  settled: 'used',
  voided: 'over',
  expired: 'over',
};

export const matchesFilter = (voucher: VoucherView, filter: VoucherFilter, nowMs: number): boolean =>
  filter === 'all' || (isTooLateToClaim(voucher, nowMs) ? 'over' : FILTER_OF[voucher.status]) === filter;
