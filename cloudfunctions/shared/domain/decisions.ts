import type { BatchId, PersonKey, VerificationId } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { UNDO_WINDOW_MS, type VoucherCommand } from '../../../miniprogram/contract/vouchers';
import type { StepActor } from './actor';
import type { ChannelOfClaim } from './channel';
import { startOfDayMs } from './calendar';
import { isReplayed, type PresentedCode } from './presented-code';
import { checkTaking, type ClassAtScan } from './training-class';
import {
  CLASS_FIELDS,
  evolve,
  statusAt,
  VOUCHER_LIFE,
  type ClassOfUse,
  type EntryOf,
  type FromOf,
  type StepCommand,
  type StepOf,
  type ToOf,
  type Voucher,
  type VoucherIn,
} from './voucher';

/** Who asks, when, and under which request or job. */
export interface StepContext {
  by: StepActor;
  nowMs: number;
  requestId: string;
}

/** A step that may be taken, and the voucher as it is then. */
export interface Decision<C extends StepCommand> extends StepOf<C> {
  next: VoucherIn<ToOf<C>>;
}

const decided = <C extends StepCommand>(
  command: C,
  voucher: VoucherIn<FromOf<C>>,
  step: StepOf<C>,
): Result<Decision<C>> => ok({ ...step, next: evolve(command, voucher, step) });

/** The part of an entry that every step has. */
const who = ({ by, nowMs, requestId }: StepContext) => ({ atMs: nowMs, by, requestId });

/**
 * @returns the voucher, known to be in a state from which `command` may be taken at that time; else why not, with the
 * fact that the sentence needs: usedAtMs, batchNumber or expiresAtMs.
 */
export function checkState<C extends VoucherCommand>(
  command: C,
  voucher: Voucher,
  nowMs: number,
): Result<VoucherIn<FromOf<C>>> {
  const status = statusAt(voucher, nowMs);
  const allowed = VOUCHER_LIFE.check(command, status);
  // The table has just said that the voucher is in one of these states.
  if (allowed.ok) return ok(voucher as VoucherIn<FromOf<C>>);
  const { code } = allowed.error;
  if (status === 'expired') return fail(code, { expiresAtMs: voucher.expiresAtMs });
  if ('batchNumber' in voucher && status === 'batched')
    return fail(code, { batchNumber: voucher.batchNumber });
  if ('usedAtMs' in voucher && status === 'used') return fail(code, { usedAtMs: voucher.usedAtMs });
  return fail(code);
}

/**
 * The ministry's platform has made the voucher. Its days begin now: the worker has as many of them as the template gives,
 * however long the making took. @returns a state refusal.
 */
export function deliver(
  voucher: Voucher,
  context: StepContext & { code: string },
): Result<Decision<'deliver'>> {
  const { code, nowMs } = context;
  const state = checkState('deliver', voucher, nowMs);
  if (!state.ok) return state;
  const { issuedAtMs, claimUntilMs, expiresAtMs } = state.data;
  const lateMs = startOfDayMs(nowMs) - startOfDayMs(issuedAtMs);
  return decided('deliver', state.data, {
    entry: { command: 'deliver', from: 'making', to: 'issued', ...who(context) },
    changes: {
      status: 'issued',
      code,
      issuedAtMs: nowMs,
      claimUntilMs: claimUntilMs + lateMs,
      expiresAtMs: expiresAtMs + lateMs,
    },
  });
}

/** A worker accepts the voucher. @returns a state refusal, channel_not_open or claim_deadline_passed. Notice 三(四). */
export function claim(
  voucher: Voucher,
  context: StepContext & { channel: ChannelOfClaim },
): Result<Decision<'claim'>> {
  const { channel, nowMs } = context;
  const state = checkState('claim', voucher, nowMs);
  if (!state.ok) return state;
  if (!channel.isOpen) return fail('channel_not_open');
  if (nowMs >= voucher.claimUntilMs) {
    return fail('claim_deadline_passed', { claimUntilMs: voucher.claimUntilMs });
  }
  const { channelNumber } = channel;
  return decided('claim', state.data, {
    entry: { command: 'claim', from: 'issued', to: 'claimed', ...who(context), channelNumber },
    changes: { status: 'claimed', claimedAtMs: nowMs },
  });
}

export interface UseContext extends StepContext {
  by: StepActor & { personKey: PersonKey };
  verificationId: VerificationId;
  code: PresentedCode;
  /** Where it is used. */
  takenAt: ClassAtScan;
  /** Binds a 通用券; a 定向券 brings its own class. */
  trainingClass?: ClassOfUse;
}

/** The institution's scan (核验). Notice 三(五). @returns a state refusal, class_not_running, or code_replayed. */
export function use(voucher: Voucher, context: UseContext): Result<Decision<'use'>> {
  const { by, code, nowMs, takenAt, trainingClass, verificationId } = context;
  const state = checkState('use', voucher, nowMs);
  if (!state.ok) return state;
  const taking = checkTaking(takenAt, nowMs);
  if (!taking.ok) return taking;
  if (isReplayed(voucher, code))
    return fail('code_replayed', { way: code.nonce === undefined ? 'digits' : 'qr' });
  const { classId, className } = trainingClass ?? voucher;
  const facts = {
    ...(code.nonce !== undefined && { nonce: code.nonce }),
    codeWindow: code.window,
    ...(classId !== undefined && { classId }),
    ...(className !== undefined && { className }),
  };
  return decided('use', state.data, {
    entry: { command: 'use', from: 'claimed', to: 'used', ...who(context), ...facts },
    changes: { status: 'used', ...trainingClass, usedAtMs: nowMs, usedBy: by.personKey, verificationId },
  });
}

