import type { Plain } from '../../../miniprogram/contract/brand';
import type { LessonFields } from '../../../miniprogram/contract/lessons';
import type { PlainInputOf } from '../../../miniprogram/contract/operations';
import { momentOf } from '../../../cloudfunctions/shared/domain/calendar';
import { personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import { addInstitution, createCast, type Cast, type Member } from '../../support/callers';
import { anApprovedClass, dayFromNow, importPeople } from '../../support/classes';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

/** Ten o'clock in Shandong: the lesson of every test lasts from nine until twelve. */
const BEGINS_MS = Date.UTC(2027, 2, 1, 2);
const HOUR_MS = 3_600_000;

let cloud: TestCloud;
let cast: Cast;
let stranger: Member;
let classId: string;
let lessonId: string;
/** Those of the class, in the order of its roster. */
let entryIds: string[];

beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.advanceClock(BEGINS_MS - cloud.nowMs());
  cast = await createCast(cloud, { workers: 1 });
  ({ administrator: stranger } = await addInstitution(cloud, cast.clerk, { number: 77, cityCode: '3701' }));
});
beforeEach(async () => {
  await cloud.advanceClock(BEGINS_MS - cloud.nowMs());
  ({ classId } = await anApprovedClass(cloud, cast, { people: 3 }));
  lessonId = await addLesson({});
  const { items } = await cloud.must('training.listRoster', { classId }, cast.administrator);
  entryIds = items.map(({ id }) => id);
});
afterAll(() => cloud.stop());

async function addLesson(changes: Partial<LessonFields>, ofClass = classId): Promise<string> {
  const fields: Plain<LessonFields> = {
    day: dayFromNow(cloud, 0),
    startsAt: '09:00',
    endsAt: '12:00',
    hours: 4,
    ...changes,
  };
  return (await cloud.must('training.addLesson', { classId: ofClass, ...fields }, cast.administrator)).id;
}

type Input = PlainInputOf<'training.recordAttendance'>;

const input = (changes: Partial<Input> = {}): Input => ({
  lessonId,
  entryId: entryIds[0] ?? '',
  mark: 'in',
  reason: '手机没电',
  ...changes,
});

const record = (changes: Partial<Input> = {}, caller: Member = cast.administrator) =>
  cloud.ask('training.recordAttendance', input(changes), caller);

const listed = async () =>
  (await cloud.must('training.listAttendance', { lessonId }, cast.administrator)).items;

describe('training.recordAttendance', () => {
  it('notes by hand, with a reason, who came and left', async () => {
    const day = dayFromNow(cloud, 0);
    await record({ at: '08:55' });
    await cloud.advanceClock(2 * HOUR_MS + 10 * 60_000);

    const out = await record({ mark: 'out', at: '12:05', reason: '扫码失败' });

    expect(out).toEqual({
      ok: true,
      data: {
        id: `${lessonId}-${entryIds[0]?.split('-').at(-1)}`,
        lessonId,
        name: expect.stringContaining('*') as unknown,
        in: {
          atMs: momentOf(day, '08:55'),
          recordedAtMs: expect.any(Number) as unknown,
          by: 'administrator',
          reason: '手机没电',
        },
        out: {
          atMs: momentOf(day, '12:05'),
          recordedAtMs: expect.any(Number) as unknown,
          by: 'administrator',
          reason: '扫码失败',
        },
      },
    });
    expect(await listed()).toEqual([out.ok && out.data]);
  });

  it('keeps one document each, whoever repeats it and how often', async () => {
    const first = await record({ at: '08:55' });

    const again = await Promise.all([record({ at: '09:30' }), record({ at: '08:00' }), record({})]);

    for (const each of again) expect(each).toEqual(first);
    expect(await listed()).toHaveLength(1);
  });

  it('lets one of several sign-outs stand', async () => {
    await record({ at: '08:55' });
    await cloud.advanceClock(2 * HOUR_MS);
    const times = ['11:00', '11:10', '11:20'];

    const results = await Promise.all(times.map(at => record({ mark: 'out', at })));

    expect(new Set(results.map(result => JSON.stringify(result))).size).toBe(1);
    expect((await listed())[0]?.out?.atMs).toEqual(results[0]?.ok && results[0].data.out?.atMs);
  });

  it('takes the present for the time where none is given', async () => {
    const before = cloud.nowMs();
    const result = await record();

    expect(result.ok && result.data.in.atMs).toBeGreaterThanOrEqual(before);
    expect(result.ok && result.data.in.recordedAtMs).toBe(result.ok && result.data.in.atMs);
  });

  it('refuses times outside the lesson, and a sign-out without a sign-in', async () => {
    expect(await record({ mark: 'out' })).toEqual(refused('attendance_not_signed_in'));
    expect(await record({ at: '08:29' })).toEqual(refused('attendance_time_out_of_range'));
    expect(await record({ at: '11:00' })).toEqual(refused('attendance_time_out_of_range'));
    const later = await addLesson({ day: dayFromNow(cloud, 1) });
    expect(await record({ lessonId: later })).toEqual(refused('attendance_too_early'));
    expect(await record({ at: '25:00' })).toEqual(refused('invalid_input'));
    expect(await record({ reason: ' ' })).toEqual(refused('invalid_input'));
    expect(await listed()).toEqual([]);
  });

  it('refuses who is not on the roster, whether or not they exist', async () => {
    const elsewhere = await anApprovedClass(cloud, cast);
    const { items } = await cloud.must(
      'training.listRoster',
      { classId: elsewhere.classId },
      cast.administrator,
    );

    expect(await record({ entryId: items[0]?.id ?? '' })).toEqual(refused('person_not_in_class'));
    expect(await record({ entryId: 'none' })).toEqual(refused('person_not_in_class'));
  });

  it('knows a lesson only for the administrators of its class', async () => {
    expect(await record({}, stranger)).toEqual(refused('lesson_not_found'));
    expect(await record({ lessonId: 'none' })).toEqual(refused('lesson_not_found'));
    for (const caller of [cast.clerk, cast.payer, cast.workers[0] ?? stranger])
      expect(await record({}, caller)).toEqual(refused('role_not_allowed'));
  });

  it('is refused for a lesson that was removed', async () => {
    await cloud.must('training.removeLesson', { lessonId }, cast.administrator);

    expect(await record()).toEqual(refused('lesson_removed'));
  });

  it('succeeds though the answer of the database is lost', async () => {
    await cloud.cloud.setDatabaseFaults({ dropAnswerNext: 1, collection: 'attendance' });
    const result = await record({ at: '08:55' });
    await cloud.cloud.setDatabaseFaults({});

    expect(result).toMatchObject({ ok: true });
    expect(await listed()).toHaveLength(1);
  });

  it('costs no more than it must', async () => {
    const { administrator } = cast;
    const cost = async (changes: Partial<Input>) => {
      const call = await cloud.call('training.recordAttendance', input(changes), administrator);
      expect(call.result).toMatchObject({ ok: true });
      return [call.databaseRequests, call.databaseTrips];
    };

    // Account and lesson side by side, the person, the document; a sign-out reads it before.
    expect(await cost({ mark: 'in', at: '08:55' })).toEqual([4, 3]);
    expect(await cost({ mark: 'out' })).toEqual([5, 4]);
  });

  it('stores no name in clear', async () => {
    await record({ at: '08:55' });

    const kept = JSON.stringify([await cloud.documents('attendance'), await cloud.documents('lessons')]);

    for (let number = 0; number < 3; number++) expect(kept).not.toContain(aPerson(number).name);
  });
});

