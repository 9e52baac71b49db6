import type { Plain } from '../../miniprogram/contract/brand';
import { FEN_MAX, toFen } from '../../miniprogram/contract/fen';
import type { Grant } from '../../miniprogram/contract/roles';
import { BATCH_STATUS_NAMES, type BatchStatus } from '../../miniprogram/contract/settlement';
import type { VoucherStatus } from '../../miniprogram/contract/vouchers';
import {
  BATCH_ITEMS_MAX,
  BATCH_LIFE,
  checkFilled,
  checkPaid,
  checkPayable,
  checkPaidOn,
  checkRoom,
  checkTotals,
  paymentKeyOf,
  refuserForBatch,
  removeFromBatch,
  returnerOf,
  toTotals,
  withFill,
  type Batch,
  type BatchFill,
} from '../../cloudfunctions/shared/domain/batch';
import type { Voucher } from '../../cloudfunctions/shared/domain/voucher';
import { branded } from '../support/branded';
import { refused } from '../support/refused';
import { aVoucher, NOW_MS } from './a-voucher';
import { administratorOf, anActor } from './an-actor';
import { describeLife } from './describe-life';

const STATUSES = Object.keys(BATCH_STATUS_NAMES) as BatchStatus[];

const REFUSALS = {
  create: 'batch_not_draft',
  fill: 'batch_not_draft',
  withdraw: 'batch_not_draft',
  submit: 'batch_not_draft',
  strike: 'batch_not_submitted',
  review: 'batch_not_submitted',
  approve: 'batch_not_reviewed',
  return: 'batch_not_returnable',
  pay: 'batch_not_approved',
  settle: 'batch_not_approved',
} as const;

describeLife('batch', BATCH_LIFE, {
  statuses: STATUSES,
  final: ['settled', 'returned'],
  begin: { command: 'create', status: 'draft' },
  legal: {
    create: {},
    fill: { draft: 'draft' },
    withdraw: { draft: 'draft' },
    submit: { draft: 'submitted' },
    strike: { submitted: 'submitted', reviewed: 'reviewed' },
    review: { submitted: 'reviewed' },
    approve: { reviewed: 'approved' },
    return: { submitted: 'returned', reviewed: 'returned', approved: 'returned' },
    pay: { approved: 'paid' },
    settle: { paid: 'settled' },
  },
  refusalOf: (command, status) => ({ code: REFUSALS[command], data: { status } }),
});

const aBatch = (given: Partial<Plain<Batch>> = {}): Batch =>
  branded({
    id: 'batch',
    number: 'JS-3701-20261124-7K2M',
    title: '第一期',
    status: 'submitted',
    cityCode: '3701',
    institutionId: 'institution',
    institutionName: '培训学校',
    projectId: 'pre_job',
    count: 2,
    totalFen: 100_000,
    history: [],
    removals: [],
    version: 1,
    ...given,
  });

describe('the money of a batch', () => {
  const totals = { count: 2, totalFen: toFen(100_000) };

  it('is what a recount finds, in vouchers and to the fen', () => {
    expect(checkTotals(totals, { ...totals }).ok).toBe(true);
    expect(checkTotals(totals, { ...totals, count: 1 })).toEqual(refused('batch_total_differs'));
    expect(checkTotals(totals, { ...totals, totalFen: toFen(99_999) })).toEqual(
      refused('batch_total_differs'),
    );
  });

  it.each([99_999, 100_001, 0])('is not paid with %d fen', paidFen => {
    expect(checkPaid(totals, toFen(paidFen))).toEqual({
      ok: false,
      error: { code: 'paid_amount_differs', data: { totalFen: 100_000 } },
    });
  });

  it('is paid with exactly what was approved', () => {
    expect(checkPaid(totals, toFen(100_000)).ok).toBe(true);
  });
});

