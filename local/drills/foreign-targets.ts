import { completeUscc } from '../../cloudfunctions/shared/domain/uscc';
import { countiesOf } from '../../miniprogram/contract/counties';
import { planFor } from '../loop/plan';
import { officersOfCity, setTheStage, startPlay, type Play } from '../loop/play';
import { usualTemplate } from '../stage/acts';
import { madeUpPerson } from '../stage/made-up-people';
import type { CityOfficers } from '../stage/officers';
import type { Stage } from '../stage/stage';
import type { Targets } from './foreign-inputs';

const FIRST_WORKER = 8_000_000;
const NOBODY_OF_THE_CAST = 12_900_000;
/** One voucher is claimed and shown, the other goes into a batch. */
const WORKERS = Array.from({ length: 2 }, (_, i) => madeUpPerson(FIRST_WORKER + i));

const ANOTHER_SCHOOL = [{ name: '又一职业培训学校', uscc: completeUscc('91370100MA3LP9999') }];

/** The owners of the targets. */
interface Owner extends CityOfficers {
  play: Play;
  institutionId: string;
  administrator: string;
}

/**
 * Sets up records of the first city's first institution. Their states matter little: a stranger is refused before
 * anybody looks at them.
 */
export async function setUpTargets(stage: Stage): Promise<{ play: Play; targets: Targets; holder: string }> {
  const play = startPlay(stage, planFor(WORKERS.length));
  await setTheStage(play);
  const [institution] = play.institutions;
  if (!institution) throw new Error('no institution');
  const { cityCode, administrator, id: institutionId } = institution;
  const [countyCode] = countiesOf(cityCode);
  if (!countyCode) throw new Error('a city without counties');
  const owner: Owner = { ...officersOfCity(play, cityCode), play, institutionId, administrator };
  await play.acts.must('training.setInstitution', { institutionId, countyCode }, owner.clerk);
  const { templateId, classId, jobId } = await makeClass(owner);
  const shown = await claimVoucher(owner, classId, 0);
  const batch = await makeBatch(owner, await claimVoucher(owner, classId, 1));
  const { acts } = play;
  const administrators = await acts.must('training.listAdministrators', { institutionId }, owner.clerk);
  const entry = await entryOf(owner);
  const roster = await acts.must('training.listRoster', { classId }, administrator);
  const fields = {
    cityCode,
    countyCode,
    channelNumber: channelOf(owner),
    applicationId: entry.id,
    institutionId,
    personId: administrators.items[0]?.personId ?? '',
    templateId,
    classId,
    entryId: roster.items[0]?.id ?? '',
    voucherId: shown.voucherId,
    qrText: await acts.showCode(shown.voucherId, shown.openid),
    batchId: batch.batchId,
    fileId: await acts.uploadCodes(batch.batchId, [shown.code], administrator),
    idNumber: madeUpPerson(NOBODY_OF_THE_CAST).idNumber,
  };
  const entryJob = entry.approvalJobId ?? '';
  const training = await acts.importInstitutions(cityCode, ANOTHER_SCHOOL, owner.clerk);
  const jobIds = { voucher: jobId, training: training.id, settlement: batch.jobId, entry: entryJob };
  const targets: Targets = { fields, jobIds };
  return { play, targets, holder: shown.openid };
}

const channelOf = ({ play, cityCode }: Owner): string => play.channels.get(cityCode)?.open ?? '';

/** The network entry that has opened the city's channel. */
async function entryOf({ play: { acts }, cityCode, clerk }: Owner) {
  const { items } = await acts.must('entry.listApplications', { cityCode }, clerk);
  return acts.must('entry.getApplication', { applicationId: items[0]?.id ?? '' }, clerk);
}

/** A running class whose people hold vouchers. */
async function makeClass({ play, institutionId, administrator, clerk, cityCode }: Owner) {
  const { acts } = play;
  const templateId = await acts.publishTemplate(usualTemplate(cityCode), clerk);
  const { id: classId } = await acts.createClass(
    { institutionId, templateId, name: '电工班' },
    administrator,
  );
  await acts.importRoster({ classId }, WORKERS, administrator);
  await acts.approveClass(classId, administrator, clerk);
  await acts.must('training.startClass', { classId }, administrator);
  const { id: jobId } = await acts.issue(classId, clerk);
  return { templateId, classId, jobId };
}

interface Held {
  voucherId: string;
  code: string;
  openid: string;
}

async function claimVoucher(owner: Owner, classId: string, position: number): Promise<Held> {
  const { acts } = owner.play;
  const person = WORKERS[position];
  if (!person) throw new Error('too few workers');
  const openid = await acts.signIn(person);
  const { id: voucherId, code } = await acts.findMine(classId, openid);
  await acts.must('voucher.claim', { voucherId, channelNumber: channelOf(owner) }, openid);
  return { voucherId, code, openid };
}

/** A draft with one voucher in it. */
async function makeBatch(owner: Owner, { voucherId, code, openid }: Held) {
  const { play, institutionId, administrator } = owner;
  await play.acts.use(voucherId, openid, administrator);
  const form = { institutionId, projectId: 'skill_upgrade', title: '补贴申请' } as const;
  const { batchId, job } = await play.acts.fillBatch(form, [code], administrator);
  return { batchId, jobId: job.id };
}
