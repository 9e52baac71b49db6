import { parseChannelRows } from '../../cloudfunctions/shared/domain/channel-rows';

const GOOD = { channelNumber: '3701000001', name: '济南人社', kind: '小程序', issuing: '是' };
const parse = (...rows: Record<string, string>[]) =>
  parseChannelRows(rows.map((cells, at) => ({ row: at + 2, cells: { ...GOOD, ...cells } })));

test.each([
  ['微信小程序', 'mini_program'],
  ['ＡＰＰ', 'app'],
  ['手机 APP', 'app'],
  ['服务号', 'official_account'],
  ['网站', 'web'],
])('%s is a kind of channel', (kind, id) => {
  expect(parse({ kind }).rows).toMatchObject([{ kind: id }]);
});

test('a number may be written in full width and with blanks, and is ten digits', () => {
  expect(parse({ channelNumber: ' ３７０１ 000001 ' }).rows).toMatchObject([{ channelNumber: '3701000001' }]);
  expect(parse({ channelNumber: '370100001' }).problems).toEqual([
    { row: 2, column: '渠道编号', code: 'channel_number_invalid' },
  ]);
});

test('of several rows of one number the first counts', () => {
  const { rows, problems } = parse({}, { name: '另一个名字' });

  expect(rows).toMatchObject([{ row: 2, name: '济南人社' }]);
  expect(problems).toEqual([
    { row: 3, column: '渠道编号', code: 'duplicate_in_file', data: { firstRow: 2 } },
  ]);
});
