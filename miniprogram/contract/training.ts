import type { CityCode } from './areas';
import type { CountyCode } from './counties';
import type { Fen } from './fen';
import type { ClassId, InstitutionId, JobId, PersonKey, RosterEntryId, TemplateId } from './ids';
import type { ProjectId } from './projects';
import type { TemplateView } from './templates';
import type { IssueMode, StepRole, VoucherCounts, VoucherStatus } from './vouchers';

/** Since when an institution is as it is, active or suspended, and why. */
export interface InstitutionStanding {
  sinceMs: number;
  /** In the officer's words, for its administrators to read. Phones of older versions gave none. */
  reason?: string;
}

export interface InstitutionView {
  id: InstitutionId;
  name: string;
  /** 统一社会信用代码. */
  uscc: string;
  cityCode: CityCode;
  /** Where the city has said in which county it lies. */
  countyCode?: CountyCode;
  active: boolean;
  /** Of one that has ever been suspended. */
  standing?: InstitutionStanding;
  /** The projects that it may run; all of them where there is none here. */
  projectIds?: ProjectId[];
}

export interface AdministratorView {
  /** Opaque: names this person in removeAdministrator only. */
  personId: PersonKey;
  /** Masked. */
  name: string;
  grantedAtMs: number;
}

export type ClassStatus = 'draft' | 'submitted' | 'approved' | 'returned' | 'running' | 'finished';

export type ClassCommand = 'create' | 'amend' | 'note' | 'submit' | 'approve' | 'return' | 'start' | 'finish';

export interface ClassStepView {
  command: ClassCommand;
  to: ClassStatus;
  atMs: number;
  by: StepRole;
  /** Masked. */
  byName?: string;
  reason?: string;
}

export const CLASS_STATUS_NAMES: Record<ClassStatus, string> = {
  draft: '编制中',
  submitted: '待审核',
  approved: '待开班',
  returned: '已退回',
  running: '开班中',
  finished: '已结班',
};

export interface ClassFields {
  templateId: TemplateId;
  name: string;
  place: string;
  /** Calendar days, Asia/Shanghai: 2026-11-24. */
  startsOn: string;
  endsOn: string;
  hours: number;
}

export interface ClassView extends ClassFields {
  id: ClassId;
  status: ClassStatus;
  projectId: ProjectId;
  cityCode: CityCode;
  /** Its institution's. */
  countyCode?: CountyCode;
  institutionId: InstitutionId;
  institutionName: string;
  amountFen: Fen;
  /** Of its template; a class that was made before classes knew it may lack it. */
  issueMode?: IssueMode;
  /** What the institution wants the reviewing clerk to know. */
  note?: string;
  /** Why the city sent it back. */
  returnReason?: string;
  /** The last issue job, to follow its progress. */
  issueJobId?: JobId;
  /** Of a class that is over: vouchers are still taken at it until then. Absent where it ended before this was noted. */
  usableUntilMs?: number;
}

/** A class that is asked for by itself: with its template, the size of its roster, how far its vouchers are and who did what. */
export interface ClassDetailView extends ClassView {
  template: TemplateView;
  rosterCount: number;
  voucherCounts: VoucherCounts;
  /** Steps that led it on; answers of older functions lack it. */
  history?: ClassStepView[];
}

/** Fields and roster may change only before the city looks at them. */
export const isClassEditable = (status: ClassStatus): boolean => status === 'draft' || status === 'returned';

/** The note may change until the class has passed its review. */
export const isClassNotable = (status: ClassStatus): boolean =>
  isClassEditable(status) || status === 'submitted';

/** Vouchers may be made for it: its opening review has passed and it is not over. */
export const isClassOpen = (status: ClassStatus): boolean => status === 'approved' || status === 'running';

/** Its lessons have ended. */
export const isClassOver = (status: ClassStatus): boolean => status === 'finished';

export interface RosterEntryView {
  id: RosterEntryId;
  /** Masked. */
  name: string;
  /** Masked: 3701**********002X. */
  idNumber: string;
  addedAtMs: number;
  voucherStatus?: VoucherStatus;
}
