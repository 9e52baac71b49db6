import { overspent, reportCalls, reportLife } from '../../local/loop/budgets';
import { CallCosts, type NotedCall } from '../../local/stage/call-costs';

const accepted = { ok: true, data: {} } as const;

function costsOf(...calls: Partial<NotedCall>[]): CallCosts {
  const costs = new CallCosts();
  for (const call of calls)
    costs.note({
      operation: 'voucher.claim',
      input: {},
      answer: accepted,
      requests: 1,
      trips: 1,
      ms: 1,
      ...call,
    });
  return costs;
}

const NOBODY = { issued: 0, used: 0, timerRequests: 0 };

test('calls of one operation that cost differently are kept apart', () => {
  const costs = costsOf(
    { operation: 'account.signIn' },
    { operation: 'account.signIn', answer: { ok: true, data: { grants: [{}] } } },
    { operation: 'verification.use', input: { qrText: 'x' } },
    { operation: 'verification.use', input: { voucherId: 'v', digits: '123456' } },
    { operation: 'voucher.listVouchers', answer: { ok: true, data: { items: [{}] } } },
    { operation: 'voucher.listVouchers', answer: { ok: true, data: { items: [] } } },
  );

  expect(reportCalls(costs).map(({ operation }) => operation)).toEqual([
    'account.signIn',
    'account.signIn (staff)',
    'verification.use',
    'verification.use (digits)',
    'voucher.listVouchers',
    'voucher.listVouchers (empty)',
  ]);
});

test('mean and largest cost stand beside the budget, and what is over it is named', () => {
  const calls = reportCalls(costsOf({ requests: 3, trips: 2 }, { requests: 4, trips: 3 }));

  expect(calls).toEqual([
    { operation: 'voucher.claim', mean: 3.5, max: 4, budget: 3, meanTrips: 2.5, maxTrips: 3, tripBudget: 2 },
  ]);
  expect(overspent(calls, reportLife(costsOf(), NOBODY))).toEqual([
    'voucher.claim made 4 database requests instead of at most 3',
    'voucher.claim made 3 trips to the database instead of at most 2',
  ]);
});

test('the life of a voucher is the mean of its accepted calls and its share of the jobs', () => {
  const life = reportLife(
    costsOf(
      { operation: 'account.signIn', requests: 6, trips: 5 },
      { requests: 3, trips: 2 },
      { requests: 5, trips: 4 },
      { answer: { ok: false }, requests: 90, trips: 90 },
      { operation: 'voucher.issue', requests: 600, trips: 600 },
      { operation: 'settlement.importCodes', requests: 150, trips: 150 },
    ),
    { issued: 300, used: 100, timerRequests: 50 },
  );

  expect(life).toEqual({ requests: 14, jobRequests: 4, trips: 8, budget: 15, tripBudget: 9 });
});

test('too few vouchers have no share of a job that could be judged', () => {
  const life = reportLife(costsOf({ requests: 40, trips: 40 }), { issued: 60, used: 50, timerRequests: 0 });

  expect(life).toEqual({ requests: 40, jobRequests: 0, trips: 40 });
  expect(overspent([], life)).toEqual([]);
});
