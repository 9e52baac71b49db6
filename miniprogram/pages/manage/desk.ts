import type { Grant } from '../../contract/roles';
import type { WaitingBatches, WaitingClasses } from '../../contract/waiting';
import { cityUrl } from '../../view/city-url';
import { hasRole, isProvince } from '../../view/grants';

/** What a desk asks for, by role. */
export interface DeskRoles {
  clerk: boolean;
  reviewer: boolean;
  payer: boolean;
  province: boolean;
}

export const deskRoles = (grants: readonly Grant[]): DeskRoles => ({
  clerk: hasRole(grants, 'clerk'),
  reviewer: hasRole(grants, 'reviewer'),
  payer: hasRole(grants, 'payer'),
  province: isProvince(grants),
});

export interface WaitingRow {
  id: string;
  title: string;
  note: string;
  count: number;
  isNone: boolean;
  url: string;
}

type Task = 'review_class' | 'issue' | 'first_review' | 'second_review' | 'pay';

const ROWS: Record<Task, { title: string; note: string; url: string }> = {
  review_class: {
    title: '开班审核',
    note: '培训机构提交的班期',
    url: cityUrl('classes', { status: 'submitted' }),
  },
  issue: {
    title: '发券',
    note: '已通过审核、还没有发券的班期',
    url: cityUrl('classes', { status: 'approved' }),
  },
  first_review: {
    title: '初审',
    note: '机构提交的结算批次',
    url: cityUrl('batches', { status: 'submitted' }),
  },
  second_review: {
    title: '复审',
    note: '由没办过初审的人办理',
    url: cityUrl('batches', { status: 'reviewed' }),
  },
  pay: { title: '拨付', note: '复审通过的结算批次', url: cityUrl('batches', { status: 'approved' }) },
};

/** What waits in all, as far as it was asked for. */
export interface DeskCounts {
  classes: readonly WaitingClasses[];
  batches: readonly WaitingBatches[];
}

export function toWaitingRows(
  { clerk, reviewer, payer }: DeskRoles,
  { classes, batches }: DeskCounts,
): WaitingRow[] {
  const classesFor = countsOf(classes);
  const batchesFor = countsOf(batches);
  const rows: [boolean, Task, number][] = [
    [clerk, 'review_class', classesFor('approve')],
    [clerk, 'issue', classesFor('issue')],
    [reviewer, 'first_review', batchesFor('review')],
    [reviewer, 'second_review', batchesFor('approve')],
    [payer, 'pay', batchesFor('pay')],
  ];
  return rows.flatMap(([isShown, id, count]) =>
    isShown ? [{ id, ...ROWS[id], count, isNone: count === 0 }] : [],
  );
}

const countsOf =
  <Command extends string>(waiting: readonly { command: Command; count: number }[]) =>
  (command: Command): number =>
    waiting.find(each => each.command === command)?.count ?? 0;

export interface DeskMenuRow {
  title: string;
  note: string;
  url: string;
}

export function deskMenu({ clerk, province }: DeskRoles): DeskMenuRow[] {
  const rows: [boolean, string, string, string][] = [
    [true, '券模板', '券种、金额、张数和预算', 'templates'],
    [true, '班期', '开班审核、名册、发券', 'classes'],
    [true, '结算批次', '审核、拨付、核销', 'batches'],
    [true, '培训机构', '机构和扫码的管理员', 'institutions'],
    [true, '入网申请', '申请表、盖章、报送、开通账号', 'entries'],
    [true, '渠道', '电子社保卡渠道，80% 开通率', 'channels'],
    [clerk || province, '部平台', '制券和送达，没送到的消息', 'platform'],
    [clerk, '作废', '按券码批量作废', 'void'],
    [province, '人员', '各市经办、审核、拨付人员', 'staff'],
  ];
  return rows.flatMap(([isShown, title, note, page]) =>
    isShown ? [{ title, note, url: cityUrl(page) }] : [],
  );
}
