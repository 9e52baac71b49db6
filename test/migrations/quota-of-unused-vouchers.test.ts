import {
  seedCity,
  seedHolding,
  stored,
  useVoucher,
  type City,
  type Holding,
} from '../functions/voucher/seed';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

const NAME = '0003-quota-of-unused-vouchers';
const AMOUNT_FEN = 50_000;

let cloud: TestCloud;
let city: City;
let holding: Holding;

const job = async () => (await cloud.documents('jobs')).find(({ _id }) => _id === `migrate-${NAME}`);
const setVoucher = (at: number, fields: object) =>
  cloud
    .sdk()
    .database()
    .collection('vouchers')
    .doc(holding.voucherIds[at] ?? '')
    .update(fields);
const taken = async () => {
  const { issuedCount, committedFen } = (await stored(cloud, 'templates', holding.templateId)) ?? {};
  return { issuedCount, committedFen };
};

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  holding = await seedHolding(cloud, city, { people: 5 });
  await useVoucher(cloud, city, holding.workers[0] ?? city.clerk, holding.voucherIds[0] ?? '');
  // As an older version left them.
  await setVoucher(1, { status: 'voided', voidedAtMs: 1 });
  await setVoucher(2, { status: 'expired', expiredAtMs: 1 });
});
afterAll(() => cloud.stop());

test('what ended unused under an older version gives its share back, beside what ends now', async () => {
  const voucherId = holding.voucherIds[3] ?? '';
  await cloud.must('voucher.void', { voucherId, reason: '名单有误' }, city.clerk);
  const before = await taken();
  // As if it had been killed after it had marked one.
  await setVoucher(1, { quotaDue: true });

  while ((await job())?.['status'] !== 'finished') await cloud.cloud.fireTimer('timer');
  await cloud.cloud.fireTimer('timer');

  expect(before).toEqual({ issuedCount: 4, committedFen: 4 * AMOUNT_FEN });
  expect(await job()).toMatchObject({ done: expect.any(Number) as number, after: { left: 0, told: 3 } });
  expect(await taken()).toEqual({ issuedCount: 2, committedFen: 2 * AMOUNT_FEN });
});

test('the migration runs once', async () => {
  const ended = await job();

  await cloud.cloud.fireTimer('timer');

  expect(await job()).toEqual(ended);
  expect(await taken()).toEqual({ issuedCount: 2, committedFen: 2 * AMOUNT_FEN });
});
