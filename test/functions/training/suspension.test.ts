/** An institution that is suspended, or left out by the template, after its class was made. */
import { addInstitution, createCast, signInAs, type Cast } from '../../support/callers';
import { aDraftClass, anApprovedClass, importPeople } from '../../support/classes';
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
    expect(scanned).toEqual(refused('role_not_allowed'));
    expect(scannedAgain).toMatchObject({ ok: true, data: { status: 'used' } });
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
