import { VOUCHER_STATUSES } from '../../miniprogram/contract/vouchers';
import { HOME_WORDINGS, STATUS_MEANINGS, toHomeView, toNoVoucherView } from '../../miniprogram/view/home';
import { aVoucher, NOW_MS, TONIGHT_MS } from './vouchers';

const whole = { nowMs: NOW_MS, hasMore: false };

test('nobody’s vouchers give nothing to do', () => {
  expect(toHomeView([], whole)).toBeUndefined();
});

test('claiming comes before showing, showing before waiting', () => {
  const [used, claimed, issued] = (['used', 'claimed', 'issued'] as const).map(status =>
    aVoucher({ id: status, status }),
  );

  expect(toHomeView([used!, claimed!, issued!], whole)?.button).toBe('去领取');
  expect(toHomeView([used!, claimed!], whole)).toMatchObject({
    button: '出示二维码',
    url: '/worker/code/code?id=claimed',
  });
  expect(toHomeView([used!], whole)?.heading).toBe(HOME_WORDINGS.used.heading);
});

test('of two to claim the one that ends sooner comes first', () => {
  const late = aVoucher({ id: 'late' });
  const soon = aVoucher({ id: 'soon', claimUntilMs: TONIGHT_MS });

  const home = toHomeView([late, soon], whole);

  expect(home?.card.id).toBe('soon');
  expect(home?.othersText).toBe('还有1张券要办');
});

test('what was not claimed in time asks for nothing', () => {
  const late = aVoucher({ id: 'late', claimUntilMs: NOW_MS });

  expect(toHomeView([late], whole)).toMatchObject({
    heading: '领取时间已过',
    url: '/worker/voucher/voucher?id=late',
  });
  expect(toHomeView([late, aVoucher({ status: 'used' })], whole)).toMatchObject({
    heading: HOME_WORDINGS.used.heading,
    othersText: '查看全部券',
  });
});

test('other vouchers are offered without counting what has not been loaded', () => {
  const used = aVoucher({ status: 'used' });

  expect(toHomeView([used], whole)?.othersText).toBe('');
  expect(toHomeView([used], { nowMs: NOW_MS, hasMore: true })?.othersText).toBe('查看全部券');
});

test('every state that a worker sees is explained once', () => {
  const shown = VOUCHER_STATUSES.filter(status => status !== 'making');

  expect(STATUS_MEANINGS.map(({ status }) => status)).toEqual(shown);
});

test('without a voucher, each role is shown to its own work', () => {
  expect(toNoVoucherView(['worker']).button).toBe('');
  expect(toNoVoucherView(['worker', 'administrator']).tab).toBe('/pages/scan/scan');
  expect(toNoVoucherView(['worker', 'payer']).tab).toBe('/pages/desk/desk');
});
