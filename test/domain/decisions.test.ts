import fc from 'fast-check';
import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import type { BatchId, VerificationId } from '../../miniprogram/contract/ids';
import type { Result } from '../../miniprogram/contract/result';
import { UNDO_WINDOW_MS, VOUCHER_STATUSES, type VoucherStatus } from '../../miniprogram/contract/vouchers';
import type { ChannelOfClaim } from '../../cloudfunctions/shared/domain/channel';
import {
  batchStep,
  checkState,
  claim,
  concede,
  deliver,
  expireStep,
  reverse,
  settleStep,
  unbatch,
  use,
  voidVoucher,
  type Decision,
} from '../../cloudfunctions/shared/domain/decisions';
import { windowOf } from '../../cloudfunctions/shared/domain/qr-token';
import {
  evolve,
  VOUCHER_LIFE,
  type FromOf,
  type StepCommand,
  type StepOf,
  type Voucher,
  type VoucherIn,
} from '../../cloudfunctions/shared/domain/voucher';
import { branded } from '../support/branded';
import { aClass } from './a-class';
import { ADMINISTRATOR, aVoucher, CLASS_OF_USE, CLERK, NOW_MS, REVIEWER, WORKER } from './a-voucher';

const CHANNEL = branded<ChannelOfClaim>({
  channelNumber: '1000000001',
  isOpen: true,
});
const VERIFICATION = branded<VerificationId>('verification');
const WINDOW = windowOf(NOW_MS);
const BATCH = branded<BatchId>('batch');
const codeOf = (result: Result<unknown>): ErrorCode | 'ok' => (result.ok ? 'ok' : result.error.code);

