import type { ERROR_CODES } from '../../../miniprogram/contract/error-codes';
import { type ErrorCode } from '../../../miniprogram/contract/error-codes';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import {
  UNDO_WINDOW_MS,
  type VoucherCommand,
  type VoucherStatus,
} from '../../../miniprogram/contract/vouchers';
import {
  CLASS_FIELDS,
  statusAt,
  VOUCHER_TRANSITIONS,
  type ClassOfUse,
  type FieldChanges,
  type HistoryEntry,
  type StepActor,
  type Voucher,
} from './voucher';

/** Who asks, when, and under which request or job. */
export interface StepContext {
  by: StepActor;
  nowMs: number;
  requestId: string;
}

/** What a step leaves in the history beside who and when. */
type StepFacts = Pick<
  HistoryEntry,
  'channelNumber' | 'reason' | 'batchId' | 'classId' | 'className' | 'nonce'
>;

/** A step that may be taken: what it writes into the voucher, and the history entry that proves it. */
export interface Step {
  entry: HistoryEntry;
  changes: FieldChanges;
}

const toStep = (
  command: VoucherCommand,
  from: VoucherStatus,
  { by, nowMs, requestId }: StepContext,
  changes: FieldChanges,
  facts: StepFacts = {},
): Step => {
  const { to } = VOUCHER_TRANSITIONS[command];
  return {
    entry: { command, from, to, atMs: nowMs, by, requestId, ...facts },
    changes: { status: to, ...changes },
  };
};

/** The voucher after the step. The table and the guards make the result a voucher of the new state. */
export function evolve(voucher: Voucher, { entry, changes }: Step): Voucher {
  const next: Record<string, unknown> = {
    ...voucher,
    ...changes,
    version: voucher.version + 1,
    history: [...voucher.history, entry],
  };
  for (const field of Object.keys(changes)) if (next[field] === undefined) delete next[field];
  return next as unknown as Voucher;
}

/** Why a voucher in this state cannot take a step: one statement a state, whichever command is refused. */
const STATE_REFUSALS = {
  issued: 'voucher_not_yet_claimed',
  claimed: 'voucher_already_claimed',
  used: 'voucher_already_used',
  batched: 'voucher_in_batch',
  settled: 'voucher_already_settled',
  voided: 'voucher_voided',
  expired: 'voucher_expired',
} as const satisfies Record<VoucherStatus, keyof typeof ERROR_CODES>;

/** Commands for which issued and claimed both mean the same: nobody has verified it yet. */
const NEEDS_USED: readonly VoucherCommand[] = ['reverse', 'batch'];

function refusalCode(command: VoucherCommand, status: VoucherStatus): ErrorCode {
  if (NEEDS_USED.includes(command) && (status === 'issued' || status === 'claimed')) {
    return 'voucher_not_used';
  }
  return command === 'unbatch' && status !== 'batched' ? 'voucher_not_in_batch' : STATE_REFUSALS[status];
}

function refuseState(command: VoucherCommand, voucher: Voucher, nowMs: number): Result<never> {
  const status = statusAt(voucher, nowMs);
  const code = refusalCode(command, status);
  if (voucher.status === 'used') return fail(code, { usedAtMs: voucher.usedAtMs });
  if (voucher.status === 'batched') return fail(code, { batchNumber: voucher.batchNumber });
  if (status === 'expired') return fail(code, { expiresAtMs: voucher.expiresAtMs });
  return fail(code);
}

/** @returns the refusal when `command` may not be taken from the state that the voucher is in at that time. */
export function checkState(command: VoucherCommand, voucher: Voucher, nowMs: number): Result<undefined> {
  const { from } = VOUCHER_TRANSITIONS[command];
  const allowed: readonly VoucherStatus[] = from === 'none' ? [] : from;
  return allowed.includes(statusAt(voucher, nowMs)) ? ok(undefined) : refuseState(command, voucher, nowMs);
}

/** The channel through which a worker came, judged against the city's list. */
export interface ChannelOfClaim {
  channelNumber: string;
  isOpen: boolean;
  /** Names of those that are open, for the worker who came the wrong way. */
  openChannels: readonly string[];
}

