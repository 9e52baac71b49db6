import { randomUUID } from 'node:crypto';
import type { CollectionName } from '../../../cloudfunctions/shared/store/collections';
import type { CityCode } from '../../../miniprogram/contract/areas';
import type { EntryApplicationView, RoleChoice } from '../../../miniprogram/contract/entry';
import { createCast, signInAs, signInOfficer, type Cast, type Member } from '../../support/callers';
import { aSeal, draftEntry, leadEntry } from '../../support/entry';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { templateFields } from '../voucher/seed';

let cloud: TestCloud;
let cast: Cast;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
});
afterAll(() => cloud.stop());
afterEach(() => cloud.cloud.setDatabaseFaults({}));

const rowOf = (number: number) => ({
  rowKey: `row${number}`,
  name: aPerson(number).name,
  namePinyin: 'zhang san',
  phone: aPerson(number).phone,
  idNumber: aPerson(number).idNumber,
});

let made = 0;

/** An application that waits for the ministry's answer, with three account rows of people whom nobody knows yet. */
async function aSentEntry(
  over: Parameters<typeof draftEntry>[2] = {},
): Promise<{ entry: EntryApplicationView; numbers: number[] }> {
  const first = 910 + 10 * made++;
  const numbers = [first, first + 1, first + 2];
  const draft = await draftEntry(cloud, cast, {
    channelNumber: `37018${String(first).padStart(5, '0')}`,
    adminAccounts: numbers.map((number, at) => ({
      ...rowOf(number),
      ...(at === 2 && { countyCode: '370112' }),
    })),
    ...over,
  });
  await leadEntry(cloud, cast, draft, 'sent');
  for (const block of ['platformOperator', 'mohrssInfoCentre'] as const)
    await cloud.must(
      'entry.sealApplication',
      await aSeal(cloud, draft.id, block, cast.province),
      cast.province,
    );
  return { entry: draft, numbers };
}

const choose = (numbers: readonly number[], ...roles: RoleChoice['role'][]): RoleChoice[] =>
  numbers.map((number, at) => ({ rowKey: `row${number}`, role: roles[at] ?? 'none' }));

/** What an approval has opened: the channel, who has which roles, the client. */
async function openedBy(applicationId: string, numbers: readonly number[]) {
  const {
    channelNumber = '',
    clientId,
    approvalJobId = '',
  } = await cloud.must('entry.getApplication', { applicationId }, cast.province);
  const { channels } = await cloud.must('entry.listChannels', { cityCode: '3701' }, cast.clerk);
  const accounts = await Promise.all(
    numbers.map(async number => {
      const member = await signInAs(cloud, aPerson(number));
      return (await cloud.must('account.getAccount', {}, member)).grants;
    }),
  );
  const clients = (await cloud.documents('apiClients')).filter(({ _id }) => _id === clientId);
  const job = await cloud.must('entry.getJob', { jobId: approvalJobId }, cast.province);
  return {
    channel: channels.find(each => each.channelNumber === channelNumber),
    accounts,
    clients,
    job,
  };
}

const inCity = (role: 'clerk' | 'reviewer' | 'payer') => ({ role, cityCode: '3701' });

it('opens the named channel, the accounts with the chosen roles and nothing else, and the client with the ticked interfaces', async () => {
  const { entry, numbers } = await aSentEntry({ interfaces: ['getVoucherStatus', 'scanVoucher'] });
  const roles = choose(numbers, 'clerk', 'none', 'payer');

  const approved = await cloud.must(
    'entry.approveApplication',
    { applicationId: entry.id, roles },
    cast.province,
  );

  expect(approved).toMatchObject({
    status: 'approved',
    adminAccounts: [{ role: 'clerk' }, { rowKey: `row${numbers[1]}` }, { role: 'payer' }],
  });
  expect(approved.adminAccounts[1]).not.toHaveProperty('role');
  const opened = await openedBy(entry.id, numbers);
  expect(opened).toMatchObject({
    channel: { name: '人社服务号', voucherOpen: true, issuing: true, cityCode: '3701' },
    accounts: [[inCity('clerk')], [], [{ ...inCity('payer'), countyCode: '370112' }]],
    job: { kind: 'open_entry', status: 'finished', total: 4, done: 4, refused: 0 },
  });
  expect(opened.clients).toMatchObject([
    { kind: 'city', cityCode: '3701', scopes: ['getVoucherStatus', 'scanVoucher'], secrets: [] },
  ]);
});

