import {
  batchActions,
  reviewQuestion,
  toBatchPage,
  toBatchRow,
} from '../../../miniprogram/city/view/batches';
import { toFen } from '../../../miniprogram/contract/fen';
import { paymentBounds, readPayment } from '../../../miniprogram/city/view/payment';
import { aBatch, CLERK, PAYER, PROVINCE, REVIEWER } from './samples';

const mainOf = (status: Parameters<typeof aBatch>[0], grants = REVIEWER) =>
  batchActions(aBatch(status), grants).main;

test('notice 三(六): first review, second review, payment, each by its role', () => {
  expect(mainOf({ status: 'submitted' })).toBe('review');
  expect(mainOf({ status: 'reviewed' })).toBe('approve');
  expect(mainOf({ status: 'approved' }, PAYER)).toBe('pay');
  expect(mainOf({ status: 'approved' })).toBe('');
  expect(mainOf({ status: 'submitted' }, PAYER)).toBe('');
  expect(mainOf({ status: 'submitted' }, CLERK)).toBe('');
  expect(mainOf({ status: 'settled' }, PAYER)).toBe('');
});

test('the payer sends back what cannot be paid, and takes nothing out', () => {
  expect(batchActions(aBatch({ status: 'approved' }), PAYER)).toMatchObject({
    main: 'pay',
    canReturn: true,
    canRemove: false,
  });
});

test('only reviewers under review send back and take out', () => {
  expect(batchActions(aBatch({ status: 'reviewed' }), REVIEWER)).toMatchObject({
    canReturn: true,
    canRemove: true,
  });
  expect(batchActions(aBatch({ status: 'approved' }), REVIEWER)).toMatchObject({
    canReturn: false,
    canRemove: false,
  });
  expect(batchActions(aBatch(), PROVINCE)).toMatchObject({ canReturn: false, canRemove: false, note: '' });
});

test('a row shows count and total once they are fixed', () => {
  expect(toBatchRow(aBatch()).figure).toBe('7 张 · 8,400.00元');
  expect(toBatchRow(aBatch({ status: 'draft', count: 0, totalFen: 0 })).figure).toBe('');
});

test('the page names payment only when there was one', () => {
  const labels = (given: Parameters<typeof aBatch>[0]) => toBatchPage(aBatch(given)).facts.map(f => f.label);

  expect(labels({})).not.toContain('拨付金额');
  expect(labels({ paidFen: 840_000, paidOn: '2026-12-24' })).toEqual(
    expect.arrayContaining(['拨付金额', '拨付日期']),
  );
});

test('the question fits the state', () => {
  expect(reviewQuestion(aBatch()).confirmText).toBe('初审通过');
  expect(reviewQuestion(aBatch({ status: 'reviewed' })).confirmText).toBe('复审通过');
});

const facts = { totalFen: toFen(840_000), approvedOn: '2026-12-20', today: '2026-12-24' };
const form = { amount: '8,400', paidOn: '2026-12-24', reference: ' ZF-2026-0001 ' };

test('a payment that equals the total to the fen is read', () => {
  expect(readPayment(form, facts)).toEqual({
    ok: true,
    payment: { paidFen: 840_000, paidOn: '2026-12-24', reference: 'ZF-2026-0001' },
  });
});

test('one fen too little, a day to come and a missing reference are each named', () => {
  expect(readPayment({ amount: '8399.99', paidOn: '2026-12-25', reference: '' }, facts)).toEqual({
    ok: false,
    errors: {
      amount: '与批次总额 8,400.00元不一致，少了 0.01元',
      paidOn: '拨付日期不能晚于今天',
      reference: '请填写拨付凭证号',
    },
  });
});

test('a day before the approval is named, the day of the approval itself is right', () => {
  const read = readPayment({ ...form, paidOn: '2026-12-19' }, facts);

  expect(read.ok ? '' : read.errors.paidOn).toBe('拨付日期不能早于复审通过的2026年12月20日（周日）');
  expect(readPayment({ ...form, paidOn: '2026-12-20' }, facts).ok).toBe(true);
});

test('the days of a payment are those of Beijing, from the approval to today', () => {
  const atMs = Date.parse('2026-12-20T17:00:00Z');
  const history = [{ command: 'approve', to: 'approved', atMs, by: 'reviewer' }] as const;
  const batch = aBatch({ history: [...history] });

  expect(paymentBounds(batch, Date.parse('2026-12-23T17:00:00Z'))).toEqual({
    totalFen: batch.totalFen,
    approvedOn: '2026-12-21',
    today: '2026-12-24',
  });
});

test('too much is refused as well', () => {
  const read = readPayment({ ...form, amount: '84000' }, facts);

  expect(read.ok ? '' : read.errors.amount).toBe('与批次总额 8,400.00元不一致，多了 75,600.00元');
});
