import { dayOf } from '../../../cloudfunctions/shared/domain/calendar';
import { FEN_MAX } from '../../../miniprogram/contract/fen';
import { refused } from '../../support/refused';
import { startTestCloud, type Caller, type TestCloud } from '../../support/test-cloud';
import { codesOf, finishJob, insert, seedCity, stored, type City } from '../voucher/seed';
import { aBatch, codeFile, importAll, newBatch, usedVouchers } from './settle-loop';

const DAY_MS = 24 * 60 * 60 * 1000;

let cloud: TestCloud;
let city: City;
let foreign: City;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  foreign = await seedCity(cloud, '3702');
});
afterAll(() => cloud.stop());

const collection = (name: string) => cloud.sdk().database().collection(name);
const pay = (batchId: string, over: object = {}, caller: Caller = city.payer) =>
  cloud.ask(
    'settlement.payBatch',
    { batchId, paidFen: 100_000, paidOn: dayOf(cloud.nowMs()), reference: `ZF-${batchId}`, ...over },
    caller,
  );
const recall = (batchId: string, caller: Caller = city.payer) =>
  cloud.ask('settlement.returnBatch', { batchId, reason: '银行退票' }, caller);
const statusOf = async (batchId: string) => (await stored(cloud, 'batches', batchId))?.['status'];
const statusesOf = (voucherIds: readonly string[]) =>
  Promise.all(voucherIds.map(async id => (await stored(cloud, 'vouchers', id))?.['status']));

describe('a bank reference', () => {
  it.each(['zf-a-1', ' ZF - A - 1', 'ＺＦ－Ａ－１', 'ZF–A–1'])(
    'that paid a batch does not pay another as %j',
    async text => {
      const [first, second] = [
        await aBatch(cloud, city, { status: 'approved' }),
        await aBatch(cloud, city, { status: 'approved' }),
      ];
      const reference = text.replace(/[1１]$/, first.batchId.toLowerCase());
      const { number } = await cloud.must('settlement.getBatch', { batchId: first.batchId }, city.payer);

      expect(await pay(first.batchId, { reference: `ZF-A-${first.batchId}` })).toMatchObject({ ok: true });
      expect(await pay(second.batchId, { reference })).toEqual({
        ok: false,
        error: { code: 'payment_reference_used', data: { batchNumber: number } },
      });
      expect(await statusOf(second.batchId)).toBe('approved');
      expect(await pay(second.batchId)).toMatchObject({ ok: true });
    },
  );

  it('pays one of several batches, however many ask at once; another city has its own', async () => {
    const batches = [
      await aBatch(cloud, city, { status: 'approved' }),
      await aBatch(cloud, city, { status: 'approved' }),
      await aBatch(cloud, city, { status: 'approved' }),
    ];
    const abroad = await aBatch(cloud, foreign, { status: 'approved' });

    const results = await Promise.all(batches.map(({ batchId }) => pay(batchId, { reference: 'ZF-ONE' })));

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of results.filter(({ ok }) => !ok))
      expect(result).toEqual(refused('payment_reference_used'));
    expect(await pay(abroad.batchId, { reference: 'ZF-ONE' }, foreign.payer)).toMatchObject({ ok: true });
  });
});

describe('the day of a payment', () => {
  it('lies between the approval and today', async () => {
    const { batchId } = await aBatch(cloud, city, { status: 'approved' });
    const [approvedOn, before, after] = [0, -DAY_MS, DAY_MS].map(ms => dayOf(cloud.nowMs() + ms));
    const wrong = { code: 'payment_day_out_of_range', data: { approvedOn, today: approvedOn } };

    for (const paidOn of [before, after, '2999-01-01'])
      expect(await pay(batchId, { paidOn })).toEqual({ ok: false, error: wrong });
    expect(await pay(batchId, { paidOn: approvedOn })).toMatchObject({ ok: true });
  });
});

