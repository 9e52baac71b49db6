import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../../cloudfunctions/migrations/all';
import { carryOver, copyOlderData } from '../../local/demo/carry-over';
import { databaseOf } from '../../local/loop/recount';
import { PROVINCE_OFFICER } from '../../local/stage/officers';
import { openStage, type Stage } from '../../local/stage/stage';

const parent = mkdtempSync(join(tmpdir(), 'voucher-older-'));
const dataDir = join(parent, 'data');
const copyDir = `${dataDir}-before-${MIGRATIONS[0]?.name}`;
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const ATTEMPT = { version: 1, institutionId: 'school', cityCode: '3701', by: 'administrator', atMs: 5 };
const VOUCHER = { status: 'used', usedBy: 'administrator', usedAtMs: 5, institutionId: 'school', version: 3 };

async function onStage<T>(dir: string, work: (stage: Stage) => Promise<T>): Promise<T> {
  const stage = await openStage({
    dataDir: dir,
    provinceOfficers: [PROVINCE_OFFICER],
    timers: 'manual',
    instancesPerFunction: 1,
  });
  try {
    return await work(stage);
  } finally {
    await stage.close();
  }
}

const readVoucher = async (stage: Stage): Promise<Record<string, unknown>> => {
  const { data } = await databaseOf(stage).collection('vouchers').doc('class-person').get();
  return (data as Record<string, unknown>[])[0] ?? {};
};

/** A used voucher as an older version stored it. */
const makeOlderData = (): Promise<void> =>
  onStage(dataDir, async stage => {
    const db = databaseOf(stage);
    const own = { code: 'code', reference: 'reference', history: [] };
    await db.collection('vouchers').add({ _id: 'class-person', ...own, ...VOUCHER });
    const accepted = { outcome: 'accepted', way: 'qr', voucherId: 'class-person' };
    await db.collection('verifications').add({ _id: 'attempt', ...ATTEMPT, ...accepted });
  });

test('data of an older version is copied, then carried over, once, even while the clock fires the timer', async () => {
  const told: string[] = [];
  const shown: string[] = [];
  const tell = (text: string) => told.push(text);
  await makeOlderData();

  copyOlderData(dataDir, tell);
  const carried = await onStage(dataDir, async stage => {
    const byTheClock = stage.cloud.fireTimer('timer');
    await carryOver(stage, dataDir, { tell, show: text => shown.push(text) });
    await byTheClock;
    return readVoucher(stage);
  });
  const copied = await onStage(copyDir, readVoucher);

  expect(carried).toMatchObject({ verificationId: 'attempt', version: 4 });
  expect(copied).not.toHaveProperty('verificationId');
  expect(told).toEqual([expect.stringContaining('备份'), expect.stringContaining('（1 条）')]);
  expect(shown).not.toEqual([]);
  expect(JSON.parse(readFileSync(join(dataDir, 'migrated'), 'utf8'))).toEqual(
    MIGRATIONS.map(({ name }) => name),
  );

  rmSync(copyDir, { recursive: true });
  copyOlderData(dataDir, tell);
  expect(existsSync(copyDir)).toBe(false);
});
