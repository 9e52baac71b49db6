/** An institution that is suspended, or left out by the template, after its class was made. */
import { dayOf } from '../../../cloudfunctions/shared/domain/calendar';
import { addInstitution, createCast, signInAs, type Cast } from '../../support/callers';
import {
  aDraftClass,
  anApprovedClass,
  aPublishedTemplate,
  classFields,
  importPeople,
} from '../../support/classes';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

const CHANNEL = '3701000009';

let cloud: TestCloud;
let cast: Cast;
let otherInstitutionId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
  const { institution } = await addInstitution(cloud, cast.clerk, { number: 90, cityCode: '3701' });
  otherInstitutionId = institution.id;
  const channel = {
    channelNumber: CHANNEL,
    cityCode: '3701',
    name: '服务号',
    kind: 'web',
    issuing: true,
  } as const;
  await cloud.must('entry.addChannel', channel, cast.clerk);
  await cloud.must('entry.setChannel', { channelNumber: CHANNEL, voucherOpen: true }, cast.clerk);
});
afterAll(() => cloud.stop());
afterEach(() => setActive(true));

const setActive = (active: boolean) =>
  cloud.must('training.setInstitution', { institutionId: cast.institution.id, active }, cast.clerk);
/** As the others read it before the administrators' accounts have heard of it. */
const suspendUnheard = () =>
  cloud.sdk().database().collection('institutions').doc(cast.institution.id).update({ active: false });
const leaveOut = (templateId: string) =>
  cloud.must('voucher.amendTemplate', { templateId, institutionIds: [otherInstitutionId] }, cast.clerk);

async function aFilledClass() {
  const made = await aDraftClass(cloud, cast);
  await importPeople(cloud, cast, { classId: made.classId }, { count: 1 });
  return made;
}

async function aSubmittedClass() {
  const made = await aFilledClass();
  await cloud.must('training.submitClass', { classId: made.classId }, cast.administrator);
  return made;
}

const submit = (classId: string) => cloud.ask('training.submitClass', { classId }, cast.administrator);
const approve = (classId: string) => cloud.ask('training.approveClass', { classId }, cast.clerk);
const start = (classId: string) => cloud.ask('training.startClass', { classId }, cast.administrator);
const issue = (classId: string) => cloud.ask('voucher.issue', { classId }, cast.clerk);

describe('a suspended institution', () => {
  it('has no class reviewed, and no vouchers issued, until it is active again', async () => {
    const submitted = await aSubmittedClass();
    const approved = await anApprovedClass(cloud, cast, { people: 1 });
    await setActive(false);

    expect(await approve(submitted.classId)).toEqual(refused('institution_not_active'));
    expect(await issue(approved.classId)).toEqual(refused('institution_not_active'));
    expect(await cloud.documents('jobs')).toEqual([]);
    await setActive(true);
    expect(await approve(submitted.classId)).toMatchObject({ ok: true });
    expect(await issue(approved.classId)).toMatchObject({ ok: true, data: { done: 1 } });
  });

  it('can have a class sent back by the clerk', async () => {
    const { classId } = await aSubmittedClass();
    await setActive(false);

    const returned = await cloud.ask('training.returnClass', { classId, reason: '机构停用' }, cast.clerk);

    expect(returned).toMatchObject({ ok: true, data: { status: 'returned' } });
  });

  it('hands nothing in and starts nothing, even before its administrators’ phones have heard of it', async () => {
    const filled = await aFilledClass();
    const approved = await anApprovedClass(cloud, cast, { people: 1 });
    const form = { institutionId: cast.institution.id, projectId: 'skill_upgrade', title: '一批' } as const;
    const { id: batchId } = await cloud.must('settlement.createBatch', form, cast.administrator);
    await suspendUnheard();

    expect(await submit(filled.classId)).toEqual(refused('institution_not_active'));
    expect(await cloud.ask('settlement.submitBatch', { batchId }, cast.administrator)).toEqual(
      refused('institution_not_active'),
    );
    expect(await start(approved.classId)).toEqual(refused('institution_not_active'));
  });

  it('costs nobody a voucher: it may be claimed meanwhile, and used once the institution is active again', async () => {
    const worker = await signInAs(cloud, aPerson(0));
    const { classId } = await anApprovedClass(cloud, cast, { people: 1 });
    await cloud.must('voucher.issue', { classId }, cast.clerk);
    await cloud.must('training.startClass', { classId }, cast.administrator);
    const { items } = await cloud.must('voucher.listMine', {}, worker);
    const voucherId = items.find(each => each.classId === classId)?.id ?? '';
    await setActive(false);

    const claimed = await cloud.ask('voucher.claim', { voucherId, channelNumber: CHANNEL }, worker);
    const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
    const scanned = await cloud.ask('verification.use', { qrText }, cast.administrator);
    await setActive(true);
    const scannedAgain = await cloud.ask('verification.use', { qrText }, cast.administrator);

    expect(claimed).toMatchObject({ ok: true, data: { status: 'claimed' } });
    expect(scanned).toEqual(refused('institution_suspended'));
    expect(scannedAgain).toMatchObject({ ok: true, data: { status: 'used' } });
  });
});

