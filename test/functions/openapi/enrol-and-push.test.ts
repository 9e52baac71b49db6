/** People onto a roster, and the provincial push that has vouchers made for them. */
import { createCast, type Cast } from '../../support/callers';
import { aDraftClass, anApprovedClass } from '../../support/classes';
import { callOpen, newNonce, seedClient, type OpenClient } from '../../support/open-client';
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
    const sent = { body: { classId, rows }, idempotencyKey: newNonce() };

    const first = await callOpen(cloud, own, 'addTrainees', sent);
    const again = await callOpen(cloud, own, 'addTrainees', sent);
    const anew = await callOpen(cloud, own, 'addTrainees', { body: { classId, rows: [trainee(0)] } });

    expect(first).toMatchObject({ status: 200, body: { addedCount: 2 } });
    expect(first.body['rows']).toMatchObject([
      { row: 1, ok: true },
      { row: 2, ok: false, code: 'id_number_invalid' },
      { row: 3, ok: false, code: 'no_labour_contract' },
      { row: 4, ok: false, code: 'duplicate_in_file', message: expect.stringMatching(/。$/) as unknown },
      { row: 5, ok: false, code: 'name_missing' },
      { row: 6, ok: true },
    ]);
    expect(again.body).toEqual(first.body);
    expect(anew.body['rows']).toMatchObject([{ ok: false, code: 'already_on_roster' }]);
    const { items } = await cloud.must('training.listRoster', { classId }, cast.administrator);
    expect(items).toHaveLength(2);
  });

  it('takes 1,000 rows in twenty requests', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const rows = Array.from({ length: 1_000 }, (_, at) => trainee(1_000 + at));

    const { status, body, databaseRequests } = await callOpen(cloud, own, 'addTrainees', {
      body: { classId, rows },
    });

    expect([status, body['addedCount']]).toEqual([200, 1_000]);
    expect(databaseRequests).toBeLessThanOrEqual(20);
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
  const pushed = (classId: string, idempotencyKey = newNonce()) =>
    callOpen(cloud, push, 'pushVouchers', { body: { classId }, idempotencyKey });
  const asked = (pushId: unknown, by = push) => callOpen(cloud, by, 'getPush', { body: { pushId } });

  it('is taken up for an approved class, whose vouchers the job makes', async () => {
    const { classId } = await anApprovedClass(cloud, cast, { people: 3 });
    const key = newNonce();

    const taken = await pushed(classId, key);
    const { pushId } = taken.body;
    const waiting = await asked(pushId);
    const again = await pushed(classId, key);
    const beside = await pushed(classId);
    await cloud.cloud.fireTimer('timer');
    const done = await asked(pushId);

    expect(taken).toMatchObject({ status: 202, body: { total: 3 } });
    expect(taken.databaseRequests).toBeLessThanOrEqual(14);
    expect(waiting.body).toMatchObject({ status: 'running', issuedCount: 0, total: 3 });
    expect(waiting.databaseRequests).toBeLessThanOrEqual(2);
    expect([again.status, again.body]).toEqual([202, taken.body]);
    expect(beside).toMatchObject({ status: 409, body: { code: 'class_issue_running' } });
    expect(done.body).toMatchObject({ status: 'finished', issuedCount: 3, refusedCount: 0 });
    const held = (await cloud.documents('vouchers')).filter(each => each['classId'] === classId);
    expect(held).toHaveLength(3);
    for (const voucher of held)
      expect(voucher).toMatchObject({
        status: 'issued',
        history: [{ command: 'issue', by: { role: 'system', clientId: push.id } }],
      });
    expect(await pushed(classId)).toMatchObject({ status: 409, body: { code: 'already_holds_voucher' } });
    expect((await pushed(classId, key)).body).toEqual(taken.body);
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
