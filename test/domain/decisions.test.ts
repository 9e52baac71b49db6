import fc from 'fast-check';
import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import type { Result } from '../../miniprogram/contract/result';
import {
  UNDO_WINDOW_MS,
  VOUCHER_STATUSES,
  type VoucherCommand,
  type VoucherStatus,
} from '../../miniprogram/contract/vouchers';
import {
  batchStep,
  checkState,
  claim,
  evolve,
  expireStep,
  reverse,
  settleStep,
  unbatch,
  use,
  voidVoucher,
  type Step,
} from '../../cloudfunctions/shared/domain/decisions';
import { VOUCHER_TRANSITIONS, type Voucher } from '../../cloudfunctions/shared/domain/voucher';
import { ADMINISTRATOR, aVoucher, CLERK, NOW_MS, REVIEWER, TRAINING_CLASS, WORKER } from './a-voucher';

const CHANNEL = { channelNumber: '1000000001', isOpen: true, openChannels: ['开通渠道'] };
const codeOf = (result: Result<unknown>): ErrorCode | 'ok' => (result.ok ? 'ok' : result.error.code);

/** What each command answers in each state, and nothing else is legal. */
const MATRIX: Record<Exclude<VoucherCommand, 'issue'>, Record<VoucherStatus, ErrorCode | 'ok'>> = {
  claim: {
    issued: 'ok',
    claimed: 'voucher_already_claimed',
    used: 'voucher_already_used',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  use: {
    issued: 'voucher_not_yet_claimed',
    claimed: 'ok',
    used: 'voucher_already_used',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  reverse: {
    issued: 'voucher_not_used',
    claimed: 'voucher_not_used',
    used: 'ok',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  batch: {
    issued: 'voucher_not_used',
    claimed: 'voucher_not_used',
    used: 'ok',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  unbatch: {
    issued: 'voucher_not_in_batch',
    claimed: 'voucher_not_in_batch',
    used: 'voucher_not_in_batch',
    batched: 'ok',
    settled: 'voucher_not_in_batch',
    voided: 'voucher_not_in_batch',
    expired: 'voucher_not_in_batch',
  },
  settle: {
    issued: 'voucher_not_yet_claimed',
    claimed: 'voucher_already_claimed',
    used: 'voucher_already_used',
    batched: 'ok',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  void: {
    issued: 'ok',
    claimed: 'ok',
    used: 'voucher_already_used',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
  expire: {
    issued: 'ok',
    claimed: 'ok',
    used: 'voucher_already_used',
    batched: 'voucher_in_batch',
    settled: 'voucher_already_settled',
    voided: 'voucher_voided',
    expired: 'voucher_expired',
  },
};

type Taken = keyof typeof MATRIX;
const TAKEN = Object.keys(MATRIX) as Taken[];

/** Each command through its own decision; those that only jobs take, through the check that their write repeats. */
function take(command: Taken, voucher: Voucher, nowMs: number, requestId = 'request'): Result<Step> {
  const at = { nowMs, requestId };
  const ofJob = (step: Step): Result<Step> => {
    const state = checkState(command, voucher, nowMs);
    return state.ok ? { ok: true, data: step } : state;
  };
  switch (command) {
    case 'claim':
      return claim(voucher, { ...at, by: WORKER, channel: CHANNEL });
    case 'use':
      return use(voucher, {
        ...at,
        by: ADMINISTRATOR,
        nonce: requestId,
        ...(voucher.classId === undefined && { trainingClass: TRAINING_CLASS }),
      });
    case 'reverse':
      return reverse(voucher, { ...at, by: ADMINISTRATOR, reason: '扫错人' });
    case 'void':
      return voidVoucher(voucher, { ...at, by: CLERK, reason: '退出培训' });
    case 'unbatch':
      return unbatch(voucher, { ...at, by: REVIEWER, reason: '材料不全' });
    case 'batch':
      return ofJob(batchStep({ ...at, by: ADMINISTRATOR, batchId: 'batch', batchNumber: 'number' }));
    case 'settle':
      return ofJob(settleStep({ ...at, by: { role: 'system' }, batchId: 'batch' }));
    case 'expire':
      return ofJob(expireStep(voucher.status, { ...at, by: { role: 'system' } }));
  }
}

describe('every command in every state', () => {
  const pairs = TAKEN.flatMap(command =>
    VOUCHER_STATUSES.map(status => [command, status, MATRIX[command][status]] as const),
  );

  it.each(pairs)('%s of a voucher that is %s answers %s', (command, status, answer) => {
    const voucher = aVoucher({ status });

    const result = take(command, voucher, NOW_MS);

    expect(codeOf(result)).toBe(answer);
    if (result.ok) {
      const next = evolve(voucher, result.data);
      expect(next.status).toBe(VOUCHER_TRANSITIONS[command].to);
      expect(next.version).toBe(voucher.version + 1);
      expect(next.history).toEqual([...voucher.history, result.data.entry]);
    }
  });

  it('agrees with the table of moves', () => {
    for (const command of TAKEN) {
      const allowed = VOUCHER_STATUSES.filter(status => MATRIX[command][status] === 'ok');
      expect(allowed).toEqual(VOUCHER_TRANSITIONS[command].from);
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

  it('through a channel that is not open is refused and names the open ones', () => {
    const channel = { channelNumber: '1000000002', isOpen: false, openChannels: ['爱山东', '电子社保卡'] };

    expect(claim(aVoucher(), { ...context, channel })).toEqual({
      ok: false,
      error: { code: 'channel_not_open', data: { openChannels: ['爱山东', '电子社保卡'] } },
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
  const context = { by: ADMINISTRATOR, nowMs: NOW_MS, requestId: 'request' };

  it('refuses a picture that has been scanned before', () => {
    const claimed = aVoucher({ status: 'claimed' });
    const first = use(claimed, { ...context, nonce: 'picture1' });
    if (!first.ok) throw new Error('the first scan must succeed');
    const used = evolve(claimed, first.data);
    const back = reverse(used, { ...context, reason: '扫错人' });
    if (!back.ok) throw new Error('the reversal must succeed');

    const again = use(evolve(used, back.data), { ...context, nonce: 'picture1' });

    expect(codeOf(again)).toBe('code_replayed');
  });

  it('binds a 通用券 to the class, and its reversal unbinds it', () => {
    const claimed = aVoucher({ status: 'claimed', issueMode: 'general' });

    const step = use(claimed, { ...context, trainingClass: TRAINING_CLASS });
    const used = step.ok ? evolve(claimed, step.data) : claimed;
    const back = reverse(used, { ...context, reason: '扫错人' });
    const reversed = back.ok ? evolve(used, back.data) : used;

    expect(used).toMatchObject({ status: 'used', ...TRAINING_CLASS });
    expect(Object.keys(reversed)).not.toEqual(expect.arrayContaining(['classId']));
    expect(Object.keys(reversed)).not.toEqual(expect.arrayContaining(['institutionId']));
    expect(Object.keys(reversed)).not.toEqual(expect.arrayContaining(['usedAtMs']));
  });

  it('keeps the class of a 定向券 through a reversal', () => {
    const used = aVoucher({ status: 'used' });

    const back = reverse(used, { ...context, reason: '扫错人' });

    expect(back.ok && evolve(used, back.data)).toMatchObject({ status: 'claimed', classId: 'class' });
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
    const allowed = TAKEN.map(command => ({ command, ...VOUCHER_TRANSITIONS[command] }));
    const isLegal = (command: Taken, before: VoucherStatus) =>
      allowed.some(
        move => move.command === command && (move.from as readonly VoucherStatus[]).includes(before),
      );
    const step = fc.tuple(fc.constantFrom(...TAKEN), fc.integer({ min: 0, max: 3 * 24 * 60 * 60 * 1000 }));

    fc.assert(
      fc.property(
        fc.array(step, { minLength: LENGTH, maxLength: LENGTH }),
        fc.boolean(),
        (steps, isGeneral) => {
          let voucher = aVoucher(isGeneral ? { issueMode: 'general' } : {});
          let nowMs = NOW_MS;
          for (const [position, [command, laterMs]] of steps.entries()) {
            nowMs += laterMs;
            const before = voucher;
            const result = take(command, voucher, nowMs, `request-${position}`);
            if (!result.ok) continue;
            voucher = evolve(voucher, result.data);
            if (!isLegal(command, before.status)) throw new Error(`${command} from ${before.status}`);
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
            if ('batchId' in voucher !== ['batched', 'settled'].includes(voucher.status))
              throw new Error('batch');
          }
        },
      ),
      { numRuns: COMMANDS_IN_ALL / LENGTH },
    );
  });
});
