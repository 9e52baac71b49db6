import type { CityCode } from '../../miniprogram/contract/areas';
import { timesFen, type Fen } from '../../miniprogram/contract/fen';
import type { JobView } from '../../miniprogram/contract/jobs';
import type { InputOf, OperationName, OutputOf } from '../../miniprogram/contract/operations';
import { completeUscc } from '../../cloudfunctions/shared/domain/uscc';
import { eachOf } from '../stage/each';
import { appointOfficers, type CityOfficers } from '../stage/officers';
import { openidOf } from '../stage/caller';
import type { Stage } from '../stage/stage';
import { isClaimed, type Plan, type PlannedClass, type PlannedPerson } from './plan';
import { rosterFileOf } from './roster-file';
import { StepClock, type StepListener } from './steps';
import { addTallies, addToTally, type Tally } from './tally';

/** Phones at work at the same time. */
export const CONCURRENCY = 16;
export const AMOUNT_FEN: Fen = 120_000;
export const VALID_DAYS = 90;
const CLAIM_WINDOW_DAYS = 30;

export interface StagedInstitution {
  id: string;
  cityCode: CityCode;
  administrator: string;
}

/** A 券码 that staff have seen, and whose it is. */
export interface SeenCode {
  code: string;
  institution: StagedInstitution;
}

export interface StagedClass {
  id: string;
  plan: PlannedClass;
  institution: StagedInstitution;
}

/** Everything that the steps hand on to one another. */
export interface Play {
  stage: Stage;
  clock: StepClock;
  plan: Plan;
  officers: Map<CityCode, CityOfficers>;
  openChannel: Map<CityCode, string>;
  closedChannel: Map<CityCode, string>;
  institutions: StagedInstitution[];
  classes: StagedClass[];
  /** What was refused, everywhere. */
  refused: Tally;
  rows: { good: number; bad: number };
  issued: number;
}

export const startPlay = (stage: Stage, plan: Plan, listener: StepListener = {}): Play => ({
  stage,
  clock: new StepClock(stage, listener),
  plan,
  officers: new Map(),
  openChannel: new Map(),
  closedChannel: new Map(),
  institutions: [],
  classes: [],
  refused: {},
  rows: { good: 0, bad: 0 },
  issued: 0,
});

/** A call whose refusal is counted. */
export async function attempt<Name extends OperationName>(
  play: Play,
  name: Name,
  input: InputOf<Name>,
  openid: string,
): Promise<OutputOf<Name> | undefined> {
  const result = await play.stage.caller.call(name, input, { openid });
  if (result.ok) return result.data;
  addToTally(play.refused, result.error.code);
  return undefined;
}

export const must = <Name extends OperationName>(
  play: Play,
  name: Name,
  input: InputOf<Name>,
  openid: string,
): Promise<OutputOf<Name>> => play.stage.caller.must(name, input, { openid });

export const officersOfCity = (play: Play, cityCode: CityCode): CityOfficers => {
  const officers = play.officers.get(cityCode);
  if (!officers) throw new Error(`no officers in ${cityCode}`);
  return officers;
};

const JOB_ROUNDS_MAX = 2_000;

/** Polls a job as a screen does, while the timer works on it. Its refusals are counted. */
export async function waitForJob(
  play: Play,
  started: JobView,
  getJob: 'voucher.getJob' | 'settlement.getJob',
  openid: string,
): Promise<JobView> {
  let job = started;
  for (let round = 0; job.status === 'running'; round++) {
    if (round > JOB_ROUNDS_MAX) throw new Error(`job ${job.kind} does not end`);
    await play.clock.fireTimer();
    job = await must(play, getJob, { jobId: job.id }, openid);
  }
  if (job.status === 'failed') throw new Error(`job ${job.kind} failed: ${job.failureCode}`);
  addTallies(play.refused, job.refusedByCode);
  return job;
}

/** Officers, channels, institutions and their administrators. */
export async function setTheStage(play: Play): Promise<void> {
  const { clock, plan, stage } = play;
  await clock.step('officers', async () => {
    for (const [position, cityCode] of plan.cities.entries()) {
      play.officers.set(cityCode, await appointOfficers(stage, cityCode, position));
      await addChannels(play, cityCode);
    }
    return plan.cities.length;
  });
  await clock.step('institutions', async () => {
    for (const [position, institution] of plan.institutions.entries()) {
      const { cityCode, name, administrator } = institution;
      const { clerk } = officersOfCity(play, cityCode);
      const uscc = completeUscc(`91${cityCode}00MA3LP${String(position).padStart(4, '0')}`);
      const { id } = await must(play, 'training.addInstitution', { name, uscc, cityCode }, clerk);
      const person = { name: administrator.name, idNumber: administrator.idNumber };
      await must(play, 'training.addAdministrator', { institutionId: id, ...person }, clerk);
      const openid = await stage.caller.signIn(stage.essc, administrator);
      play.institutions.push({ id, cityCode, administrator: openid });
    }
    return plan.institutions.length;
  });
}

async function addChannels(play: Play, cityCode: CityCode): Promise<void> {
  const { clerk } = officersOfCity(play, cityCode);
  const open = `${cityCode}000001`;
  const closed = `${cityCode}000002`;
  const common = { cityCode, kind: 'official_account', issuing: true } as const;
  await must(play, 'entry.addChannel', { ...common, channelNumber: open, name: '人社服务号' }, clerk);
  await must(play, 'entry.addChannel', { ...common, channelNumber: closed, name: '银行服务号' }, clerk);
  await must(play, 'entry.setChannel', { channelNumber: open, voucherOpen: true }, clerk);
  play.openChannel.set(cityCode, open);
  play.closedChannel.set(cityCode, closed);
}

