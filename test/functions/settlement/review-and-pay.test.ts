import { randomUUID } from 'node:crypto';
import { MIGRATIONS } from '../../../cloudfunctions/migrations/all';
import { dayOf } from '../../../cloudfunctions/shared/domain/calendar';
import { ok } from '../../../miniprogram/contract/result';
import { startTestCloud, type Caller, type TestCloud } from '../../support/test-cloud';
import { finishJob, insert, seedCity, signedIn, stored, type City } from '../voucher/seed';
import { aBatch, newBatch } from './settle-loop';

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
const payment = (batchId: string, over = {}) => ({
  batchId,
  paidFen: 100_000,
  paidOn: dayOf(cloud.nowMs()),
  reference: `国库-${batchId}`,
  ...over,
});
const setBatch = (batchId: string, fields: object) =>
  cloud.sdk().database().collection('batches').doc(batchId).update(fields);
const personKeyOfCaller = async (caller: Caller) =>
  ((await stored(cloud, 'accounts', caller.openid)) as { personKey: string }).personKey;

describe('settlement.submitBatch', () => {
  it('fixes count and total from the vouchers, and answers its repetition the same', async () => {
    const { batchId } = await aBatch(cloud, city);
    const draft = await cloud.must('settlement.getBatch', { batchId }, city.administrator);
    const call = { ...city.administrator, requestId: randomUUID() };

    const first = await cloud.ask('settlement.submitBatch', { batchId }, call);
    const repeated = await cloud.ask('settlement.submitBatch', { batchId }, call);
    const second = await cloud.ask('settlement.submitBatch', { batchId }, city.administrator);

    expect(draft).toMatchObject({ status: 'draft', count: 2, totalFen: 100_000 });
    expect(first).toMatchObject({ ok: true, data: { status: 'submitted', count: 2, totalFen: 100_000 } });
    expect(repeated).toEqual(first);
    expect(second).toEqual(refused('batch_not_draft'));
  });

  it('refuses an empty batch and does not find another institution’s', async () => {
    const batchId = await newBatch(cloud, city);

    expect(await cloud.ask('settlement.submitBatch', { batchId }, city.administrator)).toEqual(
      refused('batch_empty'),
    );
    expect(await cloud.ask('settlement.submitBatch', { batchId }, city.otherAdministrator)).toEqual(
      refused('batch_not_found'),
    );
  });
});

