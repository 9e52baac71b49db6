import type { CountyCode } from '../../../miniprogram/contract/counties';
import type { CityRole } from '../../../miniprogram/contract/roles';
import { dayOf } from '../../../cloudfunctions/shared/domain/calendar';
import { refused } from '../../support/refused';
import { startTestCloud, type Caller, type TestCloud } from '../../support/test-cloud';
import { finishJob, seedCity, signedIn, type City } from '../voucher/seed';
import { aBatch } from './settle-loop';

const LICHENG: CountyCode = '370112';
const LIXIA: CountyCode = '370102';

let cloud: TestCloud;
let city: City;
let people = 350_000;

const officer = (role: CityRole, countyCode: CountyCode): Promise<Caller> =>
  signedIn(cloud, people++, { role, cityCode: '3701', countyCode });

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
});
afterAll(() => cloud.stop());

test('a batch of a county is reviewed, approved and paid by its officers, and by nobody of another', async () => {
  const { batchId, voucherIds } = await aBatch(cloud, city);
  const { institutionId, administrator } = city;
  await cloud.must('training.setInstitution', { institutionId, countyCode: LICHENG }, city.clerk);
  const [first, second, payer] = await Promise.all([
    officer('reviewer', LICHENG),
    officer('reviewer', LICHENG),
    officer('payer', LICHENG),
  ]);
  const [reviewerElsewhere, payerElsewhere] = [
    await officer('reviewer', LIXIA),
    await officer('payer', LIXIA),
  ];
  const payment = { batchId, paidFen: 100_000, paidOn: dayOf(cloud.nowMs()), reference: '国库-1' };
  await cloud.must('settlement.submitBatch', { batchId }, administrator);

  for (const name of ['settlement.reviewBatch', 'settlement.approveBatch', 'settlement.listItems'] as const)
    expect(await cloud.ask(name, { batchId }, reviewerElsewhere)).toEqual(refused('batch_not_found'));
  const waiting = { cityCodes: ['3701' as const] };
  expect((await cloud.must('settlement.countWaiting', waiting, first)).items[0]?.count).toBe(1);
  expect((await cloud.must('settlement.countWaiting', waiting, reviewerElsewhere)).items[0]?.count).toBe(0);
  expect((await cloud.must('settlement.listItems', { batchId }, first)).items).toHaveLength(2);
  await cloud.must('settlement.reviewBatch', { batchId }, first);
  await cloud.must('settlement.approveBatch', { batchId }, second);
  expect(await cloud.ask('settlement.payBatch', payment, payerElsewhere)).toEqual(refused('batch_not_found'));
  const paid = await cloud.must('settlement.payBatch', payment, payer);
  const jobId = paid.jobId ?? '';
  await finishJob(cloud, payer, await cloud.must('settlement.getJob', { jobId }, payer));

  expect(await cloud.ask('settlement.getJob', { jobId }, payerElsewhere)).toEqual(refused('job_not_found'));
  expect(await cloud.must('settlement.getBatch', { batchId }, payer)).toMatchObject({
    status: 'settled',
    countyCode: LICHENG,
  });
  expect(await cloud.must('voucher.getVoucher', { voucherId: voucherIds[0] ?? '' }, payer)).toMatchObject({
    status: 'settled',
    countyCode: LICHENG,
  });
});
