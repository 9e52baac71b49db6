import type { Plain } from '../../miniprogram/contract/brand';
import type { ChannelView } from '../../miniprogram/contract/channels';
import { toClaimView } from '../../miniprogram/view/claim';
import { aVoucher, NOW_MS } from './vouchers';
import { branded } from '../support/branded';

const aChannel = (fields: Partial<Plain<ChannelView>> = {}): ChannelView =>
  branded({
    channelNumber: '3701000001',
    cityCode: '3701',
    name: '泉城办',
    kind: 'app',
    issuing: true,
    voucherOpen: true,
    ...fields,
  });

const OPEN = aChannel();
const facts = { channels: [OPEN], channelNumber: OPEN.channelNumber, nowMs: NOW_MS };

test('through an open channel the voucher can be claimed', () => {
  expect(toClaimView(aVoucher(), facts)).toMatchObject({ canClaim: true, obstacle: '' });
});

test('through another channel the page names where to go instead', () => {
  const closed = aChannel({ channelNumber: '3701000002', name: '银行', voucherOpen: false });
  const view = toClaimView(aVoucher(), {
    ...facts,
    channels: [aChannel(), closed],
    channelNumber: closed.channelNumber,
  });

  expect(view.canClaim).toBe(false);
  expect(view.obstacle).toContain('“泉城办”');
  expect(view.obstacle).not.toContain('银行');
});

test('without any channel the page names where to go as well', () => {
  expect(toClaimView(aVoucher(), { ...facts, channelNumber: undefined }).obstacle).toContain('“泉城办”');
});

test('a city that has opened none says so', () => {
  expect(toClaimView(aVoucher(), { ...facts, channels: [] }).obstacle).toContain('还没有开通');
});

test('after the deadline it cannot be claimed, whatever the channel', () => {
  const view = toClaimView(aVoucher({ claimUntilMs: NOW_MS }), facts);

  expect(view).toMatchObject({
    canClaim: false,
    obstacle: expect.stringContaining('领取时间已经过了') as string,
  });
});

test('a voucher for any institution says so instead of leaving it out', () => {
  const { institutionName: _name, ...general } = aVoucher({ issueMode: 'general' });

  expect(toClaimView(general, facts).facts[0]).toEqual({ label: '用在哪', value: '任选一家参加的培训机构' });
});