describe('settlement.reviewBatch, settlement.approveBatch and settlement.payBatch', () => {
  it('lead through two reviews and payment to the write-off, each by another person (notice 三(六))', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'approved' });
    const call = { ...city.payer, requestId: randomUUID() };

    const paid = await cloud.ask('settlement.payBatch', payment(batchId), call);
    const repeated = await cloud.ask('settlement.payBatch', payment(batchId), call);
    const batch = await cloud.must('settlement.getBatch', { batchId }, city.administrator);
    const job = await cloud.must('settlement.getJob', { jobId: batch.jobId ?? '' }, city.payer);

    expect(batch.job).toEqual(job);
    expect(paid).toMatchObject({ ok: true, data: { status: 'settled', paidFen: 100_000 } });
    expect(repeated).toEqual(paid);
    expect(batch.history.map(({ command, by }) => `${command} ${by}`)).toEqual([
      'create administrator',
      'submit administrator',
      'review reviewer',
      'approve reviewer',
      'pay payer',
      'settle system',
    ]);
    expect(job).toMatchObject({ kind: 'settle', status: 'finished', total: 2, done: 2 });
    expect(await stored(cloud, 'vouchers', voucherIds[0] ?? '')).toMatchObject({
      status: 'settled',
      batchId,
    });
    const items = await cloud.must('settlement.listItems', { batchId }, city.payer);
    expect(items.items).toHaveLength(2);
  });

  it('are refused to whoever took an earlier step', async () => {
    const { batchId } = await aBatch(cloud, city, { status: 'submitted' });
    const history = (await stored(cloud, 'batches', batchId))?.['history'] as { by: { personKey: string } }[];
    const both = await signedIn(
      cloud,
      346_000,
      { role: 'reviewer', cityCode: '3701' },
      { role: 'payer', cityCode: '3701' },
    );
    await cloud.must('settlement.reviewBatch', { batchId }, both);

    expect(await cloud.ask('settlement.approveBatch', { batchId }, both)).toEqual(
      refused('batch_same_person'),
    );
    await cloud.must('settlement.approveBatch', { batchId }, city.reviewers[0]);
    expect(await cloud.ask('settlement.payBatch', payment(batchId), both)).toEqual(
      refused('batch_same_person'),
    );
    const maker = await aBatch(cloud, city, { status: 'submitted' });
    const reviewer = await personKeyOfCaller(city.reviewers[0]);
    await setBatch(maker.batchId, {
      history: history.map(step => ({ ...step, by: { ...step.by, personKey: reviewer } })),
    });
    expect(await cloud.ask('settlement.reviewBatch', { batchId: maker.batchId }, city.reviewers[0])).toEqual(
      refused('batch_same_person'),
    );
  });

  it('need the state before them, and a batch of the own city', async () => {
    const { batchId } = await aBatch(cloud, city, { people: 1 });

    expect(await cloud.ask('settlement.reviewBatch', { batchId }, city.reviewers[0])).toEqual(
      refused('batch_not_submitted'),
    );
    expect(await cloud.ask('settlement.approveBatch', { batchId }, city.reviewers[0])).toEqual(
      refused('batch_not_reviewed'),
    );
    expect(await cloud.ask('settlement.payBatch', payment(batchId), city.payer)).toEqual(
      refused('batch_not_approved'),
    );
    expect(await cloud.ask('settlement.reviewBatch', { batchId }, foreign.reviewers[0])).toEqual(
      refused('batch_not_found'),
    );
    expect(await cloud.ask('settlement.approveBatch', { batchId }, foreign.reviewers[0])).toEqual(
      refused('batch_not_found'),
    );
    expect(await cloud.ask('settlement.payBatch', payment(batchId), foreign.payer)).toEqual(
      refused('batch_not_found'),
    );
  });

  it('hold the totals against the vouchers themselves', async () => {
    const { batchId } = await aBatch(cloud, city, { status: 'reviewed' });
    await setBatch(batchId, { totalFen: 100_001 });

    expect(await cloud.ask('settlement.approveBatch', { batchId }, city.reviewers[1])).toEqual(
      refused('batch_total_differs'),
    );
    await setBatch(batchId, { totalFen: 100_000 });
    await cloud.must('settlement.approveBatch', { batchId }, city.reviewers[1]);
    await setBatch(batchId, { count: 3 });
    expect(await cloud.ask('settlement.payBatch', payment(batchId), city.payer)).toEqual(
      refused('batch_total_differs'),
    );
  });

  it.each([
    [{ paidFen: 99_999 }, { code: 'paid_amount_differs', data: { totalFen: 100_000 } }],
    [{ paidOn: '2026-02-30' }, { code: 'invalid_input', data: { fields: ['paidOn'] } }],
    [{ paidFen: 0.5 }, { code: 'invalid_input', data: { fields: ['paidFen'] } }],
    [{ reference: '\u200b' }, { code: 'invalid_input', data: { fields: ['reference'] } }],
    [{ reference: '' }, { code: 'invalid_input', data: { fields: ['reference'] } }],
  ])('refuse a payment with %j', async (over, error) => {
    const { batchId } = await aBatch(cloud, city, { status: 'approved' });

    expect(await cloud.ask('settlement.payBatch', payment(batchId, over), city.payer)).toEqual({
      ok: false,
      error,
    });
    expect(await stored(cloud, 'batches', batchId)).toMatchObject({ status: 'approved' });
  });

  it('pay once, however many tap at once', async () => {
    const { batchId } = await aBatch(cloud, city, { status: 'approved' });

    const results = await Promise.all(
      Array.from({ length: 8 }, () => cloud.ask('settlement.payBatch', payment(batchId), city.payer)),
    );

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(
      (await cloud.documents('jobs')).filter(job => job['batchId'] === batchId && job['kind'] === 'settle'),
    ).toHaveLength(1);
  });
});

