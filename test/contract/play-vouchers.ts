import { randomUUID } from 'node:crypto';
import { UNDO_WINDOW_MS } from '../../miniprogram/contract/vouchers';
import { signInAs } from '../support/callers';
import { anApprovedClass } from '../support/classes';
import { aPerson } from '../support/people';
import { aRoster } from '../support/uploads';
import { anIssuedClass } from './issued-class';
import { CHANNEL, type Story } from './story';

const MINUTE_MS = 60 * 1000;

const DAY_MS = 24 * 60 * MINUTE_MS;

/** A 定向券 from the holder's list to the scan, taken back and scanned again. */
export async function playVoucher(story: Story, classId: string): Promise<void> {
  const { cloud, cast } = story;
  const { clerk, administrator, institution } = cast;
  const worker = await signInAs(cloud, aPerson(0));
  const { items } = await story.done('voucher.listMine', 'one issued', {}, worker);
  const voucherId = items[0]?.id ?? '';
  const claim = { voucherId, channelNumber: CHANNEL };
  await story.refused('voucher.showCode', 'voucher_not_yet_claimed', { voucherId }, worker);
  const closed = { voucherId, channelNumber: '3701000009' };
  await story.refused('voucher.claim', 'channel_not_open', closed, worker);
  const again = { ...worker, requestId: randomUUID() };
  await story.done('voucher.claim', 'a worker', claim, again);
  await story.done('voucher.claim', 'the same request again', claim, again);
  await story.refused('voucher.claim', 'request_id_reused', closed, again);
  await story.refused('voucher.claim', 'voucher_already_claimed', claim, worker);
  await story.refused('voucher.claim', 'request_id_missing', claim, { ...worker, requestId: null });
  const shown = await story.done('voucher.showCode', 'that was claimed', { voucherId }, worker);

  await story.refused(
    'verification.use',
    'code_unrecognised',
    { qrText: 'https://example.org' },
    administrator,
  );
  const wrong = { voucherId, digits: shown.digits === '000000' ? '111111' : '000000' };
  await story.refused('verification.use', 'digits_wrong', wrong, administrator);
  await story.done('verification.use', 'by picture', { qrText: shown.qrText }, administrator);
  const { qrText } = shown;
  await story.refused('verification.use', 'voucher_already_used', { qrText }, administrator);
  await story.refused('voucher.void', 'voucher_already_used', { voucherId, reason: '误发' }, clerk);
  await story.done('verification.reverse', 'by the school', { voucherId, reason: '扫错了人' }, administrator);
  await story.refused(
    'verification.reverse',
    'voucher_not_used',
    { voucherId, reason: '再来' },
    administrator,
  );
  const { digits } = await cloud.must('voucher.showCode', { voucherId }, worker);
  await story.done('verification.use', 'by digits', { voucherId, digits }, administrator);
  const place = { institutionId: institution.id };
  await story.done('verification.countToday', 'of a school', place, administrator);
  await story.done('verification.listVerifications', 'of a school', place, administrator);
  await story.done('voucher.getMine', 'that was used', { voucherId }, worker);
  await story.refused('voucher.getMine', 'voucher_not_found', { voucherId: 'nothing' }, worker);
  await story.done('voucher.getVoucher', 'that was used', { voucherId }, clerk);
  await story.done('voucher.listVouchers', 'of a class', { classId, status: 'used' }, administrator);
  await cloud.advanceClock(UNDO_WINDOW_MS + MINUTE_MS);
  const late = { voucherId, reason: '太迟了' };
  await story.refused('verification.reverse', 'undo_window_over', late, administrator);
  await story.refused('verification.use', 'code_expired', { qrText }, administrator);
}

/** A 通用券, which the scan binds to a class. */
export async function playGeneralVoucher(story: Story): Promise<void> {
  const { cloud, cast } = story;
  const { clerk, administrator } = cast;
  const general = { issueMode: 'general', functionMode: 'credit' } as const;
  const { classId, templateId } = await anApprovedClass(cloud, cast, { people: 0, template: general });
  await cloud.must('training.startClass', { classId }, administrator);
  const fileId = await story.upload({ templateId }, aRoster(1, 10), clerk);
  await story.done('training.importRoster', 'of a template', { templateId, fileId }, clerk);
  await story.done('training.listRoster', 'of a template', { templateId }, clerk);
  await story.done('voucher.issue', 'of a template', { templateId }, clerk);
  await story.done('voucher.getTemplate', 'with its issue job', { templateId }, clerk);
  const worker = await signInAs(cloud, aPerson(10));
  const { items } = await story.done('voucher.listMine', 'a general one', {}, worker);
  const voucherId = items[0]?.id ?? '';
  await story.done('voucher.claim', 'a general one', { voucherId, channelNumber: CHANNEL }, worker);
  const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
  await story.refused('verification.use', 'class_required', { qrText }, administrator);
  await story.done('verification.use', 'a general one', { qrText, classId }, administrator);
  await story.done('voucher.getMine', 'a general one that was used', { voucherId }, worker);
  await cloud.must('verification.reverse', { voucherId, reason: '选错班期' }, administrator);
  const replayed = { qrText, classId };
  await story.refused('verification.use', 'code_replayed', replayed, administrator);
  const { digits } = await cloud.must('voucher.showCode', { voucherId }, worker);
  const byDigits = { voucherId, digits, classId };
  await story.done('verification.use', 'a general one by digits', byDigits, administrator);
}

/** Vouchers that are voided: one, by a list of codes, a whole class. */
export async function playVoids(story: Story, templateId: string): Promise<void> {
  const { clerk } = story.cast;
  const reason = '名单有误';
  const one = await anIssuedClass(story, templateId, 20);
  await story.done('voucher.void', 'one that was issued', { voucherId: one.voucherId, reason }, clerk);
  const voucherId = one.voucherId;
  await story.refused('voucher.void', 'voucher_voided', { voucherId, reason }, clerk);
  await story.done('voucher.getVoucher', 'that was voided', { voucherId }, clerk);
  const two = await anIssuedClass(story, templateId, 21);
  const voucherCodes = [two.code, one.code];
  const job = await story.done('voucher.voidBatch', 'by codes', { voucherCodes, reason }, clerk);
  await story.done('voucher.getJob', 'that voided', { jobId: job.id }, clerk);
  await story.done('voucher.listJobRefusals', 'of a void', { jobId: job.id }, clerk);
  await story.refused('voucher.getJob', 'job_not_found', { jobId: 'nothing' }, clerk);
  const three = await anIssuedClass(story, templateId, 22);
  await story.done('voucher.voidBatch', 'of a class', { classId: three.classId, reason }, clerk);
}

export async function playEndOfClass(story: Story, templateId: string, classId: string): Promise<void> {
  const { cloud, cast } = story;
  const { administrator } = cast;
  await story.done('training.finishClass', 'on its last day', { classId }, administrator);
  await story.refused('training.finishClass', 'class_not_running', { classId }, administrator);
  const { voucherId, classId: running } = await anIssuedClass(story, templateId, 40);
  await story.refused('training.finishClass', 'class_not_yet_over', { classId: running }, administrator);
  await cloud.advanceClock(31 * DAY_MS);
  const worker = await signInAs(cloud, aPerson(40));
  const claim = { voucherId, channelNumber: CHANNEL };
  await story.refused('voucher.claim', 'claim_deadline_passed', claim, worker);
  await cloud.advanceClock(60 * DAY_MS);
  await cloud.signIn(worker.person);
  await story.done('voucher.listMine', 'one that has expired', {}, worker);
  await story.refused('voucher.claim', 'voucher_expired', claim, worker);
}
