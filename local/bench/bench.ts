import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planForBench } from '../loop/plan';
import {
  claimVouchers,
  issueVouchers,
  setTheStage,
  startPlay,
  type HeldVoucher,
  type Play,
} from '../loop/play';
import { databaseOf } from '../loop/recount';
import { eachOf } from '../stage/each';
import { PROVINCE_OFFICER } from '../stage/officers';
import { projectRoot } from '../stage/project-root';
import { openStage, readCollections, type Stage } from '../stage/stage';
import { summary, type Timing } from './timing';

export interface BenchReport {
  vouchers: number;
  timings: Timing[];
  /** Measured in the same run, so that the machine's mood cancels out. */
  ratios: { name: string; ratio: number; goal: string; ok: boolean }[];
}

const CONCURRENCY = 16;
/** The two sides of a comparison take turns this often. */
const ROUNDS = 4;
const INSERT_CHUNK = 1_000;
/** How many of the vouchers are claimed and used. */
const USERS = 800;

/** The performance table: a class is issued, claimed and used, beside bare SDK calls of the same run. */
export async function bench(vouchers: number): Promise<BenchReport> {
  const functionsRoot = mkdtempSync(join(tmpdir(), 'voucher-bench-functions-'));
  const dataDir = mkdtempSync(join(tmpdir(), 'voucher-bench-'));
  for (const built of ['dist/cloudfunctions', 'dist/bench']) {
    cpSync(join(projectRoot(), built), functionsRoot, { recursive: true });
  }
  const stage = await openStage({
    dataDir,
    functionsRoot,
    provinceOfficers: [PROVINCE_OFFICER],
    timers: 'manual',
    extraCollections: [benchCollection()],
  });
  try {
    return await measure(stage, vouchers);
  } finally {
    await stage.close();
    for (const dir of [functionsRoot, dataDir]) rmSync(dir, { recursive: true, force: true });
  }
}

/** As many indexes to keep as the vouchers have. */
function benchCollection() {
  const own = readCollections().find(({ name }) => name === 'vouchers');
  if (!own) throw new Error('no vouchers among the collections');
  return { ...own, name: 'benchVouchers' };
}

async function measure(stage: Stage, vouchers: number): Promise<BenchReport> {
  const play = startPlay(stage, planForBench(vouchers, Math.min(vouchers, USERS)));
  await setTheStage(play);
  await issueVouchers(play);
  const issueMs = play.clock.steps.find(({ name }) => name === 'issued')?.ms ?? 0;
  const insertMs = await insertCopies(stage);
  const held = await claimVouchers(play);
  const { useMs, bareMs } = await compareUse(play, held);
  const { caller } = stage;
  const timings = (['voucher.claim', 'voucher.listMine', 'voucher.showCode', 'account.signIn'] as const).map(
    name => summary(name, caller.costs.of(name).ms),
  );
  const use = summary('verification.use', useMs);
  const bare = summary('one bare conditional update', bareMs);
  const issueRatio = insertMs / issueMs;
  const useRatio = use.p50Ms / bare.p50Ms;
  return {
    vouchers: play.issued,
    timings: [...timings, use, bare],
    ratios: [
      {
        name: 'use ÷ bare conditional update (median)',
        ratio: round(useRatio),
        goal: '≤ 2',
        ok: useRatio <= 2,
      },
      {
        name: 'issue ÷ raw add([1000]) (throughput)',
        ratio: round(issueRatio),
        goal: '≥ 0.5',
        ok: issueRatio >= 0.5,
      },
    ],
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** The very vouchers that were issued, inserted again by the SDK alone. @returns how long the inserts took. */
async function insertCopies(stage: Stage): Promise<number> {
  const db = databaseOf(stage);
  let cursor = '';
  let ms = 0;
  for (;;) {
    const { data } = await db
      .collection('vouchers')
      .where({ _id: db.command.gt(cursor) })
      .orderBy('_id', 'asc')
      .limit(INSERT_CHUNK)
      .get();
    const copies = (data as { _id: string }[]).map(voucher => ({ ...voucher, status: 'claimed' }));
    const last = copies.at(-1);
    if (!last) return ms;
    const startedMs = performance.now();
    await db.collection('benchVouchers').add(copies);
    ms += performance.now() - startedMs;
    cursor = last._id;
  }
}

/** Rounds of scans and of bare updates in turn, at the same concurrency and over the same wire. */
async function compareUse(
  play: Play,
  held: readonly HeldVoucher[],
): Promise<{ useMs: number[]; bareMs: number[] }> {
  const useMs: number[] = [];
  const bareMs: number[] = [];
  const size = Math.ceil(held.length / ROUNDS);
  for (let first = 0; first < held.length; first += size) {
    const part = held.slice(first, first + size);
    const codes = new Map<string, string>();
    await eachOf(part, CONCURRENCY, async ({ voucherId, openid }) => {
      codes.set(voucherId, await play.acts.showCode(voucherId, openid));
    });
    await eachOf(part, CONCURRENCY, async ({ voucherId, staged }) => {
      const qrText = codes.get(voucherId) ?? '';
      useMs.push(
        await timed(() => play.acts.must('verification.use', { qrText }, staged.institution.administrator)),
      );
    });
    await eachOf(part, CONCURRENCY, async ({ voucherId }) => {
      bareMs.push(await timed(() => callBare(play.stage, voucherId)));
    });
  }
  return { useMs, bareMs };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

async function callBare({ cloud }: Stage, id: string): Promise<void> {
  const response = await fetch(`${cloud.url}/functions/bare`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-wx-openid': 'o-bench' },
    body: JSON.stringify({ id }),
  });
  const { updated } = (await response.json()) as { updated?: number };
  if (updated !== 1) throw new Error('the bare update missed its document');
}
