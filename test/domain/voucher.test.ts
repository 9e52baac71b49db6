import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import type { BatchId, JobId } from '../../miniprogram/contract/ids';
import {
  VOUCHER_STATUSES,
  type VoucherCommand,
  type VoucherStatus,
} from '../../miniprogram/contract/vouchers';
import { expireStep, settleStep, voidStep } from '../../cloudfunctions/shared/domain/decisions';
import {
  CLASS_FIELDS,
  evolve,
  hasStepOf,
  statusAt,
  stepMarked,
  VOUCHER_LIFE,
  type EntryOf,
  type FromOf,
  type StepCommand,
  type StepMark,
  type StepOf,
  type VoucherIn,
} from '../../cloudfunctions/shared/domain/voucher';
import { branded } from '../support/branded';
import { ADMINISTRATOR, aVoucher, CLASS_OF_USE, CLERK, NOW_MS, WORKER } from './a-voucher';
import { describeLife } from './describe-life';

/** Why a voucher in a state cannot take a step, whichever it is. */
const REFUSALS: Record<VoucherStatus, ErrorCode> = {
  making: 'voucher_being_made',
  issued: 'voucher_not_yet_claimed',
  claimed: 'voucher_already_claimed',
  used: 'voucher_already_used',
  batched: 'voucher_in_batch',
  settled: 'voucher_already_settled',
  voided: 'voucher_voided',
  expired: 'voucher_expired',
};

function refusalCode(command: VoucherCommand, status: VoucherStatus): ErrorCode {
  const isUnused = status === 'making' || status === 'issued' || status === 'claimed';
  if (isUnused && (command === 'reverse' || command === 'batch')) return 'voucher_not_used';
  return command === 'unbatch' ? 'voucher_not_in_batch' : REFUSALS[status];
}

describeLife('voucher', VOUCHER_LIFE, {
  statuses: VOUCHER_STATUSES,
  final: ['settled', 'voided', 'expired'],
  begin: [
    { command: 'issue', status: 'issued' },
    { command: 'order', status: 'making' },
  ],
  legal: {
    order: {},
    deliver: { making: 'issued' },
    issue: {},
    claim: { issued: 'claimed' },
    use: { claimed: 'used' },
    reverse: { used: 'claimed' },
    batch: { used: 'batched' },
    unbatch: { batched: 'used' },
    settle: { batched: 'settled' },
    void: { making: 'voided', issued: 'voided', claimed: 'voided' },
    concede: { making: 'voided', issued: 'voided', claimed: 'voided', used: 'voided' },
    expire: { issued: 'expired', claimed: 'expired' },
  },
  refusalOf: (command, status) => ({ code: refusalCode(command, status) }),
});

