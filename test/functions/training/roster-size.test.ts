import { GOOD_ROWS_SHOWN_MAX } from '../../../miniprogram/contract/imports';
import { createCast, type Cast } from '../../support/callers';
import { aDraftClass } from '../../support/classes';
import { aPerson } from '../../support/people';
import { anXlsx } from '../../support/sheets';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { aRoster, ROSTER_HEADER, rosterRow } from '../../support/uploads';

const MIB = 1024 * 1024;
const ROWS = 10_000;

let cloud: TestCloud;
let cast: Cast;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
});
afterAll(() => cloud.stop());

/** Rows that are stored so far. */
const countEntries = async (ownerId: string): Promise<number> => {
  const { total } = await cloud.sdk().database().collection('rosterEntries').where({ ownerId }).count();
  return total as number;
};

const aWorkbook = (rows: number): Promise<Uint8Array> =>
  anXlsx([ROSTER_HEADER, ...Array.from({ length: rows }, (_, at) => rosterRow(aPerson(at)))]);

it('the largest roster is checked, stored and refused again within the limits of the function', async () => {
  const { classId } = await aDraftClass(cloud, cast);
  const { administrator } = cast;
  const fileId = await cloud.uploadFile(administrator.openid, await aWorkbook(ROWS), '名册.xlsx');

  const checked = await cloud.call('training.checkRoster', { classId, fileId }, administrator);
  const imported = await cloud.call('training.importRoster', { classId, fileId }, administrator);
  const again = await cloud.uploadFile(administrator.openid, aRoster(ROWS), '名册.csv');
  const repeated = await cloud.call('training.importRoster', { classId, fileId: again }, administrator);

  const good = { rows: ROWS, good: ROWS, bad: 0, badByCode: {}, problems: [] };
  expect(checked.result).toMatchObject({ ok: true, data: { ...good, added: 0 } });
  expect(checked.result.ok && checked.result.data.goodRows).toHaveLength(GOOD_ROWS_SHOWN_MAX);
  expect(imported.result).toMatchObject({ ok: true, data: { ...good, added: ROWS } });
  expect(repeated.result).toMatchObject({
    ok: true,
    data: { good: 0, bad: ROWS, added: 0, badByCode: { already_on_roster: ROWS } },
  });
  for (const { durationMs, databaseRequests } of [checked, imported, repeated]) {
    expect(durationMs).toBeLessThan(30_000);
    expect(databaseRequests).toBeLessThanOrEqual(60);
  }
  const { heapTotalBytes, externalBytes } = cloud.cloud.memoryOf('training');
  expect(heapTotalBytes + externalBytes).toBeLessThan(256 * MIB);
}, 90_000);

it('an import whose database dies goes on with the same request, and adds everybody once', async () => {
  const { classId } = await aDraftClass(cloud, cast);
  const options = { ...cast.administrator, requestId: 'import-while-it-dies' };
  const fileId = await cloud.uploadFile(options.openid, aRoster(3_000, 20_000), '名册.csv');

  const first = cloud.ask('training.importRoster', { classId, fileId }, options);
  while ((await countEntries(classId)) === 0) continue;
  await cloud.cloud.killDatabase();
  await cloud.cloud.restartDatabase();
  let result = await first;
  for (let tries = 0; !result.ok && tries < 5; tries++) {
    result = await cloud.ask('training.importRoster', { classId, fileId }, options);
  }

  expect(result).toMatchObject({ ok: true, data: { good: 3_000, bad: 0, added: 3_000 } });
  expect(await countEntries(classId)).toBe(3_000);
}, 90_000);
