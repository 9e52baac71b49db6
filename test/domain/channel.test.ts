import { judgeChannel } from '../../cloudfunctions/shared/domain/channel';
import { branded } from '../support/branded';

const CHANNELS = branded<Parameters<typeof judgeChannel>[1]>([
  { id: '1000000001', name: '爱山东', voucherOpen: true },
  { id: '1000000002', name: '银行', voucherOpen: false },
  { id: '1000000003', name: '电子社保卡', voucherOpen: true },
]);
const judge = (channelNumber: string, channels = CHANNELS) =>
  judgeChannel(branded<Parameters<typeof judgeChannel>[0]>(channelNumber), channels);

describe('the channel of a claim (notice 二(四))', () => {
  it('is open when the city has opened it for vouchers', () => {
    expect(judge('1000000001')).toEqual({
      channelNumber: '1000000001',
      isOpen: true,
      openChannels: ['爱山东', '电子社保卡'],
    });
  });

  it.each([
    ['one that the city has not opened', '1000000002'],
    ['one that the city does not have', '1000000009'],
  ])('is not %s, and those that are open are named', (_which, channelNumber) => {
    expect(judge(channelNumber)).toEqual({
      channelNumber,
      isOpen: false,
      openChannels: ['爱山东', '电子社保卡'],
    });
  });

  it('is never open where a city has opened none', () => {
    expect(judge('1000000002', CHANNELS.slice(1, 2))).toMatchObject({ isOpen: false, openChannels: [] });
    expect(judge('1000000002', [])).toMatchObject({ isOpen: false, openChannels: [] });
  });
});
