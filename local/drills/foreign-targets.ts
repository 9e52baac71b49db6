import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import { planFor } from '../loop/plan';
import { must, officersOfCity, setTheStage, startPlay, waitForJob, type Play } from '../loop/play';
import { madeUpPerson, type MadeUpPerson } from '../stage/made-up-people';
import type { Stage } from '../stage/stage';
import type { Targets } from './foreign-inputs';

const FIRST_WORKER = 8_000_000;
/** Vouchers of the running class: enough for one in each state and three batches. */
const PEOPLE = 8;

/** Sets up records of the first city's first institution, one in each state that an owner could move on. */
export async function setUpTargets(stage: Stage): Promise<{ play: Play; targets: Targets; holder: string }> {
  const play = startPlay(stage, planFor(4));
  await setTheStage(play);
  const institution = play.institutions[0];
  if (!institution) throw new Error('no institution');
  const { cityCode, administrator, id: institutionId } = institution;
  const { clerk, firstReviewer, secondReviewer } = officersOfCity(play, cityCode);
  const owner = { play, institutionId, administrator, clerk, cityCode };

  const draftTemplateId = await makeTemplate(owner);
  const templateId = await makeTemplate(owner);
  await must(play, 'voucher.publishTemplate', { templateId }, clerk);

  const workers = Array.from({ length: PEOPLE }, (_, i) => madeUpPerson(FIRST_WORKER + i));
  const draftClassId = await makeClass(owner, templateId, workers);
  const submittedClassId = await makeClass(owner, templateId, workers, 'submit');
  const approvedClassId = await makeClass(owner, templateId, workers, 'submit', 'approve');
  const runningClassId = await makeClass(owner, templateId, workers, 'submit', 'approve', 'start');
  const issueJob = await must(play, 'voucher.issue', { classId: runningClassId }, clerk);
  await waitForJob(play, issueJob, 'voucher.getJob', clerk);

  const channelNumber = play.openChannel.get(cityCode) ?? '';
  const vouchers = await claimAll({ ...owner, channelNumber }, workers.slice(1));
  const issued = (
    await must(play, 'voucher.listVouchers', { classId: runningClassId, status: 'issued' }, clerk)
  ).items[0];
  const [claimed, used, ...forBatches] = vouchers;
  if (!issued || !claimed || !used) throw new Error('too few vouchers');
  for (const voucher of [used, ...forBatches]) {
    const { qrText } = await must(play, 'voucher.showCode', { voucherId: voucher.id }, voucher.openid);
    await must(play, 'verification.use', { qrText }, administrator);
  }
  const draft = await makeBatch(owner, []);
  const [first, second, third] = forBatches;
  const submitted = await makeBatch(owner, [first?.id ?? '']);
  const reviewed = await makeBatch(owner, [second?.id ?? '']);
  const approved = await makeBatch(owner, [third?.id ?? '']);
  await must(play, 'settlement.submitBatch', { batchId: submitted.batchId }, administrator);
  for (const { batchId } of [reviewed, approved]) {
    await must(play, 'settlement.submitBatch', { batchId }, administrator);
    await must(play, 'settlement.reviewBatch', { batchId }, firstReviewer);
  }
  const { totalFen } = await must(
    play,
    'settlement.approveBatch',
    { batchId: approved.batchId },
    secondReviewer,
  );

  const administrators = await must(play, 'training.listAdministrators', { institutionId }, clerk);
  const rosterEntries = await must(play, 'training.listRoster', { classId: draftClassId }, clerk);
  const { qrText } = await must(play, 'voucher.showCode', { voucherId: claimed.id }, claimed.openid);
  const targets: Targets = {
    cityCode,
    channelNumber,
    institutionId,
    administratorId: administrators.items[0]?.personId ?? '',
    staffId: administrators.items[0]?.personId ?? '',
    templateId,
    draftTemplateId,
    draftClassId,
    submittedClassId,
    approvedClassId,
    runningClassId,
    rosterEntryId: rosterEntries.items[0]?.id ?? '',
    rosterFileId: await stage.caller.upload(
      administrator,
      'imports/foreign/roster.csv',
      rosterBytes(workers),
    ),
    issuedVoucherId: issued.id,
    claimedVoucherId: claimed.id,
    usedVoucherId: used.id,
    voucherCode: used.code,
    qrText,
    draftBatchId: draft.batchId,
    submittedBatchId: submitted.batchId,
    reviewedBatchId: reviewed.batchId,
    approvedBatchId: approved.batchId,
    batchedVoucherId: first?.id ?? '',
    codesFileId: await stage.caller.upload(
      administrator,
      'imports/foreign/codes.csv',
      Buffer.from(`券码\n${used.code}\n`),
    ),
    issueJobId: issueJob.id,
    importJobId: submitted.jobId,
    paidFen: totalFen,
    today: dayOf(Date.now()),
  };
  return { play, targets, holder: claimed.openid };
}