/** The class as a function leaves it that is killed after it has set the vouchers of one person aside. */
async function aRunningIssue() {
  const { classId, templateId } = await anApprovedClass(cloud, cast, { people: 3 });
  const { id: jobId } = await cloud.must('voucher.issue', { classId }, cast.clerk);
  const database = cloud.sdk().database();
  const made = (await cloud.documents('vouchers')).filter(voucher => voucher['classId'] === classId);
  for (const { _id } of made.slice(1)) await database.collection('vouchers').doc(_id).remove();
  const { remove } = database.command;
  const running = { status: 'running', cursor: '', done: 0, leaseUntilMs: 0, finishedAtMs: remove() };
  await database.collection('jobs').doc(jobId).update(running);
  await database
    .collection('templates')
    .doc(templateId)
    .update({ [`reservations.${jobId}`]: 3 });
  return { classId, templateId, jobId };
}
const vouchersOf = async (classId: string) =>
  (await cloud.documents('vouchers')).filter(voucher => voucher['classId'] === classId);

describe('an issue that is under way when the institution is suspended', () => {
  it('stops, keeps what is made, gives the rest back, and is ordered anew once the institution is active', async () => {
    const { classId, templateId, jobId } = await aRunningIssue();
    await setActive(false);
    await cloud.cloud.fireTimer('timer');
    const stopped = await cloud.must('voucher.getJob', { jobId }, cast.clerk);
    const madeBefore = await vouchersOf(classId);
    const template = (await cloud.documents('templates')).find(({ _id }) => _id === templateId);

    await setActive(true);
    const again = await issue(classId);

    expect(stopped).toMatchObject({ status: 'failed', failureCode: 'institution_not_active' });
    expect(madeBefore).toHaveLength(1);
    expect(template?.['reservations']).toEqual({});
    expect(again).toMatchObject({ ok: true, data: { status: 'finished', done: 2 } });
    expect(await vouchersOf(classId)).toHaveLength(3);
  });
});

describe('what a suspended institution has begun', () => {
  it('is settled where it was handed in, and waits where it was not', async () => {
    const worker = await signInAs(cloud, aPerson(0));
    const form = { institutionId: cast.institution.id, projectId: 'skill_upgrade', title: '一批' } as const;
    const aUsedVoucher = async () => {
      const { classId } = await anApprovedClass(cloud, cast, { people: 1 });
      await issue(classId);
      await start(classId);
      const { items } = await cloud.must('voucher.listMine', {}, worker);
      const voucherId = items.find(each => each.classId === classId)?.id ?? '';
      await cloud.must('voucher.claim', { voucherId, channelNumber: CHANNEL }, worker);
      const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
      await cloud.must('verification.use', { qrText }, cast.administrator);
      return { classId, voucherId };
    };
    const aFilledBatch = async (voucherId: string) => {
      const { id: batchId } = await cloud.must('settlement.createBatch', form, cast.administrator);
      await cloud.must('settlement.addVouchers', { batchId, voucherIds: [voucherId] }, cast.administrator);
      return batchId;
    };
    const [handedIn, draft, loose] = [await aUsedVoucher(), await aUsedVoucher(), await aUsedVoucher()];
    const submitted = await aFilledBatch(handedIn.voucherId);
    const waiting = await aFilledBatch(draft.voucherId);
    await cloud.must('settlement.submitBatch', { batchId: submitted }, cast.administrator);
    await setActive(false);

    const [first, second] = cast.reviewers;
    await cloud.must('settlement.reviewBatch', { batchId: submitted }, first);
    const { totalFen, history = [] } = await cloud.must(
      'settlement.approveBatch',
      { batchId: submitted },
      second,
    );
    const approvedAtMs = history.at(-1)?.atMs ?? cloud.nowMs();
    const paid = await cloud.must(
      'settlement.payBatch',
      {
        batchId: submitted,
        paidFen: totalFen,
        paidOn: dayOf(approvedAtMs),
        reference: 'SUSPENDED-1',
      },
      cast.payer,
    );
    await cloud.cloud.fireTimer('timer');
    const statusOf = async (voucherId: string) =>
      (await cloud.documents('vouchers')).find(({ _id }) => _id === voucherId)?.['status'];

    expect(paid.status).toMatch(/paid|settled/);
    expect(await statusOf(handedIn.voucherId)).toBe('settled');
    expect(await statusOf(draft.voucherId)).toBe('batched');
    expect(await statusOf(loose.voucherId)).toBe('used');
    expect(await cloud.ask('settlement.submitBatch', { batchId: waiting }, cast.administrator)).toEqual(
      refused('institution_suspended'),
    );
    // The class is still in progress, and the city may still take a scan back.
    expect((await cloud.must('training.getClass', { classId: loose.classId }, cast.clerk)).status).toBe(
      'running',
    );
    const reversed = await cloud.ask(
      'verification.reverse',
      { voucherId: loose.voucherId, reason: '停用核查' },
      cast.clerk,
    );
    expect(reversed).toMatchObject({ ok: true, data: { status: 'claimed' } });
    await setActive(true);
    expect(await cloud.ask('settlement.submitBatch', { batchId: waiting }, cast.administrator)).toMatchObject(
      {
        ok: true,
        data: { status: 'submitted' },
      },
    );
  });
});

