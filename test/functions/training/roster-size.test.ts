import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { createCast, type Cast } from '../../support/callers';
import { aDraftClass } from '../../support/classes';
import { aRoster } from '../../support/uploads';

const MIB = 1024 * 1024;
const ROWS = 10_000;

let cloud: TestCloud;
let cast: Cast;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
}, 60_000);
afterAll(() => cloud.stop());

it('the largest roster is checked and stored within the limits of the function', async () => {
  const { classId } = await aDraftClass(cloud, cast);
  const fileId = await cloud.uploadFile(cast.administrator.openid, aRoster(ROWS), '名册.csv');

  const checked = await cloud.call('training.checkRoster', { classId, fileId }, cast.administrator);
  const imported = await cloud.call('training.importRoster', { classId, fileId }, cast.administrator);

  const good = { rows: ROWS, good: ROWS, bad: 0, badByCode: {}, problems: [] };
  expect(checked.result).toEqual({ ok: true, data: { ...good, added: 0 } });
  expect(imported.result).toEqual({ ok: true, data: { ...good, added: ROWS } });
  expect(imported.durationMs).toBeLessThan(30_000);
  expect(imported.databaseRequests).toBeLessThanOrEqual(80);
  const { heapTotalBytes, externalBytes } = cloud.cloud.memoryOf('training');
  console.log(checked, imported.durationMs, imported.databaseRequests, cloud.cloud.memoryOf('training'));
  expect(heapTotalBytes + externalBytes).toBeLessThan(256 * MIB);
}, 60_000);
