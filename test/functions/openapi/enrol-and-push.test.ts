/** People onto a roster, and the provincial push that has vouchers made for them. */
import { createCast, type Cast } from '../../support/callers';
import { aDraftClass, anApprovedClass } from '../../support/classes';
import { generatedClient, reading, requestsOf, writing } from '../../support/generated-client';
import { callOpen, seedClient, type OpenClient } from '../../support/open-client';
import { aPerson } from '../../support/people';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;
let cast: Cast;
let own: OpenClient;
let push: OpenClient;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
  const { cityCode } = cast;
  own = await seedClient(cloud, { kind: 'institution', cityCode, institutionId: cast.institution.id });
  push = await seedClient(cloud, { kind: 'push', cityCode: '3702' });
});
afterAll(() => cloud.stop());

const trainee = (number: number, changes: object = {}) => {
  const { name, idNumber } = aPerson(number);
  return { name, idNumber, contract: true, pension: true, ...changes };
};

describe('addTrainees', () => {
  it('takes in the good rows of a half-bad batch and says of each bad one why', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const rows = [
      trainee(0, { phone: '13800000000' }),
      trainee(1, { idNumber: '370102199001010011' }),
      trainee(2, { contract: false }),
      trainee(0),
      trainee(3, { name: ' ' }),
      trainee(4, { phone: 'no number' }),
    ];
    const sent = { body: { classId, rows }, params: writing() };
    const api = generatedClient(cloud, own);

    const first = await api.POST('/openapi/addTrainees', sent);
    const again = await api.POST('/openapi/addTrainees', sent);
    const anew = await api.POST('/openapi/addTrainees', {
      body: { classId, rows: [trainee(0)] },
      params: writing(),
    });

    expect(first.data).toMatchObject({ addedCount: 2 });
    expect(first.data?.rows).toMatchObject([
      { row: 1, ok: true },
      { row: 2, ok: false, code: 'id_number_invalid' },
      { row: 3, ok: false, code: 'no_labour_contract' },
      { row: 4, ok: false, code: 'duplicate_in_file', message: expect.stringMatching(/。$/) as unknown },
      { row: 5, ok: false, code: 'name_missing' },
      { row: 6, ok: true },
    ]);
    expect(again.data).toEqual(first.data);
    expect(anew.data?.rows).toMatchObject([{ ok: false, code: 'already_on_roster' }]);
    const { items } = await cloud.must('training.listRoster', { classId }, cast.administrator);
    expect(items).toHaveLength(2);
  });

  it('takes 1,000 rows in twenty requests', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const rows = Array.from({ length: 1_000 }, (_, at) => trainee(1_000 + at));

    const answered = await generatedClient(cloud, own).POST('/openapi/addTrainees', {
      body: { classId, rows },
      params: writing(),
    });

    expect(answered.data?.addedCount).toBe(1_000);
    expect(requestsOf(answered)).toBeLessThanOrEqual(20);
  });

  it('does it once though the answer of the database is lost', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await cloud.cloud.setDatabaseFaults({ dropAnswerNext: 1, collection: 'rosterEntries' });

    const answered = await callOpen(cloud, own, 'addTrainees', { body: { classId, rows: [trainee(7)] } });

    await cloud.cloud.setDatabaseFaults({});
    expect(answered).toMatchObject({ status: 200, body: { addedCount: 1 } });
  });

  it('refuses a class that was handed in, and one of somebody else’s', async () => {
    const { classId } = await anApprovedClass(cloud, cast);
    const { cityCode } = cast;
    const foreign = await seedClient(cloud, { kind: 'institution', cityCode, institutionId: 'another' });
    const add = (by: OpenClient) =>
      callOpen(cloud, by, 'addTrainees', { body: { classId, rows: [trainee(50)] } });

    expect(await add(own)).toMatchObject({ status: 409, body: { code: 'roster_locked' } });
    expect(await add(foreign)).toMatchObject({ status: 404, body: { code: 'class_not_found' } });
  });

  it('keeps no name and no ID number in clear', async () => {
    const kept = await cloud.everythingKept();

    expect(kept).not.toContain(aPerson(0).idNumber);
    expect(kept).not.toContain(`"${aPerson(0).name}"`);
  });
});

