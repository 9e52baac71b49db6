import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import { timesFen, toFen, type Fen } from '../../miniprogram/contract/fen';
import type { VoucherStatus } from '../../miniprogram/contract/vouchers';
import type { InstanceMemory } from '../cloud/functions/instance-messages';
import type { Stage } from '../stage/stage';
import { overspent, reportCalls, reportLife, type CallReport, type LifeReport } from './budgets';
import { countDestiny, expectedRefusals, peopleOf, type Plan } from './plan';
import { AMOUNT_FEN, claimVouchers, issueVouchers, setTheStage, startPlay, type Play } from './play';
import { settleVouchers, type Settlement } from './play-settlement';
import { letExpire, useVouchers, voidVouchers } from './play-use';
import { recount } from './recount';
import type { StepListener, StepReport } from './steps';
import { addTallies, addToTally, differences, type Tally } from './tally';

/** What `npm run loop -- --json` prints. */
export interface LoopReport {
  people: number;
  rows: { good: number; bad: number };
  issued: number;
  claimed: number;
  used: number;
  batched: number;
  settled: number;
  voided: number;
  expired: number;
  refused: Partial<Record<ErrorCode, number>>;
  paidFen: Fen;
  settledFen: Fen;
  steps: StepReport[];
  conservation: { ok: boolean; byStatus: Record<VoucherStatus, number>; disagreements: string[] };
  /** What one call and one instance may cost, where something cost more. */
  budgets: { ok: boolean; exceeded: string[] };
  /** Database requests of one call and how many of them in turn, against the budget of its kind. */
  databaseRequests: CallReport[];
  life: LifeReport;
  /** Largest heap that an instance of the function reached. */
  memoryMb: Record<string, number>;
}

const MEMORY_LIMIT_MB = 256;

/** Plays the whole notice on an open stage: a roster goes in, written-off vouchers come out. */
export async function playLoop(stage: Stage, plan: Plan, listener: StepListener = {}): Promise<LoopReport> {
  return reportOf(await playSteps(stage, plan, listener));
}

/** What was played, for a look behind the scenes. */
export interface PlayedLoop {
  play: Play;
  counts: Counts;
  settlement: Settlement;
}

export async function playSteps(stage: Stage, plan: Plan, listener: StepListener = {}): Promise<PlayedLoop> {
  const play = startPlay(stage, plan, listener);
  await setTheStage(play);
  await issueVouchers(play);
  const held = await claimVouchers(play);
  const used = await useVouchers(play, held);
  const voided = await voidVouchers(play, held);
  const expired = await letExpire(play, held);
  const settlement = await settleVouchers(play, { used, voided, expired });
  const counts = { claimed: held.length, used: used.length, voided: voided.length, expired: expired.length };
  return { play, counts, settlement };
}

type Counts = Pick<LoopReport, 'claimed' | 'used' | 'voided' | 'expired'>;

async function reportOf({ play, counts, settlement }: PlayedLoop): Promise<LoopReport> {
  const { plan, refused, rows, issued, stage } = play;
  const { byStatus, countByClass, taken } = await recount(stage);
  const databaseRequests = reportCalls(stage.caller.costs);
  const life = reportLife(stage.caller.costs, {
    issued,
    used: counts.used,
    timerRequests: play.clock.timers.databaseRequests,
  });
  const memoryMb = memoryOf(stage);
  const disagreements = [
    ...differences(refused, expectedOf(play, settlement)).map(text => `refused ${text}`),
    ...disagree('issued', issued, peopleOf(plan).length),
    ...disagree('issued', issued, sum(Object.values(byStatus).map(({ count }) => count))),
    ...disagree('settled', byStatus.settled.count, counts.used),
    ...disagree('batched', settlement.batchedCount, counts.used),
    ...disagree('voided', byStatus.voided.count, counts.voided),
    ...disagree('expired', byStatus.expired.count, counts.expired),
    // What ended unused has given its share of quota and budget back.
    ...disagree('quota taken', taken.count, counts.used),
    ...disagree('budget taken', taken.amountFen, timesFen(AMOUNT_FEN, counts.used)),
    ...disagree('settledFen', byStatus.settled.amountFen, settlement.paidFen),
    ...disagree('paidFen', settlement.paidFen, timesFen(AMOUNT_FEN, counts.used)),
    ...play.classes.flatMap(({ id, plan: { name, people } }) =>
      disagree(name, countByClass.get(id) ?? 0, people.length),
    ),
  ];
  const exceeded = [
    ...overspent(databaseRequests, life),
    ...Object.entries(memoryMb).flatMap(([name, mb]) =>
      mb > MEMORY_LIMIT_MB ? [`${name} used ${mb} MB`] : [],
    ),
  ];
  return {
    people: peopleOf(plan).length,
    rows,
    issued,
    claimed: counts.claimed,
    used: counts.used,
    batched: settlement.batchedCount,
    settled: byStatus.settled.count,
    voided: byStatus.voided.count,
    expired: byStatus.expired.count,
    refused,
    paidFen: settlement.paidFen,
    settledFen: toFen(byStatus.settled.amountFen),
    steps: play.clock.steps,
    conservation: {
      ok: disagreements.length === 0,
      byStatus: Object.fromEntries(
        Object.entries(byStatus).map(([status, { count }]) => [status, count]),
      ) as Record<VoucherStatus, number>,
      disagreements,
    },
    budgets: { ok: exceeded.length === 0, exceeded },
    databaseRequests,
    life,
    memoryMb,
  };
}

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);

const disagree = (what: string, got: number, expected: number): string[] =>
  got === expected ? [] : [`${what}: ${got} instead of ${expected}`];

function expectedOf({ plan, refused }: Play, settlement: Settlement): Tally {
  const expected = expectedRefusals(plan);
  addTallies(expected, settlement.expected);
  if (countDestiny(plan, 'never_uses') > 0) {
    addToTally(expected, 'code_expired');
    addToTally(expected, 'voucher_expired');
  }
  // Rows of a file given from outside are whatever they are: the dry run and the import have agreed on them.
  if (plan.classes.some(({ file }) => file)) addTallies(expected, rowRefusalsOf(refused));
  return expected;
}

const ROW_REFUSALS: readonly ErrorCode[] = [
  'id_number_invalid',
  'name_missing',
  'phone_invalid',
  'cell_not_yes_or_no',
  'cell_too_long',
  'no_labour_contract',
  'no_pension_insurance',
];

const rowRefusalsOf = (refused: Tally): Tally =>
  Object.fromEntries(ROW_REFUSALS.flatMap(code => (refused[code] ? [[code, refused[code]]] : [])));

const toMb = ({ heapUsedBytes, externalBytes }: InstanceMemory): number =>
  Math.round((heapUsedBytes + externalBytes) / 1024 / 1024);

const memoryOf = ({ cloud }: Stage): Record<string, number> =>
  Object.fromEntries(cloud.functions.map(({ name }) => [name, toMb(cloud.memoryOf(name))]));