/** A worker accepts the voucher. @returns a state refusal, channel_not_open or claim_deadline_passed. Notice 三(四). */
export function claim(voucher: Voucher, context: StepContext & { channel: ChannelOfClaim }): Result<Step> {
  const { channel, nowMs } = context;
  const state = checkState('claim', voucher, nowMs);
  if (!state.ok) return state;
  if (!channel.isOpen) return fail('channel_not_open', { openChannels: channel.openChannels });
  if (nowMs >= voucher.claimUntilMs) {
    return fail('claim_deadline_passed', { claimUntilMs: voucher.claimUntilMs });
  }
  const { channelNumber } = channel;
  return ok(toStep('claim', voucher.status, context, { claimedAtMs: nowMs }, { channelNumber }));
}

/**
 * The institution's scan (核验). Notice 三(五).
 * @param context.trainingClass binds a 通用券; a 定向券 brings its own class.
 * @param context.nonce of the scanned picture; absent when digits were typed.
 * @returns a state refusal, or code_replayed.
 */
export function use(
  voucher: Voucher,
  context: StepContext & { nonce?: string; trainingClass?: ClassOfUse },
): Result<Step> {
  const { by, nonce, nowMs, trainingClass } = context;
  const state = checkState('use', voucher, nowMs);
  if (!state.ok) return state;
  if (nonce !== undefined && voucher.history.some(entry => entry.nonce === nonce))
    return fail('code_replayed');
  const { classId, className } = trainingClass ?? voucher;
  const facts = {
    ...(nonce !== undefined && { nonce }),
    ...(classId !== undefined && { classId }),
    ...(className !== undefined && { className }),
  };
  const changes = { ...trainingClass, usedAtMs: nowMs, usedBy: by.personKey };
  return ok(toStep('use', voucher.status, context, changes, facts));
}

const UNBOUND: FieldChanges = Object.fromEntries(CLASS_FIELDS.map(field => [field, undefined]));

/** Takes a scan back. @returns a state refusal, or undo_window_over for an institution that is late. */
export function reverse(voucher: Voucher, context: StepContext & { reason: string }): Result<Step> {
  const { by, nowMs, reason } = context;
  const state = checkState('reverse', voucher, nowMs);
  if (!state.ok) return state;
  if (by.role === 'administrator' && voucher.status === 'used' && nowMs - voucher.usedAtMs > UNDO_WINDOW_MS) {
    return fail('undo_window_over');
  }
  const unbound = voucher.issueMode === 'general' ? UNBOUND : {};
  const changes = { ...unbound, usedAtMs: undefined, usedBy: undefined };
  return ok(toStep('reverse', voucher.status, context, changes, { reason }));
}

/** An officer withdraws a voucher that nobody has used. @returns a state refusal. */
export function voidVoucher(voucher: Voucher, context: StepContext & { reason: string }): Result<Step> {
  const state = checkState('void', voucher, context.nowMs);
  return state.ok ? ok(voidStep(voucher.status, context)) : state;
}

/** Takes a voucher out of its batch, back to used. @returns voucher_not_in_batch. */
export function unbatch(voucher: Voucher, context: StepContext & { reason: string }): Result<Step> {
  const state = checkState('unbatch', voucher, context.nowMs);
  if (!state.ok) return state;
  return ok(unbatchStep({ ...context, batchId: voucher.status === 'batched' ? voucher.batchId : '' }));
}

// The steps that jobs take on many vouchers at once: the same for each voucher that is in the state `from`,
// which the write itself checks. Single steps use them too, so there is one definition of each.

export const voidStep = (from: VoucherStatus, context: StepContext & { reason: string }): Step =>
  toStep('void', from, context, { voidedAtMs: context.nowMs }, { reason: context.reason });

/** Puts verified vouchers into a settlement batch. Notice 三(六). */
export const batchStep = (context: StepContext & { batchId: string; batchNumber: string }): Step => {
  const { batchId, batchNumber } = context;
  return toStep('batch', 'used', context, { batchId, batchNumber }, { batchId });
};

export const unbatchStep = (context: StepContext & { batchId: string; reason: string }): Step => {
  const { batchId, reason } = context;
  const changes = { batchId: undefined, batchNumber: undefined };
  return toStep('unbatch', 'batched', context, changes, { batchId, reason });
};

/** Write-off (核销) after payment: the code is dead from here. Notice 三(六). */
export const settleStep = (context: StepContext & { batchId: string }): Step =>
  toStep('settle', 'batched', context, { settledAtMs: context.nowMs }, { batchId: context.batchId });

export const expireStep = (from: VoucherStatus, context: StepContext): Step =>
  toStep('expire', from, context, { expiredAtMs: context.nowMs });
