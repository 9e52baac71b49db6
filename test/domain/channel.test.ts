import { judgeChannel } from '../../cloudfunctions/shared/domain/channel';
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