describe('settlement.removeItem', () => {
  const removal = (batchId: string, voucherId = '') => ({ batchId, voucherId, reason: '缺勤' });

  it('is the institution’s while the batch is a draft, and the city’s under review', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { people: 3 });
    const [first, second, third] = voucherIds;

    expect(await cloud.ask('settlement.removeItem', removal(batchId, first), city.reviewers[0])).toEqual(
      refused('batch_not_submitted'),
    );
    expect(
      await cloud.ask('settlement.removeItem', removal(batchId, first), city.administrator),
    ).toMatchObject({
      ok: true,
      data: { command: 'unbatch', status: 'used' },
    });
    await cloud.must('settlement.submitBatch', { batchId }, city.administrator);
    expect(await cloud.ask('settlement.removeItem', removal(batchId, second), city.administrator)).toEqual(
      refused('batch_not_draft'),
    );
    expect(
      await cloud.ask('settlement.removeItem', removal(batchId, second), city.reviewers[0]),
    ).toMatchObject({ ok: true });
    expect(await cloud.must('settlement.getBatch', { batchId }, city.payer)).toMatchObject({
      count: 1,
      totalFen: 50_000,
    });
    expect(
      await cloud.ask('settlement.removeItem', removal(batchId, third), city.reviewers[0]),
    ).toMatchObject({ ok: true });
    expect(await cloud.ask('settlement.reviewBatch', { batchId }, city.reviewers[0])).toEqual(
      refused('batch_empty'),
    );
  });

  it('reduces count and total once, also when its request is repeated', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'submitted' });
    const call = { ...city.reviewers[0], requestId: randomUUID() };

    const first = await cloud.ask('settlement.removeItem', removal(batchId, voucherIds[0]), call);
    const repeated = await cloud.ask('settlement.removeItem', removal(batchId, voucherIds[0]), call);
    const other = await cloud.ask(
      'settlement.removeItem',
      removal(batchId, voucherIds[0]),
      city.reviewers[0],
    );

    expect(repeated).toEqual(first);
    expect(other).toEqual(refused('voucher_not_in_batch'));
    expect(await stored(cloud, 'batches', batchId)).toMatchObject({
      count: 1,
      totalFen: 50_000,
      removals: [{ reason: '缺勤' }],
    });
  });

  it('takes batch and voucher together: lost answers and failures in between leave no difference', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'submitted', people: 3 });
    const [first, second, third] = voucherIds;
    const remove = (id: string | undefined) =>
      cloud.ask('settlement.removeItem', removal(batchId, id), city.reviewers[0]);

    await cloud.cloud.setDatabaseFaults({ dropAnswerNext: 1, action: 'database.commitTransaction' });
    const lost = await remove(first);
    await cloud.cloud.setDatabaseFaults({ conflictNext: 2 });
    const contested = await remove(second);
    await cloud.cloud.setDatabaseFaults({
      failRate: 1,
      collection: 'vouchers',
      action: 'database.modifyDocument',
    });
    const failed = await remove(third);
    await cloud.cloud.setDatabaseFaults({});

    expect(lost).toMatchObject({ ok: true });
    expect(contested).toMatchObject({ ok: true });
    expect(failed).toEqual(refused('service_busy'));
    expect(await stored(cloud, 'batches', batchId)).toMatchObject({ count: 1, totalFen: 50_000 });
    expect(await stored(cloud, 'vouchers', third ?? '')).toMatchObject({ status: 'batched' });
    await cloud.must('settlement.reviewBatch', { batchId }, city.reviewers[0]);
    expect(await cloud.ask('settlement.approveBatch', { batchId }, city.reviewers[1])).toMatchObject({
      ok: true,
    });
  });

  it('never races a submission into a difference', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { people: 4 });

    await Promise.all([
      ...voucherIds
        .slice(0, 3)
        .map(id => cloud.ask('settlement.removeItem', removal(batchId, id), city.administrator)),
      cloud.ask('settlement.submitBatch', { batchId }, city.administrator),
    ]);
    await cloud.ask('settlement.submitBatch', { batchId }, city.administrator);
    await cloud.must('settlement.reviewBatch', { batchId }, city.reviewers[0]);

    expect(await cloud.ask('settlement.approveBatch', { batchId }, city.reviewers[1])).toMatchObject({
      ok: true,
    });
  });

  it('does not find what is elsewhere', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { people: 1 });
    const other = await newBatch(cloud, city);

    expect(
      await cloud.ask('settlement.removeItem', removal(other, voucherIds[0]), city.administrator),
    ).toEqual(refused('voucher_not_in_batch'));
    expect(await cloud.ask('settlement.removeItem', removal(batchId, 'nothing'), city.administrator)).toEqual(
      refused('voucher_not_in_batch'),
    );
    expect(
      await cloud.ask('settlement.removeItem', removal(batchId, voucherIds[0]), city.otherAdministrator),
    ).toEqual(refused('batch_not_found'));
    expect(
      await cloud.ask('settlement.removeItem', removal('nothing', voucherIds[0]), city.administrator),
    ).toEqual(refused('batch_not_found'));
  });
});

