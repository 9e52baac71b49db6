import type { CityCode } from '../../../miniprogram/contract/areas';
import type { Fen } from '../../../miniprogram/contract/fen';
import type { ProjectId } from '../../../miniprogram/contract/projects';
import type {
  FunctionMode,
  IssueMode,
  StepRole,
  VoucherCommand,
  VoucherStatus,
} from '../../../miniprogram/contract/vouchers';

/** Who took a step. `personKey` is absent for the system's own clock. */
export interface StepActor {
  role: StepRole;
  personKey?: string;
  institutionId?: string;
  cityCode?: CityCode;
}

/** One step in a voucher's history: appended with the write that takes the step, never changed afterwards. */
export interface HistoryEntry {
  command: VoucherCommand;
  from: VoucherStatus | 'none';
  to: VoucherStatus;
  atMs: number;
  by: StepActor;
  /** The request, or the job, that asked for it. */
  requestId: string;
  channelNumber?: string;
  reason?: string;
  batchId?: string;
  classId?: string;
  className?: string;
  /** Nonce of the dynamic code that was scanned: a second scan of the same picture is a replay. */
  nonce?: string;
}

/**
 * What never changes after issue. The class fields are set at issue for a 定向券; for a 通用券 the scan sets them
 * and a reversal clears them.
 */
interface VoucherFacts extends Partial<ClassOfUse> {
  id: string;
  code: string;
  /** Opaque reference in the dynamic code: neither the 券码 nor anything personal. */
  reference: string;
  templateId: string;
  projectId: ProjectId;
  issueMode: IssueMode;
  functionMode: FunctionMode;
  cityCode: CityCode;
  personKey: string;
  holderNameCipher: string;
  amountFen: Fen;
  issuedAtMs: number;
  claimUntilMs: number;
  expiresAtMs: number;
  jobId: string;
  history: HistoryEntry[];
  version: number;
}

interface Claimed {
  claimedAtMs: number;
}
interface Used extends Claimed {
  usedAtMs: number;
  usedBy: string;
}
interface Batched extends Used {
  batchId: string;
  batchNumber: string;
}

/** A voucher in exactly one state; what a state does not have, its type does not have either. */
export type Voucher = VoucherFacts &
  (
    | { status: 'issued' }
    | ({ status: 'claimed' } & Claimed)
    | ({ status: 'used' } & Used)
    | ({ status: 'batched' } & Batched)
    | ({ status: 'settled'; settledAtMs: number } & Batched)
    | ({ status: 'voided'; voidedAtMs: number } & Partial<Claimed>)
    | ({ status: 'expired'; expiredAtMs: number } & Partial<Claimed>)
  );

/** The class that a voucher is used at, as far as the voucher itself carries it. */
export interface ClassOfUse {
  classId: string;
  className: string;
  place: string;
  startsOn: string;
  institutionId: string;
  institutionName: string;
}

export const CLASS_FIELDS = [
  'classId',
  'className',
  'place',
  'startsOn',
  'institutionId',
  'institutionName',
] as const satisfies readonly (keyof ClassOfUse)[];

interface StepFields extends ClassOfUse {
  status: VoucherStatus;
  claimedAtMs: number;
  usedAtMs: number;
  usedBy: string;
  batchId: string;
  batchNumber: string;
  settledAtMs: number;
  voidedAtMs: number;
  expiredAtMs: number;
}

/** What a step writes: a value to set, or undefined for a field to clear. */
export type FieldChanges = { [Field in keyof StepFields]?: StepFields[Field] | undefined };

interface Transition {
  from: readonly VoucherStatus[] | 'none';
  to: VoucherStatus;
  by: readonly StepRole[];
}

/**
 * The only table of legal moves. Nothing else compares statuses; the README's diagram is rendered from it.
 * Source: notice 三(三)–三(六); reversal, batch return and voiding are this system's rules.
 */
export const VOUCHER_TRANSITIONS = {
  issue: { from: 'none', to: 'issued', by: ['clerk'] },
  claim: { from: ['issued'], to: 'claimed', by: ['worker'] },
  use: { from: ['claimed'], to: 'used', by: ['administrator'] },
  reverse: { from: ['used'], to: 'claimed', by: ['administrator', 'clerk'] },
  batch: { from: ['used'], to: 'batched', by: ['administrator'] },
  unbatch: { from: ['batched'], to: 'used', by: ['administrator', 'reviewer'] },
  settle: { from: ['batched'], to: 'settled', by: ['system'] },
  void: { from: ['issued', 'claimed'], to: 'voided', by: ['clerk'] },
  expire: { from: ['issued', 'claimed'], to: 'expired', by: ['system'] },
} as const satisfies Record<VoucherCommand, Transition>;

/** Statuses in which the passing of time ends a voucher. */
const isOverdue = (voucher: Voucher, nowMs: number): boolean =>
  nowMs >= voucher.expiresAtMs &&
  (VOUCHER_TRANSITIONS.expire.from as readonly VoucherStatus[]).includes(voucher.status);

/** The status as judged by time: what is stored may lag until the timer tidies up. */
export const statusAt = (voucher: Voucher, nowMs: number): VoucherStatus =>
  isOverdue(voucher, nowMs) ? 'expired' : voucher.status;

/** The step that a job has already taken on this voucher. */
export const stepOf = (voucher: Voucher, jobId: string): HistoryEntry | undefined =>
  voucher.history.find(entry => entry.requestId === jobId);

/** A request of a person. The id alone is the client's choice and proves nothing. */
export interface StepMark {
  command: VoucherCommand;
  requestId: string;
  personKey: string;
}

/** The step that this person's request has already taken, so that its repetition gets the first answer. */
export const stepMarked = (voucher: Voucher, mark: StepMark): HistoryEntry | undefined =>
  voucher.history.find(
    ({ command, requestId, by }) =>
      command === mark.command && requestId === mark.requestId && by.personKey === mark.personKey,
  );
