import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { LEASE_MS } from '../../cloudfunctions/shared/jobs/job-runner';
import { functionOf, type OperationName } from '../../miniprogram/contract/operations';
import type { Result } from '../../miniprogram/contract/result';
import type { Faults } from '../cloud/database/admin-protocol';
import { planFor } from '../loop/plan';
import { officersOfCity, setTheStage, startPlay, type Play, type StagedInstitution } from '../loop/play';
import { databaseOf } from '../loop/recount';
import { usualTemplate } from '../stage/acts';
import { madeUpPerson, type MadeUpPerson } from '../stage/made-up-people';
import { projectRoot } from '../stage/project-root';
import { runTimer } from '../stage/run-timer';
import type { Stage } from '../stage/stage';
import { withStage, type Drill, type DrillReport } from './drill';

/** Time limits of the functions, shorter than the deployed ones so that the drill is short too. */
const LIMIT_MS = 6_000;
const TIMER_LIMIT_MS = 12_000;
/** Longer than any function waits: the request is carried out when nobody waits for it any more. */
const LATE_MS = 8_000;
const PEOPLE = 3;
const READ_MAX = 1_000;
const FIRST_WORKER = 9_100_000;

const WRITES_OF_VOUCHERS = { collection: 'vouchers', action: 'database.modifyDocument' } as const;
const WRITES_OF_TEMPLATES = { collection: 'templates', action: 'database.modifyDocument' } as const;
const INSERTS_OF_VOUCHERS = { collection: 'vouchers', action: 'database.insertDocument' } as const;

interface Trouble {
  name: string;
  faults: Faults;
  hits: 'everything' | 'claim' | 'issue';
}

const TROUBLES: readonly Trouble[] = [
  { name: 'never answers', hits: 'everything', faults: { hangRate: 1 } },
  { name: 'answers too late', hits: 'everything', faults: { delayMs: LATE_MS } },
  { name: 'hangs up in the middle', hits: 'everything', faults: { cutAnswerRate: 1 } },
  { name: 'never answers a claim', hits: 'claim', faults: { hangRate: 1, ...WRITES_OF_VOUCHERS } },
  { name: 'answers a claim too late', hits: 'claim', faults: { delayMs: LATE_MS, ...WRITES_OF_VOUCHERS } },
  { name: 'hangs up on a claim', hits: 'claim', faults: { cutAnswerRate: 1, ...WRITES_OF_VOUCHERS } },
  { name: 'never answers an issue', hits: 'issue', faults: { hangRate: 1, ...INSERTS_OF_VOUCHERS } },
  { name: 'answers an issue too late', hits: 'issue', faults: { delayMs: LATE_MS, ...INSERTS_OF_VOUCHERS } },
  { name: 'sets quota aside too late', hits: 'issue', faults: { delayMs: LATE_MS, ...WRITES_OF_TEMPLATES } },
  { name: 'hangs up on an issue', hits: 'issue', faults: { cutAnswerRate: 1, ...INSERTS_OF_VOUCHERS } },
];

