import { startMinistryCloud, type MinistryTestCloud } from '../../support/test-cloud';
import { codeFile, newBatch } from '../settlement/settle-loop';
import { codesOf, finishJob, seedCity, stored, useVoucher, type City } from '../voucher/seed';
import { aMadeVoucher, aMakingClass, aUsedVoucher, fire, fireLater, voucherIn } from './holding';

let cloud: MinistryTestCloud;
let city: City;
let foreign: City;

beforeAll(async () => {
  cloud = await startMinistryCloud();
  city = await seedCity(cloud);
  foreign = await seedCity(cloud, '3702');
});
afterAll(() => cloud.stop());

const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown });

/** A voucher that was scanned here, and whose use the platform has refused. */
async function aDisputedUse() {
  const made = await aMadeVoucher(cloud, city);
  await useVoucher(cloud, city, made.worker, made.voucherId);
  cloud.ministry.refuseNext('use', '1003');
  await fire(cloud);
  return made;
}

describe('a step that the platform refuses', () => {
  it('stands here, and is seen by the city and the province with the reason', async () => {
    const { voucherId } = await aDisputedUse();

    expect(await voucherIn(cloud, voucherId)).toMatchObject({
      status: 'used',
      dispute: {
        command: 'use',
        problem: { kind: 'refused', reason: 'past_validity', platformCode: '1003' },
      },
    });
    for (const caller of [city.clerk, city.province]) {
      const { items } = await cloud.must('voucher.listUndelivered', { cityCode: '3701' }, caller);
      expect(items.find(item => item.voucherId === voucherId)).toMatchObject({
        status: 'used',
        command: 'use',
        problem: { kind: 'refused', reason: 'past_validity', platformCode: '1003' },
      });
    }
    expect((await cloud.must('voucher.listUndelivered', {}, foreign.clerk)).items).toEqual([]);
    expect(await cloud.must('voucher.countUndelivered', {}, foreign.clerk)).toMatchObject({ waiting: 0 });
    for (const name of ['voucher.resend', 'voucher.acceptRefusal'] as const)
      expect(await cloud.ask(name, { voucherId }, foreign.clerk)).toEqual(refused('voucher_not_found'));
    const { disputed } = await cloud.must('voucher.countUndelivered', { cityCode: '3701' }, city.province);
    expect(disputed).toBe(1);
    await cloud.must('voucher.resend', { voucherId }, city.clerk);
    await fire(cloud);
  });

  it('keeps the voucher out of settlement, until it is sent again and accepted', async () => {
    const { voucherId } = await aDisputedUse();
    const batchId = await newBatch(cloud, city);
    const add = async () => {
      const input = { batchId, voucherIds: [voucherId] };
      const job = await cloud.must('settlement.addVouchers', input, city.administrator);
      return finishJob(cloud, city.administrator, job);
    };

    expect(await add()).toMatchObject({ done: 0, refusedByCode: { voucher_disputed: 1 } });
    const fileId = await codeFile(cloud, city, { batchId, codes: await codesOf(cloud, [voucherId]) });
    expect(await cloud.must('settlement.checkCodes', { batchId, fileId }, city.administrator)).toMatchObject({
      problems: [{ code: 'voucher_disputed' }],
    });

    await fireLater(cloud);
    expect(cloud.ministry.vouchers().get(voucherId)?.status).toBe('claimed');
    await cloud.must('voucher.resend', { voucherId }, city.clerk);
    await fire(cloud);

    expect(cloud.ministry.vouchers().get(voucherId)?.status).toBe('used');
    expect(await voucherIn(cloud, voucherId)).not.toHaveProperty('dispute');
    expect(await add()).toMatchObject({ done: 1 });
  });

  it('stops the batch that the voucher is in already: nothing is approved or paid', async () => {
    const first = await aUsedVoucher(cloud, city);
    const batchId = await newBatch(cloud, city);
    const input = { batchId, voucherIds: [first.voucherId] };
    await finishJob(
      cloud,
      city.administrator,
      await cloud.must('settlement.addVouchers', input, city.administrator),
    );
    cloud.ministry.refuseNext('batch', '1002');
    await fire(cloud);
    const disputed = refused('batch_voucher_disputed');

    expect(await cloud.ask('settlement.submitBatch', { batchId }, city.administrator)).toEqual(disputed);
    await cloud.must('voucher.resend', { voucherId: first.voucherId }, city.clerk);
    await fire(cloud);
    await cloud.must('settlement.submitBatch', { batchId }, city.administrator);
    await cloud.must('settlement.reviewBatch', { batchId }, city.reviewers[0]);
    const problem = { kind: 'refused', reason: 'other' };
    const dispute = { position: 4, command: 'batch', problem, atMs: cloud.nowMs() };
    const document = cloud.sdk().database().collection('vouchers').doc(first.voucherId);
    await document.update({ dispute });
    expect(await cloud.ask('settlement.approveBatch', { batchId }, city.reviewers[1])).toEqual(disputed);
    await document.update({ dispute: cloud.sdk().database().command.remove() });
    await cloud.must('settlement.approveBatch', { batchId }, city.reviewers[1]);
  });
});

