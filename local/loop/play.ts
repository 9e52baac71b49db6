import type { CityCode } from '../../miniprogram/contract/areas';
import { toFen } from '../../miniprogram/contract/fen';
import type { JobView } from '../../miniprogram/contract/jobs';
import type { PlainInputOf, OperationName, OutputOf } from '../../miniprogram/contract/operations';
import { Acts, usualTemplate } from '../stage/acts';
import { eachOf } from '../stage/each';
import { appointOfficers, PROVINCE_OFFICER, type CityOfficers } from '../stage/officers';
import { openidOf } from '../stage/caller';
import type { Stage } from '../stage/stage';
import { isClaimed, type Plan, type PlannedClass, type PlannedPerson } from './plan';
import { rosterFileOf } from './roster-file';
import { StepClock, type StepListener } from './steps';
import { addTallies, addToTally, type Tally } from './tally';

/** Phones at work at the same time. */
export const CONCURRENCY = 16;
export const AMOUNT_FEN = toFen(120_000);
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
  acts: Acts;
  clock: StepClock;
  plan: Plan;
  officers: Map<CityCode, CityOfficers>;
  channels: Map<CityCode, { open: string; closed: string }>;
  institutions: StagedInstitution[];
  classes: StagedClass[];
  /** What was refused, everywhere. */
  refused: Tally;
  rows: { good: number; bad: number };
  issued: number;
}

export function startPlay(stage: Stage, plan: Plan, listener: StepListener = {}): Play {
  const clock = new StepClock(stage, listener);
  return {
    stage,
    acts: new Acts(stage, () => clock.fireTimer()),
    clock,
    plan,
    officers: new Map(),
    channels: new Map(),
    institutions: [],
    classes: [],
    refused: {},
    rows: { good: 0, bad: 0 },
    issued: 0,
  };
}

/** A call whose refusal is counted. */
export async function attempt<Name extends OperationName>(
  play: Play,
  name: Name,
  input: PlainInputOf<Name>,
  openid: string,
): Promise<OutputOf<Name> | undefined> {
  const result = await play.stage.caller.call(name, input, { openid });
  if (result.ok) return result.data;
  addToTally(play.refused, result.error.code);
  return undefined;
}

export const officersOfCity = (play: Play, cityCode: CityCode): CityOfficers => {
  const officers = play.officers.get(cityCode);
  if (!officers) throw new Error(`no officers in ${cityCode}`);
  return officers;
};

/** Waits for a job and counts what it refused. */
export async function waitForJob(
  { acts, refused }: Play,
  started: JobView,
  getJob: 'voucher.getJob' | 'settlement.getJob',
  openid: string,
): Promise<JobView> {
  const job = await acts.waitForJob(started, getJob, openid);
  addTallies(refused, job.refusedByCode);
  return job;
}

/** Officers, channels, institutions and their administrators. */
export async function setTheStage(play: Play): Promise<void> {
  const { acts, clock, plan, stage } = play;
  await clock.step('officers', async () => {
    const province = await acts.signIn(PROVINCE_OFFICER);
    for (const [position, cityCode] of plan.cities.entries()) {
      const officers = await appointOfficers(stage, cityCode, position, province);
      play.officers.set(cityCode, officers);
      const entrants = { clerk: officers.clerk, sealer: officers.firstReviewer, province };
      play.channels.set(cityCode, await acts.addChannels(cityCode, entrants));
    }
    return plan.cities.length;
  });
  await clock.step('institutions', async () => {
    for (const [number, { cityCode, name, administrator }] of plan.institutions.entries()) {
      const { clerk } = officersOfCity(play, cityCode);
      const added = await acts.addInstitution({ name, cityCode, number }, administrator, clerk);
      play.institutions.push({ ...added, cityCode });
    }
    return plan.institutions.length;
  });
}