interface Owner {
  play: Play;
  institutionId: string;
  administrator: string;
  clerk: string;
  cityCode: Targets['cityCode'];
}

async function makeTemplate({ play, clerk, cityCode }: Owner): Promise<string> {
  const fields = {
    cityCode,
    name: '岗位技能提升培训券',
    projectId: 'skill_upgrade',
    issueMode: 'targeted',
    functionMode: 'face_value',
    amountFen: 50_000,
    quota: 1_000,
    budgetFen: 50_000_000,
    claimWindowDays: 30,
    validDays: 90,
    audience: [{ kind: 'labour_contract' }, { kind: 'enterprise_pension' }],
    institutionIds: [],
  } as const;
  const { id } = await must(
    play,
    'voucher.createTemplate',
    { ...fields, audience: [...fields.audience], institutionIds: [] },
    clerk,
  );
  return id;
}

const rosterBytes = (people: readonly MadeUpPerson[]): Uint8Array =>
  Buffer.from(
    [
      '姓名,身份证号,劳动合同,养老保险',
      ...people.map(({ name, idNumber }) => `${name},${idNumber},是,是`),
    ].join('\n'),
  );

type Move = 'submit' | 'approve' | 'start';

async function makeClass(
  { play, institutionId, administrator, clerk }: Owner,
  templateId: string,
  people: readonly MadeUpPerson[],
  ...moves: Move[]
): Promise<string> {
  const fields = { name: '电工班', place: '实训楼', startsOn: '2026-12-01', endsOn: '2026-12-20', hours: 40 };
  const { id: classId } = await must(
    play,
    'training.createClass',
    { institutionId, templateId, ...fields },
    administrator,
  );
  const fileId = await play.stage.caller.upload(
    administrator,
    `imports/${classId}/roster.csv`,
    rosterBytes(people),
  );
  await must(play, 'training.importRoster', { classId, fileId }, administrator);
  if (moves.includes('submit')) await must(play, 'training.submitClass', { classId }, administrator);
  if (moves.includes('approve')) await must(play, 'training.approveClass', { classId }, clerk);
  if (moves.includes('start')) await must(play, 'training.startClass', { classId }, administrator);
  return classId;
}

interface Claimed {
  id: string;
  code: string;
  openid: string;
}

async function claimAll(
  { play, channelNumber }: Owner & { channelNumber: string },
  people: readonly MadeUpPerson[],
): Promise<Claimed[]> {
  const claimed: Claimed[] = [];
  for (const person of people) {
    const openid = await play.stage.caller.signIn(play.stage.essc, person);
    const { items } = await must(play, 'voucher.listMine', {}, openid);
    const voucherId = items[0]?.id ?? '';
    const { code } = await must(play, 'voucher.claim', { voucherId, channelNumber }, openid);
    claimed.push({ id: voucherId, code, openid });
  }
  return claimed;
}

async function makeBatch({ play, institutionId, administrator }: Owner, voucherIds: string[]) {
  const fields = { institutionId, projectId: 'skill_upgrade', title: '补贴申请' } as const;
  const { id: batchId } = await must(play, 'settlement.createBatch', fields, administrator);
  if (voucherIds.length === 0) return { batchId, jobId: '' };
  const job = await must(play, 'settlement.addVouchers', { batchId, voucherIds }, administrator);
  await waitForJob(play, job, 'settlement.getJob', administrator);
  return { batchId, jobId: job.id };
}