describe('an administrator of a suspended institution', () => {
  const suspendBecause = (institutionId: string, reason: string) =>
    cloud.must('training.setInstitution', { institutionId, active: false, reason }, cast.clerk);

  it('reads since when and why, on the desk and with every call, until it is restored with a reason', async () => {
    const { institution, administrator } = await addInstitution(cloud, cast.clerk, {
      number: 91,
      cityCode: '3701',
    });
    const { id: institutionId, name } = institution;
    const sinceMs = cloud.nowMs();
    const closed = await suspendBecause(institutionId, '年审材料没有交齐');
    const told = { institutionName: name, reason: '年审材料没有交齐', sinceMs: expect.any(Number) as number };
    const form = { institutionId, projectId: 'skill_upgrade', title: '一批' } as const;

    const account = await cloud.must('account.getAccount', {}, administrator);
    expect(closed.standing?.sinceMs).toBeGreaterThanOrEqual(sinceMs);
    expect(closed).toMatchObject({ active: false, standing: { reason: '年审材料没有交齐' } });
    expect(account.grants).toEqual([]);
    expect(account.suspended).toEqual([
      { institutionId, name, reason: '年审材料没有交齐', sinceMs: closed.standing?.sinceMs },
    ]);
    for (const [operation, input] of [
      ['training.listClasses', {}],
      ['training.listInstitutions', { own: true }],
      ['training.getInstitution', { institutionId }],
      ['settlement.createBatch', form],
    ] as const) {
      expect(await cloud.ask(operation, input, administrator)).toEqual({
        ok: false,
        error: { code: 'institution_suspended', data: told },
      });
    }
    // What no administrator may do is refused as ever.
    expect(await cloud.ask('account.listStaff', { cityCode: '3701' }, administrator)).toEqual(
      refused('role_not_allowed'),
    );
    await cloud.must(
      'training.setInstitution',
      { institutionId, active: true, reason: '材料已补齐' },
      cast.clerk,
    );
    const restored = await cloud.must('training.getInstitution', { institutionId }, administrator);
    expect(restored).toMatchObject({ active: true, standing: { reason: '材料已补齐' } });
    expect(await cloud.must('account.getAccount', {}, administrator)).not.toHaveProperty('suspended');
  });

  it('is told so of that institution alone where there is another', async () => {
    const { institution, administrator } = await addInstitution(cloud, cast.clerk, {
      number: 92,
      cityCode: '3701',
    });
    const { name: person, idNumber } = cast.administrator.person;
    const { id: institutionId } = institution;
    await cloud.must('training.addAdministrator', { institutionId, name: person, idNumber }, cast.clerk);
    const { id: templateId } = await aPublishedTemplate(cloud, cast);
    const fields = { institutionId, ...classFields(cloud, templateId) };
    const { id: classId } = await cloud.must('training.createClass', fields, administrator);
    await importPeople(cloud, { ...cast, administrator }, { classId }, { count: 1 });
    const { items } = await cloud.must('training.listRoster', { classId }, administrator);
    const form = { institutionId, projectId: 'skill_upgrade', title: '一批' } as const;
    const { id: batchId } = await cloud.must('settlement.createBatch', form, administrator);
    await suspendBecause(institutionId, '抽查发现代签');

    for (const [operation, input] of [
      ['training.listClasses', { institutionId }],
      ['training.getClass', { classId }],
      ['training.submitClass', { classId }],
      ['training.listRoster', { classId }],
      ['training.removeRosterEntry', { entryId: items[0]?.id ?? '' }],
      ['training.getInstitution', { institutionId }],
      ['training.createClass', fields],
      ['settlement.getBatch', { batchId }],
      ['settlement.submitBatch', { batchId }],
      ['verification.countToday', { institutionId }],
    ] as const) {
      expect(await cloud.ask(operation, input, cast.administrator)).toMatchObject({
        error: { code: 'institution_suspended', data: { reason: '抽查发现代签' } },
      });
    }
    const own = { institutionId: cast.institution.id };
    expect(await cloud.ask('training.listClasses', own, cast.administrator)).toMatchObject({ ok: true });
    expect(await cloud.ask('training.getClass', { classId: 'nothing' }, cast.administrator)).toEqual(
      refused('class_not_found'),
    );
  });

  it('is suspended by a phone that gives no reason, and a reason may be given later', async () => {
    const institutionId = otherInstitutionId;
    const silent = await cloud.must('training.setInstitution', { institutionId, active: false }, cast.clerk);
    const explained = await suspendBecause(institutionId, '整改');

    expect(silent.standing).toEqual({ sinceMs: expect.any(Number) as number });
    expect(explained.standing).toEqual({ sinceMs: silent.standing?.sinceMs, reason: '整改' });
    await cloud.must('training.setInstitution', { institutionId, active: true, reason: '完成' }, cast.clerk);
  });
});