it('shows whoever chooses a role which rows are of those who had a hand in the application', async () => {
  const own = { ...rowOf(0), ...nameOf(cast.clerk), rowKey: 'own' };
  const { entry } = await aSentEntry({ adminAccounts: [own, rowOf(906)] });

  const { adminAccounts } = await cloud.must(
    'entry.getApplication',
    { applicationId: entry.id },
    cast.province,
  );

  expect(adminAccounts.map(({ ofApplicant }) => ofApplicant)).toEqual([true, undefined]);
});

it('makes no client where no interface is ticked, and no account where there is no row', async () => {
  const { entry } = await aSentEntry({ interfaces: [], adminAccounts: [] });
  const before = (await cloud.documents('apiClients')).length;

  const approved = await cloud.must(
    'entry.approveApplication',
    { applicationId: entry.id, roles: [] },
    cast.province,
  );

  expect(approved).not.toHaveProperty('clientId');
  expect(await cloud.documents('apiClients')).toHaveLength(before);
  expect((await openedBy(entry.id, [])).job).toMatchObject({ status: 'finished', total: 1, done: 1 });
});

it('opens a channel that the city has listed already, and keeps what it is', async () => {
  const { entry } = await aSentEntry({ adminAccounts: [] });
  const channelNumber = entry.channelNumber ?? '';
  const listed = { channelNumber, cityCode: '3701', name: '原有渠道', kind: 'app', issuing: false } as const;
  await cloud.must('entry.addChannel', listed, cast.clerk);

  await cloud.must('entry.approveApplication', { applicationId: entry.id, roles: [] }, cast.province);

  expect((await openedBy(entry.id, [])).channel).toMatchObject({
    ...listed,
    voucherOpen: true,
    openings: [{ voucherOpen: true }, { voucherOpen: false }],
  });
});

it('tells what could not be opened and goes on with the rest', async () => {
  const { entry, numbers } = await aSentEntry();
  const { name, idNumber } = aPerson(numbers[0] ?? 0);
  await cloud.must('account.grantRole', { name, idNumber, ...inCityOf('3701') }, cast.province);

  await cloud.must(
    'entry.approveApplication',
    { applicationId: entry.id, roles: choose(numbers, 'reviewer', 'clerk', 'none') },
    cast.province,
  );

  const { accounts, job } = await openedBy(entry.id, numbers);
  expect(accounts).toEqual([[inCity('reviewer')], [inCity('clerk')], []]);
  expect(job).toMatchObject({ status: 'finished', done: 3, refused: 1, total: 4 });
  const { items } = await cloud.must('entry.listJobRefusals', { jobId: job.id }, cast.clerk);
  expect(items).toEqual([{ row: 1, code: 'role_already_granted' }]);
});

const inCityOf = (cityCode: CityCode) => ({ role: 'reviewer', cityCode }) as const;

