import { randomUUID } from 'node:crypto';
import { personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import {
  finishJob,
  publishedTemplate,
  seedCity,
  seedClass,
  seedHolding,
  seedRoster,
  signedInOnce,
  stored,
  useVoucher,
  type City,
} from './seed';

const DAY_MS = 24 * 60 * 60 * 1000;
const AMOUNT_FEN = 50_000;
const reason = '名单有误';

let cloud: TestCloud;
let city: City;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
});
afterEach(() => cloud.cloud.setDatabaseFaults({}));
afterAll(() => cloud.stop());

const collection = (name: string) => cloud.sdk().database().collection(name);
const fire = () => cloud.cloud.fireTimer('timer');

/** What is taken of the template's quota and budget, and whether anything still waits to be given back. */
async function taken(templateId: string) {
  const template = (await stored(cloud, 'templates', templateId)) ?? {};
  const vouchers = (await cloud.documents('vouchers')).filter(each => each['templateId'] === templateId);
  return {
    issuedCount: template['issuedCount'],
    committedFen: template['committedFen'],
    isReturning: template['returning'] !== undefined,
    due: vouchers.filter(each => each['quotaDue'] === true).length,
  };
}

const takenBy = (count: number) => ({
  issuedCount: count,
  committedFen: count * AMOUNT_FEN,
  isReturning: false,
  due: 0,
});

describe('a voucher that ends unused gives its share of quota and budget back', () => {
  it('when it is voided, once, however often the request comes', async () => {
    const { templateId, voucherIds } = await seedHolding(cloud, city, { people: 3 });
    const input = { voucherId: voucherIds[0] ?? '', reason };
    const call = { ...city.clerk, requestId: randomUUID() };

    await cloud.must('voucher.void', input, call);
    await cloud.must('voucher.void', input, call);
    await fire();

    expect(await taken(templateId)).toEqual(takenBy(2));
  });

  it('when many are voided one by one at the same moment', async () => {
    const { templateId, voucherIds } = await seedHolding(cloud, city, { people: 12 });

    await Promise.all(
      voucherIds.map(voucherId => cloud.must('voucher.void', { voucherId, reason }, city.clerk)),
    );
    await fire();

    expect(await taken(templateId)).toEqual(takenBy(0));
  });

  it('when a class is voided, for those alone that were', async () => {
    const { templateId, classId, workers, voucherIds } = await seedHolding(cloud, city, { people: 3 });
    await useVoucher(cloud, city, workers[0] ?? city.clerk, voucherIds[0] ?? '');

    const job = await cloud.must('voucher.voidBatch', { classId, reason }, city.clerk);
    await finishJob(cloud, city.clerk, job);

    expect(await taken(templateId)).toEqual(takenBy(1));
  });

  it('when its time is over, by the timer', async () => {
    const { templateId } = await seedHolding(cloud, city, { people: 2 });
    const offsetMs = cloud.cloud.clockOffsetMs;
    await cloud.advanceClock(91 * DAY_MS);

    await fire();
    await fire();
    await cloud.cloud.setClockOffsetMs(offsetMs);

    expect(await taken(templateId)).toEqual(takenBy(0));
  });

  it('after a kill between any two of its writes', async () => {
    const { templateId, voucherIds } = await seedHolding(cloud, city, { people: 4 });
    const [first = '', second = '', third = ''] = voucherIds;
    const voided = { status: 'voided', voidedAtMs: cloud.nowMs(), quotaDue: true };

    // Killed after the step.
    await collection('vouchers').doc(first).update(voided);
    await fire();
    const afterStep = await taken(templateId);
    // Killed after the return was counted; a further one is voided meanwhile.
    await collection('vouchers').doc(second).update(voided);
    await collection('vouchers').doc(third).update(voided);
    await collection('templates')
      .doc(templateId)
      .update({ issuedCount: 2, committedFen: 2 * AMOUNT_FEN, returning: [second], returnsCount: 2 });
    await fire();
    const afterCount = await taken(templateId);
    // Killed before the return was forgotten.
    await collection('templates')
      .doc(templateId)
      .update({ returning: [second] });
    await fire();
    await cloud.must('voucher.void', { voucherId: voucherIds[3] ?? '', reason }, city.clerk);

    expect(afterStep).toEqual(takenBy(3));
    expect(afterCount).toEqual(takenBy(1));
    expect(await taken(templateId)).toEqual(takenBy(0));
  });

  it('while answers of the database get lost', async () => {
    const { templateId, voucherIds } = await seedHolding(cloud, city, { people: 6 });
    await cloud.cloud.setDatabaseFaults({ dropAnswerNext: 12 });
    for (const voucherId of voucherIds) {
      const call = { ...city.clerk, requestId: randomUUID() };
      const first = await cloud.ask('voucher.void', { voucherId, reason }, call);
      if (!first.ok) await cloud.must('voucher.void', { voucherId, reason }, call);
    }
    await cloud.cloud.setDatabaseFaults({});
    await fire();

    expect(await taken(templateId)).toEqual(takenBy(0));
  });
});