describe('an institution that may run some projects only', () => {
  const setProjects = (projectIds: ('pre_job' | 'skill_upgrade')[]) =>
    cloud.must('training.setInstitution', { institutionId: cast.institution.id, projectIds }, cast.clerk);
  afterEach(() => setProjects([]));

  it('makes, hands in and gets no class of another, until it may', async () => {
    const filled = await aFilledClass();
    const submitted = await aSubmittedClass();
    const { id: templateId } = await aPublishedTemplate(cloud, cast);
    const fields = { institutionId: cast.institution.id, ...classFields(cloud, templateId) };
    const limited = await setProjects(['pre_job']);

    const code = 'project_not_allowed_for_institution';
    expect(limited.projectIds).toEqual(['pre_job']);
    expect(await cloud.ask('training.createClass', fields, cast.administrator)).toEqual(refused(code));
    expect(await submit(filled.classId)).toEqual(refused(code));
    expect(await approve(submitted.classId)).toEqual(refused(code));
    await setProjects(['pre_job', 'skill_upgrade']);
    expect(await cloud.ask('training.createClass', fields, cast.administrator)).toMatchObject({ ok: true });
    expect(await submit(filled.classId)).toMatchObject({ ok: true });
    expect(await setProjects([])).not.toHaveProperty('projectIds');
    expect(await approve(submitted.classId)).toMatchObject({ ok: true });
  });
});

describe('an institution that the template leaves out', () => {
  it('has no class handed in, reviewed or provided with vouchers', async () => {
    const filled = await aFilledClass();
    const submitted = await aSubmittedClass();
    const approved = await anApprovedClass(cloud, cast, { people: 1 });
    for (const { templateId } of [filled, submitted, approved]) await leaveOut(templateId);

    const code = 'institution_not_allowed_for_template';
    expect(await submit(filled.classId)).toEqual(refused(code));
    expect(await approve(submitted.classId)).toEqual(refused(code));
    expect(await issue(approved.classId)).toEqual(refused(code));
  });

  it('still holds the class for which people have vouchers', async () => {
    const { classId, templateId } = await anApprovedClass(cloud, cast, { people: 1 });
    await cloud.must('voucher.issue', { classId }, cast.clerk);
    await leaveOut(templateId);

    expect(await start(classId)).toMatchObject({ ok: true, data: { status: 'running' } });
  });
});

it('a channel that is closed after the issue is passed by with the names of those that are open', async () => {
  const worker = await signInAs(cloud, aPerson(0));
  const { classId } = await anApprovedClass(cloud, cast, { people: 1 });
  await cloud.must('voucher.issue', { classId }, cast.clerk);
  const { items } = await cloud.must('voucher.listMine', {}, worker);
  const voucherId = items.find(each => each.classId === classId)?.id ?? '';
  await cloud.must('entry.setChannel', { channelNumber: CHANNEL, voucherOpen: false }, cast.clerk);

  const closed = await cloud.ask('voucher.claim', { voucherId, channelNumber: CHANNEL }, worker);
  await cloud.must('entry.setChannel', { channelNumber: CHANNEL, voucherOpen: true }, cast.clerk);
  const open = await cloud.ask('voucher.claim', { voucherId, channelNumber: CHANNEL }, worker);

  expect(closed).toEqual({ ok: false, error: { code: 'channel_not_open', data: { openChannels: [] } } });
  expect(open).toMatchObject({ ok: true });
});