describe('an approval is refused', () => {
  it('while a seal is missing', async () => {
    const draft = await draftEntry(cloud, cast);
    await leadEntry(cloud, cast, draft, 'sent');

    const asked = await cloud.ask(
      'entry.approveApplication',
      { applicationId: draft.id, roles: [] },
      cast.province,
    );

    expect(asked).toEqual({
      ok: false,
      error: { code: 'entry_seal_missing', data: { blocks: ['platformOperator', 'mohrssInfoCentre'] } },
    });
  });

  it('while a row has no choice, and for a role that nobody can get', async () => {
    const { entry, numbers } = await aSentEntry();
    const approve = (roles: RoleChoice[]) =>
      cloud.ask('entry.approveApplication', { applicationId: entry.id, roles }, cast.province);

    expect(await approve(choose(numbers.slice(1), 'clerk', 'clerk'))).toEqual(
      refused('entry_roles_incomplete'),
    );
    expect(await approve(choose(numbers, 'province' as 'clerk', 'administrator' as 'clerk', 'none'))).toEqual(
      refused('invalid_input'),
    );
  });

  it('for a channel number that is another city’s', async () => {
    const clerk = await signInOfficer(cloud, cast.province, {
      person: aPerson(905),
      role: 'clerk',
      cityCode: '3702',
    });
    const { entry } = await aSentEntry({ adminAccounts: [] });
    const channelNumber = entry.channelNumber ?? '';
    const theirs = { channelNumber, cityCode: '3702', name: '青岛', kind: 'app', issuing: true } as const;
    await cloud.must('entry.addChannel', theirs, clerk);

    const asked = await cloud.ask(
      'entry.approveApplication',
      { applicationId: entry.id, roles: [] },
      cast.province,
    );

    expect(asked).toEqual(refused('channel_elsewhere'));
  });

  it('by whoever filled it in or sealed it for the city, whatever role they have come to hold, and of a role to oneself', async () => {
    const { personKeyOf } = await import('../../../cloudfunctions/shared/runtime/secrets');
    const own = { ...rowOf(0), ...nameOf(cast.province), rowKey: 'own' };
    const { entry, numbers } = await aSentEntry({ adminAccounts: [own] });
    expect(numbers).toHaveLength(3);
    const ofOwn = (role: RoleChoice['role']) => ({
      applicationId: entry.id,
      roles: [{ rowKey: 'own', role }],
    });

    expect(await cloud.ask('entry.approveApplication', ofOwn('clerk'), cast.province)).toEqual(
      refused('role_to_oneself'),
    );

    // As a configuration makes somebody an officer of the province who was the city's before.
    for (const member of [cast.clerk, cast.reviewers[0]]) {
      await makeProvincial(member, personKeyOf(member.person.idNumber));
      expect(await cloud.ask('entry.approveApplication', ofOwn('none'), member)).toEqual(
        refused('entry_same_person'),
      );
      await signInAs(cloud, member.person);
    }
    expect(await cloud.ask('entry.approveApplication', ofOwn('none'), cast.province)).toMatchObject({
      ok: true,
    });
  });
});

const nameOf = ({ person: { name, idNumber } }: Member) => ({ name, idNumber });

const makeProvincial = (member: Member, personKey: string) =>
  cloud
    .sdk()
    .database()
    .collection('accounts')
    .where({ personKey, _id: member.openid })
    .update({ grants: [{ role: 'province' }] });

