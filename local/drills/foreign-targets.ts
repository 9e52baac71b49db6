import { stringify } from 'csv-stringify/sync';
import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import { planFor } from '../loop/plan';
import { officersOfCity, setTheStage, startPlay, type Play } from '../loop/play';
import { usualTemplate } from '../stage/acts';
import { madeUpPerson } from '../stage/made-up-people';
import type { CityOfficers } from '../stage/officers';
import type { Stage } from '../stage/stage';
import type { Targets } from './foreign-inputs';

const FIRST_WORKER = 8_000_000;
/** One voucher stays issued, one claimed, one used; three go into batches. */
const WORKERS = Array.from({ length: 6 }, (_, i) => madeUpPerson(FIRST_WORKER + i));

/** The owners of the targets. */
interface Owner extends CityOfficers {
  play: Play;
  institutionId: string;
  administrator: string;
}

/** Sets up records of the first city's first institution, one in each state that an owner could move on. */
export async function setUpTargets(stage: Stage): Promise<{ play: Play; targets: Targets; holder: string }> {
  const play = startPlay(stage, planFor(WORKERS.length));
  await setTheStage(play);
  const institution = play.institutions[0];
  if (!institution) throw new Error('no institution');
  const { cityCode, administrator, id: institutionId } = institution;
  const owner: Owner = { ...officersOfCity(play, cityCode), play, institutionId, administrator };
  const classes = await makeClasses(owner);
  const vouchers = await makeVouchers(owner, classes.runningClassId);
  const batches = await makeBatches(owner, vouchers.codesForBatches);
  const { acts } = play;
  const administrators = await acts.must('training.listAdministrators', { institutionId }, owner.clerk);
  const roster = await acts.must('training.listRoster', { classId: classes.draftClassId }, administrator);
  const personId = administrators.items[0]?.personId ?? '';
  const { holder, codesForBatches, ...voucherTargets } = vouchers;
  const targets: Targets = {
    cityCode,
    channelNumber: play.channels.get(cityCode)?.open ?? '',
    institutionId,
    administratorId: personId,
    staffId: personId,
    ...classes,
    rosterEntryId: roster.items[0]?.id ?? '',
    rosterFileId: await uploadCsv(owner, [['姓名', '身份证号', '劳动合同', '养老保险']]),
    ...voucherTargets,
    ...batches,
    batchedVoucherId: codesForBatches[0]?.voucherId ?? '',
    codesFileId: await uploadCsv(owner, [['券码'], [vouchers.voucherCode]]),
    today: dayOf(Date.now()),
  };
  return { play, targets, holder };
}

const uploadCsv = ({ play, administrator }: Owner, rows: string[][]): Promise<string> =>
  play.stage.caller.upload(administrator, 'imports/foreign.csv', Buffer.from(stringify(rows)));

async function makeClasses(owner: Owner) {
  const { play, clerk, cityCode, administrator } = owner;
  const { acts } = play;
  const { id: draftTemplateId } = await acts.must('voucher.createTemplate', usualTemplate(cityCode), clerk);
  const templateId = await acts.publishTemplate(usualTemplate(cityCode), clerk);
  const draftClassId = await makeClass(owner, templateId);
  const submittedClassId = await makeClass(owner, templateId);
  const approvedClassId = await makeClass(owner, templateId);
  const runningClassId = await makeClass(owner, templateId);
  await acts.must('training.submitClass', { classId: submittedClassId }, administrator);
  await acts.approveClass(approvedClassId, administrator, clerk);
  await acts.approveClass(runningClassId, administrator, clerk);
  await acts.must('training.startClass', { classId: runningClassId }, administrator);
  const { id: issueJobId } = await acts.issue(runningClassId, clerk);
  return {
    draftTemplateId,
    templateId,
    draftClassId,
    submittedClassId,
    approvedClassId,
    runningClassId,
    issueJobId,
  };
}

async function makeClass({ play, institutionId, administrator }: Owner, templateId: string): Promise<string> {
  const { id } = await play.acts.createClass({ institutionId, templateId, name: '电工班' }, administrator);
  await play.acts.importRoster({ classId: id }, WORKERS, administrator);
  return id;
}

async function makeVouchers({ play, administrator, clerk, cityCode }: Owner, classId: string) {
  const { acts } = play;
  const channelNumber = play.channels.get(cityCode)?.open ?? '';
  const held: { voucherId: string; openid: string; code: string }[] = [];
  for (const person of WORKERS.slice(1)) {
    const openid = await acts.signIn(person);
    const { id: voucherId, code } = await acts.findMine(classId, openid);
    await acts.must('voucher.claim', { voucherId, channelNumber }, openid);
    held.push({ voucherId, openid, code });
  }
  const [claimed, used, ...codesForBatches] = held;
  const [issued] = await acts.listVouchers({ classId, status: 'issued' }, clerk);
  if (!issued || !claimed || !used) throw new Error('too few vouchers');
  for (const { voucherId, openid } of [used, ...codesForBatches])
    await acts.use(voucherId, openid, administrator);
  return {
    issuedVoucherId: issued.id,
    claimedVoucherId: claimed.voucherId,
    usedVoucherId: used.voucherId,
    voucherCode: used.code,
    qrText: await acts.showCode(claimed.voucherId, claimed.openid),
    holder: claimed.openid,
    codesForBatches,
  };
}

/** One batch in each state that waits for somebody. */
async function makeBatches(owner: Owner, vouchers: readonly { code: string }[]) {
  const { play, administrator, firstReviewer, secondReviewer, institutionId } = owner;
  const { acts } = play;
  const application = { institutionId, projectId: 'skill_upgrade', title: '补贴申请' } as const;
  const fill = (position: number) =>
    acts.fillBatch(application, [vouchers[position]?.code ?? ''], administrator);
  const { id: draftBatchId } = await acts.must('settlement.createBatch', application, administrator);
  const submitted = await fill(0);
  const reviewed = await fill(1);
  const approved = await fill(2);
  for (const { batchId } of [submitted, reviewed, approved]) {
    await acts.must('settlement.submitBatch', { batchId }, administrator);
  }
  for (const { batchId } of [reviewed, approved]) {
    await acts.must('settlement.reviewBatch', { batchId }, firstReviewer);
  }
  const { totalFen } = await acts.must(
    'settlement.approveBatch',
    { batchId: approved.batchId },
    secondReviewer,
  );
  return {
    draftBatchId,
    submittedBatchId: submitted.batchId,
    reviewedBatchId: reviewed.batchId,
    approvedBatchId: approved.batchId,
    importJobId: submitted.job.id,
    paidFen: totalFen,
  };
}