describe('settlement.getBatch, settlement.listBatches, settlement.listItems and settlement.getJob', () => {
  it('show a batch to its institution and its city, in two requests a list', async () => {
    const { batchId } = await aBatch(cloud, city, { status: 'submitted' });
    const masked = expect.stringMatching(/^.\*.$/) as unknown;
    const isListed = (result: { ok: boolean; data?: { items: { id: string }[] } }) =>
      result.data?.items.some(({ id }) => id === batchId) ?? false;
    const list = (caller: Caller, input = {}) => cloud.call('settlement.listBatches', input, caller);

    for (const caller of [city.administrator, city.reviewers[0], city.payer, city.province]) {
      const { result, databaseRequests } = await list(caller, { status: 'submitted' });
      const items = await cloud.call('settlement.listItems', { batchId }, caller);
      expect(databaseRequests).toBeLessThanOrEqual(2);
      expect(items.databaseRequests).toBeLessThanOrEqual(2);
      expect(isListed(result)).toBe(true);
      expect(items.result).toMatchObject({
        ok: true,
        data: { items: [{ holderName: masked, amountFen: 50_000 }, {}] },
      });
    }
    for (const caller of [city.otherAdministrator, foreign.reviewers[0]]) {
      expect(isListed((await list(caller)).result)).toBe(false);
      expect(isListed((await list(caller, { institutionId: city.institutionId })).result)).toBe(false);
      expect(await cloud.ask('settlement.getBatch', { batchId }, caller)).toEqual(refused('batch_not_found'));
      expect(await cloud.ask('settlement.listItems', { batchId }, caller)).toEqual(
        refused('batch_not_found'),
      );
    }
    expect(await cloud.ask('settlement.listItems', { batchId: 'nothing' }, city.payer)).toEqual(
      refused('batch_not_found'),
    );
  });

  it('count what waits for who asks, in the one request that reads the account', async () => {
    await aBatch(cloud, city, { status: 'submitted' });
    const stored = await cloud.documents('batches');
    const inStatus = (status: string) => stored.filter(each => each['status'] === status).length;
    const count = (caller: Caller) =>
      cloud.call('settlement.countWaiting', { cityCodes: [city.cityCode, foreign.cityCode] }, caller);
    const counts = (review: number, approve: number, pay: number) =>
      ok({
        items: [
          { command: 'review', count: review },
          { command: 'approve', count: approve },
          { command: 'pay', count: pay },
        ],
      });

    const ofReviewer = await count(city.reviewers[0]);

    expect(inStatus('submitted')).toBeGreaterThan(0);
    expect(ofReviewer.databaseRequests).toBe(1);
    expect(ofReviewer.result).toEqual(counts(inStatus('submitted'), inStatus('reviewed'), 0));
    expect((await count(city.payer)).result).toEqual(counts(0, 0, inStatus('approved')));
    expect((await count(foreign.reviewers[0])).result).toEqual(counts(0, 0, 0));
    expect((await count(city.clerk)).result).toEqual(refused('role_not_allowed'));
  });

  it('show a batch with its last job in the one request that reads the account', async () => {
    const empty = await newBatch(cloud, city);
    const { batchId } = await aBatch(cloud, city, { status: 'submitted' });
    const read = (id: string) => cloud.call('settlement.getBatch', { batchId: id }, city.payer);
    const { jobId = '' } = await cloud.must('settlement.getBatch', { batchId }, city.payer);
    const job = await cloud.must('settlement.getJob', { jobId }, city.payer);

    expect(await read(batchId)).toMatchObject({ databaseRequests: 1, result: { ok: true, data: { job } } });
    expect(job).toMatchObject({ kind: 'import_codes', status: 'finished' });
    // Of a draft the totals are counted as well.
    const draft = await read(empty);
    expect(draft).toMatchObject({ databaseRequests: 2, databaseTrips: 2, result: { ok: true } });
    expect(draft.result.ok && 'job' in draft.result.data).toBe(false);
  });

  it('show jobs of settlement only, and to no stranger', async () => {
    const { batchId } = await aBatch(cloud, city, { people: 1 });
    const { jobId = '' } = await cloud.must('settlement.getBatch', { batchId }, city.administrator);

    expect(await cloud.ask('settlement.getJob', { jobId }, city.clerk)).toMatchObject({ ok: true });
    expect(await cloud.ask('voucher.getJob', { jobId }, city.clerk)).toEqual(refused('job_not_found'));
    expect(await cloud.ask('settlement.getJob', { jobId }, foreign.clerk)).toEqual(refused('job_not_found'));
    expect(await cloud.ask('settlement.listJobRefusals', { jobId }, city.otherAdministrator)).toEqual(
      refused('job_not_found'),
    );
  });
});

