import { messageIdOf } from '../../cloudfunctions/shared/domain/delivery';
import type { Voucher } from '../../cloudfunctions/shared/domain/voucher';
import { fromRecord } from '../../cloudfunctions/shared/store/query';
import { playLoop } from '../loop/loop';
import { planFor } from '../loop/plan';
import { databaseOf } from '../loop/recount';
import { runTimer } from '../stage/run-timer';
import type { Stage } from '../stage/stage';
import type { MinistrySimulator, PlatformVoucher } from '../upstream/ministry-simulator';
import { withStage, type Drill, type DrillReport } from './drill';

const PEOPLE = 60;
const FAULT_SHARE = 0.3;
/** The functions wait that long for the platform; some of its answers never come. */
const ANSWER_MS = 400;
const QUESTION_MS = 3_000;
const TIMER_EVERY_MS = 10_000;
const TIMER_RUNS_MAX = 400;
const FIRST_KILL_MS = 60;
const NEXT_KILL_MS = 1_500;
/** Enough to hit it; with more a slow machine never comes to an end. */
const ROUNDS_A_STEP_MAX = 4;
const KILLS_MIN = 4;
const READ_MAX = 1_000;

/**
 * The whole loop with codes from the ministry's platform, which spoils three answers of ten, while function hosts and the
 * database are killed. After the dust has settled both sides hold the same vouchers in the same states.
 */
export const upstream: Drill = () =>
  withStage({ ministry: { attemptTimeoutMs: ANSWER_MS }, restartDatabase: 'manual' }, async stage => {
    const { ministry } = stage;
    if (!ministry) throw new Error('a stage without the platform');
    ministry.spoilAtRandom(FAULT_SHARE);
    const saboteur = new Saboteur(stage);
    const dust = new Dust(stage);
    const played = playLoop(stage, planFor(PEOPLE), {
      begun: step => {
        if (STEPS_UNDER_FIRE.includes(step)) saboteur.begin();
      },
      // Workers can claim only what has been made.
      ended: async ({ name }) => {
        if (STEPS.includes(name)) {
          saboteur.begin();
          await dust.settle();
        }
        await saboteur.end();
      },
    });
    const report = await played.finally(() => saboteur.end());
    await dust.settle();
    const { conservation } = report;
    const found = {
      ...compare(await readVouchers(stage), ministry),
      timerRuns: dust.timerRuns,
      ...saboteur.kills,
    };
    const isComplete =
      found.missing === 0 && found.strange === 0 && found.different === 0 && found.doubled === 0;
    const isHit = saboteur.kills.databaseKills >= KILLS_MIN && saboteur.kills.hostKills >= KILLS_MIN;
    const ok = conservation.ok && isComplete && isHit && found.undelivered === 0;
    return { name: 'upstream', ok, ...found, conservation } satisfies DrillReport;
  });

/** Steps after which there is something to tell the platform. */
const STEPS: readonly string[] = [
  'issued',
  'claimed',
  'used',
  'voided',
  'expired',
  'batched',
  'paid_and_settled',
];

/** Those that may be cut off anywhere; in the others people sign in, whose codes from the e-SSC work once. */
const STEPS_UNDER_FIRE: readonly string[] = ['issued', 'claimed', 'used'];

/** Both sides after the dust has settled. */
function compare(here: readonly Voucher[], ministry: MinistrySimulator) {
  const there = ministry.vouchers();
  const ids = new Set<string>(here.map(({ id }) => id));
  const codes = here.flatMap(voucher =>
    'code' in voucher && voucher.code !== undefined ? [voucher.code] : [],
  );
  const counts = [...ministry.deliveries().values()];
  const deliveries = counts.reduce((sum, count) => sum + count, 0);
  return {
    vouchers: here.length,
    missing: here.filter(({ id }) => !there.has(id)).length,
    strange: [...there.keys()].filter(id => !ids.has(id)).length,
    different: here.filter(voucher => isDifferent(voucher, there.get(voucher.id))).length,
    doubled: codes.length - new Set(codes).size,
    undelivered: here.filter(({ undeliveredSinceMs }) => undeliveredSinceMs !== undefined).length,
    messages: counts.length,
    deliveriesPerMessage: Math.round((deliveries / counts.length) * 100) / 100,
    deliveriesMax: Math.max(...counts),
    longestWaitSeconds: Math.ceil(longestWaitMs(here, ministry.doneAtMs()) / 1000),
  };
}

const isDifferent = (voucher: Voucher, other: PlatformVoucher | undefined): boolean =>
  other === undefined ||
  other.status !== voucher.status ||
  !('code' in voucher) ||
  other.code !== voucher.code;

/** From a step to the platform's doing the same, by the clock of both. */
function longestWaitMs(here: readonly Voucher[], doneAtMs: ReadonlyMap<string, number>): number {
  const waits = here.flatMap(voucher =>
    voucher.history.map((entry, position) => {
      const doneMs = doneAtMs.get(messageIdOf(voucher, { position, entry }));
      return doneMs === undefined ? 0 : doneMs - entry.atMs;
    }),
  );
  return Math.max(0, ...waits);
}

async function readVouchers(stage: Stage): Promise<Voucher[]> {
  const { data } = await databaseOf(stage).collection('vouchers').limit(READ_MAX).get();
  return (data as Record<string, unknown>[]).map(record => fromRecord<Voucher>(record));
}

/** Lets the timer run, in its own rhythm, until everything has been told. */
class Dust {
  timerRuns = 0;

  constructor(private readonly stage: Stage) {}

  async settle(): Promise<void> {
    for (let run = 0; run < TIMER_RUNS_MAX; run++) {
      // What is cut off by a kill goes on at the next run.
      const hasWork = await within(QUESTION_MS, this.hasWork()).catch(() => true);
      if (!hasWork) return;
      await runTimer(this.stage).catch(() => undefined);
      this.timerRuns++;
      const { cloud } = this.stage;
      await cloud.setClockOffsetMs(cloud.clockOffsetMs + TIMER_EVERY_MS).catch(() => undefined);
    }
    throw new Error('there is no end to what the platform is to be told');
  }

  private async hasWork(): Promise<boolean> {
    const db = databaseOf(this.stage);
    const waiting = db.collection('vouchers').where({ undeliveredSinceMs: db.command.gt(0) });
    return ((await waiting.count()).total ?? 0) > 0;
  }
}

/** Kills function hosts and the database by turns while a step and its dust last. */
class Saboteur {
  readonly kills = { databaseKills: 0, hostKills: 0 };
  private running: Promise<void> = Promise.resolve();
  private isFiring = false;

  constructor(private readonly stage: Stage) {}

  begin(): void {
    if (this.isFiring) return;
    this.isFiring = true;
    this.running = this.sabotage();
  }

  /** Waits until the database stands again. */
  async end(): Promise<void> {
    this.isFiring = false;
    await this.running;
  }

  private async sabotage(): Promise<void> {
    const { cloud } = this.stage;
    for (let round = 0; this.isFiring && round < ROUNDS_A_STEP_MAX; round++) {
      await pause(round === 0 ? FIRST_KILL_MS : NEXT_KILL_MS);
      if (!this.isFiring) return;
      if (round % 2 === 0) {
        this.kills.hostKills++;
        await cloud.killInstances();
      } else {
        this.kills.databaseKills++;
        await cloud.killDatabase();
        await cloud.restartDatabase();
      }
    }
  }
}

/** A database that is killed may never answer. */
const within = <T>(ms: number, promise: Promise<T>): Promise<T> =>
  Promise.race([promise, pause(ms).then(() => Promise.reject(new Error('no answer')))]);

const pause = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms));