/** The database takes requests and is silent, late or breaks off: each call answers in time, and nothing is lost or doubled. */
export const hungDatabase: Drill = async () => {
  const dir = mkdtempSync(join(tmpdir(), 'voucher-limits-'));
  try {
    const configFile = join(dir, 'cloudbaserc.json');
    writeFileSync(configFile, JSON.stringify(shortened()));
    return await withStage({ configFile }, play);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

/** The project's own configuration with other time limits. */
function shortened(): object {
  const text = readFileSync(join(projectRoot(), 'cloudbaserc.json'), 'utf8');
  const config = JSON.parse(text) as { functions: { name: string }[] };
  const limitMsOf = (name: string) => (name === 'timer' ? TIMER_LIMIT_MS : LIMIT_MS);
  return {
    ...config,
    functions: config.functions.map(each => ({ ...each, timeout: limitMsOf(each.name) / 1000 })),
  };
}

/** One call, and the same again: with the id of its request. */
interface Ask {
  operation: OperationName;
  input: object;
  openid: string;
  requestId: string;
}

interface Round {
  claim: Ask;
  issue: Ask;
  reads: Ask[];
}

async function play(stage: Stage): Promise<DrillReport> {
  const scene = await setUp(stage);
  const tally = { calls: 0, slowestMs: 0, wrong: new Array<string>() };
  const expected = { vouchers: 0, claims: 0 };
  for (const [position, trouble] of TROUBLES.entries()) {
    const asks = toAsk(await prepareRound(scene, position), trouble.hits);
    expected.vouchers += PEOPLE + (asks.some(({ operation }) => operation === 'voucher.issue') ? PEOPLE : 0);
    expected.claims += asks.some(({ operation }) => operation === 'voucher.claim') ? 1 : 0;
    await suffer(stage, trouble, { asks, tally });
  }
  await finishJobs(stage);
  const stored = await countStored(stage);
  const ok =
    tally.wrong.length === 0 &&
    isDeepStrictEqual(stored, { ...expected, setAside: expected.vouchers, repeatedSteps: 0 });
  return {
    name: 'hung-database',
    ok,
    troubles: TROUBLES.length,
    limitMs: LIMIT_MS,
    ...tally,
    expected,
    stored,
  };
}

const toAsk = ({ claim, issue, reads }: Round, hits: Trouble['hits']): Ask[] =>
  hits === 'everything' ? [claim, issue, ...reads] : [hits === 'claim' ? claim : issue];

/** Each call is refused in time while the trouble lasts, and done once it is over. */
async function suffer(
  stage: Stage,
  { name, faults, hits }: Trouble,
  { asks, tally }: { asks: readonly Ask[]; tally: { calls: number; slowestMs: number; wrong: string[] } },
): Promise<void> {
  await stage.cloud.setDatabaseFaults(faults);
  const timer = hits === 'everything' ? endsByItself(stage) : Promise.resolve(true);
  const during = await Promise.all(asks.map(ask => send(stage, ask)));
  if (!(await timer)) tally.wrong.push(`timer: ${name}`);
  await stage.cloud.setDatabaseFaults({});
  const after = await Promise.all(asks.map(ask => send(stage, ask)));
  for (const [position, { operation }] of asks.entries()) {
    const { code, ms = 0 } = during[position] ?? {};
    tally.calls++;
    tally.slowestMs = Math.max(tally.slowestMs, ms);
    // A single kind of write may have been done before its answer was lost: its repetition within the call finds it.
    const isTold = code === 'service_busy' || (code === 'ok' && hits !== 'everything');
    if (!isTold || ms >= LIMIT_MS) tally.wrong.push(`${operation}: ${name}: ${code}`);
    const then = after[position]?.code;
    if (then !== 'ok') tally.wrong.push(`${operation} once it answers again: ${name}: ${then}`);
  }
}

/** @returns the code of the answer; that of the platform's own failure where there was none. */
async function send(
  { cloud }: Stage,
  { operation, input, openid, requestId }: Ask,
): Promise<{ code: string; ms: number }> {
  const startedMs = performance.now();
  const code = await cloud
    .callFunction(functionOf(operation), { operation, input, requestId }, { openid })
    .then(
      ({ result }) => codeOf(result as Result<unknown>),
      () => 'no answer',
    );
  return { code, ms: Math.round(performance.now() - startedMs) };
}

const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

const endsByItself = ({ cloud }: Stage): Promise<boolean> =>
  cloud.fireTimer('timer').then(
    () => true,
    () => false,
  );

interface Scene {
  play: Play;
  institution: StagedInstitution;
  clerk: string;
  channelNumber: string;
  templateId: string;
}

async function setUp(stage: Stage): Promise<Scene> {
  const play = startPlay(stage, planFor(PEOPLE));
  await setTheStage(play);
  const [institution] = play.institutions;
  if (!institution) throw new Error('no institution');
  const { cityCode } = institution;
  const { clerk } = officersOfCity(play, cityCode);
  const templateId = await play.acts.publishTemplate(usualTemplate(cityCode), clerk);
  return { play, institution, clerk, templateId, channelNumber: play.channels.get(cityCode)?.open ?? '' };
}

/** A class whose vouchers are there to be claimed, and one whose vouchers are to be issued. */
async function prepareRound(scene: Scene, round: number): Promise<Round> {
  const { play, institution, clerk, channelNumber } = scene;
  const { acts } = play;
  const issued = await approvedClass(scene, 2 * round);
  await acts.issue(issued.classId, clerk);
  const worker = await acts.signIn(issued.first);
  const { id: voucherId } = await acts.findMine(issued.classId, worker);
  const { classId } = await approvedClass(scene, 2 * round + 1);
  const requestId = `hung-${String(round).padStart(6, '0')}`;
  const { administrator, cityCode } = institution;
  return {
    claim: { operation: 'voucher.claim', input: { voucherId, channelNumber }, openid: worker, requestId },
    issue: { operation: 'voucher.issue', input: { classId }, openid: clerk, requestId },
    reads: [
      { operation: 'account.getAccount', input: {}, openid: worker, requestId },
      { operation: 'entry.listChannels', input: { cityCode }, openid: worker, requestId },
      { operation: 'training.getClass', input: { classId }, openid: administrator, requestId },
      { operation: 'settlement.listBatches', input: {}, openid: administrator, requestId },
    ],
  };
}

async function approvedClass(
  { play: { acts }, institution, clerk, templateId }: Scene,
  number: number,
): Promise<{ classId: string; first: MadeUpPerson }> {
  const people = Array.from({ length: PEOPLE }, (_, at) => madeUpPerson(FIRST_WORKER + number * PEOPLE + at));
  const [first] = people;
  if (!first) throw new Error('nobody');
  const { id: institutionId, administrator } = institution;
  const form = { institutionId, templateId, name: `电工${number + 1}班` };
  const { id: classId } = await acts.createClass(form, administrator);
  await acts.importRoster({ classId }, people, administrator);
  await acts.approveClass(classId, administrator, clerk);
  return { classId, first };
}

/** What a hung slice has left is free once its lease is over. */
async function finishJobs(stage: Stage): Promise<void> {
  await stage.cloud.setClockOffsetMs(stage.cloud.clockOffsetMs + LEASE_MS);
  await runTimer(stage);
}

async function countStored(stage: Stage): Promise<Record<string, number>> {
  const { data } = await databaseOf(stage).collection('vouchers').limit(READ_MAX).get();
  const histories = (data as { history: { command: string }[] }[]).map(({ history }) => history);
  const commands = histories.map(history => history.map(({ command }) => command));
  return {
    vouchers: commands.length,
    setAside: await countSetAside(stage),
    claims: commands.filter(each => each.includes('claim')).length,
    repeatedSteps: commands.filter(each => new Set(each).size < each.length).length,
  };
}

/** By what the templates say: quota that was taken once too often would show here. */
async function countSetAside(stage: Stage): Promise<number> {
  const { data } = await databaseOf(stage).collection('templates').limit(READ_MAX).get();
  return (data as { issuedCount: number }[]).reduce((sum, { issuedCount }) => sum + issuedCount, 0);
}