describe('a voucher after a step', () => {
  const by = ADMINISTRATOR;
  const at = { atMs: NOW_MS, by, requestId: 'request' };
  const GROWN = { version: 2, history: [{ command: 'issue' }, { atMs: NOW_MS, requestId: 'request' }] };

  it('claimed: has the time of it', () => {
    const step = branded<StepOf<'claim'>>({
      entry: { command: 'claim', from: 'issued', to: 'claimed', ...at, channelNumber: '1000000001' },
      changes: { status: 'claimed', claimedAtMs: NOW_MS },
    });

    expect(evolve('claim', aVoucher(), step)).toMatchObject({
      ...GROWN,
      status: 'claimed',
      claimedAtMs: NOW_MS,
    });
  });

  it('used: names its verification and, a 通用券, its class', () => {
    const step = branded<StepOf<'use'>>({
      entry: { command: 'use', from: 'claimed', to: 'used', ...at },
      changes: {
        status: 'used',
        usedAtMs: NOW_MS,
        usedBy: 'administrator',
        verificationId: 'verification',
        ...CLASS_OF_USE,
      },
    });
    const claimed = aVoucher({ status: 'claimed', issueMode: 'general' });

    expect(claimed).not.toHaveProperty('classId');
    expect(evolve('use', claimed, step)).toMatchObject({
      ...GROWN,
      ...CLASS_OF_USE,
      status: 'used',
      usedAtMs: NOW_MS,
      verificationId: 'verification',
    });
  });

  describe('reversed', () => {
    const step = branded<StepOf<'reverse'>>({
      entry: { command: 'reverse', from: 'used', to: 'claimed', ...at, reason: '扫错人' },
      changes: { status: 'claimed', usedAtMs: undefined, usedBy: undefined, verificationId: undefined },
    });

    it('has been claimed, and nothing else of its use', () => {
      const used = aVoucher({ status: 'used' });
      const reversed = evolve('reverse', used, step);

      expect(reversed).toMatchObject({ ...GROWN, status: 'claimed', claimedAtMs: used.claimedAtMs });
      for (const field of ['usedAtMs', 'usedBy', 'verificationId'])
        expect(reversed).not.toHaveProperty(field);
    });

    it('keeps the class of a 定向券 and clears that of a 通用券', () => {
      const targeted = evolve('reverse', aVoucher({ status: 'used' }), step);
      const ofCounty = aVoucher({ status: 'used', issueMode: 'general', countyCode: '370112' });
      const general = evolve('reverse', ofCounty, step);

      expect(targeted).toMatchObject({ ...CLASS_OF_USE });
      for (const field of CLASS_FIELDS) expect(general).not.toHaveProperty(field);
    });
  });

  it('in a batch, and out of it again: as it was before', () => {
    const into = branded<StepOf<'batch'>>({
      entry: { command: 'batch', from: 'used', to: 'batched', ...at, batchId: 'batch' },
      changes: { status: 'batched', batchId: 'batch', batchNumber: 'number' },
    });
    const out = branded<StepOf<'unbatch'>>({
      entry: { command: 'unbatch', from: 'batched', to: 'used', ...at, batchId: 'batch', reason: '材料不全' },
      changes: { status: 'used', batchId: undefined, batchNumber: undefined },
    });
    const used = aVoucher({ status: 'used' });

    const batched = evolve('batch', used, into);
    const back = evolve('unbatch', batched, out);

    expect(batched).toMatchObject({ ...GROWN, status: 'batched', batchId: 'batch', batchNumber: 'number' });
    expect(back).toStrictEqual({ ...used, version: 3, history: [...used.history, into.entry, out.entry] });
  });

  describe('at its end: keeps all that it has been,', () => {
    const context = { by, nowMs: NOW_MS, requestId: 'request' };
    const keepsAll = <C extends StepCommand>(
      command: C,
      voucher: VoucherIn<FromOf<C>>,
      step: StepOf<C>,
    ): void => {
      expect(evolve(command, voucher, step)).toStrictEqual({
        ...voucher,
        ...step.changes,
        version: 2,
        history: [...voucher.history, step.entry],
      });
    };

    it('written off', () => {
      const step = settleStep({ ...context, batchId: branded<BatchId>('batch') });

      keepsAll('settle', aVoucher({ status: 'batched' }), step);
      expect(step.changes).toEqual({ status: 'settled', settledAtMs: NOW_MS });
    });

    it.each(['issued', 'claimed'] as const)('voided while it was %s', status => {
      const step = voidStep(status, { ...context, reason: '退出培训' });

      keepsAll('void', aVoucher({ status }), step);
      expect(step.changes).toEqual({ status: 'voided', voidedAtMs: NOW_MS, quotaDue: true });
    });

    it.each(['issued', 'claimed'] as const)('expired while it was %s', status => {
      const step = expireStep(status, context);

      keepsAll('expire', aVoucher({ status }), step);
      expect(step.changes).toEqual({ status: 'expired', expiredAtMs: NOW_MS, quotaDue: true });
    });
  });
});

describe('the passing of time', () => {
  it.each(['issued', 'claimed'] as const)('ends an unused voucher that is %s, whatever is stored', status => {
    const voucher = aVoucher({ status, expiresAtMs: NOW_MS });

    expect(statusAt(voucher, NOW_MS - 1)).toBe(status);
    expect(statusAt(voucher, NOW_MS)).toBe('expired');
  });

  it.each(['used', 'batched', 'settled', 'voided'] as const)(
    'does not touch a voucher that is %s',
    status => {
      expect(statusAt(aVoucher({ status, expiresAtMs: NOW_MS - 1 }), NOW_MS)).toBe(status);
    },
  );
});

describe('the mark of a request', () => {
  const entry = branded<EntryOf<'claim'>>({
    command: 'claim',
    from: 'issued',
    to: 'claimed',
    atMs: NOW_MS,
    requestId: 'request-1',
    by: WORKER,
    channelNumber: '1000000001',
  });
  const voucher = aVoucher({ status: 'claimed', history: [entry] });

  it('is found for the same command, request and person', () => {
    const mark = { command: 'claim', requestId: 'request-1', personKey: WORKER.personKey } as const;

    expect(stepMarked(voucher, mark)).toEqual(entry);
  });

  it.each<StepMark>([
    { command: 'use', requestId: 'request-1', personKey: WORKER.personKey },
    { command: 'claim', requestId: 'request-2', personKey: WORKER.personKey },
    { command: 'claim', requestId: 'request-1', personKey: CLERK.personKey },
  ])('is not found for $command of $personKey under $requestId', mark => {
    expect(stepMarked(voucher, mark)).toBeUndefined();
  });

  it('is found for a job by its id', () => {
    expect(hasStepOf(voucher, branded<JobId>('request-1'))).toBe(true);
    expect(hasStepOf(voucher, branded<JobId>('another'))).toBe(false);
  });
});
