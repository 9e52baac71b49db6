/** Lessons, sign-in and certificates over the open interfaces: the same rules as on the phone. */
import { momentOf } from '../../../cloudfunctions/shared/domain/calendar';
import { addInstitution, createCast, type Cast } from '../../support/callers';
import { aDraftClass, anApprovedClass, dayFromNow } from '../../support/classes';
import { generatedClient, requestsOf, writing } from '../../support/generated-client';
import { callOpen, seedClient, type OpenClient } from '../../support/open-client';
import { aPerson } from '../../support/people';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

/** Ten o'clock in Shandong: the lesson of every test lasts from nine until twelve. */
const BEGINS_MS = Date.UTC(2027, 2, 1, 2);

let cloud: TestCloud;
let cast: Cast;
/** Software of the institution, a system of the city, and the software of another institution. */
let own: OpenClient;
let ofCity: OpenClient;
let foreign: OpenClient;
let administratorIdNumber: string;
let classId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  await cloud.advanceClock(BEGINS_MS - cloud.nowMs());
  cast = await createCast(cloud, { workers: 0 });
  const other = await addInstitution(cloud, cast.clerk, { number: 77, cityCode: '3701' });
  const { cityCode } = cast;
  own = await seedClient(cloud, { kind: 'institution', cityCode, institutionId: cast.institution.id });
  ofCity = await seedClient(cloud, { kind: 'city', cityCode });
  const institutionId = other.institution.id;
  foreign = await seedClient(cloud, { kind: 'institution', cityCode, institutionId });
  administratorIdNumber = cast.administrator.person.idNumber;
  ({ classId } = await anApprovedClass(cloud, cast));
});
afterAll(() => cloud.stop());

const lesson = (changes: object = {}) => ({
  administratorIdNumber,
  classId,
  day: dayFromNow(cloud, 0),
  startsAt: '09:00',
  endsAt: '12:00',
  hours: 4,
  ...changes,
});