describe('a batch with a voucher on which the platform has refused a step', () => {
  const recount = { count: 2, totalFen: toFen(100_000), disputedCount: 1 };
  const disputed = { ok: false, error: { code: 'batch_voucher_disputed', data: { count: 1 } } };

  it('is neither submitted nor approved nor paid, and is once that is settled', () => {
    expect(toTotals(recount)).toEqual(disputed);
    expect(checkPayable(recount, recount)).toEqual(disputed);
    expect(checkPayable(recount, { ...recount, disputedCount: 0 }).ok).toBe(true);
  });

  it('does not come about: such a voucher is not taken in', () => {
    const problem = { kind: 'refused', reason: 'other' } as const;
    const dispute = { position: 1, command: 'use', problem, atMs: NOW_MS } as const;
    const refuse = refuserForBatch(aBatch({ status: 'draft' }), 0);

    expect(refuse(aVoucher({ status: 'used', dispute }), NOW_MS)).toBe('voucher_disputed');
  });
});

describe('a batch that adds up to more than any amount', () => {
  it('takes what fits beside what it has, and is not submitted beyond that', () => {
    const refuse = refuserForBatch(aBatch({ status: 'draft' }), FEN_MAX - 120_000);
    const used = aVoucher({ status: 'used', amountFen: 50_000 });

    expect([1, 2, 3].map(() => refuse(used, NOW_MS))).toEqual([
      undefined,
      undefined,
      'batch_total_too_large',
    ]);
    expect(toTotals({ count: 2, totalFen: 2 * FEN_MAX, disputedCount: 0 })).toEqual(
      refused('batch_total_too_large'),
    );
    expect(toTotals({ count: 2, totalFen: FEN_MAX, disputedCount: 0 }).ok).toBe(true);
  });
});

describe('an empty batch', () => {
  it('is neither submitted nor reviewed nor paid', () => {
    const nothing = { count: 0, totalFen: toFen(0), disputedCount: 0 };

    expect(toTotals(nothing)).toEqual({ ok: false, error: { code: 'batch_empty' } });
    for (const checked of [checkFilled(nothing), checkTotals(nothing, nothing)])
      expect(checked).toEqual({ ok: false, error: { code: 'batch_empty', data: { underReview: true } } });
  });
});

describe('the day of a payment', () => {
  /** 23:30 of the 20th in Beijing, and 00:30 of the 24th: days of another date in UTC. */
  const approvedAtMs = Date.parse('2026-11-20T15:30:00Z');
  const nowMs = Date.parse('2026-11-23T16:30:00Z');
  const approval = { command: 'approve', from: 'reviewed', to: 'approved', atMs: approvedAtMs } as const;
  const batch = aBatch({ history: [{ ...approval, by: { role: 'reviewer' }, requestId: 'request' }] });

  it.each(['2026-11-20', '2026-11-21', '2026-11-24'])('may be %s', paidOn => {
    expect(checkPaidOn(batch, paidOn, nowMs).ok).toBe(true);
  });

  it.each(['2026-11-19', '2026-11-25', '2021-01-01'])('is not %s', paidOn => {
    expect(checkPaidOn(batch, paidOn, nowMs)).toEqual({
      ok: false,
      error: {
        code: 'payment_day_out_of_range',
        data: { approvedOn: '2026-11-20', today: '2026-11-24' },
      },
    });
  });
});

describe('a reference of a payment', () => {
  const key = paymentKeyOf('3701', 'ZF-2026-0001');

  it.each([
    'zf-2026-0001',
    ' ZF - 2026 - 0001 ',
    'ＺＦ－２０２６－０００１',
    'ZF–2026—0001',
    'ZF-\u200b2026-0001\u3000',
  ])('is the same as %j', text => {
    expect(paymentKeyOf('3701', text)).toBe(key);
  });

  it.each(['ZF-2026-0002', 'ZF20260001', 'ZF-2026-00010'])('is another than %j', text => {
    expect(paymentKeyOf('3701', text)).not.toBe(key);
  });

  it('is each city’s own, and has something to read', () => {
    expect(paymentKeyOf('3702', 'ZF-2026-0001')).not.toBe(key);
    expect(paymentKeyOf('3701', '\u200b \u2060')).toBeUndefined();
  });
});

