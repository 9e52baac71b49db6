import { LEASE_MS } from '../../../cloudfunctions/shared/jobs/job-runner';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { aRosterOf, rosterRow } from '../../support/uploads';
import { aBatch, codeFile, newBatch, usedVouchers } from '../settlement/settle-loop';
import {
  codesOf,
  publishedTemplate,
  seedCity,
  seedClass,
  seedHolding,
  stored,
  type City,
} from '../voucher/seed';
import { dayOf } from '../../../cloudfunctions/shared/domain/calendar';

let cloud: TestCloud;
let city: City;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
});
afterAll(() => cloud.stop());
afterEach(() => cloud.cloud.setDatabaseFaults({}));

const fire = () => cloud.cloud.fireTimer('timer');
const collection = (name: string) => cloud.sdk().database().collection(name);
const jobsOf = async (field: string, value: string) =>
  (await cloud.documents('jobs')).filter(job => job[field] === value);
const DAY_MS = 24 * 60 * 60 * 1000;

describe('the timer', () => {
  it('cannot be called by a user or by another function', async () => {
    const event = { Type: 'Timer', TriggerName: 'work' };

    await expect(cloud.cloud.callFunction('timer', event, { openid: city.clerk.openid })).rejects.toThrow();
    await expect(cloud.cloud.callFunction('timer', event)).rejects.toThrow();
  });

  it('expires what time has ended, and says so in the history', async () => {
    const { voucherIds, workers } = await seedHolding(cloud, city, {
      template: { claimWindowDays: 1, validDays: 1 },
    });
    const [claimed = '', issued = ''] = voucherIds;
    await cloud.must(
      'voucher.claim',
      { voucherId: claimed, channelNumber: city.channelNumber },
      workers[0] ?? city.clerk,
    );
    await cloud.advanceClock(2 * DAY_MS);

    const before = await cloud.ask('voucher.showCode', { voucherId: claimed }, workers[0] ?? city.clerk);
    const storedBefore = await stored(cloud, 'vouchers', claimed);
    await fire();
    await fire();

    expect(before).toMatchObject({ ok: false, error: { code: 'voucher_expired' } });
    expect(storedBefore).toMatchObject({ status: 'claimed' });
    for (const [id, from, steps] of [
      [claimed, 'claimed', 3],
      [issued, 'issued', 2],
    ] as const) {
      const voucher = await stored(cloud, 'vouchers', id);
      expect(voucher).toMatchObject({ status: 'expired', unsealed: true });
      expect(voucher?.['history']).toHaveLength(steps);
      expect((voucher?.['history'] as unknown[]).at(-1)).toMatchObject({
        command: 'expire',
        from,
        by: { role: 'system' },
      });
    }
    expect(
      await cloud.ask('voucher.showCode', { voucherId: claimed }, workers[0] ?? city.clerk),
    ).toMatchObject({
      ok: false,
      error: { code: 'voucher_expired' },
    });
  });

  it('forgets first answers after a week, however many they are', async () => {
    await publishedTemplate(cloud, city);
    expect(await cloud.documents('answers')).not.toHaveLength(0);
    const more = Array.from({ length: 1_001 }, (_, at) => ({
      _id: `old-${String(at)}`,
      atMs: cloud.nowMs(),
    }));
    await collection('answers').add(more);

    await cloud.advanceClock(8 * DAY_MS);
    await fire();

    expect(await cloud.documents('answers')).toHaveLength(0);
  });

  it('deletes rosters that were only checked, and lists of problems, after a day', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId, people: 0, status: 'draft' });
    const roster = aRosterOf([rosterRow({ name: '张三', idNumber: 'x' })]);
    const upload = () => cloud.upload({ classId }, roster, city.administrator);
    const check = (fileId: string) =>
      cloud.must('training.checkRoster', { classId, fileId }, city.administrator);
    const notedFiles = async () => (await cloud.documents('files')).map(({ _id }) => _id);
    await check(await upload());
    await cloud.must('training.importRoster', { classId, fileId: await upload() }, city.administrator);
    const old = await notedFiles();
    await cloud.advanceClock(DAY_MS + 1);
    await check(await upload());

    await fire();

    const young = await notedFiles();
    const { fileList } = await cloud.sdk().getTempFileURL({ fileList: [...old, ...young] });
    expect(old).toHaveLength(4);
    expect(young).toHaveLength(2);
    expect(fileList.map(({ code }) => code === 'SUCCESS')).toEqual([
      ...old.map(() => false),
      ...young.map(() => true),
    ]);
  });

  it('comes to a job behind a hundred others that somebody else works on', async () => {
    const { classId } = await seedHolding(cloud, city, {});
    const [job] = await jobsOf('classId', classId);
    const free = { ...job, status: 'running', leaseUntilMs: 0 };
    const leased = Array.from({ length: 100 }, (_, at) => {
      return { ...free, _id: `0-leased-${String(at)}`, leaseUntilMs: cloud.nowMs() + LEASE_MS };
    });
    await collection('jobs').add(leased);
    await collection('jobs')
      .doc(job?._id ?? '')
      .update({ status: 'running', leaseUntilMs: 0 });

    await fire();
    await collection('jobs')
      .where({
        _id: cloud
          .sdk()
          .database()
          .command.in(leased.map(({ _id }) => _id)),
      })
      .remove();

    expect(await stored(cloud, 'jobs', job?._id ?? '')).toMatchObject({ status: 'finished' });
  });

  it('goes on with everything else while one of its chores cannot be done', async () => {
    const { classId } = await seedHolding(cloud, city, {});
    const [job] = await jobsOf('classId', classId);
    await collection('jobs')
      .doc(job?._id ?? '')
      .update({ status: 'running', leaseUntilMs: 0 });
    await cloud.cloud.setDatabaseFaults({ failRate: 1, collection: 'answers' });

    await fire();

    expect(await stored(cloud, 'jobs', job?._id ?? '')).toMatchObject({ status: 'finished' });
  });

  it('goes on with everything else while files cannot be deleted', async () => {
    const { classId } = await seedHolding(cloud, city, {});
    const [job] = await jobsOf('classId', classId);
    await collection('jobs')
      .doc(job?._id ?? '')
      .update({ status: 'running', leaseUntilMs: 0 });
    await cloud.cloud.setDatabaseFaults({ failRate: 1, collection: 'files' });

    await fire();

    expect(await stored(cloud, 'jobs', job?._id ?? '')).toMatchObject({ status: 'finished' });
  });
});

