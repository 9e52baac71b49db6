import { judgeChannel, openingsOf } from '../../cloudfunctions/shared/domain/channel';
import type { ChannelNumber } from '../../miniprogram/contract/ids';
import { branded } from '../support/branded';

const NUMBER = branded<ChannelNumber>('1000000001');

describe('the channel of a claim (notice 二(四))', () => {
  it('is open when the city of the voucher has opened it for vouchers', () => {
    expect(judgeChannel(NUMBER, '3701', { cityCode: '3701', voucherOpen: true })).toEqual({
      channelNumber: NUMBER,
      isOpen: true,
    });
  });

  it.each([
    ['one that the city has not opened', { cityCode: '3701', voucherOpen: false }],
    ['one of another city', { cityCode: '3702', voucherOpen: true }],
    ['one that nobody has', undefined],
  ] as const)('is not %s', (_which, found) => {
    expect(judgeChannel(NUMBER, '3701', found)).toEqual({ channelNumber: NUMBER, isOpen: false });
  });
});

describe('since when a channel is open', () => {
  const switched = (atMs: number, to: boolean) => ({
    atMs,
    changes: [{ field: 'voucherOpen', from: !to, to }],
  });

  it('is told by its history, the latest first', () => {
    const history = [
      { atMs: 1, changes: [] },
      switched(5, true),
      { atMs: 7, changes: [] },
      switched(9, false),
    ];

    expect(openingsOf({ voucherOpen: false, history })).toEqual([
      { voucherOpen: false, sinceMs: 9 },
      { voucherOpen: true, sinceMs: 5 },
      { voucherOpen: false, sinceMs: 1 },
    ]);
  });

  it('is the beginning where it was never changed, and nothing where there is no history', () => {
    expect(openingsOf({ voucherOpen: true, history: [{ atMs: 1, changes: [] }] })).toEqual([
      { voucherOpen: true, sinceMs: 1 },
    ]);
    expect(openingsOf({ voucherOpen: true, history: [] })).toEqual([]);
  });
});