describe('who sends a batch back', () => {
  const reviewer: Plain<Grant> = { role: 'reviewer', cityCode: '3701' };
  const payer: Plain<Grant> = { role: 'payer', cityCode: '3701' };
  const roleOf = (status: BatchStatus, grants: Plain<Grant>[]) => {
    const by = returnerOf(aBatch({ status }), anActor(grants));
    return by.ok ? by.data.role : by.error.code;
  };

  it('is a reviewer until it is approved, then the payer, also where one person is both', () => {
    expect(
      (['submitted', 'reviewed', 'approved'] as const).map(status => roleOf(status, [reviewer, payer])),
    ).toEqual(['reviewer', 'reviewer', 'payer']);
    expect(roleOf('reviewed', [payer])).toBe('batch_not_approved');
    expect(roleOf('approved', [reviewer])).toBe('batch_not_returnable');
  });
});

it('a batch remembers everybody who filled it, each once', () => {
  const fill = (personKey: string, atMs: number) =>
    branded<BatchFill>({ atMs, by: { role: 'administrator', personKey } });
  const fills = [fill('a', 1), fill('b', 2), fill('a', 3)].reduce<BatchFill[]>(
    (before, next) => withFill({ fills: before }, next),
    [],
  );

  expect(fills).toEqual([fill('b', 2), fill('a', 3)]);
});

describe('the room in a batch', () => {
  it('is enough up to the last place', () => {
    expect(checkRoom(BATCH_ITEMS_MAX - 3, 3).ok).toBe(true);
    expect(checkRoom(BATCH_ITEMS_MAX, 0).ok).toBe(true);
    expect(checkRoom(BATCH_ITEMS_MAX - 3, 4)).toEqual({
      ok: false,
      error: { code: 'batch_full', data: { itemsMax: BATCH_ITEMS_MAX, takenCount: BATCH_ITEMS_MAX - 3 } },
    });
  });
});

describe('a voucher that is to go into a batch', () => {
  const batch = aBatch({ status: 'draft' });

  it('is used, and of this city, institution and project', () => {
    expect(refuserForBatch(batch, 0)(aVoucher({ status: 'used' }), NOW_MS)).toBeUndefined();
  });

  it.each([
    [{ cityCode: '3702' }, 'voucher_of_other_city'],
    [{ institutionId: 'another' }, 'voucher_not_for_this_institution'],
    [{ projectId: 'skill_upgrade' }, 'voucher_of_other_project'],
    [{ cityCode: '3702', institutionId: 'another' }, 'voucher_of_other_city'],
    [{ institutionId: 'another', projectId: 'skill_upgrade' }, 'voucher_not_for_this_institution'],
  ] as const)('with %j is refused: %s', (given, code) => {
    expect(refuserForBatch(batch, 0)(aVoucher({ status: 'used', ...given }), NOW_MS)).toBe(code);
    // Whose it is is said before the state in which it is.
    expect(refuserForBatch(batch, 0)(aVoucher({ status: 'voided', ...given }), NOW_MS)).toBe(code);
  });

  it.each<[VoucherStatus, string]>([
    ['issued', 'voucher_not_used'],
    ['claimed', 'voucher_not_used'],
    ['batched', 'voucher_in_batch'],
    ['settled', 'voucher_already_settled'],
    ['voided', 'voucher_voided'],
    ['expired', 'voucher_expired'],
  ])('that is %s is refused: %s', (status, code) => {
    expect(refuserForBatch(batch, 0)(aVoucher({ status }), NOW_MS)).toBe(code);
  });

  it('that was never bound to an institution is refused for its state', () => {
    const claimed = aVoucher({ status: 'claimed', issueMode: 'general' });

    expect(refuserForBatch(batch, 0)(claimed, NOW_MS)).toBe('voucher_not_used');
  });
});

