import { refused } from '../support/refused';
import { startTestCloud, type TestCloud } from '../support/test-cloud';
import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import { seedCity, stored, type City } from '../functions/voucher/seed';
import { aBatch } from '../functions/settlement/settle-loop';

const NAME = '0010-payment-references-of-batches';

let cloud: TestCloud;
let city: City;
const batchIds: string[] = [];

const job = async () => (await cloud.documents('jobs')).find(({ _id }) => _id === `migrate-${NAME}`);
const collection = () => cloud.sdk().database().collection('batches');
const keyOf = async (batchId: string) => (await stored(cloud, 'batches', batchId))?.['paymentKey'];

async function pay(batchId: string, reference: string) {
  const payment = { batchId, paidFen: 50_000, paidOn: dayOf(cloud.nowMs()), reference };
  return cloud.ask('settlement.payBatch', payment, city.payer);
}

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  // As an older version left them: the reference as it was typed, twice the same.
  for (const reference of ['ZF-1', 'zf-1 ', 'ZF-2']) {
    const { batchId } = await aBatch(cloud, city, { status: 'approved', people: 1 });
    await pay(batchId, `older-${batchId}`);
    const { command } = cloud.sdk().database();
    await collection().doc(batchId).update({ paymentReference: reference, paymentKey: command.remove() });
    batchIds.push(batchId);
  }
});
afterAll(() => cloud.stop());

test('an older batch is shown as before', async () => {
  const [batchId = ''] = batchIds;

  expect(await cloud.must('settlement.getBatch', { batchId }, city.payer)).toMatchObject({
    status: 'settled',
  });
});

test('the migration reserves each reference for the first batch that names it, and runs once', async () => {
  while ((await job())?.['status'] !== 'finished') await cloud.cloud.fireTimer('timer');
  const ended = await job();
  await cloud.cloud.fireTimer('timer');

  expect(ended).toMatchObject({
    done: 3,
    before: { left: 3, reserved: 0 },
    after: { left: 1, reserved: 2 },
  });
  expect(await job()).toEqual(ended);
  expect(await Promise.all(batchIds.map(keyOf))).toEqual(['3701 ZF-1', undefined, '3701 ZF-2']);
});

test('what an older batch was paid by pays no other', async () => {
  const { batchId } = await aBatch(cloud, city, { status: 'approved', people: 1 });

  expect(await pay(batchId, 'ｚｆ-2')).toEqual(refused('payment_reference_used'));
  expect(await pay(batchId, 'ZF-3')).toMatchObject({ ok: true });
});
