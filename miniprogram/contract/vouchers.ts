import type { CityCode } from './areas';
import type { CountyCode } from './counties';
import type { Fen } from './fen';
import type { ClassId, InstitutionId, VerificationId, VoucherId } from './ids';
import type { ProjectId } from './projects';
import type { Role } from './roles';

/** general 通用券 (the worker chooses where) or targeted 定向券 (bound to a class before it is made). Annex 2. */
export type IssueMode = 'general' | 'targeted';
/** face_value 面值券 (a value is printed on it) or credit 抵用券 (proof of entitlement, no printed value). Annex 2. */
export type FunctionMode = 'face_value' | 'credit';

/** making 制券中 (its code is still to come from the ministry's platform) · issued 待领取 · claimed 已领取 · used 已使用 · batched 结算中 · settled 已核销 · voided 已作废 · expired 已过期. */
export const VOUCHER_STATUSES = [
  'making',
  'issued',
  'claimed',
  'used',
  'batched',
  'settled',
  'voided',
  'expired',
] as const;
export type VoucherStatus = (typeof VOUCHER_STATUSES)[number];

export const VOUCHER_STATUS_NAMES: Record<VoucherStatus, string> = {
  making: '制券中',
  issued: '待领取',
  claimed: '已领取',
  used: '已使用',
  batched: '结算中',
  settled: '已核销',
  voided: '已作废',
  expired: '已过期',
};

/** How many vouchers are in each state, by what is stored; a state without any is left out. */
export type VoucherCounts = Partial<Record<VoucherStatus, number>>;

/**
 * `order` asks the ministry's platform for a code and `deliver` is its answer, where codes come from there; `concede` is the
 * city's, that accepts the platform's word on a step that it refused.
 */
export type VoucherCommand =
  | 'order'
  | 'deliver'
  | 'issue'
  | 'claim'
  | 'use'
  | 'reverse'
  | 'batch'
  | 'unbatch'
  | 'settle'
  | 'void'
  | 'concede'
  | 'expire';

/** Who takes a step: a person in a role, or the system's own clock and jobs. */
export type StepRole = Role | 'system';

/** Nobody has used it yet: an officer may void it. */
export const VOIDABLE_STATUSES = ['making', 'issued', 'claimed'] as const satisfies readonly VoucherStatus[];

/** Nobody has used it yet. */
export const isVoidable = (status: VoucherStatus): boolean =>
  (VOIDABLE_STATUSES as readonly VoucherStatus[]).includes(status);

/** An officer has withdrawn it: its person may get another one in its place. */
export const isVoided = (status: VoucherStatus): boolean => status === 'voided';

/** Nothing becomes of it any more. */
export const isFinal = (status: VoucherStatus): boolean =>
  status === 'settled' || status === 'voided' || status === 'expired';

/** Its scan can be taken back: it is in no settlement yet. */
export const isReversible = (status: VoucherStatus): boolean => status === 'used';

/** How long the institution itself may take back a scan; later only the city may. */
export const UNDO_WINDOW_MS = 30 * 60 * 1000;

/** One line of a voucher's history as a screen shows it. */
export interface VoucherStepView {
  command: VoucherCommand;
  to: VoucherStatus;
  atMs: number;
  by: StepRole;
  reason?: string;
}

export interface VoucherView {
  id: VoucherId;
  /** 券码 (唯一码). Shown to its holder, its institution and its city only. Empty as long as there is none. */
  code: string;
  /** As judged by time: an overdue voucher reads expired before any timer has tidied it. */
  status: VoucherStatus;
  issueMode: IssueMode;
  functionMode: FunctionMode;
  projectId: ProjectId;
  cityCode: CityCode;
  /** Of the institution. */
  countyCode?: CountyCode;
  classId?: ClassId;
  className?: string;
  institutionId?: InstitutionId;
  institutionName?: string;
  place?: string;
  startsOn?: string;
  /** Masked: 张*三. */
  holderName: string;
  /** Only a 面值券 prints a value. */
  faceValueFen?: Fen;
  issuedAtMs: number;
  claimUntilMs: number;
  expiresAtMs: number;
  claimedAtMs?: number;
  usedAtMs?: number;
}

export interface VoucherDetailView extends VoucherView {
  history: VoucherStepView[];
}

/**
 * The answer to a command on one voucher, taken from the history entry that the command wrote:
 * a repeated request gets the very same receipt, whatever happened to the voucher since.
 */
export interface VoucherReceipt {
  voucherId: VoucherId;
  code: string;
  command: VoucherCommand;
  status: VoucherStatus;
  atMs: number;
  holderName: string;
  className?: string;
  faceValueFen?: Fen;
}

/** What the worker's phone shows: text of the QR picture, digits to type if the camera fails, and when both go stale. */
export interface DynamicCode {
  qrText: string;
  /** Six digits, typed by the administrator beside the person's row when the camera fails. */
  digits: string;
  /** Server time at which the code was made, for the countdown. */
  madeAtMs: number;
  /** Ask for a new one at this time (server clock). */
  refreshAtMs: number;
}

export interface VerificationView {
  id: VerificationId;
  atMs: number;
  outcome: 'accepted' | 'refused';
  /** Why it was refused (an ErrorCode). */
  refusalCode?: string;
  /** When it was taken back. */
  reversedAtMs?: number;
  voucherId?: VoucherId;
  classId?: ClassId;
  className?: string;
  /** Masked. */
  holderName?: string;
}