const UNBOUND: Partial<Record<keyof ClassOfUse, undefined>> = Object.fromEntries(
  CLASS_FIELDS.map(field => [field, undefined]),
);

/** Takes a scan back. @returns a state refusal, or undo_window_over for an institution that is late. */
export function reverse(
  voucher: Voucher,
  context: StepContext & { reason: string },
): Result<Decision<'reverse'>> {
  const { by, nowMs, reason } = context;
  const state = checkState('reverse', voucher, nowMs);
  if (!state.ok) return state;
  if (by.role === 'administrator' && nowMs - state.data.usedAtMs > UNDO_WINDOW_MS) {
    return fail('undo_window_over');
  }
  const { verificationId } = state.data;
  const unbound = voucher.issueMode === 'general' ? UNBOUND : {};
  return decided('reverse', state.data, {
    entry: {
      command: 'reverse',
      from: 'used',
      to: 'claimed',
      ...who(context),
      reason,
      ...(verificationId !== undefined && { verificationId }),
    },
    changes: {
      status: 'claimed',
      ...unbound,
      usedAtMs: undefined,
      usedBy: undefined,
      verificationId: undefined,
    },
  });
}

/** An officer withdraws a voucher that nobody has used. @returns a state refusal. */
export function voidVoucher(
  voucher: Voucher,
  context: StepContext & { reason: string },
): Result<Decision<'void'>> {
  const state = checkState('void', voucher, context.nowMs);
  return state.ok ? decided('void', state.data, voidStep(state.data.status, context)) : state;
}

/**
 * The city accepts that the ministry's platform does not know of a step: the voucher ends, and its person may get another.
 * @returns a state refusal.
 */
export function concede(
  voucher: Voucher,
  context: StepContext & { refused: VoucherCommand },
): Result<Decision<'concede'>> {
  const { nowMs, refused } = context;
  const state = checkState('concede', voucher, nowMs);
  if (!state.ok) return state;
  const { status: from } = state.data;
  const verificationId = 'verificationId' in state.data ? state.data.verificationId : undefined;
  return decided('concede', state.data, {
    entry: {
      command: 'concede',
      from,
      to: 'voided',
      ...who(context),
      refused,
      ...(verificationId !== undefined && { verificationId }),
    },
    changes: {
      status: 'voided',
      ...(voucher.issueMode === 'general' ? UNBOUND : {}),
      usedAtMs: undefined,
      usedBy: undefined,
      verificationId: undefined,
      voidedAtMs: nowMs,
      quotaDue: true,
    },
  });
}

/** Takes a voucher out of its batch, back to used. @returns voucher_not_in_batch. */
export function unbatch(
  voucher: Voucher,
  context: StepContext & { reason: string },
): Result<Decision<'unbatch'>> {
  const state = checkState('unbatch', voucher, context.nowMs);
  if (!state.ok) return state;
  return decided('unbatch', state.data, unbatchStep({ ...context, batchId: state.data.batchId }));
}

// The steps that jobs take on many vouchers at once: the same for each voucher that is in the state `from`,
// which the write itself checks. Single steps use them too, so there is one definition of each.

export const voidStep = (
  from: FromOf<'void'>,
  context: StepContext & { reason: string },
): StepOf<'void'> => ({
  entry: { command: 'void', from, to: 'voided', ...who(context), reason: context.reason },
  changes: { status: 'voided', voidedAtMs: context.nowMs, quotaDue: true },
});

/** Puts verified vouchers into a settlement batch. Notice 三(六). */
export const batchStep = (
  context: StepContext & { batchId: BatchId; batchNumber: string },
): StepOf<'batch'> => {
  const { batchId, batchNumber } = context;
  return {
    entry: { command: 'batch', from: 'used', to: 'batched', ...who(context), batchId },
    changes: { status: 'batched', batchId, batchNumber },
  };
};

export const unbatchStep = (
  context: StepContext & { batchId: BatchId; reason: string },
): StepOf<'unbatch'> => {
  const { batchId, reason } = context;
  return {
    entry: { command: 'unbatch', from: 'batched', to: 'used', ...who(context), batchId, reason },
    changes: { status: 'used', batchId: undefined, batchNumber: undefined },
  };
};

/** Write-off (核销) after payment: the code is dead from here. Notice 三(六). */
export const settleStep = (context: StepContext & { batchId: BatchId }): StepOf<'settle'> => ({
  entry: { command: 'settle', from: 'batched', to: 'settled', ...who(context), batchId: context.batchId },
  changes: { status: 'settled', settledAtMs: context.nowMs },
});

export const expireStep = (from: FromOf<'expire'>, context: StepContext): StepOf<'expire'> => ({
  entry: { command: 'expire', from, to: 'expired', ...who(context) } satisfies EntryOf<'expire'>,
  changes: { status: 'expired', expiredAtMs: context.nowMs, quotaDue: true },
});
