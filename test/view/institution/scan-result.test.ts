import type { VoucherReceipt } from '../../../miniprogram/contract/vouchers';
import {
  toAccepted,
  toForeign,
  toRefused,
  toReversed,
} from '../../../miniprogram/institution/view/scan-result';
import { toFailureView, type FailureCode } from '../../../miniprogram/view/failure';
import { branded } from '../../support/branded';

/** 2026-11-24 10:05 in Shanghai. */
const NOW_MS = Date.UTC(2026, 10, 24, 2, 5);

const receipt = branded<VoucherReceipt>({
  voucherId: 'v1',
  code: '3701202613877337392',
  command: 'use',
  status: 'used',
  atMs: NOW_MS,
  holderName: '张*三',
  className: '数控车工班',
  faceValueFen: 120_000,
});

const refused = (code: FailureCode, data = {}) => toRefused({ code, data }, 'qr', NOW_MS);

test('a success names the holder, the class, the face value and the time, and can be reversed', () => {
  const view = toAccepted(receipt, 'qr');

  expect(view).toMatchObject({ kind: 'accepted', name: '张*三', action: 'scan', canReverse: true });
  expect(view.facts.map(({ value }) => value)).toEqual([
    '数控车工班',
    '1,200.00元',
    '2026年11月24日 10:05',
    '3701 2026 1387 7337 392',
  ]);
});

test('a 抵用券 without a printed value shows none', () => {
  const { faceValueFen: _value, ...credit } = receipt;

  expect(toAccepted(credit, 'qr').facts.map(({ label }) => label)).not.toContain('面值');
});

test('after typed digits the next person is typed, not scanned', () => {
  expect(toAccepted(receipt, 'digits')).toMatchObject({ action: 'type', actionText: '继续输入' });
});

test('a reversed scan cannot be reversed again', () => {
  expect(toReversed({ ...receipt, command: 'reverse', status: 'claimed' }, 'qr')).toMatchObject({
    kind: 'reversed',
    canReverse: false,
  });
});

test('a code of another kind says what it looks like and what to do', () => {
  expect(toForeign('一个网页链接').text).toBe(
    '扫到的像是一个网页链接。请学员打开“我的券”，点“出示二维码”，再扫一次。',
  );
});

test.each<FailureCode>([
  'code_expired',
  'code_replayed',
  'code_forged',
  'voucher_not_for_this_institution',
  'voucher_not_yet_claimed',
  'voucher_voided',
  'voucher_expired',
  'voucher_in_batch',
])('%s has a title of its own and leads to the next scan', code => {
  const view = refused(code);

  expect(view).toMatchObject({ kind: 'refused', action: 'scan', canReverse: false });
  expect(view.title).not.toBe(toFailureView({ code }).title);
});

test('a voucher that this person has just verified is no failure', () => {
  const view = refused('voucher_already_used', { mine: true, usedAtMs: NOW_MS - 30_000 });

  expect(view).toMatchObject({ kind: 'known', title: '您刚才已核验成功' });
});

test.each([
  [12 * 60_000, '您12分钟前已核验成功'],
  [3 * 60 * 60_000, '您3小时前已核验成功'],
  [30 * 60 * 60_000, '您已核验成功'],
])('one verified %i ms ago says when', (passedMs, title) => {
  expect(refused('voucher_already_used', { mine: true, usedAtMs: NOW_MS - passedMs }).title).toBe(title);
});

test('a voucher that somebody else verified is refused with the time', () => {
  const view = refused('voucher_already_used', { mine: false, usedAtMs: NOW_MS });

  expect(view).toMatchObject({ kind: 'refused', title: refused('voucher_in_batch').title });
  expect(view.text).toContain('2026年11月24日 10:05');
});

test.each<FailureCode>(['answer_lost', 'service_unreachable'])(
  'after %s the same scan can be sent again and the text says that it counts once',
  code => {
    const view = refused(code);

    expect(view).toMatchObject({ title: '没有收到结果', action: 'again', actionText: '再试一次' });
    expect(view.text).toContain('不会重复核验');
  },
);

test('an ended sign-in offers to sign in', () => {
  expect(refused('sign_in_required').action).toBe('sign_in');
});

test('wrong digits say how many tries are left and are typed again; locked ones are scanned', () => {
  const wrong = toRefused({ code: 'digits_wrong', data: { triesLeft: 3 } }, 'digits', NOW_MS);
  const locked = toRefused({ code: 'digits_locked' }, 'digits', NOW_MS);

  expect(wrong).toMatchObject({ action: 'type', actionText: '重新输入' });
  expect(wrong.text).toContain('还可试3次');
  expect(locked.action).toBe('scan');
});
