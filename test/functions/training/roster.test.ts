import { addInstitution, createCast, type Cast, type Member } from '../../support/callers';
import { aDraftClass, anApprovedClass, aPublishedTemplate, importPeople } from '../../support/classes';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

const DAY_MS = 24 * 60 * 60 * 1000;

let cloud: TestCloud;
let cast: Cast;
let other: Cast;
let stranger: Member;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 1 });
  other = await createCast(cloud, { cityCode: '3702', workers: 0 });
  ({ administrator: stranger } = await addInstitution(cloud, cast.clerk, { number: 77, cityCode: '3701' }));
});
afterAll(() => cloud.stop());

const firstEntry = async (owner: { classId: string } | { templateId: string }): Promise<string> => {
  const { items } = await cloud.must('training.listRoster', owner, cast.clerk);
  const [entry] = items;
  if (!entry) throw new Error('the roster is empty');
  return entry.id;
};

describe('training.listRoster', () => {
  it('lists people masked, page by page', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await importPeople(cloud, cast, { classId }, { count: 25 });

    const first = await cloud.call('training.listRoster', { classId }, cast.administrator);
    if (!first.result.ok) throw new Error('refused');
    const { items, nextCursor = '' } = first.result.data;
    const rest = await cloud.must('training.listRoster', { classId, cursor: nextCursor }, cast.reviewers[0]);

    const all = [...items, ...rest.items];
    // The account, with the page, its vouchers and the class.
    expect(first.databaseRequests).toBe(1);
    expect(items).toHaveLength(20);
    expect(rest.nextCursor).toBeUndefined();
    expect(new Set(all.map(({ id }) => id)).size).toBe(25);
    for (const { name, idNumber, voucherStatus } of all) {
      expect(name).toMatch(/^.\*.$/);
      expect(idNumber).toMatch(/^3701\*{10}\d{3}[\dX]$/);
      expect(voucherStatus).toBeUndefined();
    }
  });

  it('shows what became of each voucher, as judged by time', async () => {
    const { classId } = await anApprovedClass(cloud, cast);
    const { id: templateId } = await aPublishedTemplate(cloud, cast, { issueMode: 'general' });
    await importPeople(cloud, cast, { templateId }, { count: 1 });
    await cloud.must('voucher.issue', { classId }, cast.clerk);
    await cloud.must('voucher.issue', { templateId }, cast.clerk);
    const statuses = async (owner: { classId: string } | { templateId: string }, caller: Member) =>
      (await cloud.must('training.listRoster', owner, caller)).items.map(entry => entry.voucherStatus);

    expect(await statuses({ classId }, cast.clerk)).toEqual(['issued', 'issued']);
    expect(await statuses({ templateId }, cast.clerk)).toEqual(['issued']);
    const offsetMs = cloud.cloud.clockOffsetMs;
    await cloud.advanceClock(91 * DAY_MS);
    const openid = await cloud.signIn(cast.clerk.person, 'clerk-later');
    const later = await statuses({ classId }, { ...cast.clerk, openid });
    await cloud.cloud.setClockOffsetMs(offsetMs);
    expect(later).toEqual(['expired', 'expired']);
  });

  it('is a secret of the institution and the city', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const { id: templateId } = await aPublishedTemplate(cloud, cast, { issueMode: 'general' });
    const list = (owner: { classId: string } | { templateId: string }, caller: Member) =>
      cloud.ask('training.listRoster', owner, caller);

    for (const caller of [stranger, other.clerk]) {
      expect(await list({ classId }, caller)).toEqual(refused('class_not_found'));
    }
    for (const caller of [cast.administrator, other.clerk]) {
      expect(await list({ templateId }, caller)).toEqual(refused('template_not_found'));
    }
    expect(await list({ classId }, cast.workers[0] ?? stranger)).toEqual(refused('role_not_allowed'));
  });
});