describe('a batch that was emptied under review', () => {
  it('is neither approved nor paid, and can be returned', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'reviewed', people: 1 });
    const [voucherId = ''] = voucherIds;
    await cloud.must('settlement.removeItem', { batchId, voucherId, reason: '重复' }, city.reviewers[1]);
    const empty = { ok: false, error: { code: 'batch_empty', data: { underReview: true } } };

    expect(await cloud.ask('settlement.approveBatch', { batchId }, city.reviewers[1])).toEqual(empty);
    await collection('batches').doc(batchId).update({ status: 'approved' });
    expect(await pay(batchId, { paidFen: 0, paidOn: dayOf(cloud.nowMs()) })).not.toMatchObject({ ok: true });
    await collection('batches').doc(batchId).update({ status: 'reviewed' });
    expect(
      await cloud.ask('settlement.returnBatch', { batchId, reason: '没有券' }, city.reviewers[1]),
    ).toMatchObject({ ok: true, data: { status: 'returned' } });
  });
});

describe('amounts beyond any sum', () => {
  it('are refused row by row before they are added up', async () => {
    const voucherIds = await usedVouchers(cloud, city, 3);
    for (const id of voucherIds.slice(0, 2))
      await collection('vouchers').doc(id).update({ amountFen: FEN_MAX });
    const batchId = await newBatch(cloud, city);
    const fileId = await codeFile(cloud, city, await codesOf(cloud, voucherIds));

    const report = await cloud.must('settlement.checkCodes', { batchId, fileId }, city.administrator);
    const job = await importAll(cloud, city, { batchId, voucherIds });

    expect(report).toMatchObject({ good: 1, bad: 2 });
    expect(job).toMatchObject({ done: 1, refused: 2, refusedByCode: { batch_total_too_large: 2 } });
    expect(await cloud.must('settlement.submitBatch', { batchId }, city.administrator)).toMatchObject({
      count: 1,
      totalFen: FEN_MAX,
    });
  });

  it('that are stored already can be looked at and taken out, not submitted', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city);
    for (const id of voucherIds) await collection('vouchers').doc(id).update({ amountFen: FEN_MAX });
    const submit = () => cloud.ask('settlement.submitBatch', { batchId }, city.administrator);

    expect(await submit()).toEqual(refused('batch_total_too_large'));
    expect(await cloud.must('settlement.getBatch', { batchId }, city.administrator)).toMatchObject({
      count: 2,
    });
    const removal = { batchId, voucherId: voucherIds[0] ?? '', reason: '金额有误' };
    await cloud.must('settlement.removeItem', removal, city.administrator);
    expect(await submit()).toMatchObject({ ok: true });
  });
});

describe('an approved batch that cannot be paid', () => {
  it('is returned by the payer with a reason; its vouchers enter another batch', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'approved' });

    expect(await recall(batchId, city.reviewers[0])).toEqual(refused('batch_not_returnable'));
    const returned = await recall(batchId);
    expect(returned).toMatchObject({ ok: true, data: { status: 'returned' } });
    expect(returned.ok && returned.data.history.at(-1)).toMatchObject({
      command: 'return',
      by: 'payer',
      reason: '银行退票',
    });
    expect(await statusesOf(voucherIds)).toEqual(['used', 'used']);
    expect(await pay(batchId)).toEqual(refused('batch_not_approved'));
    const next = await newBatch(cloud, city);
    expect(await importAll(cloud, city, { batchId: next, voucherIds })).toMatchObject({ done: 2 });
  });

  it('is not the payer’s before the approval, nor once it is paid', async () => {
    const early = await aBatch(cloud, city, { status: 'reviewed' });
    const paid = await aBatch(cloud, city, { status: 'approved' });
    await pay(paid.batchId);

    expect(await recall(early.batchId)).toEqual(refused('batch_not_approved'));
    expect(await recall(paid.batchId)).toEqual(refused('batch_not_returnable'));
    expect(await recall(early.batchId, foreign.payer)).toEqual(refused('batch_not_found'));
  });

  it('is either paid or returned, whoever asks at once, and its vouchers with it', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'approved' });

    const results = await Promise.all([pay(batchId), recall(batchId), pay(batchId), recall(batchId)]);

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const isPaid = (await statusOf(batchId)) !== 'returned';
    for (let fired = 0; fired < 3; fired++) await cloud.cloud.fireTimer('timer');
    expect(await statusesOf(voucherIds)).toEqual(Array(2).fill(isPaid ? 'settled' : 'used'));
  });

  it('gives its vouchers back although the function dies before the job is there', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'approved' });
    await cloud.cloud.setDatabaseFaults({
      failRate: 1,
      collection: 'jobs',
      action: 'database.insertDocument',
    });
    const cutOff = await recall(batchId);
    await cloud.cloud.setDatabaseFaults({});

    expect(cutOff).toEqual(refused('service_busy'));
    expect(await stored(cloud, 'batches', batchId)).toMatchObject({
      status: 'returned',
      jobToStart: { kind: 'unbatch' },
    });
    expect(await pay(batchId)).toEqual(refused('batch_not_approved'));
    await cloud.cloud.fireTimer('timer');
    await cloud.cloud.fireTimer('timer');
    expect(await statusesOf(voucherIds)).toEqual(['used', 'used']);
  });
});