describe('a job whose function was killed', () => {
  /** A job as a killed function leaves it: somebody's lease is on it, and the work is wherever it was. */
  const abandon = (id: string, fields: object) =>
    collection('jobs')
      .doc(id)
      .update({ status: 'running', leaseUntilMs: cloud.nowMs() + LEASE_MS, ...fields });

  it('waits for the lease to end and is then finished without a voucher lost or doubled', async () => {
    const { classId, templateId, voucherIds } = await seedHolding(cloud, city, { people: 4 });
    const [job] = await jobsOf('classId', classId);
    const id = job?._id ?? '';
    // Killed between the insert of its chunk and the count of it: half of the vouchers are there.
    for (const voucherId of voucherIds.slice(2)) await collection('vouchers').doc(voucherId).remove();
    await abandon(id, { cursor: '', done: 0 });
    await collection('templates')
      .doc(templateId)
      .update({ reservations: { [id]: 4 } });

    await fire();
    const during = await stored(cloud, 'jobs', id);
    await cloud.advanceClock(LEASE_MS);
    await fire();

    expect(during).toMatchObject({ status: 'running', done: 0 });
    expect(await stored(cloud, 'jobs', id)).toMatchObject({
      status: 'finished',
      total: 4,
      done: 4,
      refused: 0,
    });
    expect(
      (await cloud.documents('vouchers')).filter(voucher => voucher['classId'] === classId),
    ).toHaveLength(4);
    expect(await stored(cloud, 'templates', templateId)).toMatchObject({ issuedCount: 4, reservations: {} });
  });

  it.each([
    ['before what was set aside for it is settled', true],
    ['after that, before its end is written', false],
  ])('takes quota and budget once when it is killed %s', async (_, isSetAside) => {
    const { classId, templateId } = await seedHolding(cloud, city, { people: 4 });
    const [job] = await jobsOf('classId', classId);
    const id = job?._id ?? '';
    const before = await stored(cloud, 'templates', templateId);
    await abandon(id, { done: 4, leaseUntilMs: 0 });
    await collection('templates')
      .doc(templateId)
      .update({ reservations: isSetAside ? { [id]: 4 } : {} });

    await fire();

    expect(await stored(cloud, 'jobs', id)).toMatchObject({ status: 'finished', done: 4, total: 4 });
    expect(await stored(cloud, 'templates', templateId)).toMatchObject({
      issuedCount: 4,
      committedFen: before?.['committedFen'],
      reservations: {},
    });
  });

  it('is free at once when the clock has been set back behind its lease', async () => {
    const { classId } = await seedHolding(cloud, city);
    const [job] = await jobsOf('classId', classId);
    const id = job?._id ?? '';
    await abandon(id, { leaseUntilMs: cloud.nowMs() + 24 * 60 * 60 * 1000 });

    await fire();

    expect(await stored(cloud, 'jobs', id)).toMatchObject({ status: 'finished' });
  });

  it('has worked through what there was at its end, however much that was when it began', async () => {
    const { classId } = await seedHolding(cloud, city, { people: 3 });
    const [job] = await jobsOf('classId', classId);
    const id = job?._id ?? '';

    for (const total of [1, 9]) {
      await abandon(id, { total, cursor: '', done: 0, refused: 0, leaseUntilMs: 0 });
      await fire();

      expect(await stored(cloud, 'jobs', id)).toMatchObject({ status: 'finished', done: 3, total: 3 });
    }
  });

  it('counts imported codes once, also those of the chunk that was written but not counted', async () => {
    const voucherIds = await usedVouchers(cloud, city, 2);
    const batchId = await newBatch(cloud, city);
    const fileId = await codeFile(cloud, city, {
      batchId,
      codes: [...(await codesOf(cloud, voucherIds)), 'x'],
    });
    const { id } = await cloud.must('settlement.importCodes', { batchId, fileId }, city.administrator);
    await abandon(id, { cursor: '', done: 0, refused: 0, refusedByCode: {}, leaseUntilMs: 0 });

    await fire();

    expect(await stored(cloud, 'jobs', id)).toMatchObject({
      status: 'finished',
      total: 3,
      done: 2,
      refused: 1,
    });
    expect((await stored(cloud, 'vouchers', voucherIds[0] ?? ''))?.['history']).toHaveLength(4);
    const refusals = await cloud.must('settlement.listJobRefusals', { jobId: id }, city.administrator);
    expect(refusals.items).toMatchObject([{ row: 4, code: 'voucher_code_malformed' }]);
  });

  it('is started by the timer when the function died between asking for it and starting it', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'approved' });
    const paidOn = dayOf(cloud.nowMs());
    const call = { ...city.payer, requestId: 'a-payment-that-dies' };
    // The job cannot be inserted: as if the function had been killed right after the batch was paid.
    await cloud.cloud.setDatabaseFaults({
      failRate: 1,
      collection: 'jobs',
      action: 'database.insertDocument',
    });
    const paid = await cloud.ask(
      'settlement.payBatch',
      { batchId, paidFen: 100_000, paidOn, reference: batchId },
      call,
    );
    await cloud.cloud.setDatabaseFaults({});
    const between = await stored(cloud, 'batches', batchId);

    await fire();

    expect(paid).toMatchObject({ ok: false, error: { code: 'service_busy' } });
    expect(between).toMatchObject({ status: 'paid', jobToStart: { kind: 'settle', total: 2 } });
    const after = await stored(cloud, 'batches', batchId);
    expect(after).toMatchObject({ status: 'settled' });
    expect(after).not.toHaveProperty('jobToStart');
    expect(await jobsOf('batchId', batchId)).toHaveLength(2);
    expect(await stored(cloud, 'vouchers', voucherIds[0] ?? '')).toMatchObject({ status: 'settled' });
    const repeated = await cloud.ask(
      'settlement.payBatch',
      { batchId, paidFen: 100_000, paidOn, reference: batchId },
      call,
    );
    expect(repeated).toMatchObject({ ok: true, data: { status: 'settled' } });
  });

  it('of a returned batch gives back what is left, and touches no voucher that has moved on', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'submitted', people: 3 });
    await cloud.must('settlement.returnBatch', { batchId, reason: '材料不全' }, city.reviewers[0]);
    const { jobId: id = '' } = (await stored(cloud, 'batches', batchId)) as { jobId?: string };
    const other = await newBatch(cloud, city);
    await cloud.must('settlement.addVouchers', { batchId: other, voucherIds }, city.administrator);
    await abandon(id, { cursor: '', done: 0, leaseUntilMs: 0 });

    await fire();

    expect(await stored(cloud, 'jobs', id)).toMatchObject({ status: 'finished', total: 3, done: 3 });
    expect(await stored(cloud, 'vouchers', voucherIds[0] ?? '')).toMatchObject({
      status: 'batched',
      batchId: other,
    });
  });

  it('of a paid batch stops, rather than writes off another sum than was paid', async () => {
    const { batchId } = await aBatch(cloud, city, { status: 'approved' });
    await cloud.must(
      'settlement.payBatch',
      { batchId, paidFen: 100_000, paidOn: dayOf(cloud.nowMs()), reference: batchId },
      city.payer,
    );
    const { jobId: id = '' } = (await stored(cloud, 'batches', batchId)) as { jobId?: string };
    await collection('batches').doc(batchId).update({ status: 'paid', totalFen: 1 });
    await abandon(id, { cursor: '', done: 0, leaseUntilMs: 0 });

    await fire();

    expect(await stored(cloud, 'jobs', id)).toMatchObject({
      status: 'failed',
      failureCode: 'batch_total_differs',
    });
    expect(await stored(cloud, 'batches', batchId)).toMatchObject({ status: 'paid' });
  });
});

describe('jobs over a database in trouble', () => {
  it('end with every voucher made once, whatever answers are lost on the way', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId, people: 2_500, first: 5_000 });
    await cloud.cloud.setDatabaseFaults({ dropAnswerRate: 0.2, failRate: 0.1 });
    const call = { ...city.clerk, requestId: 'an-issue-in-trouble' };
    for (let tried = 0; tried < 10 && !(await cloud.ask('voucher.issue', { classId }, call)).ok; tried++);
    for (let fired = 0; fired < 3; fired++) {
      await fire();
      await cloud.advanceClock(LEASE_MS);
    }
    await cloud.cloud.setDatabaseFaults({});

    await fire();

    const [job] = await jobsOf('classId', classId);
    expect(job).toMatchObject({ status: 'finished', total: 2_500, done: 2_500, refused: 0 });
    expect(
      (await cloud.documents('vouchers')).filter(voucher => voucher['classId'] === classId),
    ).toHaveLength(2_500);
    expect(await stored(cloud, 'templates', templateId)).toMatchObject({
      issuedCount: 2_500,
      reservations: {},
    });
  }, 60_000);
});
