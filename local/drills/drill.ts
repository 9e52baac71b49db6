import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVINCE_OFFICER } from '../stage/officers';
import { openStage, type Stage, type StageOptions } from '../stage/stage';

/** What a drill found; `ok` says whether everything was as it must be, the figures say how it went. */
export interface DrillReport {
  name: string;
  ok: boolean;
  [figure: string]: unknown;
}

export type Drill = () => Promise<DrillReport>;

/** A fresh stage that is gone afterwards. */
export async function withStage<T>(
  options: Partial<StageOptions>,
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'voucher-drill-'));
  const stage = await openStage({
    dataDir,
    provinceOfficers: [PROVINCE_OFFICER],
    timers: 'manual',
    ...options,
  });
  try {
    return await work(stage);
  } finally {
    await stage.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
