import type { Page } from '../../contract/paging';
import type { Grant } from '../../contract/roles';
import type { ClassView } from '../../contract/training';
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
  /** '3', or '20+' where a page is full. */
  count: string;
  isNone: boolean;
  url: string;
}

type Waiting = 'review_class' | 'issue' | 'first_review' | 'second_review' | 'pay';

const ROWS: Record<Waiting, { title: string; note: string; url: string }> = {
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

export const countText = (count: number, hasMore: boolean): string => `${count}${hasMore ? '+' : ''}`;

function toRow(id: Waiting, { items, nextCursor }: Page<unknown>): WaitingRow {
  const count = countText(items.length, nextCursor !== undefined);
  return { id, ...ROWS[id], count, isNone: count === '0' };
}

export interface DeskPages {
  submittedClasses?: Page<ClassView>;
  approvedClasses?: Page<ClassView>;
  submittedBatches?: Page<unknown>;
  reviewedBatches?: Page<unknown>;
  approvedBatches?: Page<unknown>;
}

/** Classes of a 通用券 get no vouchers of their own, so they do not wait for any. */
const withoutVouchers = ({ items, ...page }: Page<ClassView>): Page<ClassView> => ({
  ...page,
  items: items.filter(({ issueJobId, issueMode }) => issueJobId === undefined && issueMode !== 'general'),
});

export function toWaitingRows(pages: DeskPages): WaitingRow[] {
  const approved = pages.approvedClasses && withoutVouchers(pages.approvedClasses);
  const given: [Waiting, Page<unknown> | undefined][] = [
    ['review_class', pages.submittedClasses],
    ['issue', approved],
    ['first_review', pages.submittedBatches],
    ['second_review', pages.reviewedBatches],
    ['pay', pages.approvedBatches],
  ];
  return given.flatMap(([id, page]) => (page ? [toRow(id, page)] : []));
}

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
    [true, '渠道', '电子社保卡渠道，80% 开通率', 'channels'],
    [clerk, '作废', '按券码批量作废', 'void'],
    [province, '人员', '各市经办、审核、拨付人员', 'staff'],
  ];
  return rows.flatMap(([isShown, title, note, page]) =>
    isShown ? [{ title, note, url: cityUrl(page) }] : [],
  );
}
