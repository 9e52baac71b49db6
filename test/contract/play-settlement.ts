import { signInAs, type Member } from '../support/callers';
import { aPerson } from '../support/people';
import { anIssuedClass, type IssuedClass } from './issued-class';
import { CHANNEL, type Story } from './story';

async function aUsedVoucher(story: Story, templateId: string, person: number): Promise<IssuedClass & Member> {
  const { cloud, cast } = story;
  const issued = await anIssuedClass(story, templateId, person);
  const { voucherId } = issued;
  const worker = await signInAs(cloud, aPerson(person));
  await cloud.must('voucher.claim', { voucherId, channelNumber: CHANNEL }, worker);
  const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
  await cloud.must('verification.use', { qrText }, cast.administrator);
  return { ...issued, ...worker };
}

/** A batch that is returned, and one that is paid and written off. */
export async function playSettlement(story: Story, templateId: string): Promise<void> {
  const { cloud, cast } = story;
  const { administrator, institution, reviewers, payer, clerk } = cast;
  const [first, second] = reviewers;
  const used = [
    await aUsedVoucher(story, templateId, 30),
    await aUsedVoucher(story, templateId, 31),
  ] as const;
  const form = { institutionId: institution.id, projectId: 'skill_upgrade', title: '三月第一批' } as const;
  const created = await story.done('settlement.createBatch', 'a batch', form, administrator);
  const batchId = created.id;
  await story.refused('settlement.submitBatch', 'batch_empty', { batchId }, administrator);
  const codes = [used[0].code, '370120270000000001', used[0].code, used[1].code];
  const check = { batchId, fileId: await story.uploadCodes(codes) };
  await story.done('settlement.checkCodes', 'two good rows of four', check, administrator);
  const load = { batchId, fileId: await story.uploadCodes(codes.slice(0, 3)) };
  const job = await story.done('settlement.importCodes', 'one good row of three', load, administrator);
  await story.done('settlement.getJob', 'that imported', { jobId: job.id }, administrator);
  await story.done('settlement.listJobRefusals', 'of an import', { jobId: job.id }, administrator);
  const picked = { batchId, voucherIds: [used[1].voucherId] };
  await story.done('settlement.addVouchers', 'one', picked, administrator);
  await story.done('settlement.getBatch', 'a draft', { batchId }, administrator);
  const removed = { batchId, voucherId: used[0].voucherId, reason: '下批再报' };
  await story.done('settlement.removeItem', 'by the school', removed, administrator);
  await story.refused('settlement.removeItem', 'voucher_not_in_batch', removed, administrator);
  await story.done('settlement.listItems', 'of a draft', { batchId }, administrator);
  await story.refused('voucher.showCode', 'voucher_in_batch', { voucherId: used[1].voucherId }, used[1]);
  await story.done('settlement.submitBatch', 'a batch', { batchId }, administrator);
  await story.refused('settlement.checkCodes', 'batch_not_draft', check, administrator);
  await story.done('settlement.reviewBatch', 'a batch', { batchId }, first);
  await story.refused('settlement.approveBatch', 'batch_same_person', { batchId }, first);
  await story.done('settlement.approveBatch', 'a batch', { batchId }, second);
  const paid = { batchId, paidFen: 50_000, paidOn: '2027-03-01', reference: 'ZF-1' };
  await story.refused('settlement.payBatch', 'paid_amount_differs', { ...paid, paidFen: 1 }, payer);
  const early = { ...paid, paidOn: '2021-08-30' };
  await story.refused('settlement.payBatch', 'payment_day_out_of_range', early, payer);
  await story.done('settlement.payBatch', 'a batch', paid, payer);
  await cloud.cloud.fireTimer('timer');
  const settled = await story.done('settlement.getBatch', 'that is settled', { batchId }, clerk);
  await story.done('settlement.getJob', 'that settled', { jobId: settled.jobId ?? '' }, payer);
  await story.done('voucher.getMine', 'that is settled', { voucherId: used[1].voucherId }, used[1]);
  await playReturn(story, used[0].voucherId);
  const { cityCode } = cast;
  await story.done('settlement.listBatches', 'of a city', { cityCode }, clerk);
  await story.done('settlement.countWaiting', 'of a city', { cityCodes: [cityCode] }, payer);
  await playRecall(story, used[0].voucherId);
}

async function playReturn(story: Story, voucherId: string): Promise<void> {
  const { cloud, cast } = story;
  const { administrator, institution, reviewers } = cast;
  const form = { institutionId: institution.id, projectId: 'skill_upgrade', title: '三月第二批' } as const;
  const { id: batchId } = await cloud.must('settlement.createBatch', form, administrator);
  const reason = { reason: '材料不全' };
  await story.refused('settlement.returnBatch', 'batch_not_returnable', { batchId, ...reason }, reviewers[0]);
  await cloud.must('settlement.addVouchers', { batchId, voucherIds: [voucherId] }, administrator);
  await cloud.must('settlement.submitBatch', { batchId }, administrator);
  await story.done('settlement.returnBatch', 'with a reason', { batchId, ...reason }, reviewers[0]);
  await cloud.cloud.fireTimer('timer');
  await story.done('settlement.getBatch', 'that was returned', { batchId }, administrator);
}

/** What was approved and cannot be paid: the bank has seen its reference before. */
async function playRecall(story: Story, voucherId: string): Promise<void> {
  const { cloud, cast } = story;
  const { administrator, institution, reviewers, payer } = cast;
  const form = { institutionId: institution.id, projectId: 'skill_upgrade', title: '三月第三批' } as const;
  const { id: batchId } = await cloud.must('settlement.createBatch', form, administrator);
  await cloud.must('settlement.addVouchers', { batchId, voucherIds: [voucherId] }, administrator);
  await cloud.must('settlement.submitBatch', { batchId }, administrator);
  await cloud.must('settlement.reviewBatch', { batchId }, reviewers[0]);
  await cloud.must('settlement.approveBatch', { batchId }, reviewers[1]);
  const paid = { batchId, paidFen: 50_000, paidOn: '2027-03-01', reference: 'ｚｆ－1' };
  await story.refused('settlement.payBatch', 'payment_reference_used', paid, payer);
  const returned = { batchId, reason: '银行退票' };
  await story.done('settlement.returnBatch', 'by the payer', returned, payer);
}
