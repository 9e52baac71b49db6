import { signInAs, signInOfficer, signInProvince, type Member } from '../../support/callers';
import { giveEntry } from '../../support/entry';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;
let clerk: Member;
let otherClerk: Member;
let worker: Member;

beforeAll(async () => {
  cloud = await startTestCloud();
  const province = await signInProvince(cloud);
  await giveEntry(cloud, '3701');
  const officer = (number: number, cityCode: '3701' | '3702') =>
    signInOfficer(cloud, province, { person: aPerson(number), role: 'clerk', cityCode });
  [clerk, otherClerk, worker] = await Promise.all([
    officer(1, '3701'),
    officer(2, '3702'),
    signInAs(cloud, aPerson(0)),
  ]);
});
afterAll(() => cloud.stop());

const aChannel = (channelNumber: string) =>
  ({ channelNumber, cityCode: '3701', name: '济南人社', kind: 'mini_program', issuing: true }) as const;

describe('entry.addChannel', () => {
  it('adds a channel that is not open for vouchers yet', async () => {
    const added = await cloud.must('entry.addChannel', aChannel('3701000001'), clerk);

    expect(added).toMatchObject({ ...aChannel('3701000001'), voucherOpen: false });
  });

  it('refuses a number that is taken, in whatever city', async () => {
    await cloud.must('entry.addChannel', aChannel('3701000002'), clerk);

    const same = await cloud.ask('entry.addChannel', aChannel('3701000002'), clerk);
    const elsewhere = { ...aChannel('3701000002'), cityCode: '3702' } as const;

    expect(same).toEqual(refused('channel_already_exists'));
    expect(await cloud.ask('entry.addChannel', elsewhere, otherClerk)).toEqual(
      refused('channel_already_exists'),
    );
  });

  it('is for the clerk of that city', async () => {
    for (const caller of [worker, otherClerk]) {
      expect(await cloud.ask('entry.addChannel', aChannel('3701000003'), caller)).toEqual(
        refused('role_not_allowed'),
      );
    }
  });

  it('answers a repeated request as it did first, and refuses its id for anything else', async () => {
    const options = { ...clerk, requestId: 'add-channel-repeated' };
    const first = await cloud.ask('entry.addChannel', aChannel('3701000004'), options);

    expect(await cloud.ask('entry.addChannel', aChannel('3701000004'), options)).toEqual(first);
    expect(await cloud.ask('entry.addChannel', aChannel('3701000005'), options)).toEqual(
      refused('request_id_reused'),
    );
    expect(
      await cloud.ask('entry.addChannel', aChannel('3701000005'), { ...clerk, requestId: null }),
    ).toEqual(refused('request_id_missing'));
  });

  it.each([{ channelNumber: '370100000' }, { name: '' }, { kind: 'fax' as 'app' }])(
    'refuses %p',
    async wrong => {
      const input = { ...aChannel('3701000006'), ...wrong };

      expect(await cloud.ask('entry.addChannel', input, clerk)).toEqual(refused('invalid_input'));
    },
  );
});

describe('entry.setChannel', () => {
  it('opens a channel for vouchers and keeps what was changed, by whom, in which role', async () => {
    await cloud.must('entry.addChannel', aChannel('3701000010'), clerk);

    const opened = await cloud.must(
      'entry.setChannel',
      { channelNumber: '3701000010', voucherOpen: true, issuing: true },
      clerk,
    );

    const stored = (await cloud.documents('channels')).find(({ _id }) => _id === '3701000010');
    expect(opened).toMatchObject({ voucherOpen: true, issuing: true });
    expect(stored?.['history']).toMatchObject([
      { command: 'add', by: { role: 'clerk', cityCode: '3701' } },
      { command: 'set', changes: [{ field: 'voucherOpen', from: false, to: true }] },
    ]);
  });

  it('opens nothing in a city that has not entered the network, and closes whatever is open', async () => {
    await cloud.must('entry.addChannel', { ...aChannel('3702000010'), cityCode: '3702' }, otherClerk);
    const input = { channelNumber: '3702000010', voucherOpen: true };

    const opened = await cloud.ask('entry.setChannel', input, otherClerk);
    const left = await cloud.ask('entry.setChannel', { ...input, voucherOpen: false }, otherClerk);

    expect(opened).toEqual(refused('entry_not_approved'));
    expect(left).toMatchObject({ ok: true, data: { voucherOpen: false } });
  });

  it('does not know a number that nobody added, or that belongs to another city', async () => {
    await cloud.must('entry.addChannel', aChannel('3701000011'), clerk);
    const input = { channelNumber: '3701000011', voucherOpen: true };

    expect(await cloud.ask('entry.setChannel', { ...input, channelNumber: '9999999999' }, clerk)).toEqual(
      refused('channel_not_found'),
    );
    expect(await cloud.ask('entry.setChannel', input, otherClerk)).toEqual(refused('channel_not_found'));
    expect(await cloud.ask('entry.setChannel', input, worker)).toEqual(refused('role_not_allowed'));
  });

  it('answers a repeated request as it did first, even after a later change', async () => {
    await cloud.must('entry.addChannel', aChannel('3701000012'), clerk);
    const options = { ...clerk, requestId: 'set-channel-repeated' };
    const open = { channelNumber: '3701000012', voucherOpen: true };
    const first = await cloud.ask('entry.setChannel', open, options);
    await cloud.must('entry.setChannel', { ...open, voucherOpen: false }, clerk);

    const second = await cloud.ask('entry.setChannel', open, options);
    const other = await cloud.ask('entry.setChannel', { ...open, voucherOpen: false }, options);
    const without = await cloud.ask('entry.setChannel', open, { ...clerk, requestId: null });

    expect(second).toEqual(first);
    expect(other).toEqual(refused('request_id_reused'));
    expect(without).toEqual(refused('request_id_missing'));
    const { channels } = await cloud.must('entry.listChannels', { cityCode: '3701' }, worker);
    expect(channels.find(({ channelNumber }) => channelNumber === '3701000012')?.voucherOpen).toBe(false);
  });
});

it('entry.listChannels shows the channels of a city to any WeChat user, in the order of their numbers', async () => {
  await cloud.must('entry.addChannel', { ...aChannel('3702000002'), cityCode: '3702' }, otherClerk);
  await cloud.must('entry.addChannel', { ...aChannel('3702000001'), cityCode: '3702' }, otherClerk);

  const { result, databaseRequests } = await cloud.call(
    'entry.listChannels',
    { cityCode: '3702' },
    { openid: 'nobody' },
  );

  expect(result.ok && result.data.channels.map(({ channelNumber }) => channelNumber)).toEqual([
    '3702000001',
    '3702000002',
    '3702000010',
  ]);
  expect(databaseRequests).toBe(1);
});
