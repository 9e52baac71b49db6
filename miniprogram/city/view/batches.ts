import { formatYuan, groupCount, yuanText } from '../../contract/fen';
import { hasKey } from '../../contract/has-key';
import { PROJECTS } from '../../contract/projects';
import type { Grant } from '../../contract/roles';
import {
  BATCH_STATUS_NAMES,
  type BatchItemView,
  type BatchStatus,
  type BatchView,
} from '../../contract/settlement';
import { formatShanghaiMinute } from '../../text/shanghai-time';
import { cityUrl } from '../../view/city-url';
import { formatDay } from '../../view/days';
import { canAct } from '../../view/grants';
import { statusFilters } from '../../view/status-filters';
import { BATCH_TONES, type Tone } from '../../view/tones';
import { groupCode, type Fact } from '../../view/voucher';
import { areaName } from './cities';
import type { RecordRow } from './record-row';

const ORDER: readonly BatchStatus[] = [
  'submitted',
  'reviewed',
  'approved',
  'paid',
  'settled',
  'returned',
  'draft',
];

export const BATCH_FILTERS = statusFilters(BATCH_STATUS_NAMES, ORDER);

export const isBatchStatus = (value: string): value is BatchStatus => hasKey(BATCH_STATUS_NAMES, value);

/** Before submission count and total are not fixed, and a list does not count. */
const isFixed = ({ status }: BatchView): boolean => status !== 'draft';

export const toBatchRow = (batch: BatchView): RecordRow => ({
  id: batch.id,
  title: batch.title,
  statusText: BATCH_STATUS_NAMES[batch.status],
  tone: BATCH_TONES[batch.status],
  lines: [batch.institutionName, `批次号 ${batch.number}`],
  figure: isFixed(batch) ? `${groupCount(batch.count)} 张 · ${yuanText(batch.totalFen)}` : '',
  url: cityUrl('batch-review', { batchId: batch.id }),
});

export interface BatchPage {
  title: string;
  statusText: string;
  tone: Tone;
  /** '8,400.00' */
  total: string;
  countText: string;
  facts: Fact[];
  /** Paid, and its vouchers are being written off. */
  isWritingOff: boolean;
}

export const toBatchPage = (batch: BatchView): BatchPage => ({
  title: batch.title,
  statusText: BATCH_STATUS_NAMES[batch.status],
  tone: BATCH_TONES[batch.status],
  total: formatYuan(batch.totalFen),
  countText: `${groupCount(batch.count)} 张券`,
  isWritingOff: batch.status === 'paid',
  facts: [
    { label: '申请机构', value: batch.institutionName },
    { label: '所在市', value: areaName(batch) },
    { label: '培训项目', value: PROJECTS[batch.projectId].name },
    { label: '批次号', value: batch.number },
    ...(batch.paidFen === undefined ? [] : [{ label: '拨付金额', value: yuanText(batch.paidFen) }]),
    ...(batch.paidOn === undefined ? [] : [{ label: '拨付日期', value: formatDay(batch.paidOn) }]),
  ],
});

export interface BatchActions {
  main: '' | 'review' | 'approve' | 'pay';
  mainText: string;
  canReturn: boolean;
  canRemove: boolean;
  /** Who may do it, said before somebody tries in vain. */
  note: string;
}

const MAIN_TEXTS = { '': '', review: '初审通过', approve: '复审通过', pay: '去拨付' } as const;

const NOTES = {
  '': '',
  review: '编制和提交的人不能审核；初审、复审、拨付须由三个不同的人办理。',
  approve: '复审须由另一位审核人员办理。如果初审是您办的，请换一位同事。',
  pay: '拨付须由没有编制、审核过这个批次的人办理。付不出去的，写明原因退回。',
} as const;

export function batchActions(batch: BatchView, grants: readonly Grant[]): BatchActions {
  const main = mainOf(batch, grants);
  const isReviewing = main === 'review' || main === 'approve';
  return {
    main,
    mainText: MAIN_TEXTS[main],
    canReturn: main !== '',
    canRemove: isReviewing,
    note: NOTES[main],
  };
}

function mainOf(batch: BatchView, grants: readonly Grant[]): BatchActions['main'] {
  const { status } = batch;
  if (status === 'submitted' || status === 'reviewed') {
    if (!canAct(grants, 'reviewer', batch)) return '';
    return status === 'submitted' ? 'review' : 'approve';
  }
  return status === 'approved' && canAct(grants, 'payer', batch) ? 'pay' : '';
}

export interface ReviewQuestion {
  title: string;
  text: string;
  facts: Fact[];
  confirmText: string;
}

export function reviewQuestion(batch: BatchView): ReviewQuestion {
  const isFirst = batch.status === 'submitted';
  return {
    title: isFirst ? '确定初审通过？' : '确定复审通过？',
    text: isFirst ? '通过后由另一位审核人员复审。' : '通过后进入待拨付，张数和金额不再变动。',
    facts: [
      { label: '申请机构', value: batch.institutionName },
      { label: '张数', value: `${groupCount(batch.count)} 张` },
      { label: '总金额', value: yuanText(batch.totalFen) },
    ],
    confirmText: isFirst ? '初审通过' : '复审通过',
  };
}

export interface ItemRow {
  id: string;
  holderName: string;
  code: string;
  amount: string;
  className: string;
  usedAt: string;
}

export const toItemRow = (item: BatchItemView): ItemRow => ({
  id: item.voucherId,
  holderName: item.holderName,
  code: groupCode(item.code),
  amount: yuanText(item.amountFen),
  className: item.className ?? '',
  usedAt: formatShanghaiMinute(item.usedAtMs),
});
