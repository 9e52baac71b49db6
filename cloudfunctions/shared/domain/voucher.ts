import type { CityCode } from '../../../miniprogram/contract/areas';
import type { CountyCode } from '../../../miniprogram/contract/counties';
import type { ERROR_CODES, ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { Fen } from '../../../miniprogram/contract/fen';
import type {
  BatchId,
  ChannelNumber,
  ClassId,
  InstitutionId,
  JobId,
  PersonKey,
  TemplateId,
  VerificationId,
  VoucherId,
} from '../../../miniprogram/contract/ids';
import type { ProjectId } from '../../../miniprogram/contract/projects';
import { VOIDABLE_STATUSES } from '../../../miniprogram/contract/vouchers';
import type {
  FunctionMode,
  IssueMode,
  VoucherCommand,
  VoucherStatus,
} from '../../../miniprogram/contract/vouchers';
import type { StepActor } from './actor';
import type { ClosedDispute, Delivery, Dispute } from './delivery-notes';
import type { WrongDigits } from './digits-lock';
import { Lifecycle, type Move } from './lifecycle';

/** Why a voucher in this state cannot take a step: one statement a state, whichever command is refused. */
const STATE_REFUSALS = {
  making: 'voucher_being_made',
  issued: 'voucher_not_yet_claimed',
  claimed: 'voucher_already_claimed',
  used: 'voucher_already_used',
  batched: 'voucher_in_batch',
  settled: 'voucher_already_settled',
  voided: 'voucher_voided',
  expired: 'voucher_expired',
} as const satisfies Record<VoucherStatus, keyof typeof ERROR_CODES>;

/** Commands for which these states all mean the same: nobody has verified it yet. */
const NEEDS_USED: readonly VoucherCommand[] = ['reverse', 'batch'];

const NOT_YET_USED: readonly VoucherStatus[] = VOIDABLE_STATUSES;

function refusalCode(command: VoucherCommand, status: VoucherStatus): ErrorCode {
  if (NEEDS_USED.includes(command) && NOT_YET_USED.includes(status)) {
    return 'voucher_not_used';
  }
  return command === 'unbatch' && status !== 'batched' ? 'voucher_not_in_batch' : STATE_REFUSALS[status];
}

/**
 * The only table of a voucher's legal moves; the README's diagram is rendered from it.
 * Source: notice 三(三)–三(六); reversal, batch return, voiding and conceding are this system's rules. A voucher begins by
 * `issue` where this system makes the codes, by `order` where the ministry's platform does (三(三): 实时制券并下发).
 */
const MOVES = {
  // By the system: the provincial push (制券信息推送).
  order: { from: 'none', to: 'making', by: ['clerk', 'system'] },
  deliver: { from: ['making'], to: 'issued', by: ['system'] },
  issue: { from: 'none', to: 'issued', by: ['clerk', 'system'] },
  claim: { from: ['issued'], to: 'claimed', by: ['worker'] },
  use: { from: ['claimed'], to: 'used', by: ['administrator'] },
  reverse: { from: ['used'], to: 'claimed', by: ['administrator', 'clerk'] },
  batch: { from: ['used'], to: 'batched', by: ['administrator'] },
  unbatch: { from: ['batched'], to: 'used', by: ['administrator', 'reviewer', 'payer'] },
  settle: { from: ['batched'], to: 'settled', by: ['system'] },
  void: { from: VOIDABLE_STATUSES, to: 'voided', by: ['clerk'] },
  concede: { from: ['making', 'issued', 'claimed', 'used'], to: 'voided', by: ['clerk'] },
  expire: { from: ['issued', 'claimed'], to: 'expired', by: ['system'] },
} as const satisfies Record<VoucherCommand, Move<VoucherStatus>>;

export const VOUCHER_LIFE = new Lifecycle<VoucherStatus, typeof MOVES>(MOVES, (command, status) => ({
  code: refusalCode(command, status),
}));

type Moves = typeof MOVES;
/** The states that a command starts from. */
export type FromOf<C extends VoucherCommand> = Moves[C]['from'] extends readonly (infer S)[] ? S : 'none';
export type ToOf<C extends VoucherCommand> = Moves[C]['to'];

/** The class that a voucher is used at, as far as the voucher itself carries it. */
export interface ClassOfUse {
  classId: ClassId;
  className: string;
  place: string;
  startsOn: string;
  institutionId: InstitutionId;
  institutionName: string;
  /** Of the institution. */
  countyCode?: CountyCode;
}

export const CLASS_FIELDS = [
  'classId',
  'className',
  'place',
  'startsOn',
  'institutionId',
  'institutionName',
  'countyCode',
] as const satisfies readonly (keyof ClassOfUse)[];

/** What each step leaves in the history beside who and when. */
interface StepFacts {
  order: { classId?: ClassId };
  deliver: object;
  issue: { classId?: ClassId };
  claim: { channelNumber: ChannelNumber };
  /** `nonce` and window of the dynamic code that was presented: a second time it is a replay. Typed digits have no nonce. */
  use: { nonce?: string; codeWindow?: number; classId?: ClassId; className?: string };
  /** `verificationId` names the verification that was taken back. */
  reverse: { reason: string; verificationId?: VerificationId };
  batch: { batchId: BatchId };
  unbatch: { batchId: BatchId; reason: string };
  settle: { batchId: BatchId };
  void: { reason: string };
  /** The step that the platform had refused; `verificationId` names the verification that is lost with it. */
  concede: { refused: VoucherCommand; verificationId?: VerificationId };
  expire: object;
}

/** One step in a voucher's history: appended with the write that takes the step, never changed afterwards. */
export type EntryOf<C extends VoucherCommand> = {
  command: C;
  from: FromOf<C>;
  to: ToOf<C>;
  atMs: number;
  by: StepActor;
  /** The request, or the job, that asked for it. */
  requestId: string;
} & StepFacts[C];

export type HistoryEntry = { [C in VoucherCommand]: EntryOf<C> }[VoucherCommand];

/**
 * What never changes after issue. The class fields are set at issue for a 定向券; for a 通用券 the scan sets them
 * and a reversal clears them.
 */
interface VoucherFacts extends Partial<ClassOfUse> {
  id: VoucherId;
  /** Opaque reference in the dynamic code: neither the 券码 nor anything personal. */
  reference: string;
  templateId: TemplateId;
  projectId: ProjectId;
  issueMode: IssueMode;
  functionMode: FunctionMode;
  cityCode: CityCode;
  personKey: PersonKey;
  holderNameCipher: string;
  amountFen: Fen;
  issuedAtMs: number;
  claimUntilMs: number;
  expiresAtMs: number;
  jobId: JobId;
  history: HistoryEntry[];
  version: number;
}

/** What is noted on a voucher beside its steps. */
interface VoucherNotes {
  wrongDigits?: WrongDigits[];
  /** Of a voucher that the ministry's platform makes: how far it has been told of the steps. */
  delivery?: Delivery;
  /** Since when a step waits to be told to the platform; written with the step itself. Absent while none does. */
  undeliveredSinceMs?: number;
  /** When the next message is due. Absent while none is, or while it waits for somebody's decision. */
  relayAtMs?: number;
  /** Since when the next message keeps failing, or was refused. */
  stuckSinceMs?: number;
  /** A step that stands here and that the platform has refused. */
  dispute?: Dispute;
  /** Those over which nothing could be changed any more. */
  closedDisputes?: ClosedDispute[];
}

/** The 券码 (唯一码), which a voucher has from its issue on. */
interface Coded {
  code: string;
}

/** Ended unused: its share of quota and budget is due to the template; false once it has gone back. */
interface Unused extends Partial<Claimed> {
  /** Absent when it ended before it was made. */
  code?: string;
  quotaDue?: boolean;
}

interface Claimed extends Coded {
  claimedAtMs: number;
}
interface Used extends Claimed {
  usedAtMs: number;
  usedBy: PersonKey;
  /** Names the verification that is valid, and begins with its time. Absent where a record of its own tells of it. */
  verificationId?: VerificationId;
}
interface Batched extends Used {
  batchId: BatchId;
  batchNumber: string;
}

/** A voucher in exactly one state; what a state does not have, its type does not have either. */
export type Voucher = VoucherFacts &
  VoucherNotes &
  (
    | { status: 'making' }
    | ({ status: 'issued' } & Coded)
    | ({ status: 'claimed' } & Claimed)
    | ({ status: 'used' } & Used)
    | ({ status: 'batched' } & Batched)
    | ({ status: 'settled'; settledAtMs: number } & Batched)
    | ({ status: 'voided'; voidedAtMs: number } & Unused)
    | ({ status: 'expired'; expiredAtMs: number } & Unused & Coded)
  );

export type VoucherIn<Status> = Extract<Voucher, { status: Status }>;

type Cleared<Field extends string> = { [F in Field]: undefined };

/** What each step writes beside the state: values to set, undefined for fields to clear. */
interface StepChanges {
  deliver: Coded & Pick<VoucherFacts, 'issuedAtMs' | 'claimUntilMs' | 'expiresAtMs'>;
  claim: { claimedAtMs: number };
  use: { usedAtMs: number; usedBy: PersonKey; verificationId: VerificationId } & Partial<ClassOfUse>;
  reverse: Cleared<'usedAtMs' | 'usedBy' | 'verificationId'> & Partial<Cleared<keyof ClassOfUse>>;
  batch: { batchId: BatchId; batchNumber: string };
  unbatch: Cleared<'batchId' | 'batchNumber'>;
  settle: { settledAtMs: number };
  void: { voidedAtMs: number; quotaDue: true };
  concede: { voidedAtMs: number; quotaDue: true } & Cleared<'usedAtMs' | 'usedBy' | 'verificationId'> &
    Partial<Cleared<keyof ClassOfUse>>;
  expire: { expiredAtMs: number; quotaDue: true };
}

/** Commands that lead a voucher on; `issue` or `order` makes it. */
export type StepCommand = keyof StepChanges;

/** A step that may be taken: what it writes into the voucher, and the history entry that proves it. */
export interface StepOf<C extends StepCommand> {
  entry: EntryOf<C>;
  changes: { status: ToOf<C> } & StepChanges[C];
}

export type Step = { [C in StepCommand]: StepOf<C> }[StepCommand];

/** What every step adds. */
const grown = ({ version, history }: Voucher, entry: HistoryEntry) => ({
  version: version + 1,
  history: [...history, entry],
});

const EVOLVE: {
  [C in StepCommand]: (voucher: VoucherIn<FromOf<C>>, step: StepOf<C>) => VoucherIn<ToOf<C>>;
} = {
  deliver: (voucher, { changes, entry }) => ({ ...voucher, ...changes, ...grown(voucher, entry) }),
  claim: (voucher, { changes, entry }) => ({ ...voucher, ...changes, ...grown(voucher, entry) }),
  use: (voucher, { changes, entry }) => ({ ...voucher, ...changes, ...grown(voucher, entry) }),
  reverse: (voucher, { entry }) => {
    const { usedAtMs: _usedAtMs, usedBy: _usedBy, verificationId: _id, ...claimed } = voucher;
    const bound = voucher.issueMode === 'general' ? withoutClass(claimed) : claimed;
    return { ...bound, status: 'claimed', ...grown(voucher, entry) };
  },
  batch: (voucher, { changes, entry }) => ({ ...voucher, ...changes, ...grown(voucher, entry) }),
  unbatch: (voucher, { entry }) => {
    const { batchId: _batchId, batchNumber: _batchNumber, ...used } = voucher;
    return { ...used, status: 'used', ...grown(voucher, entry) };
  },
  settle: (voucher, { changes, entry }) => ({ ...voucher, ...changes, ...grown(voucher, entry) }),
  void: (voucher, { changes, entry }) => ({ ...voucher, ...changes, ...grown(voucher, entry) }),
  concede: (voucher, { changes: { voidedAtMs, quotaDue }, entry }) => {
    const lasting: VoucherIn<FromOf<'concede'>> & Partial<Used> = voucher;
    const { usedAtMs: _usedAtMs, usedBy: _usedBy, verificationId: _id, ...unused } = lasting;
    const bound = voucher.issueMode === 'general' ? withoutClass(unused) : unused;
    return { ...bound, status: 'voided', voidedAtMs, quotaDue, ...grown(voucher, entry) };
  },
  expire: (voucher, { changes, entry }) => ({ ...voucher, ...changes, ...grown(voucher, entry) }),
};

function withoutClass<T extends Partial<ClassOfUse>>(voucher: T): Omit<T, keyof ClassOfUse> {
  const {
    classId: _classId,
    className: _className,
    place: _place,
    startsOn: _startsOn,
    institutionId: _institutionId,
    institutionName: _institutionName,
    countyCode: _countyCode,
    ...unbound
  } = voucher;
  return unbound;
}

/** The voucher after the step. */
export const evolve = <C extends StepCommand>(
  command: C,
  voucher: VoucherIn<FromOf<C>>,
  step: StepOf<C>,
): VoucherIn<ToOf<C>> => EVOLVE[command](voucher, step);

/** The 券码; undefined for a voucher that was never made. */
export const codeOf = (voucher: Voucher): string | undefined =>
  'code' in voucher ? voucher.code : undefined;

/** Whether its worker may know of it: not before it is made. */
export const isShownTo = (personKey: PersonKey, voucher: Voucher | undefined): voucher is Voucher =>
  voucher !== undefined && voucher.personKey === personKey && codeOf(voucher) !== undefined;

/** Statuses in which the passing of time ends a voucher. */
const isOverdue = (voucher: Voucher, nowMs: number): boolean =>
  nowMs >= voucher.expiresAtMs && VOUCHER_LIFE.allows('expire', voucher.status);

/** The status as judged by time: what is stored may lag until the timer tidies up. */
export const statusAt = (voucher: Voucher, nowMs: number): VoucherStatus =>
  isOverdue(voucher, nowMs) ? 'expired' : voucher.status;

/** Whether it has been used and that still counts, whatever became of it afterwards. */
export const hasBeenUsed = (voucher: Voucher): boolean => 'usedAtMs' in voucher;

/** Whether the job has already taken its step on this voucher. */
export const hasStepOf = (voucher: Voucher, jobId: JobId): boolean =>
  voucher.history.some(entry => entry.requestId === jobId);

/** A request of a person. The id alone is the client's choice and proves nothing. */
export interface StepMark<C extends StepCommand = StepCommand> {
  command: C;
  requestId: string;
  personKey: PersonKey;
}

/** The step that this person's request has already taken, so that its repetition gets the first answer. */
export const stepMarked = <C extends StepCommand>(
  voucher: Voucher,
  mark: StepMark<C>,
): EntryOf<C> | undefined =>
  voucher.history.find(
    (entry): entry is Extract<HistoryEntry, EntryOf<C>> =>
      entry.command === mark.command &&
      entry.requestId === mark.requestId &&
      entry.by.personKey === mark.personKey,
  );