/** Template first, approved class second, vouchers third. Notice 三(三). */
export async function issueVouchers(play: Play): Promise<void> {
  const { clock, plan } = play;
  const templateIds = new Map<CityCode, string>();
  await clock.step('templates', async () => {
    for (const cityCode of plan.cities) templateIds.set(cityCode, await publishTemplate(play, cityCode));
    return plan.cities.length;
  });
  await clock.step('rosters_imported', async () => {
    for (const [position, planned] of plan.classes.entries()) {
      const institution = play.institutions[planned.institution];
      if (!institution) throw new Error('a class without an institution');
      const templateId = templateIds.get(institution.cityCode) ?? '';
      play.classes.push(await createClass(play, planned, institution, templateId, position));
    }
    return play.rows.good + play.rows.bad;
  });
  await clock.step('classes_approved', async () => {
    for (const { id, institution } of play.classes) {
      await must(play, 'training.submitClass', { classId: id }, institution.administrator);
      await must(
        play,
        'training.approveClass',
        { classId: id },
        officersOfCity(play, institution.cityCode).clerk,
      );
    }
    return play.classes.length;
  });
  await clock.step('issued', async () => {
    for (const { id, institution } of play.classes) {
      const { clerk } = officersOfCity(play, institution.cityCode);
      const job = await must(play, 'voucher.issue', { classId: id }, clerk);
      play.issued += (await waitForJob(play, job, 'voucher.getJob', clerk)).done;
    }
    return play.issued;
  });
}

async function publishTemplate(play: Play, cityCode: CityCode): Promise<string> {
  const { clerk } = officersOfCity(play, cityCode);
  const quota = Math.max(
    1,
    play.plan.classes.reduce((sum, { people }) => sum + people.length, 0),
  );
  const { id } = await must(
    play,
    'voucher.createTemplate',
    {
      cityCode,
      name: '岗位技能提升培训券',
      projectId: 'skill_upgrade',
      issueMode: 'targeted',
      functionMode: 'face_value',
      amountFen: AMOUNT_FEN,
      quota,
      budgetFen: timesFen(AMOUNT_FEN, quota),
      claimWindowDays: CLAIM_WINDOW_DAYS,
      validDays: VALID_DAYS,
      audience: [{ kind: 'labour_contract' }, { kind: 'enterprise_pension' }],
      institutionIds: [],
    },
    clerk,
  );
  await must(play, 'voucher.publishTemplate', { templateId: id }, clerk);
  return id;
}

/** A class with its roster: dry run, import, and the same file once more, which must add nobody. */
async function createClass(
  play: Play,
  planned: PlannedClass,
  institution: StagedInstitution,
  templateId: string,
  position: number,
): Promise<StagedClass> {
  const { administrator } = institution;
  const { id } = await must(
    play,
    'training.createClass',
    {
      institutionId: institution.id,
      templateId,
      name: planned.name,
      place: '实训楼一层',
      startsOn: '2026-12-01',
      endsOn: '2026-12-20',
      hours: 40,
    },
    administrator,
  );
  const file = await rosterFileOf(planned, position);
  const upload = () => play.stage.caller.upload(administrator, `imports/${id}/${file.name}`, file.bytes);
  const checked = await must(
    play,
    'training.checkRoster',
    { classId: id, fileId: await upload() },
    administrator,
  );
  const imported = await must(
    play,
    'training.importRoster',
    { classId: id, fileId: await upload() },
    administrator,
  );
  if (checked.added !== 0 || checked.bad !== imported.bad)
    throw new Error('the dry run and the import disagree');
  if (position === 0) {
    const again = await must(
      play,
      'training.importRoster',
      { classId: id, fileId: await upload() },
      administrator,
    );
    if (again.added !== 0) throw new Error('the same file made people twice');
  }
  addTallies(play.refused, imported.badByCode);
  play.rows.good += imported.good;
  play.rows.bad += imported.bad;
  return { id, plan: planned, institution };
}

/** The person's voucher, by the rule that ids follow. */
export interface HeldVoucher {
  person: PlannedPerson;
  openid: string;
  voucherId: string;
  staged: StagedClass;
}

/** Workers come through an official account, sign in by e-SSC, and claim. Notice 三(四). */
export async function claimVouchers(play: Play): Promise<HeldVoucher[]> {
  const people = play.classes.flatMap(staged => staged.plan.people.map(person => ({ person, staged })));
  const comers = people.filter(({ person }) => isClaimed(person.destiny));
  const held: HeldVoucher[] = [];
  await play.clock.step('workers_signed_in', async () => {
    await eachOf(comers, CONCURRENCY, async ({ person }) => {
      await play.stage.caller.signIn(play.stage.essc, person);
    });
    return comers.length;
  });
  await play.clock.step('claimed', async () => {
    await eachOf(comers, CONCURRENCY, async ({ person, staged }) => {
      held.push(await claimOne(play, person, staged));
    });
    return held.length;
  });
  return held;
}

async function claimOne(play: Play, person: PlannedPerson, staged: StagedClass): Promise<HeldVoucher> {
  const openid = openidOf(person);
  const { items } = await must(play, 'voucher.listMine', {}, openid);
  const voucherId = items.find(voucher => voucher.classId === staged.id)?.id ?? '';
  const { cityCode } = staged.institution;
  if (person.destiny === 'uses_after_closed_channel') {
    const channelNumber = play.closedChannel.get(cityCode) ?? '';
    await attempt(play, 'voucher.claim', { voucherId, channelNumber }, openid);
  }
  const channelNumber = play.openChannel.get(cityCode) ?? '';
  await must(play, 'voucher.claim', { voucherId, channelNumber }, openid);
  return { person, openid, voucherId, staged };
}