describe('pushVouchers', () => {
  const pushed = (classId: string) => callOpen(cloud, push, 'pushVouchers', { body: { classId } });
  const asked = (pushId: unknown, by = push) => callOpen(cloud, by, 'getPush', { body: { pushId } });

  it('is taken up for an approved class, whose vouchers the job makes', async () => {
    const { classId } = await anApprovedClass(cloud, cast, { people: 3 });
    const api = generatedClient(cloud, push);
    const sent = { body: { classId }, params: writing() };

    const taken = await api.POST('/openapi/pushVouchers', sent);
    const question = { body: { pushId: taken.data?.pushId ?? '' }, params: reading() };
    const waiting = await api.POST('/openapi/getPush', question);
    const again = await api.POST('/openapi/pushVouchers', sent);
    const beside = await pushed(classId);
    await cloud.cloud.fireTimer('timer');
    const done = await api.POST('/openapi/getPush', question);

    expect([taken.response.status, taken.data?.total]).toEqual([202, 3]);
    expect(requestsOf(taken)).toBeLessThanOrEqual(14);
    expect(waiting.data).toMatchObject({ status: 'running', issuedCount: 0, total: 3 });
    expect(requestsOf(waiting)).toBeLessThanOrEqual(2);
    expect([again.response.status, again.data]).toEqual([202, taken.data]);
    expect(beside).toMatchObject({ status: 409, body: { code: 'class_issue_running' } });
    expect(done.data).toMatchObject({ status: 'finished', issuedCount: 3, refusedCount: 0 });
    const held = (await cloud.documents('vouchers')).filter(each => each['classId'] === classId);
    expect(held).toHaveLength(3);
    for (const voucher of held)
      expect(voucher).toMatchObject({
        status: 'issued',
        history: [{ command: 'issue', by: { role: 'system', clientId: push.id } }],
      });
    expect(await pushed(classId)).toMatchObject({ status: 409, body: { code: 'already_holds_voucher' } });
    expect((await api.POST('/openapi/pushVouchers', sent)).data).toEqual(taken.data);
  });

  it('starts one job of many pushes at once, and none beside the officer’s', async () => {
    const { classId } = await anApprovedClass(cloud, cast, { people: 2 });

    const answers = await Promise.all(Array.from({ length: 4 }, () => pushed(classId)));
    await cloud.cloud.fireTimer('timer');

    expect(answers.filter(({ status }) => status === 202)).toHaveLength(1);
    const held = (await cloud.documents('vouchers')).filter(each => each['classId'] === classId);
    expect(held).toHaveLength(2);
  });

  it('is refused for a class that is not approved, unknown, or of 通用券', async () => {
    const draft = await aDraftClass(cloud, cast);
    const general = await anApprovedClass(cloud, cast, { people: 0, template: { issueMode: 'general' } });

    expect(await pushed(draft.classId)).toMatchObject({ status: 409, body: { code: 'class_not_approved' } });
    expect(await pushed('none')).toMatchObject({ status: 404, body: { code: 'class_not_found' } });
    expect(await pushed(general.classId)).toMatchObject({ body: { code: 'template_is_general' } });
  });

  it('is told to the client that has pushed, and to nobody else', async () => {
    const { classId } = await anApprovedClass(cloud, cast);
    const { pushId } = (await pushed(classId)).body;
    const other = await seedClient(cloud, { kind: 'push', cityCode: '3701' });

    expect(await asked(pushId, other)).toMatchObject({ status: 404, body: { code: 'job_not_found' } });
    expect(await asked('none')).toMatchObject({ status: 404 });
  });
});