describe('training.removeRosterEntry', () => {
  it('removes somebody from a class that is not handed in, who may then be imported again', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await importPeople(cloud, cast, { classId }, { count: 1 });
    const entryId = await firstEntry({ classId });

    const removed = await cloud.must('training.removeRosterEntry', { entryId }, cast.administrator);
    await importPeople(cloud, cast, { classId }, { count: 1 });

    expect(removed).toEqual({ entryId });
    expect(await firstEntry({ classId })).toBe(entryId);
  });

  it('leaves a class alone once it is handed in', async () => {
    const { classId } = await anApprovedClass(cloud, cast);
    const entryId = await firstEntry({ classId });

    for (const caller of [cast.administrator, cast.clerk]) {
      expect(await cloud.ask('training.removeRosterEntry', { entryId }, caller)).toEqual(
        refused('roster_locked'),
      );
    }
  });

  it('never leaves a class empty that is handed in at the same moment', async () => {
    for (let round = 0; round < 4; round++) {
      const { classId } = await aDraftClass(cloud, cast);
      await importPeople(cloud, cast, { classId }, { count: 1 });
      const entryId = await firstEntry({ classId });

      // Each has read class and roster before either writes to the class.
      await cloud.cloud.setDatabaseFaults({
        delayMs: 150,
        collection: 'classes',
        action: 'database.modifyDocument',
      });
      const [submitted, removed] = await Promise.all([
        cloud.ask('training.submitClass', { classId }, cast.administrator),
        cloud.ask('training.removeRosterEntry', { entryId }, cast.administrator),
      ]);
      await cloud.cloud.setDatabaseFaults({});

      const { items } = await cloud.must('training.listRoster', { classId }, cast.clerk);
      const { status } = await cloud.must('training.getClass', { classId }, cast.clerk);
      expect([submitted.ok, removed.ok].filter(Boolean)).toHaveLength(1);
      expect([status, items.length]).toEqual(submitted.ok ? ['submitted', 1] : ['draft', 0]);
      expect(submitted.ok ? removed : submitted).toEqual(
        refused(submitted.ok ? 'roster_locked' : 'class_roster_empty'),
      );
    }
  });

  it('leaves the recipients of a general template alone while their vouchers are made', async () => {
    const { id: templateId } = await aPublishedTemplate(cloud, cast, { issueMode: 'general' });
    await importPeople(cloud, cast, { templateId }, { count: 1 });
    const { id: jobId } = await cloud.must('voucher.issue', { templateId }, cast.clerk);
    await importPeople(cloud, cast, { templateId }, { count: 1, first: 5 });
    const { items } = await cloud.must('training.listRoster', { templateId }, cast.clerk);
    const entryId = items.find(({ voucherStatus }) => voucherStatus === undefined)?.id ?? '';
    const setJob = (status: string) =>
      cloud.sdk().database().collection('jobs').doc(jobId).update({ status });
    const remove = () => cloud.ask('training.removeRosterEntry', { entryId }, cast.clerk);

    await setJob('running');
    const during = await remove();
    await setJob('finished');

    expect(during).toEqual(refused('class_issue_running'));
    expect(await remove()).toMatchObject({ ok: true });
  });

  it('removes recipients of a general template until they hold a voucher', async () => {
    const { id: templateId } = await aPublishedTemplate(cloud, cast, { issueMode: 'general' });
    await importPeople(cloud, cast, { templateId }, { count: 2 });
    const entryId = await firstEntry({ templateId });
    await cloud.must('training.removeRosterEntry', { entryId }, cast.clerk);
    await cloud.must('voucher.issue', { templateId }, cast.clerk);

    const holder = await firstEntry({ templateId });

    expect(await cloud.ask('training.removeRosterEntry', { entryId: holder }, cast.clerk)).toEqual(
      refused('already_holds_voucher'),
    );
    expect(await cloud.ask('training.removeRosterEntry', { entryId: holder }, cast.administrator)).toEqual(
      refused('roster_entry_not_found'),
    );
  });

  it('knows only its own entries', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await importPeople(cloud, cast, { classId }, { count: 1 });
    const entryId = await firstEntry({ classId });
    const remove = (caller: Member, id = entryId) =>
      cloud.ask('training.removeRosterEntry', { entryId: id }, caller);

    for (const caller of [stranger, other.clerk, other.administrator]) {
      expect(await remove(caller)).toEqual(refused('roster_entry_not_found'));
    }
    expect(await remove(cast.clerk, 'none')).toEqual(refused('roster_entry_not_found'));
    expect(await remove(cast.payer)).toEqual(refused('role_not_allowed'));
  });

  it('answers a repeated request as it did first, and refuses its id for anything else', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await importPeople(cloud, cast, { classId }, { count: 2 });
    const entryId = await firstEntry({ classId });
    const options = { ...cast.administrator, requestId: 'remove-repeated' };
    const first = await cloud.ask('training.removeRosterEntry', { entryId }, options);

    const second = await cloud.ask('training.removeRosterEntry', { entryId }, options);
    const next = { entryId: await firstEntry({ classId }) };

    expect(first).toEqual({ ok: true, data: { entryId } });
    expect(second).toEqual(first);
    expect(await cloud.ask('training.removeRosterEntry', next, options)).toEqual(
      refused('request_id_reused'),
    );
    expect(
      await cloud.ask('training.removeRosterEntry', next, { ...cast.administrator, requestId: null }),
    ).toEqual(refused('request_id_missing'));
  });
});

it('an ID number never leaves the functions whole', async () => {
  const { classId } = await aDraftClass(cloud, cast);
  await importPeople(cloud, cast, { classId }, { count: 1, first: 800 });

  const listed = await cloud.must('training.listRoster', { classId }, cast.clerk);

  const { name, idNumber } = aPerson(800);
  expect(JSON.stringify(listed)).not.toContain(name);
  expect(JSON.stringify(listed)).not.toContain(idNumber);
});