describe('taking a voucher out of a batch', () => {
  const INSTITUTION = administratorOf('institution');
  const REVIEWER: Plain<Grant> = { role: 'reviewer', cityCode: '3701' };
  const context = { nowMs: NOW_MS, requestId: 'request', reason: '材料不全', administration: undefined };
  const batched = aVoucher({ status: 'batched' });
  const removeThis = (voucher: Voucher | undefined, batch: Batch, grants: Plain<Grant>[]) =>
    removeFromBatch(batch, voucher, { ...context, actor: anActor(grants) });
  const remove = (batch: Batch, grants: Plain<Grant>[]) => removeThis(batched, batch, grants);

  it('is the institution’s while it draws the batch up; there are no totals yet', () => {
    const earlier = {
      voucherId: 'earlier',
      amountFen: 50_000,
      atMs: NOW_MS - 1,
      by: { role: 'administrator' as const },
      requestId: 'before',
      reason: '重复',
    };
    const removed = remove(aBatch({ status: 'draft', removals: [earlier] }), [INSTITUTION]);

    const by = {
      role: 'administrator',
      personKey: 'administrator',
      institutionId: 'institution',
      cityCode: '3701',
    };
    expect(removed).toMatchObject({
      ok: true,
      data: { decision: { entry: { command: 'unbatch', by, batchId: 'batch' }, next: { status: 'used' } } },
    });
    expect(removed.ok && removed.data.batchChanges).toEqual({
      removals: [
        earlier,
        {
          voucherId: 'class-worker',
          amountFen: 50_000,
          atMs: NOW_MS,
          by,
          requestId: 'request',
          reason: '材料不全',
        },
      ],
    });
  });

  it.each(['submitted', 'reviewed'] as const)(
    'is the city’s while the batch is %s; count and total shrink by what is taken out',
    status => {
      const removed = remove(aBatch({ status }), [REVIEWER]);

      expect(removed).toMatchObject({
        ok: true,
        data: {
          decision: { entry: { by: { role: 'reviewer', cityCode: '3701' }, reason: '材料不全' } },
          batchChanges: { count: 1, totalFen: 50_000, removals: [{ voucherId: 'class-worker' }] },
        },
      });
    },
  );

  it.each(STATUSES.filter(status => status !== 'draft'))(
    'is not the institution’s once the batch is %s',
    status => {
      expect(remove(aBatch({ status }), [INSTITUTION])).toEqual({
        ok: false,
        error: { code: 'batch_not_draft', data: { status } },
      });
    },
  );

  it.each(STATUSES.filter(status => status !== 'submitted' && status !== 'reviewed'))(
    'is not the city’s while the batch is %s',
    status => {
      expect(remove(aBatch({ status }), [REVIEWER])).toEqual({
        ok: false,
        error: { code: 'batch_not_submitted', data: { status } },
      });
    },
  );

  it('is done by who is both in the role that the state asks for', () => {
    const roleIn = (status: BatchStatus) => {
      const removed = remove(aBatch({ status }), [INSTITUTION, REVIEWER]);
      return removed.ok && removed.data.decision.entry.by.role;
    };

    expect(roleIn('draft')).toBe('administrator');
    expect(roleIn('submitted')).toBe('reviewer');
  });

  it.each<[string, Plain<Grant>[], BatchStatus]>([
    ['another institution', [administratorOf('another')], 'draft'],
    ['another city’s reviewer', [{ role: 'reviewer', cityCode: '3702' }], 'submitted'],
    ['the clerk', [{ role: 'clerk', cityCode: '3701' }], 'submitted'],
    ['the payer', [{ role: 'payer', cityCode: '3701' }], 'submitted'],
    ['the province', [{ role: 'province' }], 'submitted'],
  ])('is never done by %s', (_who, grants, status) => {
    expect(remove(aBatch({ status }), grants).ok).toBe(false);
  });

  it('needs a voucher that is in this batch', () => {
    const batch = aBatch();

    for (const voucher of [
      undefined,
      aVoucher({ status: 'used' }),
      aVoucher({ status: 'batched', batchId: 'another' }),
      // Written off, it still names its batch.
      aVoucher({ status: 'settled' }),
    ])
      expect(removeThis(voucher, batch, [REVIEWER])).toEqual(refused('voucher_not_in_batch'));
  });
});
