import { encryptText } from '../../../cloudfunctions/shared/runtime/secrets';
import { dayOf } from '../../../cloudfunctions/shared/domain/calendar';
import { addInstitution, createCast, signInOfficer } from '../../support/callers';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type Caller, type TestCloud } from '../../support/test-cloud';
import {
  codesOf,
  insert,
  publishedTemplate,
  seedCity,
  seedClass,
  seedHolding,
  signedIn,
  stored,
  useVoucher,
  type City,
} from '../voucher/seed';
import { aBatch, newBatch, usedVouchers } from './settle-loop';

let cloud: TestCloud;
let city: City;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
});
afterAll(() => cloud.stop());

const personKeyOf = async ({ openid }: Caller) =>
  String((await stored(cloud, 'accounts', openid))?.['personKey']);
const payment = (batchId: string) => ({
  batchId,
  paidFen: 100_000,
  paidOn: dayOf(cloud.nowMs()),
  reference: `ZF-${batchId}`,
});

describe('a clerk who administers an institution', () => {
  it('neither changes it nor decides who administers it beside them, and may give the role up', async () => {
    const { cityCode, institutionId } = city;
    const { name, idNumber } = aPerson(346_000);
    await cloud.must('training.addAdministrator', { institutionId, name, idNumber }, city.clerk);
    const insider = await signedIn(
      cloud,
      346_000,
      { role: 'clerk', cityCode },
      { role: 'administrator', cityCode, institutionId },
    );
    const [own, other] = [await personKeyOf(insider), await personKeyOf(city.administrator)];
    const third = aPerson(346_001);
    const isOwn = refused('institution_is_own');

    for (const fields of [{ active: false }, { name: '新名称' }])
      expect(await cloud.ask('training.setInstitution', { institutionId, ...fields }, insider)).toEqual(
        isOwn,
      );
    expect(
      await cloud.ask(
        'training.addAdministrator',
        { institutionId, name: third.name, idNumber: third.idNumber },
        insider,
      ),
    ).toEqual(isOwn);
    const remove = (personId: string) =>
      cloud.ask('training.removeAdministrator', { institutionId, personId }, insider);
    expect(await remove(other)).toEqual(isOwn);
    expect(await remove(own)).toMatchObject({ ok: true });
  });
});

describe('somebody with every role of the city, who was an administrator until just now', () => {
  let insider: Caller;

  beforeAll(async () => {
    const { cityCode, institutionId } = city;
    insider = await signedIn(
      cloud,
      347_000,
      { role: 'clerk', cityCode },
      { role: 'reviewer', cityCode },
      { role: 'payer', cityCode },
    );
    const personKey = await personKeyOf(insider);
    const by = { role: 'clerk' };
    await insert(cloud, 'grants', [
      {
        id: `${institutionId}-administrator-${personKey}`,
        personKey,
        nameCipher: encryptText('张三'),
        role: 'administrator',
        institutionId,
        active: false,
        grantedAtMs: 1,
        history: [
          { command: 'grant', atMs: 1, by, requestId: 'grant' },
          // All that is made below is older than that.
          { command: 'revoke', atMs: cloud.nowMs() + 10 * 60_000, by, requestId: 'revoke' },
        ],
      },
    ]);
  });

  const isOwn = refused('institution_is_own');

  it('decides on no batch of the institution', async () => {
    const submitted = await aBatch(cloud, city, { status: 'submitted' });
    const reviewed = await aBatch(cloud, city, { status: 'reviewed' });
    const approved = await aBatch(cloud, city, { status: 'approved' });
    const [voucherId = ''] = submitted.voucherIds;
    const reason = '材料不全';

    expect(
      await Promise.all([
        cloud.ask('settlement.reviewBatch', { batchId: submitted.batchId }, insider),
        cloud.ask('settlement.removeItem', { batchId: submitted.batchId, voucherId, reason }, insider),
        cloud.ask('settlement.returnBatch', { batchId: submitted.batchId, reason }, insider),
        cloud.ask('settlement.approveBatch', { batchId: reviewed.batchId }, insider),
        cloud.ask('settlement.returnBatch', { batchId: approved.batchId, reason }, insider),
        cloud.ask('settlement.payBatch', payment(approved.batchId), insider),
      ]),
    ).toEqual(Array(6).fill(isOwn));
    expect(await stored(cloud, 'batches', submitted.batchId)).toMatchObject({
      status: 'submitted',
      count: 2,
    });
  });

  it('decides on no class, no voucher and no verification of it', async () => {
    const templateId = await publishedTemplate(cloud, city);
    const classId = await seedClass(cloud, city, { templateId, status: 'submitted' });
    const open = await seedClass(cloud, city, { templateId });
    const holding = await seedHolding(cloud, city, { people: 2 });
    const [used = '', unused = ''] = holding.voucherIds;
    const [worker = city.clerk] = holding.workers;
    await useVoucher(cloud, city, worker, used);
    const reason = '有误';

    expect(
      await Promise.all([
        cloud.ask('training.approveClass', { classId }, insider),
        cloud.ask('training.returnClass', { classId, reason }, insider),
        cloud.ask('voucher.issue', { classId: open }, insider),
        cloud.ask('voucher.void', { voucherId: unused, reason }, insider),
        cloud.ask('voucher.voidBatch', { classId: holding.classId, reason }, insider),
        cloud.ask('verification.reverse', { voucherId: used, reason }, insider),
      ]),
    ).toEqual(Array(6).fill(isOwn));
    const voucherCodes = await codesOf(cloud, [unused]);
    expect(await cloud.must('voucher.voidBatch', { voucherCodes, reason }, insider)).toMatchObject({
      done: 0,
      refusedByCode: { institution_is_own: 1 },
    });
    // Somebody else does.
    expect(await cloud.ask('verification.reverse', { voucherId: used, reason }, city.clerk)).toMatchObject({
      ok: true,
    });
    expect(await cloud.ask('training.approveClass', { classId }, city.clerk)).toMatchObject({ ok: true });
  });

  it('decides on those of another institution', async () => {
    const elsewhere = {
      ...city,
      institutionId: city.otherInstitutionId,
      administrator: city.otherAdministrator,
    };
    const { batchId } = await aBatch(cloud, elsewhere, { status: 'submitted' });

    expect(await cloud.ask('settlement.reviewBatch', { batchId }, insider)).toMatchObject({ ok: true });
  });
});