describe('the room in a batch', () => {
  it('is judged again by the write that lets an import in', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { people: 1 });
    const { _id: _own, ...model } = (await stored(cloud, 'vouchers', voucherIds[0] ?? '')) ?? {};
    const copy = (at: number) => ({
      ...model,
      id: `full-${at}`,
      code: `full-${at}`,
      reference: `full-${at}`,
    });
    await insert(
      cloud,
      'vouchers',
      Array.from({ length: 9_997 }, (_, at) => copy(at)),
    );
    const more = await usedVouchers(cloud, city, 2);
    const fileId = await codeFile(cloud, city, await codesOf(cloud, more));
    const inputs = (await cloud.documents('jobInputs')).length;
    // Whoever writes to the batch waits until this transaction has ended.
    const transaction = await cloud.sdk().database().startTransaction();
    await transaction.collection('batches').doc(batchId).update({ version: 1_000 });

    const importing = cloud.ask('settlement.importCodes', { batchId, fileId }, city.administrator);
    while ((await cloud.documents('jobInputs')).length === inputs);
    // It has found room for two. Meanwhile another import brings one.
    await insert(cloud, 'vouchers', [copy(9_997)]);
    await transaction.commit();

    expect(await importing).toEqual({
      ok: false,
      error: { code: 'batch_full', data: { itemsMax: 10_000, takenCount: 9_999 } },
    });
    expect(await statusesOf(more)).toEqual(['used', 'used']);
  }, 60_000);

  it('is told when a file is checked', async () => {
    const [full] = (await cloud.documents('vouchers')).filter(({ _id }) => _id === 'full-0');
    const batchId = String(full?.['batchId']);
    const more = await usedVouchers(cloud, city, 2);
    const fileId = await codeFile(cloud, city, await codesOf(cloud, more));

    expect(await cloud.ask('settlement.checkCodes', { batchId, fileId }, city.administrator)).toEqual(
      refused('batch_full'),
    );
  });
});

describe('a submission', () => {
  it('counts what is in the batch when it is written, not when it was read', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { people: 3 });
    const results = await Promise.all([
      cloud.ask('settlement.submitBatch', { batchId }, city.administrator),
      cloud.ask(
        'settlement.addVouchers',
        { batchId, voucherIds: await usedVouchers(cloud, city, 1) },
        city.administrator,
      ),
      cloud.ask(
        'settlement.removeItem',
        { batchId, voucherId: voucherIds[0] ?? '', reason: '缺勤' },
        city.administrator,
      ),
    ]);
    const [, added] = results;
    if (added.ok) await finishJob(cloud, city.administrator, added.data);
    await cloud.ask('settlement.submitBatch', { batchId }, city.administrator);

    await cloud.must('settlement.reviewBatch', { batchId }, city.reviewers[0]);
    expect(await cloud.ask('settlement.approveBatch', { batchId }, city.reviewers[1])).toMatchObject({
      ok: true,
    });
  });
});