/** What each command answers in each state, and nothing else is legal. */
const MATRIX: Record<StepCommand, Record<VoucherStatus, ErrorCode | 'ok'>> = {
  claim: {
    making: 'voucher_being_made',
    issued: 'ok',
    claimed: 'voucher_already_claimed',
    used: 'voucher_already_used',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  use: {
    making: 'voucher_being_made',
    issued: 'voucher_not_yet_claimed',
    claimed: 'ok',
    used: 'voucher_already_used',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  reverse: {
    making: 'voucher_not_used',
    issued: 'voucher_not_used',
    claimed: 'voucher_not_used',
    used: 'ok',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  batch: {
    making: 'voucher_not_used',
    issued: 'voucher_not_used',
    claimed: 'voucher_not_used',
    used: 'ok',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  unbatch: {
    making: 'voucher_not_in_batch',
    issued: 'voucher_not_in_batch',
    claimed: 'voucher_not_in_batch',
    used: 'voucher_not_in_batch',
    batched: 'ok',
    settled: 'voucher_not_in_batch',
    voided: 'voucher_not_in_batch',
    expired: 'voucher_not_in_batch',
  },
  settle: {
    making: 'voucher_being_made',
    issued: 'voucher_not_yet_claimed',
    claimed: 'voucher_already_claimed',
    used: 'voucher_already_used',
    batched: 'ok',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  void: {
    making: 'ok',
    issued: 'ok',
    claimed: 'ok',
    used: 'voucher_already_used',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  deliver: {
    making: 'ok',
    issued: 'voucher_not_yet_claimed',
    claimed: 'voucher_already_claimed',
    used: 'voucher_already_used',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  concede: {
    making: 'ok',
    issued: 'ok',
    claimed: 'ok',
    used: 'ok',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  expire: {
    making: 'voucher_being_made',
    issued: 'ok',
    claimed: 'ok',
    used: 'voucher_already_used',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
};

const TAKEN = Object.keys(MATRIX) as StepCommand[];

type AnyDecision = { [C in StepCommand]: Decision<C> }[StepCommand];

/** A step that only jobs take, through the check that their write repeats. */
function byJob<C extends StepCommand>(
  command: C,
  voucher: Voucher,
  nowMs: number,
  stepFrom: (voucher: VoucherIn<FromOf<C>>) => StepOf<C>,
): Result<Decision<C>> {
  const state = checkState(command, voucher, nowMs);
  if (!state.ok) return state;
  const step = stepFrom(state.data);
  return { ok: true, data: { ...step, next: evolve(command, state.data, step) } };
}

/** Each command through its own decision. */
function take(
  command: StepCommand,
  voucher: Voucher,
  nowMs: number,
  requestId = 'request',
): Result<AnyDecision> {
  const at = { nowMs, requestId };
  const system = { ...at, by: { role: 'system' } } as const;
  switch (command) {
    case 'deliver':
      return deliver(voucher, { ...system, code: '370120261234567890' });
    case 'concede':
      return concede(voucher, { ...at, by: CLERK, refused: 'claim' });
    case 'claim':
      return claim(voucher, { ...at, by: WORKER, channel: CHANNEL });
    case 'use':
      return use(voucher, {
        ...at,
        by: ADMINISTRATOR,
        code: { window: WINDOW, nonce: requestId },
        takenAt: aClass(),
        verificationId: VERIFICATION,
        ...(voucher.classId === undefined && { trainingClass: CLASS_OF_USE }),
      });
    case 'reverse':
      return reverse(voucher, { ...at, by: ADMINISTRATOR, reason: '扫错人' });
    case 'void':
      return voidVoucher(voucher, { ...at, by: CLERK, reason: '退出培训' });
    case 'unbatch':
      return unbatch(voucher, { ...at, by: REVIEWER, reason: '材料不全' });
    case 'batch':
      return byJob(command, voucher, nowMs, () =>
        batchStep({ ...at, by: ADMINISTRATOR, batchId: BATCH, batchNumber: 'number' }),
      );
    case 'settle':
      return byJob(command, voucher, nowMs, () => settleStep({ ...system, batchId: BATCH }));
    case 'expire':
      return byJob(command, voucher, nowMs, ({ status }) => expireStep(status, system));
  }
}

/** What the write of a step makes of the stored voucher: fields set, undefined ones cleared. */
const written = (voucher: Voucher, { changes, entry }: AnyDecision): object =>
  Object.fromEntries(
    Object.entries({
      ...voucher,
      ...changes,
      version: voucher.version + 1,
      history: [...voucher.history, entry],
    }).filter(([, value]) => value !== undefined),
  );

describe('every command in every state', () => {
  const pairs = TAKEN.flatMap(command =>
    VOUCHER_STATUSES.map(status => [command, status, MATRIX[command][status]] as const),
  );

  it.each(pairs)('%s of a voucher that is %s answers %s', (command, status, answer) => {
    for (const issueMode of ['targeted', 'general'] as const) {
      const voucher = aVoucher({ status, issueMode });

      const result = take(command, voucher, NOW_MS);

      expect(codeOf(result)).toBe(answer);
      if (!result.ok) continue;
      const { next, entry } = result.data;
      expect(entry).toMatchObject({
        command,
        from: status,
        to: next.status,
        atMs: NOW_MS,
        requestId: 'request',
      });
      expect(next.status).toBe(VOUCHER_LIFE.moves[command].to);
      // The voucher that is answered is the one that the write leaves behind.
      expect(next).toStrictEqual(written(voucher, result.data));
    }
  });

  it('agrees with the table of moves', () => {
    for (const command of TAKEN) {
      const allowed = VOUCHER_STATUSES.filter(status => MATRIX[command][status] === 'ok');
      expect(allowed).toEqual(VOUCHER_LIFE.moves[command].from);
    }
  });

  it.each(['claim', 'use', 'void'] as const)(
    '%s of an overdue voucher is refused before any timer has tidied it',
    command => {
      const voucher = aVoucher({ status: command === 'use' ? 'claimed' : 'issued', expiresAtMs: NOW_MS });

      expect(take(command, voucher, NOW_MS)).toEqual({
        ok: false,
        error: { code: 'voucher_expired', data: { expiresAtMs: NOW_MS } },
      });
      expect(take(command, voucher, NOW_MS - 1).ok).toBe(true);
    },
  );

  it('can never be issued a second time', () => {
    for (const status of VOUCHER_STATUSES)
      expect(checkState('issue', aVoucher({ status }), NOW_MS).ok).toBe(false);
  });
});

describe('the facts of a refusal', () => {
  it('says when a used voucher was used', () => {
    const voucher = aVoucher({ status: 'used', usedAtMs: NOW_MS - 5 });

    expect(take('use', voucher, NOW_MS)).toMatchObject({ error: { data: { usedAtMs: NOW_MS - 5 } } });
  });

  it('says which batch a voucher is in', () => {
    expect(take('reverse', aVoucher({ status: 'batched' }), NOW_MS)).toMatchObject({
      error: { data: { batchNumber: 'JS-3701-20261124-7K2M' } },
    });
  });
});

describe('claiming', () => {
  const context = { by: WORKER, nowMs: NOW_MS, requestId: 'request' };

  it('through a channel that is not open is refused', () => {
    const channel = branded<ChannelOfClaim>({ channelNumber: '1000000002', isOpen: false });

    expect(claim(aVoucher(), { ...context, channel })).toEqual({
      ok: false,
      error: { code: 'channel_not_open' },
    });
  });

  it('is refused from the moment of the deadline on', () => {
    const voucher = aVoucher({ claimUntilMs: NOW_MS });

    const late = claim(voucher, { ...context, channel: CHANNEL });
    const inTime = claim(voucher, { ...context, nowMs: NOW_MS - 1, channel: CHANNEL });

    expect(late).toEqual({
      ok: false,
      error: { code: 'claim_deadline_passed', data: { claimUntilMs: NOW_MS } },
    });
    expect(inTime.ok).toBe(true);
  });

  it('checks the state before the channel, and the channel before the deadline', () => {
    const channel = { ...CHANNEL, isOpen: false };

    expect(codeOf(claim(aVoucher({ status: 'voided' }), { ...context, channel }))).toBe('voucher_voided');
    expect(codeOf(claim(aVoucher({ claimUntilMs: NOW_MS }), { ...context, channel }))).toBe(
      'channel_not_open',
    );
  });
});

describe('using', () => {
  const context = {
    by: ADMINISTRATOR,
    nowMs: NOW_MS,
    requestId: 'request',
    verificationId: VERIFICATION,
    code: { window: WINDOW },
    takenAt: aClass(),
  };
  const back = { by: ADMINISTRATOR, nowMs: NOW_MS, requestId: 'request', reason: '扫错人' };

  /** The voucher after the step. */
  const after = <C extends StepCommand>(decision: Result<Decision<C>>): Decision<C>['next'] => {
    if (!decision.ok) throw new Error(`refused with ${decision.error.code}`);
    return decision.data.next;
  };

  it('refuses a picture that has been scanned before', () => {
    const picture = (nonce: string) => ({ ...context, code: { window: WINDOW, nonce } });
    const used = after(use(aVoucher({ status: 'claimed' }), picture('picture1')));
    const reversed = after(reverse(used, back));

    expect(codeOf(use(reversed, picture('picture1')))).toBe('code_replayed');
    expect(codeOf(use(reversed, picture('picture2')))).toBe('ok');
  });

  it('refuses digits of a window of which they have counted, taken back or not', () => {
    const used = after(use(aVoucher({ status: 'claimed' }), context));
    const reversed = after(reverse(used, back));

    expect(use(reversed, context)).toEqual({
      ok: false,
      error: { code: 'code_replayed', data: { way: 'digits' } },
    });
    expect(codeOf(use(reversed, { ...context, code: { window: WINDOW + 1 } }))).toBe('ok');
  });

  it('asks the state of the voucher before that of the class, and that before what was shown before', () => {
    const takenAt = aClass({ status: 'approved' });
    const used = after(use(aVoucher({ status: 'claimed' }), context));

    expect(codeOf(use(used, { ...context, takenAt }))).toBe('voucher_already_used');
    expect(codeOf(use(after(reverse(used, back)), { ...context, takenAt }))).toBe('class_not_running');
  });

  it('writes the verification into the voucher, and its reversal hands it to the history', () => {
    const used = after(use(aVoucher({ status: 'claimed' }), context));
    const reversed = after(reverse(used, back));

    expect(used).toMatchObject({ verificationId: 'verification', usedBy: 'administrator', usedAtMs: NOW_MS });
    for (const field of ['verificationId', 'usedBy', 'usedAtMs']) expect(reversed).not.toHaveProperty(field);
    expect(reversed.history.at(-1)).toMatchObject({ command: 'reverse', verificationId: 'verification' });
  });

  it('is reversed without naming a verification that a record of its own tells of', () => {
    const { verificationId: _none, ...used } = aVoucher({ status: 'used' });

    expect(after(reverse(used, back)).history.at(-1)).not.toHaveProperty('verificationId');
  });

  it('binds a 通用券 to the class, and its reversal unbinds it', () => {
    const claimed = aVoucher({ status: 'claimed', issueMode: 'general' });

    const used = after(use(claimed, { ...context, trainingClass: CLASS_OF_USE }));
    const reversed = after(reverse(used, back));

    expect(used).toMatchObject({ status: 'used', ...CLASS_OF_USE });
    expect(used.history.at(-1)).toMatchObject({ classId: 'class', className: '班期' });
    for (const field of Object.keys(CLASS_OF_USE)) expect(reversed).not.toHaveProperty(field);
  });

  it('keeps the class of a 定向券 through a reversal', () => {
    const reversed = after(reverse(aVoucher({ status: 'used' }), back));

    expect(reversed).toMatchObject({ status: 'claimed', ...CLASS_OF_USE });
  });
});

describe('reversing', () => {
  const voucher = aVoucher({ status: 'used', usedAtMs: NOW_MS - UNDO_WINDOW_MS });
  const context = { nowMs: NOW_MS, requestId: 'request', reason: '扫错人' };

  it('is open to the institution up to the last moment of the window', () => {
    expect(reverse(voucher, { ...context, by: ADMINISTRATOR }).ok).toBe(true);
    expect(codeOf(reverse(voucher, { ...context, by: ADMINISTRATOR, nowMs: NOW_MS + 1 }))).toBe(
      'undo_window_over',
    );
  });

  it('is open to the city afterwards too', () => {
    expect(reverse(voucher, { ...context, by: CLERK, nowMs: NOW_MS + UNDO_WINDOW_MS }).ok).toBe(true);
  });
});

describe('any sequence of commands', () => {
  const COMMANDS_IN_ALL = 100_000;
  const LENGTH = 25;

  it('makes no illegal move and keeps history and version together', () => {
    const step = fc.tuple(fc.constantFrom(...TAKEN), fc.integer({ min: 0, max: 3 * 24 * 60 * 60 * 1000 }));

    fc.assert(
      fc.property(
        fc.array(step, { minLength: LENGTH, maxLength: LENGTH }),
        fc.boolean(),
        (steps, isGeneral) => {
          let voucher: Voucher = aVoucher(isGeneral ? { issueMode: 'general' } : {});
          let nowMs = NOW_MS;
          for (const [position, [command, laterMs]] of steps.entries()) {
            nowMs += laterMs;
            const before = voucher;
            const result = take(command, voucher, nowMs, `request-${position}`);
            if (!result.ok) continue;
            voucher = result.data.next;
            if (!VOUCHER_LIFE.allows(command, before.status))
              throw new Error(`${command} from ${before.status}`);
            if (voucher.version !== before.version + 1) throw new Error('version');
            if (voucher.history.length !== before.history.length + 1) throw new Error('history');
            if (before.history.some((entry, at) => entry !== voucher.history[at]))
              throw new Error('history edited');
            if (voucher.history.at(-1)?.to !== voucher.status) throw new Error('history and status differ');
            const isBound = voucher.classId !== undefined;
            const mustBeBound = !isGeneral || ['used', 'batched', 'settled'].includes(voucher.status);
            if (isBound !== mustBeBound) throw new Error('class');
            if ('usedAtMs' in voucher !== ['used', 'batched', 'settled'].includes(voucher.status))
              throw new Error('used');
            if ('verificationId' in voucher !== 'usedAtMs' in voucher) throw new Error('verification');
            if ('batchId' in voucher !== ['batched', 'settled'].includes(voucher.status))
              throw new Error('batch');
          }
        },
      ),
      { numRuns: COMMANDS_IN_ALL / LENGTH },
    );
  });
});
