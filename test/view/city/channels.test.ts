import type { Plain } from '../../../miniprogram/contract/brand';
import type { ChannelView } from '../../../miniprogram/contract/channels';
import { changeQuestion, toChannelRow, toCoverage } from '../../../miniprogram/city/view/channels';
import { branded } from '../../support/branded';

const channel = (given: Partial<Plain<ChannelView>> = {}): ChannelView =>
  branded({
    channelNumber: '3701000001',
    cityCode: '3701',
    name: '人社服务号',
    kind: 'official_account',
    issuing: true,
    voucherOpen: false,
    ...given,
  });

const channels = (open: number, issuing: number): ChannelView[] =>
  Array.from({ length: issuing }, (_, i) => channel({ voucherOpen: i < open }));

test('notice 一: four of five reach 80 %, three do not', () => {
  expect(toCoverage(channels(4, 5))).toMatchObject({ percent: 80, verdict: '已达到 80%' });
  expect(toCoverage(channels(3, 5))).toMatchObject({ percent: 60, verdict: '未达到 80%，还需开通 1 个' });
});

test('no rounding makes 79.8 per cent enough', () => {
  expect(toCoverage(channels(95, 119))).toMatchObject({ percent: 79, verdict: '未达到 80%，还需开通 1 个' });
});

test('a channel that issues no cards counts on neither side', () => {
  const coverage = toCoverage([channel({ issuing: false, voucherOpen: true }), channel()]);

  expect(coverage.bars).toMatchObject([{ value: '0 / 1 个', percent: 0 }]);
  expect(toCoverage([]).verdict).toBe('还没有签发渠道');
});

test('every switch says what it means', () => {
  const row = toChannelRow(channel());
  const titles = [true, false].flatMap(to =>
    (['voucherOpen', 'issuing'] as const).map(
      field => changeQuestion(row, { number: row.number, field, to }).title,
    ),
  );

  expect(new Set(titles).size).toBe(4);
});