describe('a lesson of a class of 通用券', () => {
  const WORKER = 0;

  async function anAttendedClass() {
    const template = { issueMode: 'general' as const };
    const made = await anApprovedClass(cloud, cast, { people: 0, template });
    await cloud.must('training.startClass', { classId: made.classId }, cast.administrator);
    const { templateId } = made;
    await importPeople(cloud, cast, { templateId }, { count: 1, first: WORKER });
    await cloud.must('voucher.issue', { templateId }, cast.clerk);
    return { ...made, voucherId: `${templateId}-${personKeyOf(aPerson(WORKER).idNumber)}-1` };
  }

  it('is attended by those who have used one at the class', async () => {
    const { classId: general, voucherId } = await anAttendedClass();
    const lesson = await addLesson({}, general);
    const ask = () =>
      cloud.ask(
        'training.recordAttendance',
        { lessonId: lesson, voucherId, mark: 'in', at: '09:00', reason: '手机没电' },
        cast.administrator,
      );
    const worker = cast.workers[0] ?? stranger;

    expect(await ask()).toEqual(refused('person_not_in_class'));
    const channelNumber = '3701000001';
    await cloud.ask(
      'entry.addChannel',
      { channelNumber, cityCode: '3701', name: '爱济南', kind: 'app', issuing: true },
      cast.clerk,
    );
    await cloud.must('entry.setChannel', { channelNumber, voucherOpen: true }, cast.clerk);
    await cloud.must('voucher.claim', { voucherId, channelNumber }, worker);
    expect(await ask()).toEqual(refused('person_not_in_class'));
    const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
    await cloud.must('verification.use', { qrText, classId: general }, cast.administrator);
    expect(await ask()).toMatchObject({ ok: true });
    await cloud.must('verification.reverse', { voucherId, reason: '扫错班期' }, cast.administrator);
    const another = await addLesson({ startsAt: '13:00', endsAt: '15:00', hours: 2 }, general);
    const next = { lessonId: another, voucherId, mark: 'in' as const, reason: '手机没电' };
    expect(await cloud.ask('training.recordAttendance', next, cast.administrator)).toEqual(
      refused('person_not_in_class'),
    );
  });
});

describe('training.listAttendance', () => {
  it('names who was there, page by page, in one request', async () => {
    await record({ at: '08:55' });
    await record({ at: '08:56', entryId: entryIds[1] ?? '' });

    const { result, databaseRequests, databaseTrips } = await cloud.call(
      'training.listAttendance',
      { lessonId },
      cast.administrator,
    );

    expect([databaseRequests, databaseTrips]).toEqual([1, 1]);
    expect(result.ok && result.data.items.map(({ in: { by } }) => by)).toEqual([
      'administrator',
      'administrator',
    ]);
    const [first] = result.ok ? result.data.items : [];
    const rest = await cloud.must(
      'training.listAttendance',
      { lessonId, cursor: first?.id ?? '' },
      cast.administrator,
    );
    expect(rest.items).toHaveLength(1);
  });

  it('is for those whose class it is', async () => {
    const ask = (caller: Member) => cloud.ask('training.listAttendance', { lessonId }, caller);

    for (const caller of [cast.administrator, cast.clerk, cast.province])
      expect(await ask(caller)).toMatchObject({ ok: true });
    expect(await ask(stranger)).toEqual(refused('lesson_not_found'));
    expect(await ask(cast.workers[0] ?? stranger)).toEqual(refused('role_not_allowed'));
  });
});
