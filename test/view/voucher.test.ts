import { VOUCHER_STATUSES } from '../../miniprogram/contract/vouchers';
import {
  groupCode,
  matchesFilter,
  toVoucherCard,
  voucherFacts,
  voucherUrl,
  VOUCHER_FILTERS,
} from '../../miniprogram/view/voucher';
import { aVoucher, NOW_MS, TONIGHT_MS } from './vouchers';

test('a card says what it is, its state and what to do next', () => {
  const card = toVoucherCard(aVoucher(), NOW_MS);

  expect(card).toMatchObject({
    title: '岗前培训',
    kind: '定向券 · 面值券',
    statusText: '待领取',
    tone: 'act',
    hasValue: true,
    faceValueFen: 80_000,
    next: '请在2026年11月30日前领取（含当天）',
    hurry: '还剩6天',
  });
});

test('a credit voucher shows no value', () => {
  const { faceValueFen: _none, ...credit } = aVoucher({ functionMode: 'credit' });

  expect(toVoucherCard(credit, NOW_MS).hasValue).toBe(false);
});

test('the last day is named as today, not as tomorrow’s midnight', () => {
  const card = toVoucherCard(aVoucher({ claimUntilMs: TONIGHT_MS }), NOW_MS);

  expect(card.next).toBe('请在2026年11月24日前领取（含当天）');
  expect(card.hurry).toBe('今天截止');
});

test.each(VOUCHER_STATUSES)(
  'a voucher that is %s has a sentence and, unless it waits for the worker, no hurry',
  status => {
    const card = toVoucherCard(aVoucher({ status, expiresAtMs: TONIGHT_MS }), NOW_MS);

    expect(card.next).not.toBe('');
    expect(card.hurry === '').toBe(status !== 'issued' && status !== 'claimed');
  },
);

test('a voucher to be claimed leads to claiming, any other to its details', () => {
  expect(voucherUrl(aVoucher(), NOW_MS)).toBe('/worker/claim/claim?id=class-1-person-1');
  expect(voucherUrl(aVoucher({ status: 'claimed' }), NOW_MS)).toBe(
    '/worker/voucher/voucher?id=class-1-person-1',
  );
});

test('what was not claimed in time is over, although it has not expired', () => {
  const late = aVoucher({ claimUntilMs: NOW_MS });

  expect(toVoucherCard(late, NOW_MS)).toMatchObject({
    statusText: '未领取',
    next: '领取时间到2026年11月24日为止，已经不能领取',
    hurry: '',
    url: '/worker/voucher/voucher?id=class-1-person-1',
  });
  expect(matchesFilter(late, 'over', NOW_MS)).toBe(true);
  expect(matchesFilter(late, 'todo', NOW_MS)).toBe(false);
  expect(matchesFilter(late, 'todo', NOW_MS - 1)).toBe(true);
});

test('each status is under exactly one of the filters, and under all', () => {
  for (const status of VOUCHER_STATUSES) {
    const under = VOUCHER_FILTERS.filter(({ id }) => matchesFilter(aVoucher({ status }), id, NOW_MS)).map(
      ({ id }) => id,
    );

    expect(under).toHaveLength(2);
    expect(under).toContain('all');
  }
});

test('facts that a voucher does not have leave no line', () => {
  const {
    className: _class,
    institutionName: _name,
    place: _place,
    startsOn: _day,
    ...general
  } = aVoucher({
    issueMode: 'general',
  });

  const labels = voucherFacts(general).map(({ label }) => label);

  expect(labels).toEqual(['领取截止', '使用截止', '持券人', '发放地', '券码']);
});

test('codes are grouped for reading aloud', () => {
  expect(groupCode('37012026A1B2C3D4')).toBe('3701 2026 A1B2 C3D4');
});
