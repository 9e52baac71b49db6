import { yuanText } from '../../contract/fen';
import type { VoucherReceipt } from '../../contract/vouchers';
import { formatShanghaiMinute } from '../../text/shanghai-time';
import { failureText, toFailureView, type Failure, type FailureCode } from '../../view/failure';
import { groupCode, type Fact } from '../../view/voucher';

/** What the one main button does. */
export type ScanAction = 'scan' | 'again' | 'type' | 'sign_in' | 'none';
/** known: refused, but only because this person's own scan had already succeeded. */
export type ScanKind = 'checking' | 'class' | 'accepted' | 'known' | 'refused' | 'reversed';
export type ScanWay = 'qr' | 'digits';

export interface ScanResultView {
  kind: ScanKind;
  title: string;
  /** What happened and what to do. */
  text: string;
  /** Whose voucher, in large letters. */
  name: string;
  icon: string;
  facts: Fact[];
  action: ScanAction;
  actionText: string;
  canReverse: boolean;
}

const icon = (name: string): string => `/assets/icons/${name}.svg`;

const BLANK: ScanResultView = {
  kind: 'checking',
  title: '',
  text: '',
  name: '',
  icon: '',
  facts: [],
  action: 'none',
  actionText: '',
  canReverse: false,
};

const NEXT: Record<ScanWay, { action: ScanAction; actionText: string }> = {
  qr: { action: 'scan', actionText: '继续扫码' },
  digits: { action: 'type', actionText: '继续输入' },
};

export const CHECKING: ScanResultView = { ...BLANK, title: '正在核验…' };

export const ACCEPTED_TITLE = '核验成功';

export const toAccepted = (receipt: VoucherReceipt, way: ScanWay): ScanResultView => ({
  ...BLANK,
  ...NEXT[way],
  kind: 'accepted',
  title: ACCEPTED_TITLE,
  name: receipt.holderName,
  icon: icon('check-circle'),
  facts: receiptFacts(receipt),
  canReverse: true,
});

function receiptFacts({ className, faceValueFen, atMs, code }: VoucherReceipt): Fact[] {
  return [
    ...(className === undefined ? [] : [{ label: '班期', value: className }]),
    ...(faceValueFen === undefined ? [] : [{ label: '面值', value: yuanText(faceValueFen) }]),
    { label: '核验时间', value: formatShanghaiMinute(atMs) },
    { label: '券码', value: groupCode(code) },
  ];
}

export const toReversed = (receipt: VoucherReceipt, way: ScanWay): ScanResultView => ({
  ...BLANK,
  ...NEXT[way],
  kind: 'reversed',
  title: '已撤销核验',
  text: '这张券回到“已领取”，学员可以再次出示。',
  name: receipt.holderName,
  icon: icon('info-circle'),
  facts: [{ label: '撤销时间', value: formatShanghaiMinute(receipt.atMs) }],
});

/** A code of another kind, named on the phone. */
export const toForeign = (looks: string): ScanResultView => ({
  ...BLANK,
  ...NEXT.qr,
  kind: 'refused',
  title: '不是培训券的二维码',
  text: `扫到的像是${looks}。请学员打开“我的券”，点“出示二维码”，再扫一次。`,
  icon: icon('error-circle'),
  actionText: '重新扫码',
});

/** A 通用券 is bound to a class by the scan. */
export const CHOOSE_CLASS: ScanResultView = {
  ...BLANK,
  kind: 'class',
  title: '这是通用券',
  text: '请选择学员参加的班期，选好就核验。',
  icon: icon('info-circle'),
};

export const NO_CLASS_RUNNING: ScanResultView = {
  ...BLANK,
  ...NEXT.qr,
  kind: 'refused',
  title: '没有开班中的班期',
  text: '这是通用券，要核验到一个开班中的班期。请先在“班期”里点“开班”，再扫一次。',
  icon: icon('error-circle'),
  actionText: '重新扫码',
};

