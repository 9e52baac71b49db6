import {
  VOUCHER_STATUSES,
  type VoucherCommand,
  type VoucherStatus,
} from '../../miniprogram/contract/vouchers';
import {
  statusAt,
  stepMarked,
  stepOf,
  VOUCHER_TRANSITIONS,
} from '../../cloudfunctions/shared/domain/voucher';
import { aVoucher, CLERK, NOW_MS, WORKER } from './a-voucher';

const COMMANDS = Object.keys(VOUCHER_TRANSITIONS) as VoucherCommand[];
const FINAL: VoucherStatus[] = ['settled', 'voided', 'expired'];

const from = (command: VoucherCommand): readonly VoucherStatus[] => {
  const { from: states } = VOUCHER_TRANSITIONS[command];
  return states === 'none' ? [] : states;
};

describe('the table of moves', () => {
  it('reaches every state from issue', () => {
    const reached = new Set<VoucherStatus>([VOUCHER_TRANSITIONS.issue.to]);
    for (let before = 0; before !== reached.size;) {
      before = reached.size;
      for (const command of COMMANDS) {
        if (from(command).some(status => reached.has(status))) reached.add(VOUCHER_TRANSITIONS[command].to);
      }
    }

    expect([...reached].sort()).toEqual([...VOUCHER_STATUSES].sort());
  });

  it.each(VOUCHER_STATUSES.filter(status => !FINAL.includes(status)))('has a way out of %s', status => {
    expect(COMMANDS.filter(command => from(command).includes(status))).not.toEqual([]);
  });

  it.each(FINAL)('lets nothing leave %s', status => {
    expect(COMMANDS.filter(command => from(command).includes(status))).toEqual([]);
  });

  it('names who may take each step', () => {
    for (const command of COMMANDS) expect(VOUCHER_TRANSITIONS[command].by.length).toBeGreaterThan(0);
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
  const entry = {
    command: 'claim',
    from: 'issued',
    to: 'claimed',
    atMs: NOW_MS,
    requestId: 'request-1',
  } as const;
  const voucher = aVoucher({ status: 'claimed', history: [{ ...entry, by: WORKER }] });

  it('is found for the same command, request and person', () => {
    const mark = { command: 'claim', requestId: 'request-1', personKey: 'worker' } as const;

    expect(stepMarked(voucher, mark)).toEqual({ ...entry, by: WORKER });
  });

  it.each([
    { command: 'use', requestId: 'request-1', personKey: 'worker' },
    { command: 'claim', requestId: 'request-2', personKey: 'worker' },
    { command: 'claim', requestId: 'request-1', personKey: CLERK.personKey ?? '' },
  ] as const)('is not found for $command of $personKey under $requestId', mark => {
    expect(stepMarked(voucher, mark)).toBeUndefined();
  });

  it('is found for a job by its id', () => {
    expect(stepOf(voucher, 'request-1')).toBeDefined();
    expect(stepOf(voucher, 'another')).toBeUndefined();
  });
});
