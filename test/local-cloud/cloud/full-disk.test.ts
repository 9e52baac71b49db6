/** A disk that is full, read-only or not this user's: whoever asked is told why, and what was kept before stays. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudClock } from '../../../local/cloud/clock';
import { DataFolder } from '../../../local/cloud/data-folder';
import { post, startTestCloud, stopTestCloud } from './test-cloud';

const DAY_MS = 24 * 3600 * 1000;

it('an upload that cannot be stored is answered with the cause', async () => {
  const cloud = await startTestCloud({});
  const objects = join(cloud.dir, 'data/storage/objects');
  rmSync(objects, { recursive: true });
  writeFileSync(objects, 'no folder any more');

  const upload = await post(`${cloud.url}/storage/upload?path=a.txt`, 'x'.repeat(3_000_000), {
    'x-wx-openid': 'oAlice',
  });
  await stopTestCloud(cloud);

  expect(upload).toMatchObject({
    status: 500,
    answer: { errCode: -503001, errMsg: expect.stringContaining('the file cannot be stored: ENOTDIR: ') },
  });
});

it('a clock that cannot be kept is not moved, and says why', async () => {
  const failed = jest.spyOn(console, 'error').mockImplementation();
  const cloud = await startTestCloud({});
  await cloud.setClockOffsetMs(DAY_MS);
  mkdirSync(join(cloud.dir, 'data/clock.json.tmp/in-the-way'), { recursive: true });

  const moved = await post(`${cloud.url}/clock`, JSON.stringify({ offsetMs: 2 * DAY_MS }), {
    'x-local-admin': cloud.adminToken,
  });
  const { clockOffsetMs } = cloud;
  await stopTestCloud(cloud);
  failed.mockRestore();

  expect(moved).toMatchObject({
    status: 500,
    answer: { errMsg: expect.stringContaining('system error: EISDIR') },
  });
  expect(clockOffsetMs).toBe(DAY_MS);
});

it('a clock that was half written before is the one of the last whole time', () => {
  const dir = mkdtempSync(join(tmpdir(), 'local-clock-'));
  const folder = DataFolder.hold(dir);
  new CloudClock(folder).setOffset(DAY_MS);
  writeFileSync(join(dir, 'clock.json.tmp'), '{"off');

  expect(new CloudClock(folder).offsetMs).toBe(DAY_MS);
  folder.release();
  rmSync(dir, { recursive: true });
});