/** Template first, approved class second, vouchers third. Notice 三(三). */
export async function issueVouchers(play: Play): Promise<void> {
  await prepareClasses(play);
  await play.clock.step('issued', async () => {
    for (const staged of play.classes) await issueClass(play, staged);
    return play.issued;
  });
}

/** Templates, classes with their rosters, their approval and beginning: all that has to be before vouchers are issued and used. */
export async function prepareClasses(play: Play): Promise<void> {
  const { acts, clock, plan } = play;
  const templateIds = new Map<CityCode, string>();
  const quota = plan.classes.reduce((sum, { people }) => sum + people.length, 0);
  const terms = { amountFen: AMOUNT_FEN, quota, claimWindowDays: CLAIM_WINDOW_DAYS, validDays: VALID_DAYS };
  await clock.step('templates', async () => {
    for (const cityCode of plan.cities) {
      const { clerk } = officersOfCity(play, cityCode);
      templateIds.set(cityCode, await acts.publishTemplate(usualTemplate(cityCode, terms), clerk));
    }
    return plan.cities.length;
  });
  await clock.step('rosters_imported', async () => {
    for (const [position, planned] of plan.classes.entries()) {
      const institution = play.institutions[planned.institution];
      if (!institution) throw new Error('a class without an institution');
      const templateId = templateIds.get(institution.cityCode) ?? '';
      play.classes.push(await createClass(play, planned, { institution, templateId, position }));
    }
    return play.rows.good + play.rows.bad;
  });
  await clock.step('classes_approved', async () => {
    for (const { id, institution } of play.classes) {
      await acts.approveClass(
        id,
        institution.administrator,
        officersOfCity(play, institution.cityCode).clerk,
      );
    }
    return play.classes.length;
  });
  await clock.step('classes_started', async () => {
    for (const { id: classId, institution } of play.classes)
      await acts.must('training.startClass', { classId }, institution.administrator);
    return play.classes.length;
  });
}

export async function issueClass(play: Play, { id, institution }: StagedClass): Promise<void> {
  const { clerk } = officersOfCity(play, institution.cityCode);
  const job = await play.acts.must('voucher.issue', { classId: id }, clerk);
  play.issued += (await waitForJob(play, job, 'voucher.getJob', clerk)).done;
}

/** A class with its roster: dry run, import, and the same file once more, which must add nobody. */
async function createClass(
  { acts, ...play }: Play,
  planned: PlannedClass,
  {
    institution,
    templateId,
    position,
  }: { institution: StagedInstitution; templateId: string; position: number },
): Promise<StagedClass> {
  const { administrator, id: institutionId } = institution;
  const { id: classId } = await acts.createClass(
    { institutionId, templateId, name: planned.name },
    administrator,
  );
  const file = await rosterFileOf(planned, position);
  const upload = async () => ({
    classId,
    fileId: await acts.uploadRoster({ classId }, file.bytes, administrator),
  });
  const checked = await acts.must('training.checkRoster', await upload(), administrator);
  const imported = await acts.must('training.importRoster', await upload(), administrator);
  if (checked.added !== 0 || checked.bad !== imported.bad)
    throw new Error('the dry run and the import disagree');
  if (position === 0) {
    const again = await acts.must('training.importRoster', await upload(), administrator);
    if (again.added !== 0) throw new Error('the same file made people twice');
  }
  addTallies(play.refused, imported.badByCode);
  play.rows.good += imported.good;
  play.rows.bad += imported.bad;
  return { id: classId, plan: planned, institution };
}

/** A person with their voucher and their phone. */
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
      await play.acts.signIn(person);
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
  const { id: voucherId } = await play.acts.findMine(staged.id, openid);
  const channels = play.channels.get(staged.institution.cityCode) ?? { open: '', closed: '' };
  if (person.destiny === 'uses_after_closed_channel') {
    await attempt(play, 'voucher.claim', { voucherId, channelNumber: channels.closed }, openid);
  }
  await play.acts.must('voucher.claim', { voucherId, channelNumber: channels.open }, openid);
  return { person, openid, voucherId, staged };
}