describe('a person whose voucher was voided', () => {
  const voucherIdOf = (ownerId: string, tail = '') => `${ownerId}-${personKeyOf(aPerson(0).idNumber)}${tail}`;

  it('gets a new one in that class, which the roster shows and which can be used', async () => {
    const { classId, templateId, voucherIds, workers } = await seedHolding(cloud, city, { people: 2 });
    await cloud.must('voucher.void', { voucherId: voucherIds[0] ?? '', reason }, city.clerk);

    const job = await cloud.must('voucher.issue', { classId }, city.clerk);
    const again = await cloud.ask('voucher.issue', { classId }, city.clerk);
    const { items } = await cloud.must('training.listRoster', { classId }, city.clerk);
    await useVoucher(cloud, city, workers[0] ?? city.clerk, voucherIdOf(classId, '-2'));

    expect(job).toMatchObject({ status: 'finished', done: 1, refusedByCode: { already_holds_voucher: 1 } });
    expect(again).toEqual(refused('already_holds_voucher'));
    expect(items.map(({ voucherStatus }) => voucherStatus)).toEqual(['issued', 'issued']);
    expect(await taken(templateId)).toEqual(takenBy(2));
  });

  it('gets a third one after the second was voided too, and so does the holder of a 通用券', async () => {
    const templateId = await publishedTemplate(cloud, city, { issueMode: 'general' });
    await seedRoster(cloud, templateId, { people: 1 });
    await signedInOnce(cloud, 0);
    for (const tail of ['-1', '-2']) {
      await cloud.must('voucher.issue', { templateId }, city.clerk);
      await cloud.must('voucher.void', { voucherId: voucherIdOf(templateId, tail), reason }, city.clerk);
    }

    await cloud.must('voucher.issue', { templateId }, city.clerk);

    expect(await stored(cloud, 'vouchers', voucherIdOf(templateId, '-3'))).toMatchObject({
      status: 'issued',
    });
    expect(await taken(templateId)).toEqual(takenBy(1));
  });

  it('gets one only, however many order at once', async () => {
    const { classId, voucherIds } = await seedHolding(cloud, city, { people: 1 });
    await cloud.must('voucher.void', { voucherId: voucherIds[0] ?? '', reason }, city.clerk);

    const jobs = await Promise.all(
      [0, 1, 2, 3].map(() => cloud.ask('voucher.issue', { classId }, city.clerk)),
    );
    for (const job of jobs) if (job.ok) await finishJob(cloud, city.clerk, job.data);

    const made = (await cloud.documents('vouchers')).filter(each => each['classId'] === classId);
    expect(made.map(each => each['status']).sort()).toEqual(['issued', 'voided']);
  });

  it('gets none from the job that made theirs, which runs again after a kill', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId, people: 1 });
    const { id } = await cloud.must('voucher.issue', { classId }, city.clerk);
    await cloud.must('voucher.void', { voucherId: voucherIdOf(classId), reason }, city.clerk);
    await collection('jobs').doc(id).update({ status: 'running', cursor: '', done: 0, leaseUntilMs: 0 });
    await collection('templates')
      .doc(templateId)
      .update({ reservations: { [id]: 1 } });

    await fire();

    expect(await stored(cloud, 'jobs', id)).toMatchObject({ status: 'finished', done: 1 });
    expect(await stored(cloud, 'vouchers', voucherIdOf(classId, '-2'))).toBeUndefined();
  });
});
