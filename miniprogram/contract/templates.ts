import type { CityCode } from './areas';
import type { Fen } from './fen';
import type { InstitutionId, JobId, TemplateId } from './ids';
import type { ProjectId } from './projects';
import type { FunctionMode, IssueMode, VoucherCounts } from './vouchers';

/** Who may hold a voucher of the template: every rule must hold (notice 二(二): contract and enterprise pension, both). */
export type AudienceRule =
  | { kind: 'labour_contract' }
  | { kind: 'enterprise_pension' }
  | { kind: 'age_between'; minYears: number; maxYears: number };

export type TemplateStatus = 'draft' | 'published' | 'closed';

/** What staff fill in. */
export interface TemplateFields {
  cityCode: CityCode;
  name: string;
  projectId: ProjectId;
  issueMode: IssueMode;
  functionMode: FunctionMode;
  /** Subsidy of one voucher: the printed value of a 面值券, the subsidy standard behind a 抵用券. */
  amountFen: Fen;
  /** Vouchers that may be out at the same time: one that ends unused, voided or expired, gives its place back. */
  quota: number;
  budgetFen: Fen;
  /** Whole days (Asia/Shanghai) from the day of issue in which the voucher can be claimed. */
  claimWindowDays: number;
  /** Whole days from the day of issue in which it can be used. At least claimWindowDays. */
  validDays: number;
  /** Whole days after the day on which a class ends in which its vouchers are still taken; GRACE_DAYS_DEFAULT if absent. */
  graceDays?: number;
  audience: AudienceRule[];
  /** Institutions that may run classes with it; empty means every one of the city. */
  institutionIds: InstitutionId[];
}

export interface TemplateView extends TemplateFields {
  id: TemplateId;
  status: TemplateStatus;
  issuedCount: number;
  committedFen: Fen;
  /** 通用券 only: the last issue job, to follow its progress. */
  issueJobId?: JobId;
}

/** A template that is asked for by itself, with how far it is. */
export interface TemplateDetailView extends TemplateView {
  /** 通用券 only: people who are to get one. 0 for a 定向券, whose people stand on the rosters of its classes. */
  rosterCount: number;
  /** 通用券 only: its vouchers by state. */
  voucherCounts: VoucherCounts;
}

/** Of a template that says nothing of it, as older ones do. */
export const GRACE_DAYS_DEFAULT = 7;

/** Classes may be run with it, and vouchers issued. */
export const isTemplateOpen = (status: TemplateStatus): boolean => status === 'published';

/** Its people and conditions are what they are for good. */
export const isTemplateClosed = (status: TemplateStatus): boolean => status === 'closed';
