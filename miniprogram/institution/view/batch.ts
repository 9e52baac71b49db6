import { yuanText, type Fen } from '../../contract/fen';
import { PROJECT_IDS, PROJECTS } from '../../contract/projects';
import {
  BATCH_STATUS_NAMES,
  type BatchItemView,
  type BatchStatus,
  type BatchView,
} from '../../contract/settlement';
import { formatShanghaiMinute } from '../../text/shanghai-time';
import { formatDay } from '../../view/days';
import { batchLines, type StepLineView } from '../../view/history';
import { statusFilters } from '../../view/status-filters';
import { BATCH_TONES, type Tone } from '../../view/tones';
import { groupCode, type Fact } from '../../view/voucher';

/** What the institution does next, or waits for. */
const NOTES: Record<BatchStatus, string> = {
  draft: '把要申请补贴的券加进来，核对后提交。',
  submitted: '已提交，等待市人社部门初审。',
  reviewed: '初审已通过，等待复审。',
  approved: '审核已通过，等待拨付补贴。',
  paid: '补贴已拨付，系统正在核销券码，不用操作。',
  settled: '补贴已拨付，券已核销，全部办完了。',
  returned: '市人社部门退回了这个批次。券已放回，请按原因改好后，新建批次再提交。',
};

export interface BatchRowView {
  id: string;
  title: string;
  statusText: string;
  tone: Tone;
  /** '岗位技能提升培训 · 3张 · 3,600.00元' */
  facts: string;
  note: string;
  url: string;
}

export const batchUrl = (batchId: string): string =>
  `/institution/batch-detail/batch-detail?id=${encodeURIComponent(batchId)}`;

export const jobUrl = (jobId: string): string =>
  `/institution/batch-job/batch-job?job=${encodeURIComponent(jobId)}`;

export function toBatchRow(batch: BatchView): BatchRowView {
  const { id, title, status, projectId, count, totalFen } = batch;
  const totals = status === 'draft' ? [] : [`${count}张`, yuanText(totalFen)];
  return {
    id,
    title,
    statusText: BATCH_STATUS_NAMES[status],
    tone: BATCH_TONES[status],
    facts: [PROJECTS[projectId].name, ...totals].join(' · '),
    note: NOTES[status],
    url: batchUrl(id),
  };
}

export interface BatchPageView {
  title: string;
  statusText: string;
  tone: Tone;
  note: string;
  returnReason: string;
  /** There is something to sum up: a new draft has nothing yet. */
  hasTotal: boolean;
  totalFen: Fen;
  countText: string;
  /** What is handed in. */
  totals: Fact[];
  facts: Fact[];
  lines: StepLineView[];
  isDraft: boolean;
  /** Codes are being written off or released: worth asking again. */
  isMoving: boolean;
}

export function toBatchPage(batch: BatchView): BatchPageView {
  const { status, history, count, totalFen } = batch;
  const returned = history.find(step => step.command === 'return');
  return {
    title: batch.title,
    statusText: BATCH_STATUS_NAMES[status],
    tone: BATCH_TONES[status],
    note: NOTES[status],
    returnReason: status === 'returned' ? (returned?.reason ?? '') : '',
    hasTotal: count > 0,
    totalFen,
    countText: `${status === 'returned' ? '退回时' : ''}共${count}张券`,
    totals: [
      { label: '券数', value: `${count}张` },
      { label: '合计', value: yuanText(totalFen) },
    ],
    facts: batchFacts(batch),
    lines: batchLines(batch),
    isDraft: status === 'draft',
    isMoving: status === 'paid',
  };
}

function batchFacts({ number, projectId, paidFen, paidOn }: BatchView): Fact[] {
  return [
    { label: '批次号', value: number },
    { label: '培训项目', value: PROJECTS[projectId].name },
    ...(paidFen === undefined ? [] : [{ label: '拨付金额', value: yuanText(paidFen) }]),
    ...(paidOn === undefined ? [] : [{ label: '拨付日期', value: formatDay(paidOn) }]),
  ];
}

export interface BatchItemRowView {
  id: string;
  name: string;
  className: string;
  amountFen: Fen;
  code: string;
  usedAt: string;
}

export const toBatchItemRow = (item: BatchItemView): BatchItemRowView => ({
  id: item.voucherId,
  name: item.holderName,
  className: item.className ?? '',
  amountFen: item.amountFen,
  code: groupCode(item.code),
  usedAt: `核验于${formatShanghaiMinute(item.usedAtMs)}`,
});

export const BATCH_FILTERS = statusFilters(BATCH_STATUS_NAMES, [
  'draft',
  'submitted',
  'reviewed',
  'approved',
  'settled',
  'returned',
]);

export const PROJECT_CHOICES = PROJECT_IDS.map(id => ({ id, text: PROJECTS[id].name }));