const TITLES: Partial<Record<FailureCode, string>> = {
  code_unrecognised: '不是培训券的二维码',
  code_forged: '二维码是假的',
  code_expired: '二维码已过期',
  code_replayed: '二维码已扫过一次',
  digits_wrong: '数字不对',
  digits_locked: '暂时不能输入数字',
  voucher_not_found: '没有这张券',
  voucher_not_for_this_institution: '不是本机构的券',
  voucher_not_for_this_class: '不是这个班的券',
  class_not_found: '没有这个班期',
  class_not_running: '班期不在开班中',
  voucher_not_yet_claimed: '学员还没有领取',
  voucher_already_used: '这张券已经用过',
  voucher_in_batch: '这张券已经用过',
  voucher_already_settled: '这张券已经核销',
  voucher_voided: '这张券已经作废',
  voucher_expired: '这张券已经过期',
  answer_lost: '没有收到结果',
  service_unreachable: '没有收到结果',
};

const LOST_TEXT = '网络不稳，可能已经核验成功。请点“再试一次”核对，不会重复核验。';

/** Where the general sentence speaks to somebody else, or of less than is known at a scan. */
const TEXTS: Partial<Record<FailureCode, string>> = {
  code_expired: '请学员刷新二维码，再扫一次。',
  code_replayed: '每个二维码只能扫一次。请学员刷新二维码，再扫一次。',
  voucher_not_yet_claimed: '请学员先在小程序里点“领取”，再出示二维码。',
  voucher_not_found: '请学员刷新二维码再试；还不行，请学员到券面写明的培训机构办理。',
  answer_lost: LOST_TEXT,
  service_unreachable: LOST_TEXT,
};

/** Typing more digits is of no use. */
const SCAN_INSTEAD: ReadonlySet<FailureCode> = new Set<FailureCode>(['digits_locked']);

export function toRefused(failure: Failure, way: ScanWay, nowMs: number): ScanResultView {
  if (failure.code === 'voucher_already_used' && failure.data?.['mine'] === true)
    return toKnown(failure, way, nowMs);
  const { title, action, actionText } = toFailureView(failure);
  const next = action === 'none' ? nextAfterRefusal(failure.code, way) : { action, actionText };
  const isDigits = failure.code === 'code_replayed' && way === 'digits';
  return {
    ...BLANK,
    ...next,
    kind: 'refused',
    title: isDigits ? '数字已用过一次' : (TITLES[failure.code] ?? title),
    text: (isDigits ? undefined : TEXTS[failure.code]) ?? failureText(failure),
    icon: icon('error-circle'),
  };
}

function nextAfterRefusal(code: FailureCode, way: ScanWay): { action: ScanAction; actionText: string } {
  if (way === 'qr' || SCAN_INSTEAD.has(code)) return { action: 'scan', actionText: '重新扫码' };
  return { action: 'type', actionText: code === 'digits_wrong' ? '重新输入' : '返回名单' };
}

/** The answer to a scan got lost, or the same person came twice: it is done, and nothing is wrong. */
function toKnown(failure: Failure, way: ScanWay, nowMs: number): ScanResultView {
  const usedAtMs = failure.data?.['usedAtMs'];
  const ago = typeof usedAtMs === 'number' ? agoText(nowMs - usedAtMs) : '';
  return {
    ...BLANK,
    ...NEXT[way],
    kind: 'known',
    title: `您${ago}已核验成功`,
    text: '已经算数，不用再扫，也不会重复计算。',
    icon: icon('info-circle'),
    facts: typeof usedAtMs === 'number' ? [{ label: '核验时间', value: formatShanghaiMinute(usedAtMs) }] : [],
  };
}

/** '刚才', '12分钟前', '2小时前'; nothing for another day, which the time beside it tells. */
function agoText(passedMs: number): string {
  const minutes = Math.floor(passedMs / 60_000);
  if (minutes < 2) return '刚才';
  if (minutes < 60) return `${minutes}分钟前`;
  return minutes < 12 * 60 ? `${Math.floor(minutes / 60)}小时前` : '';
}
