import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planForBench } from '../loop/plan';
import {
  claimVouchers,
  issueClass,
  prepareClasses,
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
import { compareStatus } from './open-interfaces';
import { median, summary, type Timing } from './timing';

export interface BenchReport {
  vouchers: number;
  timings: Timing[];
  /** Measured in the same run, so that the machine's mood cancels out. */
  ratios: Ratio[];
}

interface Ratio {
  name: string;
  /** Median of the rounds' ratios. */
  ratio: number;
  goal: string;
  ok: boolean;
  /** Those of the rounds, which tell how steady the machine was. */
  rounds: number[];
}

const CONCURRENCY = 16;
const INSERT_CHUNK = 1_000;
/** Classes that are issued, each beside a raw insert of as many vouchers. */
const CLASSES = 5;
/** Thrown away: fresh instances spend most of their time on starting and on compiling what they run. */
const WARM_UP = { rounds: 4, users: 28, delayMs: 0 };
/** The two sides of a comparison take turns, and which is first takes turns as well. */
const PLAIN = { rounds: 18, users: 28, delayMs: 0 };
/** The database a long way off: the requests that a call waits for in turn weigh more than its work. */
const DELAYED = { rounds: 12, users: 24, delayMs: 10 };
const USE_GOAL = 2;
const ISSUE_GOAL = 0.6;
const STATUS_GOAL = 1.5;

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
  const users = [WARM_UP, PLAIN, DELAYED].reduce((sum, { rounds, users: each }) => sum + rounds * each, 0);
  const play = startPlay(
    stage,
    planForBench({ classes: CLASSES, people: vouchers, users: Math.min(vouchers, users) }),
  );
  await setTheStage(play);
  await prepareClasses(play);
  const issue = await compareIssue(play);
  const held = await claimVouchers(play);
  const take = ({ rounds, users: each }: typeof PLAIN) => held.splice(0, rounds * each);
  await compareUse(play, take(WARM_UP), WARM_UP);
  const plain = await compareUse(play, take(PLAIN), PLAIN);
  const delayed = await compareUse(play, take(DELAYED), DELAYED);
  const status = await compareStatus(stage);
  const { caller } = stage;
  const timings = (['voucher.claim', 'voucher.listMine', 'voucher.showCode', 'account.signIn'] as const).map(
    name => summary(name, caller.costs.of(name).ms),
  );
  return {
    vouchers: play.issued,
    timings: [...timings, ...plain.timings, ...delayed.timings, ...status.timings],
    ratios: [
      toRatio('use ÷ bare conditional update', plain.ratios, { most: USE_GOAL }),
      toRatio(`the same with ${DELAYED.delayMs} ms a request`, delayed.ratios, { most: USE_GOAL }),
      toRatio('signed getVoucherStatus ÷ bare read and write', status.ratios, { most: STATUS_GOAL }),
      toRatio('issue ÷ raw add([1000]) (throughput)', issue, { least: ISSUE_GOAL }),
    ],
  };
}

function toRatio(
  name: string,
  rounds: readonly number[],
  { least = -Infinity, most = Infinity }: { least?: number; most?: number },
): Ratio {
  const ratio = median(rounds);
  const goal = most < Infinity ? `≤ ${most}` : `≥ ${least}`;
  return { name, ratio: round(ratio), goal, ok: ratio >= least && ratio <= most, rounds: rounds.map(round) };
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** Class after class: issued, then inserted again by the SDK alone. @returns the ratio of each */
async function compareIssue(play: Play): Promise<number[]> {
  const ratios: number[] = [];
  for (const staged of play.classes) {
    const issueMs = await timed(() => issueClass(play, staged));
    ratios.push((await insertCopies(play.stage, staged.id)) / issueMs);
  }
  return ratios;
}

/** The very vouchers that were issued. @returns how long the inserts took. */
async function insertCopies(stage: Stage, classId: string): Promise<number> {
  const db = databaseOf(stage);
  let cursor = '';
  let ms = 0;
  for (;;) {
    const { data } = await db
      .collection('vouchers')
      .where({ classId, _id: db.command.gt(cursor) })
      .orderBy('_id', 'asc')
      .limit(INSERT_CHUNK)
      .get();
    const copies = (data as { _id: string }[]).map(voucher => ({ ...voucher, status: 'claimed' }));
    const last = copies.at(-1);
    if (!last) return ms;
    ms += await timed(() => db.collection('benchVouchers').add(copies));
    cursor = last._id;
  }
}

interface UseComparison {
  timings: Timing[];
  ratios: number[];
}

/** Scans and bare updates in turn, at the same concurrency and over the same wire. */
async function compareUse(
  play: Play,
  held: readonly HeldVoucher[],
  { rounds, users, delayMs }: typeof PLAIN,
): Promise<UseComparison> {
  const ms: Record<'use' | 'bare', number[]> = { use: [], bare: [] };
  const ratios: number[] = [];
  for (let i = 0; i < rounds; i++) {
    const part = held.slice(i * users, (i + 1) * users);
    if (part.length === 0) break;
    const codes = await showCodes(play, part);
    await play.stage.cloud.setDatabaseDelayMs(delayMs);
    const work = { use: useOf(play, codes), bare: bareOf(play) };
    const took = { use: 0, bare: 0 };
    for (const side of i % 2 === 0 ? (['use', 'bare'] as const) : (['bare', 'use'] as const)) {
      const each = await timeEach(part, work[side]);
      ms[side].push(...each);
      took[side] = each.reduce((sum, one) => sum + one, 0);
    }
    await play.stage.cloud.setDatabaseDelayMs(0);
    ratios.push(took.use / took.bare);
  }
  const suffix = delayMs === 0 ? '' : `, ${delayMs} ms a request`;
  return {
    timings: [
      summary(`verification.use${suffix}`, ms.use),
      summary(`one bare conditional update${suffix}`, ms.bare),
    ],
    ratios,
  };
}

type Work = (voucher: HeldVoucher) => Promise<unknown>;

async function timeEach(part: readonly HeldVoucher[], work: Work): Promise<number[]> {
  const ms: number[] = [];
  await eachOf(part, CONCURRENCY, async voucher => {
    ms.push(await timed(() => work(voucher)));
  });
  return ms;
}

async function showCodes(play: Play, part: readonly HeldVoucher[]): Promise<Map<string, string>> {
  const codes = new Map<string, string>();
  await eachOf(part, CONCURRENCY, async ({ voucherId, openid }) => {
    codes.set(voucherId, await play.acts.showCode(voucherId, openid));
  });
  return codes;
}

const useOf =
  ({ acts }: Play, codes: ReadonlyMap<string, string>): Work =>
  ({ voucherId, staged }) =>
    acts.must('verification.use', { qrText: codes.get(voucherId) ?? '' }, staged.institution.administrator);

const bareOf =
  ({ stage }: Play): Work =>
  ({ voucherId }) =>
    callBare(stage, voucherId);

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