describe('accepting the platform’s word', () => {
  it('ends a voucher that still lives, takes its verification back, and tells the platform', async () => {
    const { voucherId, worker } = await aDisputedUse();
    const { verificationId } = await voucherIn(cloud, voucherId);
    const request = { ...city.clerk, requestId: 'accept-refusal-1' };

    const ended = await cloud.must('voucher.acceptRefusal', { voucherId }, request);
    const again = await cloud.must('voucher.acceptRefusal', { voucherId }, request);
    await fire(cloud);

    expect([ended, again]).toEqual([
      { voucherId, status: 'voided' },
      { voucherId, status: 'voided' },
    ]);
    const voucher = await voucherIn(cloud, voucherId);
    expect(voucher.history.at(-1)).toMatchObject({ command: 'concede', from: 'used', refused: 'use' });
    for (const gone of ['dispute', 'stuckSinceMs', 'undeliveredSinceMs', 'verificationId', 'usedAtMs'])
      expect(voucher).not.toHaveProperty(gone);
    expect(await stored(cloud, 'verifications', verificationId ?? '')).toMatchObject({ voucherId });
    expect(cloud.ministry.vouchers().get(voucherId)?.status).toBe('voided');
    expect((await cloud.must('voucher.getMine', { voucherId }, worker)).status).toBe('voided');
    expect(await cloud.ask('voucher.acceptRefusal', { voucherId }, city.clerk)).toEqual(
      refused('voucher_not_disputed'),
    );
  });

  it('ends a voucher that the platform would not make, and tells it nothing of that', async () => {
    const { voucherIds, templateId } = await aMakingClass(cloud, city);
    const [voucherId = ''] = voucherIds;
    cloud.ministry.refuseNext('order', '1004');
    await fire(cloud);

    await cloud.must('voucher.acceptRefusal', { voucherId }, city.clerk);
    await fire(cloud);

    expect(await voucherIn(cloud, voucherId)).toMatchObject({ status: 'voided', quotaDue: false });
    expect(await stored(cloud, 'templates', templateId)).toMatchObject({ issuedCount: 0 });
    expect(cloud.ministry.vouchers().has(voucherId)).toBe(false);
    expect(cloud.ministry.deliveries().get(`${voucherId}:1`)).toBeUndefined();
  });

  it('changes nothing of a voucher that has ended here: who took note of it is kept', async () => {
    const { voucherId } = await aMadeVoucher(cloud, city);
    await cloud.must('voucher.void', { voucherId, reason: '退出培训' }, city.clerk);
    cloud.ministry.refuseNext('void', '1002');
    await fire(cloud);

    await cloud.must('voucher.acceptRefusal', { voucherId }, city.clerk);

    const voucher = await voucherIn(cloud, voucherId);
    expect(voucher).toMatchObject({
      status: 'voided',
      closedDisputes: [{ command: 'void', by: { role: 'clerk' } }],
    });
    expect(voucher).not.toHaveProperty('dispute');
    expect(voucher).not.toHaveProperty('undeliveredSinceMs');
  });

  it('waits for a voucher to leave its batch, and is nothing for who is at the institution', async () => {
    const { batchId, voucherIds } = await aBatchOfOne();
    const [voucherId = ''] = voucherIds;
    cloud.ministry.refuseNext('batch', '1002');
    await fire(cloud);

    expect(await cloud.ask('voucher.acceptRefusal', { voucherId }, city.clerk)).toEqual(
      refused('voucher_in_batch'),
    );
    const removal = { batchId, voucherId, reason: '部平台不认可' };
    await cloud.must('settlement.removeItem', removal, city.administrator);
    await cloud.must('voucher.acceptRefusal', { voucherId }, city.clerk);
    await fire(cloud);
    expect(cloud.ministry.vouchers().get(voucherId)?.status).toBe('voided');
  });

  async function aBatchOfOne() {
    const { voucherId } = await aUsedVoucher(cloud, city);
    const batchId = await newBatch(cloud, city);
    const input = { batchId, voucherIds: [voucherId] };
    await finishJob(
      cloud,
      city.administrator,
      await cloud.must('settlement.addVouchers', input, city.administrator),
    );
    return { batchId, voucherIds: [voucherId] };
  }
});

it('a voucher that is being made cannot be used, whoever types its digits', async () => {
  const { voucherIds } = await aMakingClass(cloud, city);
  const [voucherId = ''] = voucherIds;

  const result = await cloud.ask('verification.use', { voucherId, digits: '123456' }, city.administrator);

  expect(result.ok).toBe(false);
});