describe('a big batch', () => {
  const COUNT = 3_500;

  it('is written off with at most one database request per 100 vouchers', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'approved', people: 1 });
    const { _id: _own, ...model } = (await stored(cloud, 'vouchers', voucherIds[0] ?? '')) ?? {};
    const copies = Array.from({ length: COUNT - 1 }, (_, at) => ({
      ...model,
      id: `copy-${at}`,
      code: `copy-${at}`,
      reference: `copy-${at}`,
    }));
    await insert(cloud, 'vouchers', copies);
    const totalFen = COUNT * 50_000;
    await setBatch(batchId, { count: COUNT, totalFen });
    // What the timer does once and for all, and what it looks at in every round, is not the batch's.
    const fireTimer = async () => (await cloud.cloud.fireTimer('timer')).databaseRequests;
    for (const _migration of MIGRATIONS) await fireTimer();
    const idleRequests = await fireTimer();

    const paid = await cloud.call('settlement.payBatch', payment(batchId, { paidFen: totalFen }), city.payer);
    let requests = paid.databaseRequests;
    const { jobId = '' } = await cloud.must('settlement.getBatch', { batchId }, city.payer);
    while ((await cloud.must('settlement.getJob', { jobId }, city.payer)).status === 'running')
      requests += (await fireTimer()) - idleRequests;

    expect((requests / COUNT) * 100).toBeLessThanOrEqual(1);
    const job = await finishJob(
      cloud,
      city.payer,
      await cloud.must('settlement.getJob', { jobId }, city.payer),
    );
    expect(job).toMatchObject({ status: 'finished', total: COUNT, done: COUNT });
    expect(await cloud.must('settlement.getBatch', { batchId }, city.payer)).toMatchObject({
      status: 'settled',
    });
  }, 60_000);
});
