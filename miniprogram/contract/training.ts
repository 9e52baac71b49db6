import type { CityCode } from './areas';
import type { Fen } from './fen';
import type { ProjectId } from './projects';
import type { VoucherStatus } from './vouchers';

export interface InstitutionView {
  id: string;
  name: string;
  /** 统一社会信用代码. */
  uscc: string;
  cityCode: CityCode;
  active: boolean;
}

export interface AdministratorView {
  /** Opaque: names this person in removeAdministrator only. */
  personId: string;
  /** Masked. */
  name: string;
  grantedAtMs: number;
}

export type ClassStatus = 'draft' | 'submitted' | 'approved' | 'returned' | 'running' | 'finished';

export const CLASS_STATUS_NAMES: Record<ClassStatus, string> = {
  draft: '编制中',
  submitted: '待开班审核',
  approved: '已通过开班审核',
  returned: '已退回',
  running: '开班中',
  finished: '已结班',
};

export interface ClassFields {
  templateId: string;
  name: string;
  place: string;
  /** Calendar days, Asia/Shanghai: 2026-11-24. */
  startsOn: string;
  endsOn: string;
  hours: number;
}

export interface ClassView extends ClassFields {
  id: string;
  status: ClassStatus;
  projectId: ProjectId;
  cityCode: CityCode;
  institutionId: string;
  institutionName: string;
  amountFen: Fen;
  /** Why the city sent it back. */
  returnReason?: string;
  /** The last issue job, to follow its progress. */
  issueJobId?: string;
}

export interface RosterEntryView {
  id: string;
  /** Masked. */
  name: string;
  /** Masked: 3701**********002X. */
  idNumber: string;
  addedAtMs: number;
  voucherStatus?: VoucherStatus;
}
