import { createCast, signInOfficer, type Cast, type Member } from '../../support/callers';
import { anApprovedClass } from '../../support/classes';
import { giveEntry } from '../../support/entry';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { aCsv, anXlsx, cellsOf, fetchCells } from '../../support/sheets';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

const HEADER = ['渠道编号', '渠道名称', '渠道类型', '是否签发渠道'];

let cloud: TestCloud;
let cast: Cast;
let otherClerk: Member;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 1 });
  otherClerk = await signInOfficer(cloud, cast.province, {
    person: aPerson(71),
    role: 'clerk',
    cityCode: '3702',
  });
});
afterAll(() => cloud.stop());
afterEach(() => cloud.cloud.setDatabaseFaults({}));

const numberOf = (at: number): string => String(3_701_100_000 + at);
const aRow = (at: number): string[] => [numberOf(at), `渠道${at}`, '小程序', '是'];
const upload = (rows: readonly (readonly string[])[], cityCode: '3701' | '3702' = '3701', by = cast.clerk) =>
  cloud.upload({ channelsOf: cityCode }, aCsv([HEADER, ...rows]), by);
const listed = async (cityCode: '3701' | '3702' = '3701') =>
  (await cloud.must('entry.listChannels', { cityCode }, cast.clerk)).channels;

describe('channels of a file', () => {
  const rows = [
    aRow(1),
    ['１２３４５', '编号不对', 'APP', '是'],
    [numberOf(2), '', 'APP', '是'],
    [numberOf(3), '类型不对', '传真', '是'],
    [numberOf(4), '签发不明', '公众号', '也许'],
    [numberOf(5), '重复', '网页', '否'],
    [numberOf(5), '重复', '网页', '否'],
    [numberOf(6), '长'.repeat(61), '网页', '否'],
  ];
  const codes = {
    channel_number_invalid: 1,
    channel_name_missing: 1,
    channel_kind_unknown: 1,
    cell_not_yes_or_no: 1,
    duplicate_in_file: 1,
    cell_too_long: 1,
  };

  it('are checked without a trace, then registered, closed for vouchers, and told of row by row', async () => {
    const fileId = await upload(rows);
    const before = await listed();

    const dry = await cloud.must('entry.checkChannels', { cityCode: '3701', fileId }, cast.clerk);
    const between = await listed();
    const options = { ...cast.clerk, requestId: 'import-channels-1' };
    const report = await cloud.must('entry.importChannels', { cityCode: '3701', fileId }, options);
    const again = await cloud.must('entry.importChannels', { cityCode: '3701', fileId }, options);

    expect(dry).toMatchObject({ rows: 8, good: 2, bad: 6, added: 0, badByCode: codes });
    expect(dry.goodRows?.map(({ text }) => text)).toEqual([
      `${numberOf(1)}，渠道1，小程序，签发渠道`,
      `${numberOf(5)}，重复，网页，非签发渠道`,
    ]);
    expect(between).toEqual(before);
    expect(report).toMatchObject({ rows: 8, good: 2, bad: 6, added: 2, badByCode: codes });
    expect(again).toEqual(report);
    const added = (await listed()).filter(({ channelNumber }) => channelNumber === numberOf(1));
    expect(added).toMatchObject([
      { name: '渠道1', kind: 'mini_program', issuing: true, voucherOpen: false, openings: [{}] },
    ]);
    const problems = await fetchCells(report.problemsFileUrl ?? '');
    expect(problems.slice(1).map(([row, column]) => [row, column])).toEqual([
      ['3', '渠道编号'],
      ['4', '渠道名称'],
      ['5', '渠道类型'],
      ['6', '是否签发渠道'],
      ['8', '渠道编号'],
      ['9', '渠道名称'],
    ]);
  });

  it('are told of when they are registered already, here or elsewhere, and stay as they are', async () => {
    await cloud.must(
      'entry.importChannels',
      { cityCode: '3702', fileId: await upload([aRow(20)], '3702', otherClerk) },
      otherClerk,
    );
    const fileId = await upload([aRow(20), [numberOf(1), '改名', '网页', '否'], aRow(21)]);

    const dry = await cloud.must('entry.checkChannels', { cityCode: '3701', fileId }, cast.clerk);
    const report = await cloud.must('entry.importChannels', { cityCode: '3701', fileId }, cast.clerk);

    expect(dry.problems).toEqual([
      { row: 2, code: 'channel_already_exists' },
      { row: 3, code: 'channel_already_exists' },
    ]);
    expect(report).toMatchObject({ added: 1, good: 1, problems: dry.problems });
    expect((await listed()).find(({ channelNumber }) => channelNumber === numberOf(1))?.name).toBe('渠道1');
  });

  it('come in once where the answer was lost midway, and ten thousand of them cost few requests', async () => {
    const many = Array.from({ length: 10_000 }, (_, at) => aRow(1_000 + at));
    const fileId = await upload(many);
    const options = { ...cast.clerk, requestId: 'import-channels-many' };
    const input = { cityCode: '3701' as const, fileId };
    // The first chunk is stored; then nothing can be.
    const first = await upload(many.slice(0, 500));
    await cloud.must('entry.importChannels', { cityCode: '3701', fileId: first }, cast.clerk);

    const { result, databaseRequests } = await cloud.call('entry.importChannels', input, options);

    expect(result).toMatchObject({ ok: true, data: { rows: 10_000, added: 9_500, bad: 500 } });
    expect(databaseRequests).toBeLessThanOrEqual(40);
  }, 60_000);

  it('are the work of the city’s clerk alone, of a file that they themselves have sent for it', async () => {
    const fileId = await upload([aRow(30)]);
    const elsewhere = { cityCode: '3702', fileId } as const;

    for (const operation of ['entry.checkChannels', 'entry.importChannels'] as const) {
      expect(await cloud.ask(operation, { cityCode: '3701', fileId }, otherClerk)).toEqual(
        refused('role_not_allowed'),
      );
      expect(await cloud.ask(operation, elsewhere, otherClerk)).toEqual(refused('file_not_found'));
      expect(await cloud.ask(operation, { cityCode: '3701', fileId }, cast.payer)).toEqual(
        refused('role_not_allowed'),
      );
    }
    expect(await cloud.ask('entry.startUpload', { cityCode: '3702' }, cast.clerk)).toEqual(
      refused('role_not_allowed'),
    );
  });

  it('fit into an empty form that says how to fill it in', async () => {
    const { fileUrl } = await cloud.must('entry.getChannelForm', {}, cast.clerk);
    const form = new Uint8Array(await (await fetch(fileUrl)).arrayBuffer());

    expect(cellsOf(form)[0]).toEqual(HEADER);
    const filled = await anXlsx([HEADER, aRow(40)]);
    const fileId = await cloud.upload({ channelsOf: '3701' }, filled, cast.clerk);
    expect(await cloud.must('entry.checkChannels', { cityCode: '3701', fileId }, cast.clerk)).toMatchObject({
      good: 1,
      bad: 0,
    });
  });
});

