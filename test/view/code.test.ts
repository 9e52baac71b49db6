import { VOUCHER_STATUSES } from '../../miniprogram/contract/vouchers';
import { CODE_ENDS, JUST_USED, codeLifetimeMs, groupDigits, toCodeResult } from '../../miniprogram/view/code';
import { aVoucher, NOW_MS } from './vouchers';

const aCode = (refreshAtMs: number) => ({
  qrText: 'SDV1.x',
  digits: '482913',
  madeAtMs: NOW_MS,
  refreshAtMs,
});

test('a code lives as long as the server’s two times say', () => {
  expect(codeLifetimeMs(aCode(NOW_MS + 12_000))).toBe(12_000);
});

test('odd times make neither a storm of requests nor an everlasting code', () => {
  expect(codeLifetimeMs(aCode(NOW_MS - 5_000))).toBe(500);
  expect(codeLifetimeMs(aCode(NOW_MS + 3_600_000))).toBe(60_000);
});

test('digits are shown in two groups', () => {
  expect(groupDigits('482913')).toBe('482 913');
});

test('a claimed voucher has no result, every other has a plain one', () => {
  for (const status of VOUCHER_STATUSES) {
    const result = toCodeResult(aVoucher({ status }), false);

    if (status === 'claimed') expect(result).toBeUndefined();
    else expect(result?.title).not.toBe('');
  }
});

test('only a scan that happened on this screen is announced as one', () => {
  const used = aVoucher({ status: 'used', usedAtMs: NOW_MS });

  expect(toCodeResult(used, true)?.title).toBe(JUST_USED.title);
  expect(toCodeResult(used, false)?.title).toBe(CODE_ENDS.used.title);
});
