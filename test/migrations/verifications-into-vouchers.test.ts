import { MIGRATIONS } from '../../cloudfunctions/migrations/all';
import { listFiles } from '../architecture/sources';
import { seedCity, seedHolding, useVoucher, type City } from '../functions/voucher/seed';
import { startTestCloud, type TestCloud } from '../support/test-cloud';

const NAME = '0001-verifications-into-vouchers';
const VOUCHERS = 3;

let cloud: TestCloud;
let city: City;
let voucherIds: string[];

/** As an older version left it: the voucher names no verification, a record of its own tells of it. */
async function makeOlder(voucherId: string): Promise<void> {
  const db = cloud.sdk().database();
  const { data } = (await db.collection('vouchers').where({ _id: voucherId }).get()) as {
    data: Record<string, unknown>[];
  };
  const voucher = data[0] ?? {};
  await db.collection('verifications').add({
    _id: voucher['verificationId'],
    version: 1,
    institutionId: voucher['institutionId'],
    cityCode: voucher['cityCode'],
    by: voucher['usedBy'],
    atMs: voucher['usedAtMs'],
    outcome: 'accepted',
    way: 'qr',
    voucherId,
    classId: voucher['classId'],
    className: voucher['className'],
    holderNameCipher: voucher['holderNameCipher'],
  });
  await db.collection('vouchers').doc(voucherId).update({ verificationId: db.command.remove() });
}

const listAll = () =>
  cloud.must('verification.listVerifications', { institutionId: city.institutionId }, city.administrator);
const countToday = () =>
  cloud.must('verification.countToday', { institutionId: city.institutionId }, city.administrator);
const recorded = async () => (await cloud.documents('verifications')).map(({ _id }) => _id);
const job = async () => (await cloud.documents('jobs')).find(({ _id }) => _id === `migrate-${NAME}`);

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  const holding = await seedHolding(cloud, city, { people: VOUCHERS });
  voucherIds = holding.voucherIds;
  for (const [position, voucherId] of voucherIds.entries()) {
    const worker = holding.workers[position];
    if (worker) await useVoucher(cloud, city, worker, voucherId);
  }
  for (const voucherId of voucherIds) await makeOlder(voucherId);
});
afterAll(() => cloud.stop());

test('every migration is run, in the order of its number', () => {
  const files = listFiles('cloudfunctions/migrations')
    .map(path => path.slice('cloudfunctions/migrations/'.length, -'.ts'.length))
    .filter(name => /^\d{4}-/.test(name));

  expect(MIGRATIONS.map(({ name }) => name)).toEqual(files.sort());
});

test('verifications of an older version are listed, counted and taken back as before', async () => {
  const [first = ''] = voucherIds;
  const { items } = await listAll();

  expect(items.map(({ outcome, voucherId }) => [outcome, voucherId])).toEqual(
    [...voucherIds].reverse().map(id => ['accepted', id]),
  );
  expect(await countToday()).toEqual({ acceptedCount: VOUCHERS });

  await cloud.must('verification.reverse', { voucherId: first, reason: '扫错人' }, city.administrator);
  expect((await listAll()).items.at(-1)).toMatchObject({
    voucherId: first,
    reversedAtMs: expect.any(Number) as number,
  });
  expect(await countToday()).toEqual({ acceptedCount: VOUCHERS - 1 });
});

test('the migration moves valid verifications into their vouchers, and nothing changes on the screen', async () => {
  const [before, count] = [await listAll(), await countToday()];
  // As if it had been killed between its two writes: the voucher names the verification, the record is still there.
  const halfMoved = before.items[0];
  await cloud
    .sdk()
    .database()
    .collection('vouchers')
    .doc(halfMoved?.voucherId ?? '')
    .update({ verificationId: halfMoved?.id });

  expect(await listAll()).toEqual(before);
  await cloud.cloud.fireTimer('timer');

  expect(await job()).toMatchObject({
    status: 'finished',
    done: VOUCHERS - 1,
    before: { left: VOUCHERS - 1, named: 1 },
    after: { left: 0, named: VOUCHERS - 1 },
  });
  expect(await recorded()).toEqual([before.items.at(-1)?.id]);
  expect(await listAll()).toEqual(before);
  expect(await countToday()).toEqual(count);
});

test('the migration runs once', async () => {
  const ended = await job();

  await cloud.cloud.fireTimer('timer');

  expect(await job()).toEqual(ended);
});