describe('the job of an approval that is cut off', () => {
  /** Every write between the approval and the end of its job. */
  const WRITES: [CollectionName, string][] = [
    ['jobs', 'database.insertDocument'],
    ['entryApplications', 'database.updateDocument'],
    ['channels', 'database.insertDocument'],
    ['grants', 'database.insertDocument'],
    ['accounts', 'database.queryDocument'],
    ['apiClients', 'database.insertDocument'],
    ['jobs', 'database.updateDocument'],
  ];

  /** Nothing is written; or it is, and nobody learns of it. */
  const FAULTS = [{ failRate: 1 }, { dropAnswerRate: 1 }];
  const CUTS = FAULTS.flatMap(fault => WRITES.map(write => [...write, fault] as const));

  it.each(CUTS)('at %s %s (%p) opens everything once, whoever goes on', async (collection, action, fault) => {
    const { entry, numbers } = await aSentEntry();
    await signInAs(cloud, aPerson(numbers[0] ?? 0));
    const input = { applicationId: entry.id, roles: choose(numbers, 'clerk', 'reviewer', 'none') };
    const call = { ...cast.province, requestId: randomUUID() };

    await cloud.cloud.setDatabaseFaults({ ...fault, collection, action });
    await cloud.ask('entry.approveApplication', input, call);
    await cloud.cloud.setDatabaseFaults({});
    // The approval itself may have been what was cut off: then its repetition takes it.
    const repeated = await cloud.ask('entry.approveApplication', input, call);
    await cloud.advanceClock(30_000);
    await cloud.cloud.fireTimer('timer');

    const opened = await openedBy(entry.id, numbers);
    expect(repeated).toMatchObject({ ok: true, data: { status: 'approved' } });
    expect(opened).toMatchObject({
      channel: { voucherOpen: true },
      accounts: [[inCity('clerk')], [inCity('reviewer')], []],
      job: { status: 'finished', done: 4, refused: 0 },
    });
    expect(opened.clients).toHaveLength(1);
    const jobs = (await cloud.documents('jobs')).filter(job => job['applicationId'] === entry.id);
    expect(jobs).toHaveLength(1);
    const after = (await cloud.documents('entryApplications')).find(({ _id }) => _id === entry.id);
    expect(after).not.toHaveProperty('jobToStart');
  });

  it('is started by the timer where the function died before it could', async () => {
    const { entry } = await aSentEntry({ adminAccounts: [] });
    await cloud.cloud.setDatabaseFaults({
      failRate: 1,
      collection: 'jobs',
      action: 'database.insertDocument',
    });
    await cloud.ask('entry.approveApplication', { applicationId: entry.id, roles: [] }, cast.province);
    await cloud.cloud.setDatabaseFaults({});

    await cloud.cloud.fireTimer('timer');

    expect(await openedBy(entry.id, [])).toMatchObject({
      channel: { voucherOpen: true },
      job: { status: 'finished' },
    });
  });

  it('gives back nothing that was taken away since', async () => {
    const { entry, numbers } = await aSentEntry();
    const roles = choose(numbers, 'clerk', 'none', 'none');
    await cloud.must('entry.approveApplication', { applicationId: entry.id, roles }, cast.province);
    const { approvalJobId = '', channelNumber = '' } = await cloud.must(
      'entry.getApplication',
      { applicationId: entry.id },
      cast.province,
    );
    const { personKeyOf } = await import('../../../cloudfunctions/shared/runtime/secrets');
    const personId = personKeyOf(aPerson(numbers[0] ?? 0).idNumber);
    await cloud.must('account.revokeRole', { personId, role: 'clerk', cityCode: '3701' }, cast.province);
    await cloud.must('entry.setChannel', { channelNumber, voucherOpen: false }, cast.clerk);

    // As if nothing of the job had been counted.
    await cloud
      .sdk()
      .database()
      .collection('jobs')
      .doc(approvalJobId)
      .update({ status: 'running', cursor: '', done: 0, leaseUntilMs: 0 });
    await cloud.cloud.fireTimer('timer');

    expect(await openedBy(entry.id, numbers)).toMatchObject({
      channel: { voucherOpen: false },
      accounts: [[], [], []],
      job: { status: 'finished', done: 3 },
    });
  });
});

it('limits the city’s templates to the pairs of modes that are ticked', async () => {
  const other = await createCast(cloud, { cityCode: '3703', workers: 0 });
  await cloud.sdk().database().collection('entryApplications').doc('given-3703').remove();
  const create = (over: object) =>
    cloud.must('voucher.createTemplate', templateFields({ cityCode: '3703', ...over }), other.clerk);
  const publish = async (over: object) =>
    cloud.ask('voucher.publishTemplate', { templateId: (await create(over)).id }, other.clerk);

  const before = await publish({});
  const draft = await draftEntry(cloud, other, { issueModes: ['targeted'], functionModes: ['credit'] });
  await leadEntry(cloud, other, draft, 'approved');

  expect(before).toEqual(refused('entry_not_approved'));
  expect(await publish({ issueMode: 'targeted', functionMode: 'credit' })).toMatchObject({ ok: true });
  expect(await publish({ issueMode: 'targeted', functionMode: 'face_value' })).toEqual(
    refused('mode_not_in_entry'),
  );
  expect(await publish({ issueMode: 'general', functionMode: 'credit' })).toEqual(
    refused('mode_not_in_entry'),
  );
});