let days = 0;
/** A lesson of today, for a class that has none yet. */
async function aLesson(ofClass: string): Promise<string> {
  const { status, body } = await callOpen(cloud, own, 'createLesson', {
    body: lesson({ classId: ofClass }),
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return String(body['lessonId']);
}

describe('createLesson', () => {
  it('gives a class a lesson, in the name of an administrator, once for each key', async () => {
    days += 1;
    const body = lesson({ day: dayFromNow(cloud, days) });
    const sent = { body, params: writing() };
    const api = generatedClient(cloud, own);
    await callOpen(cloud, own, 'createLesson', { body: lesson({ classId: 'none' }) });

    const first = await api.POST('/openapi/createLesson', sent);
    const again = await api.POST('/openapi/createLesson', sent);

    expect(first.data).toMatchObject({
      startsAtMs: momentOf(body.day, '09:00'),
      endsAtMs: momentOf(body.day, '12:00'),
    });
    expect(requestsOf(first)).toBeLessThanOrEqual(15);
    expect(again.data).toEqual(first.data);
    const stored = (await cloud.documents('lessons')).find(({ _id }) => _id === first.data?.lessonId);
    expect(stored).toMatchObject({ history: [{ by: { role: 'administrator', clientId: own.id } }] });
  });

  it('works for a system of the city, and knows only what is its client’s', async () => {
    days += 1;
    const body = lesson({ day: dayFromNow(cloud, days) });

    expect(await callOpen(cloud, ofCity, 'createLesson', { body })).toMatchObject({ status: 200 });
    expect(await callOpen(cloud, foreign, 'createLesson', { body })).toMatchObject({
      status: 403,
      body: { code: 'acting_person_not_active' },
    });
    expect(
      await callOpen(cloud, own, 'createLesson', { body: { ...body, administratorIdNumber: '1' } }),
    ).toMatchObject({ status: 422, body: { code: 'id_number_invalid' } });
  });

  it.each([
    [{ classId: 'none' }, 404, 'class_not_found'],
    [{ endsAt: '08:00' }, 409, 'lesson_times_contradictory'],
    [{ hours: 9 }, 409, 'lesson_hours_contradictory'],
    [{ day: '2030-01-01' }, 409, 'lesson_day_out_of_range'],
  ])('refuses %j', async (changes, status, code) => {
    const answered = await callOpen(cloud, own, 'createLesson', { body: lesson(changes) });

    expect([answered.status, answered.body['code']]).toEqual([status, code]);
  });
});

describe('recordAttendance', () => {
  let lessonId: string;
  const record = (changes: object = {}, by = own) =>
    callOpen(cloud, by, 'recordAttendance', {
      body: { lessonId, mark: 'in', at: '08:55', idNumber: aPerson(0).idNumber, ...changes },
    });

  beforeEach(async () => {
    const made = await anApprovedClass(cloud, cast);
    lessonId = await aLesson(made.classId);
  });

  it('notes who came and who left; a repetition by anybody changes nothing', async () => {
    const day = dayFromNow(cloud, 0);
    const { idNumber } = aPerson(0);
    const mark = (which: 'in' | 'out', at: string, by = own) =>
      generatedClient(cloud, by).POST('/openapi/recordAttendance', {
        params: writing(),
        body: { lessonId, mark: which, at, idNumber },
      });
    const came = await mark('in', '08:55');
    const again = await mark('in', '09:30', ofCity);
    const left = await mark('out', '09:40');
    const late = await mark('out', '09:50');

    const inAtMs = momentOf(day, '08:55');
    expect(came.data).toMatchObject({ inAtMs });
    expect(came.data?.name).toContain('*');
    expect(again.data).toEqual(came.data);
    expect(left.data).toMatchObject({ inAtMs, outAtMs: momentOf(day, '09:40') });
    expect(late.data).toEqual(left.data);
    for (const answered of [came, again, left, late]) expect(requestsOf(answered)).toBeLessThanOrEqual(9);
    const { items } = await cloud.must('training.listAttendance', { lessonId }, cast.administrator);
    expect(items).toMatchObject([{ in: { by: 'system' }, out: { by: 'system' } }]);
  });

  it('knows people by their voucher as well', async () => {
    const { classId: issued } = await anApprovedClass(cloud, cast);
    await cloud.must('voucher.issue', { classId: issued }, cast.clerk);
    const { items } = await cloud.must('voucher.listVouchers', { classId: issued }, cast.clerk);
    lessonId = await aLesson(issued);
    const voucherCode = items[0]?.code ?? '';

    expect(await record({ idNumber: undefined, voucherCode })).toMatchObject({ status: 200 });
    expect(await record({ idNumber: undefined, voucherCode: '123' })).toMatchObject({
      body: { code: 'voucher_code_malformed' },
    });
  });

  it.each<[object, number, string]>([
    [{ lessonId: 'none' }, 404, 'lesson_not_found'],
    [{ idNumber: aPerson(90).idNumber }, 409, 'person_not_in_class'],
    [{ idNumber: '370102199001010011' }, 422, 'id_number_invalid'],
    [{ idNumber: undefined }, 422, 'invalid_input'],
    [{ voucherCode: '1' }, 422, 'invalid_input'],
    [{ mark: 'out' }, 409, 'attendance_not_signed_in'],
    [{ at: '08:00' }, 409, 'attendance_time_out_of_range'],
    [{ at: '8:55' }, 422, 'invalid_input'],
  ])('refuses %j', async (changes, status, code) => {
    const answered = await record(changes);

    expect([answered.status, answered.body['code']]).toEqual([status, code]);
  });

  it('takes nothing from the system of an institution while that is suspended', async () => {
    const institutionId = cast.institution.id;
    const { classId: draftId } = await aDraftClass(cloud, cast);
    const suspension = { institutionId, active: false, reason: '抽查发现代签' };
    await cloud.must('training.setInstitution', suspension, cast.clerk);
    const { idNumber } = aPerson(1);
    const rows = [{ name: '张三', idNumber, contract: true, pension: true }];

    const answers = [
      await record(),
      await callOpen(cloud, own, 'addTrainees', { body: { classId: draftId, rows } }),
    ];
    const ofTheCity = await record({}, ofCity);
    await cloud.must('training.setInstitution', { institutionId, active: true }, cast.clerk);

    for (const answered of answers)
      expect(answered).toMatchObject({ status: 409, body: { code: 'institution_not_active' } });
    expect(ofTheCity).toMatchObject({ status: 200 });
  });

  it('knows no lesson of another institution', async () => {
    expect(await record({}, foreign)).toMatchObject({ status: 404, body: { code: 'lesson_not_found' } });
  });
});

describe('addCertificate', () => {
  let numbers = 0;
  const certificate = (changes: object = {}) => {
    const { name: holderName, idNumber } = aPerson(0);
    return {
      administratorIdNumber,
      classId,
      holderName,
      idNumber,
      number: `S${String(++numbers).padStart(12, '0')}`,
      name: '职业技能等级证书',
      occupation: '焊工',
      level: 'level_5' as const,
      issuer: '济南市技能鉴定中心',
      issuedOn: dayFromNow(cloud, 0),
      ...changes,
    };
  };
  const add = (changes: object = {}, by = own) =>
    callOpen(cloud, by, 'addCertificate', { body: certificate(changes) });

  it('adds one to a person of the class, once for each key', async () => {
    const sent = { body: certificate(), params: writing() };
    const api = generatedClient(cloud, own);

    const first = await api.POST('/openapi/addCertificate', sent);
    const again = await api.POST('/openapi/addCertificate', sent);

    expect(first.data).toEqual({ certificateId: expect.any(String) as unknown });
    expect(requestsOf(first)).toBeLessThanOrEqual(10);
    expect(again.data).toEqual(first.data);
    const { items } = await cloud.must('training.listCertificates', { classId }, cast.clerk);
    expect(items.map(({ id }) => id)).toEqual([first.data?.certificateId]);
  });

  it('needs no class: the institution is the client’s, or is named', async () => {
    const institutionId = cast.institution.id;

    expect(await add({ classId: undefined })).toMatchObject({ status: 200 });
    expect(await add({ classId: undefined, institutionId }, ofCity)).toMatchObject({ status: 200 });
    expect(await add({ classId: undefined }, ofCity)).toMatchObject({
      status: 422,
      body: { code: 'invalid_input' },
    });
    expect(await add({ classId: undefined, institutionId: 'none' })).toMatchObject({
      status: 404,
      body: { code: 'institution_not_found' },
    });
  });

  it.each<[object, number, string]>([
    [{ classId: 'none' }, 404, 'class_not_found'],
    [{ holderName: '别人' }, 404, 'person_not_found'],
    [{ number: aPerson(3).idNumber }, 409, 'certificate_number_invalid'],
    [{ issuedOn: '2030-01-01' }, 409, 'certificate_day_out_of_range'],
    [{ number: 'S000000000001' }, 409, 'certificate_already_exists'],
    [{}, 409, 'certificate_of_class_exists'],
    [{ level: 'level_9' }, 422, 'invalid_input'],
  ])('refuses %j', async (changes, status, code) => {
    const answered = await add(changes);

    expect([answered.status, answered.body['code']]).toEqual([status, code]);
  });

  it('keeps nothing personal in its answers', async () => {
    const kept = JSON.stringify(await cloud.documents('apiAnswers'));

    expect(kept).not.toContain(aPerson(0).idNumber);
    expect(kept).not.toContain(aPerson(0).name);
  });
});