describe('a person who has come to be administrator and officer', () => {
  it('reverses a scan for the institution, in its time, and not for the city', async () => {
    const { cityCode, institutionId } = city;
    const both = await signedIn(
      cloud,
      347_001,
      { role: 'clerk', cityCode },
      { role: 'administrator', cityCode, institutionId },
    );
    const [first = '', second = ''] = await usedVouchers(cloud, city, 2);
    const reverse = (voucherId: string) =>
      cloud.ask('verification.reverse', { voucherId, reason: '扫错' }, both);

    expect(await reverse(first)).toMatchObject({ ok: true });
    await cloud.advanceClock(25 * 60 * 60 * 1000);
    expect(await reverse(second)).toEqual(refused('undo_window_over'));
  });
});

describe('whoever filled a batch', () => {
  it('does not review it, though another submitted it', async () => {
    const { cityCode, institutionId } = city;
    const filler = await signedIn(
      cloud,
      347_002,
      { role: 'administrator', cityCode, institutionId },
      { role: 'reviewer', cityCode },
    );
    const voucherIds = await usedVouchers(cloud, city, 1);
    const batchId = await newBatch(cloud, city);
    await cloud.must('settlement.addVouchers', { batchId, voucherIds }, filler);
    await cloud.must('settlement.submitBatch', { batchId }, city.administrator);

    expect(await cloud.ask('settlement.reviewBatch', { batchId }, filler)).toEqual({
      ok: false,
      error: { code: 'batch_same_person', data: { did: 'prepare', needs: 'review' } },
    });
  });
});

describe('whoever took a voucher out under review', () => {
  it('does not pay', async () => {
    const { cityCode } = city;
    const striker = await signedIn(
      cloud,
      347_003,
      { role: 'reviewer', cityCode },
      { role: 'payer', cityCode },
    );
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'submitted', people: 3 });
    const removal = { batchId, voucherId: voucherIds[0] ?? '', reason: '缺勤' };
    await cloud.must('settlement.removeItem', removal, striker);
    await cloud.must('settlement.reviewBatch', { batchId }, city.reviewers[0]);
    await cloud.must('settlement.approveBatch', { batchId }, city.reviewers[1]);

    expect(await cloud.ask('settlement.payBatch', payment(batchId), striker)).toEqual(
      refused('batch_same_person'),
    );
    expect(await cloud.ask('settlement.payBatch', payment(batchId), city.payer)).toMatchObject({ ok: true });
  });
});

describe('with the real grants', () => {
  it('taking the role away before the review helps nobody, and nobody gives a role to themselves', async () => {
    const cast = await createCast(cloud, { cityCode: '3703', workers: 0 });
    const { province, cityCode } = cast;
    const { institution, administrator } = await addInstitution(cloud, cast.clerk, { number: 501, cityCode });
    const form = { institutionId: institution.id, projectId: 'pre_job', title: '一批' } as const;
    const { id: batchId } = await cloud.must('settlement.createBatch', form, administrator);
    const helper = aPerson(348_000);
    const asAdministrator = { institutionId: institution.id, name: helper.name, idNumber: helper.idNumber };
    const { personId } = await cloud.must('training.addAdministrator', asAdministrator, cast.clerk);
    await cloud.must('training.removeAdministrator', { institutionId: institution.id, personId }, cast.clerk);
    const reviewer = await signInOfficer(cloud, province, { person: helper, role: 'reviewer', cityCode });
    await cloud
      .sdk()
      .database()
      .collection('batches')
      .doc(batchId)
      .update({ status: 'submitted', count: 1, totalFen: 1 });

    expect(await cloud.ask('settlement.reviewBatch', { batchId }, reviewer)).toEqual(
      refused('institution_is_own'),
    );
    const reviewed = await cloud.must('settlement.reviewBatch', { batchId }, cast.reviewers[0]);
    const masked = expect.stringMatching(/\*/) as unknown;
    expect(reviewed.history).toMatchObject([{ byName: masked }, { command: 'review', byName: masked }]);
    const shown = await cloud.must('settlement.getBatch', { batchId }, administrator);
    expect(shown.history).toEqual(reviewed.history);
    expect(JSON.stringify(shown)).not.toContain(cast.reviewers[0].person.name);

    const { name, idNumber } = province.person;
    expect(
      await cloud.ask('account.grantRole', { name, idNumber, role: 'payer', cityCode }, province),
    ).toEqual(refused('role_to_oneself'));
    const self = cast.clerk.person;
    const ownSchool = { institutionId: institution.id, name: self.name, idNumber: self.idNumber };
    expect(await cloud.ask('training.addAdministrator', ownSchool, cast.clerk)).toEqual(
      refused('role_to_oneself'),
    );
  });
});