describe('a channel that is opened and closed', () => {
  it('tells since when, and keeps what was before', async () => {
    const channelNumber = numberOf(50);
    const channel = { channelNumber, cityCode: '3701', name: '公众号', kind: 'web', issuing: true } as const;
    const added = await cloud.must('entry.addChannel', channel, cast.clerk);
    const set = (voucherOpen: boolean) =>
      cloud.must('entry.setChannel', { channelNumber, voucherOpen }, cast.clerk);
    await cloud.advanceClock(60_000);
    const opened = await set(true);
    await cloud.advanceClock(60_000);
    const unchanged = await set(true);
    const closed = await set(false);

    const [first, second, third] = [added, opened, closed].map(each => each.voucherOpenSinceMs ?? 0);
    expect([first, second, third].every((at = 0, place, all) => at > (all[place - 1] ?? 0))).toBe(true);
    expect(unchanged.voucherOpenSinceMs).toBe(second);
    expect(closed.openings).toEqual([
      { voucherOpen: false, sinceMs: third },
      { voucherOpen: true, sinceMs: second },
      { voucherOpen: false, sinceMs: first },
    ]);
  });

  it('refuses the very next claim once it is closed, and names the ones that are open', async () => {
    const [worker = cast.clerk] = cast.workers;
    const channelNumber = numberOf(60);
    const open = async (number: string, name: string) => {
      const channel = { channelNumber: number, cityCode: '3701', name, kind: 'app', issuing: true } as const;
      await cloud.must('entry.addChannel', channel, cast.clerk);
      await cloud.must('entry.setChannel', { channelNumber: number, voucherOpen: true }, cast.clerk);
    };
    await open(channelNumber, '要停的渠道');
    await open(numberOf(61), '济南人社通');
    const { classId } = await anApprovedClass(cloud, cast, { people: 1 });
    await cloud.must('voucher.issue', { classId }, cast.clerk);
    const { items } = await cloud.must('voucher.listMine', {}, worker);
    const voucherId = items.find(each => each.classId === classId)?.id ?? '';

    await cloud.must('entry.setChannel', { channelNumber, voucherOpen: false }, cast.clerk);
    const next = await cloud.ask('voucher.claim', { voucherId, channelNumber }, worker);

    expect(next).toEqual({
      ok: false,
      error: { code: 'channel_not_open', data: { openChannels: ['济南人社通'] } },
    });
    const other = { voucherId, channelNumber: numberOf(61) };
    expect(await cloud.ask('voucher.claim', other, worker)).toMatchObject({ ok: true });
  });
});

describe('entry.getCoverage', () => {
  it('counts the open ones among the issuing channels, city by city, in one request beside the account', async () => {
    const fileId = await upload(
      [
        ['3702200001', '青岛一', '公众号', '是'],
        ['3702200002', '青岛二', '公众号', '是'],
        ['3702200003', '青岛三', '公众号', '否'],
      ],
      '3702',
      otherClerk,
    );
    await cloud.must('entry.importChannels', { cityCode: '3702', fileId }, otherClerk);
    await giveEntry(cloud, '3702');
    for (const channelNumber of ['3702200001', '3702200003'])
      await cloud.must('entry.setChannel', { channelNumber, voucherOpen: true }, otherClerk);

    const input = { cityCodes: ['3702', '3703'] } as const;
    const all = await cloud.call('entry.getCoverage', { cityCodes: [...input.cityCodes] }, cast.province);
    const own = await cloud.must('entry.getCoverage', { cityCodes: ['3701', '3702'] }, otherClerk);

    expect(all.result).toEqual({
      ok: true,
      data: {
        items: [
          // With the one that was registered above.
          { cityCode: '3702', issuingCount: 3, openCount: 1 },
          { cityCode: '3703', issuingCount: 0, openCount: 0 },
        ],
      },
    });
    expect(all.databaseRequests).toBeLessThanOrEqual(2);
    expect(own.items.map(({ cityCode }) => cityCode)).toEqual(['3702']);
    expect(await cloud.ask('entry.getCoverage', { cityCodes: ['3701'] }, cast.administrator)).toEqual(
      refused('role_not_allowed'),
    );
  });
});
