import { randomUUID } from 'node:crypto';
import { personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import { aPerson } from '../../support/people';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { finishJob, publishedTemplate, seedCity, seedClass, seedRoster, stored, type City } from './seed';

let cloud: TestCloud;
let city: City;
let foreign: City;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  foreign = await seedCity(cloud, '3702');
});
afterAll(() => cloud.stop());

const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown });
const vouchersOf = async (classId: string) =>
  (await cloud.documents('vouchers')).filter(document => document['classId'] === classId);

describe('voucher.issue', () => {
  it('makes a voucher for everybody on the roster, bound to person and class (notice 二(一))', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId, people: 3 });

    const job = await cloud.must('voucher.issue', { classId }, city.clerk);

    expect(job).toMatchObject({ kind: 'issue', status: 'finished', total: 3, done: 3, refused: 0 });
    const made = await vouchersOf(classId);
    expect(made).toHaveLength(3);
    expect(new Set(made.map(document => document['code'])).size).toBe(3);
    for (const voucher of made) {
      expect(voucher).toMatchObject({
        status: 'issued',
        templateId,
        cityCode: '3701',
        institutionId: city.institutionId,
        unsealed: true,
        version: 1,
        history: [{ command: 'issue', requestId: job.id }],
      });
      expect(voucher['code']).toMatch(/^37012026\d{10}[\dX]$/);
    }
    expect(await stored(cloud, 'templates', templateId)).toMatchObject({
      issuedCount: 3,
      committedFen: 150_000,
      reservations: {},
    });
    expect(await stored(cloud, 'classes', classId)).toMatchObject({ issueJobId: job.id });
  });

  it('answers a repeated request with the first answer, and a second order with who holds one', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId });
    const call = { ...city.clerk, requestId: randomUUID() };

    const first = await cloud.ask('voucher.issue', { classId }, call);
    const repeated = await cloud.ask('voucher.issue', { classId }, call);
    const second = await cloud.ask('voucher.issue', { classId }, city.clerk);

    expect(repeated).toEqual(first);
    expect(second).toEqual(refused('already_holds_voucher'));
    expect(await vouchersOf(classId)).toHaveLength(2);
  });

  it('serves only those without one when more people have come', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId });
    await cloud.must('voucher.issue', { classId }, city.clerk);
    await seedRoster(cloud, classId, { people: 2, first: 50 });

    const job = await cloud.must('voucher.issue', { classId }, city.clerk);

    expect(job).toMatchObject({ total: 4, done: 2, refused: 2, refusedByCode: { already_holds_voucher: 2 } });
    expect(await stored(cloud, 'templates', templateId)).toMatchObject({
      issuedCount: 4,
      committedFen: 200_000,
    });
  });

  it('refuses who is not entitled, row by row, and gives their quota back', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId, people: 2 });
    await seedRoster(cloud, classId, { people: 1, first: 60, eligible: false });

    const job = await cloud.must('voucher.issue', { classId }, city.clerk);
    const refusals = await cloud.must('voucher.listJobRefusals', { jobId: job.id }, city.clerk);

    expect(job).toMatchObject({ done: 2, refused: 1, refusedByCode: { no_labour_contract: 1 } });
    expect(refusals).toEqual({ items: [{ row: 0, code: 'no_labour_contract' }] });
    expect(await stored(cloud, 'templates', templateId)).toMatchObject({ issuedCount: 2, reservations: {} });
  });

  it('makes 通用券 from the roster of a general template, without a class', async () => {
    const templateId = await publishedTemplate(cloud, city, { issueMode: 'general' });
    await seedRoster(cloud, templateId, { people: 2 });

    const job = await cloud.must('voucher.issue', { templateId }, city.clerk);

    expect(job).toMatchObject({ status: 'finished', done: 2 });
    const id = `${templateId}-${personKeyOf(aPerson(0).idNumber)}-1`;
    expect(await stored(cloud, 'vouchers', id)).toMatchObject({ issueMode: 'general', status: 'issued' });
  });

  it('checks template, class, people, quota and budget, in this order', async () => {
    const templateId = await publishedTemplate(cloud, city, { quota: 3, budgetFen: 100_000 });
    const issue = (classId: string) => cloud.ask('voucher.issue', { classId }, city.clerk);
    const unapproved = await seedClass(cloud, city, { templateId, status: 'submitted', people: 0 });
    const empty = await seedClass(cloud, city, { templateId, people: 0 });
    const tooMany = await seedClass(cloud, city, { templateId, people: 4 });
    const tooDear = await seedClass(cloud, city, { templateId, people: 3 });

    expect(await issue(unapproved)).toEqual(refused('class_not_approved'));
    expect(await issue(empty)).toEqual(refused('class_roster_empty'));
    expect(await issue(tooMany)).toEqual({
      ok: false,
      error: { code: 'template_quota_exceeded', data: { neededCount: 4, leftCount: 3 } },
    });
    expect(await issue(tooDear)).toEqual({
      ok: false,
      error: { code: 'template_budget_exceeded', data: { neededFen: 150_000, leftFen: 100_000 } },
    });
    await cloud.must('voucher.closeTemplate', { templateId }, city.clerk);
    expect(await issue(unapproved)).toEqual(refused('template_not_published'));
  });

  it('says which kind of template is ordered the wrong way', async () => {
    const general = await publishedTemplate(cloud, city, { issueMode: 'general' });
    const targeted = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId: general });

    expect(await cloud.ask('voucher.issue', { classId }, city.clerk)).toEqual(refused('template_is_general'));
    expect(await cloud.ask('voucher.issue', { templateId: targeted }, city.clerk)).toEqual(
      refused('template_not_general'),
    );
  });

  it('does not find what belongs to another city', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId });

    expect(await cloud.ask('voucher.issue', { classId }, foreign.clerk)).toEqual(refused('class_not_found'));
    expect(await cloud.ask('voucher.issue', { templateId }, foreign.clerk)).toEqual(
      refused('template_not_found'),
    );
  });

  it('does not start a second job while one is running', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId });
    const { id } = await cloud.must('voucher.issue', { classId }, city.clerk);
    await cloud.sdk().database().collection('jobs').doc(id).update({ status: 'running' });

    expect(await cloud.ask('voucher.issue', { classId }, city.clerk)).toEqual(refused('class_issue_running'));
    await cloud.sdk().database().collection('jobs').doc(id).update({ status: 'finished' });
  });

  it('starts one job for a class, however many order it at once, and takes no quota from another', async () => {
    const templateId = await publishedTemplate(cloud, city, { quota: 4, budgetFen: 200_000 });
    const classId = await seedClass(cloud, city, { templateId, people: 2 });
    const otherId = await seedClass(cloud, city, { templateId, people: 2, first: 20 });

    // Each order has read the class before the first one writes.
    await cloud.cloud.setDatabaseFaults({
      delayMs: 200,
      collection: 'classes',
      action: 'database.modifyDocument',
    });
    const orders = await Promise.all(
      [classId, classId, classId, otherId].map(id => cloud.ask('voucher.issue', { classId: id }, city.clerk)),
    );
    await cloud.cloud.setDatabaseFaults({});

    const [job, ...more] = orders.slice(0, 3).filter(({ ok }) => ok);
    expect(more).toEqual([]);
    expect(job).toMatchObject({ data: { status: 'finished', done: 2 } });
    expect(orders[3]).toMatchObject({ ok: true, data: { status: 'finished', done: 2 } });
    expect(await stored(cloud, 'classes', classId)).toMatchObject({
      issueJobId: job?.ok ? job.data.id : undefined,
    });
    expect(await stored(cloud, 'classes', classId)).not.toHaveProperty('issueOrder');
    const jobs = (await cloud.documents('jobs')).filter(document => document['classId'] === classId);
    expect(jobs.map(document => document['status'])).toEqual(['finished']);
  });

  it('goes on with the job of an order that was cut off, whoever orders next', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId });
    const call = { ...city.clerk, requestId: randomUUID() };
    await cloud.must('voucher.issue', { classId }, call);
    const [job] = (await cloud.documents('jobs')).filter(document => document['classId'] === classId);
    if (!job) throw new Error('no job');
    const { _id: id, ...order } = job;
    const database = cloud.sdk().database();
    // As a function leaves it that is killed right after it has asked for its job.
    const ofClass = await database.collection('vouchers').where({ classId }).get();
    for (const { _id } of ofClass.data as { _id: string }[])
      await database.collection('vouchers').doc(_id).remove();
    await database.collection('jobs').doc(id).remove();
    await database.collection('templates').doc(templateId).update({ issuedCount: 0, committedFen: 0 });
    await database
      .collection('classes')
      .doc(classId)
      .update({ issueOrder: { ...order, id }, issueJobId: database.command.remove() });

    const another = await cloud.ask('voucher.issue', { classId }, city.clerk);
    const ended = await finishJob(cloud, city.clerk, { id, kind: 'issue' });

    expect(another).toEqual(refused('class_issue_running'));
    expect(ended).toMatchObject({ status: 'finished', done: 2 });
    expect(await stored(cloud, 'classes', classId)).toMatchObject({ issueJobId: id });
  });

  it('never issues more than the quota, however many classes order at once', async () => {
    const templateId = await publishedTemplate(cloud, city, { quota: 5, budgetFen: 250_000 });
    const classIds = await Promise.all(
      [0, 1, 2, 3].map(number => seedClass(cloud, city, { templateId, people: 2, first: number * 10 })),
    );

    const jobs = await Promise.all(
      classIds.map(classId => cloud.ask('voucher.issue', { classId }, city.clerk)),
    );
    for (const job of jobs) if (job.ok) await finishJob(cloud, city.clerk, job.data);

    const made = (await cloud.documents('vouchers')).filter(
      document => document['templateId'] === templateId,
    );
    expect(made).toHaveLength(4);
    expect(await stored(cloud, 'templates', templateId)).toMatchObject({
      issuedCount: 4,
      committedFen: 200_000,
      reservations: {},
    });
  });

  it('takes at most one database request per 100 vouchers once it runs', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const people = 4_000;
    const classId = await seedClass(cloud, city, { templateId, people, first: 1_000 });

    // What the timer does once and for all, and what it looks at in every round, is not the job's.
    const fireTimer = async () => (await cloud.cloud.fireTimer('timer')).databaseRequests;
    await fireTimer();
    const idleRequests = await fireTimer();

    const { result, databaseRequests } = await cloud.call('voucher.issue', { classId }, city.clerk);
    const job = result.ok ? result.data : undefined;
    let requests = databaseRequests;
    while ((await cloud.must('voucher.getJob', { jobId: job?.id ?? '' }, city.clerk)).status === 'running') {
      requests += (await fireTimer()) - idleRequests;
    }

    expect(await vouchersOf(classId)).toHaveLength(people);
    expect((requests / people) * 100).toBeLessThanOrEqual(1);
  }, 60_000);
});

describe('voucher.getJob and voucher.listJobRefusals', () => {
  it('show a job to its city and its institution, and to no stranger', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId });
    const { id: jobId } = await cloud.must('voucher.issue', { classId }, city.clerk);

    for (const caller of [city.administrator, city.payer, city.province]) {
      expect(await cloud.ask('voucher.getJob', { jobId }, caller)).toMatchObject({
        ok: true,
        data: { id: jobId },
      });
    }
    for (const caller of [city.otherAdministrator, foreign.clerk]) {
      expect(await cloud.ask('voucher.getJob', { jobId }, caller)).toEqual(refused('job_not_found'));
      expect(await cloud.ask('voucher.listJobRefusals', { jobId }, caller)).toEqual(refused('job_not_found'));
    }
    expect(await cloud.ask('settlement.getJob', { jobId }, city.clerk)).toEqual(refused('job_not_found'));
    expect(await cloud.ask('voucher.getJob', { jobId: 'nothing' }, city.clerk)).toEqual(
      refused('job_not_found'),
    );
  });
});
