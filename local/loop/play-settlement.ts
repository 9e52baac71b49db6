import { makeVoucherCode } from '../../cloudfunctions/shared/domain/voucher-code';
import { dayOf } from '../../cloudfunctions/shared/domain/calendar';
import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import { NO_FEN, toFen, type Fen } from '../../miniprogram/contract/fen';
import type { BatchView } from '../../miniprogram/contract/settlement';
import {
  attempt,
  officersOfCity,
  waitForJob,
  type Play,
  type SeenCode,
  type StagedInstitution,
} from './play';
import { addTallies, addToTally, type Tally } from './tally';

/** Codes of one application; the rest goes into the next. */
const CODES_A_BATCH = 5_000;

/** Codes that have been seen by now, by what became of them. */
export interface KnownCodes {
  used: readonly SeenCode[];
  voided: readonly SeenCode[];
  expired: readonly SeenCode[];
}

export interface Settlement {
  batchedCount: number;
  paidFen: Fen;
  /** What the imports and payments had to refuse. */
  expected: Tally;
}

interface StagedBatch {
  institution: StagedInstitution;
  codes: string[];
  view: BatchView;
}

/** Verified codes into subsidy applications, two reviews, payment, write-off. Notice 三(六). */
export async function settleVouchers(play: Play, known: KnownCodes): Promise<Settlement> {
  const settlement: Settlement = { batchedCount: 0, paidFen: NO_FEN, expected: {} };
  const batches: StagedBatch[] = [];
  await play.clock.step('batched', async () => {
    for (const institution of play.institutions) {
      for (const part of partsFor(institution, known)) {
        batches.push(await fillBatch(play, institution, part, known, settlement));
      }
    }
    return settlement.batchedCount;
  });
  await play.clock.step('reviewed', async () => {
    for (const batch of batches) await reviewBatch(play, batch, settlement);
    return batches.length;
  });
  await play.clock.step('paid_and_settled', async () => {
    for (const batch of batches) await payBatch(play, batch, settlement);
    return settlement.batchedCount;
  });
  return settlement;
}

function partsFor({ id }: StagedInstitution, { used }: KnownCodes): string[][] {
  const own = used.filter(({ institution }) => institution.id === id).map(({ code }) => code);
  const parts = Math.ceil(own.length / CODES_A_BATCH);
  return Array.from({ length: parts }, (_, i) => own.slice(i * CODES_A_BATCH, (i + 1) * CODES_A_BATCH));
}

/** A file of codes as an office would send it: the right ones, and one of each kind that has to be refused. */
async function fillBatch(
  play: Play,
  institution: StagedInstitution,
  codes: string[],
  known: KnownCodes,
  settlement: Settlement,
): Promise<StagedBatch> {
  const { administrator, id: institutionId, cityCode } = institution;
  const wrong = wrongCodes(institution, codes, known);
  for (const { reason } of wrong) addToTally(settlement.expected, reason);
  const application = { institutionId, projectId: 'skill_upgrade', title: '培训补贴申请' } as const;
  const given = [...codes, ...wrong.map(({ code }) => code)];
  const { batchId, job } = await play.acts.fillBatch(application, given, administrator);
  addTallies(play.refused, job.refusedByCode);
  if (job.done !== codes.length)
    throw new Error(`${job.done} codes went in instead of ${codes.length} in ${cityCode}`);
  settlement.batchedCount += job.done;
  const view = await play.acts.must('settlement.submitBatch', { batchId }, administrator);
  return { institution, codes, view };
}

/** One code of each kind that must be refused, as far as there is one. */
function wrongCodes(
  { id, cityCode }: StagedInstitution,
  codes: readonly string[],
  { used, voided, expired }: KnownCodes,
): { reason: ErrorCode; code: string }[] {
  const isOwn = ({ institution }: SeenCode) => institution.id === id;
  const isOfCity = ({ institution }: SeenCode) => institution.cityCode === cityCode;
  const unknown = makeVoucherCode({ cityCode, year: 2000, random: '0000000000' });
  const candidates: [ErrorCode, string | undefined][] = [
    ['voucher_code_unknown', unknown],
    ['voucher_code_malformed', '不是券码'],
    ['duplicate_in_file', codes[0]],
    ['voucher_of_other_city', used.find(seen => !isOfCity(seen))?.code],
    ['voucher_not_for_this_institution', used.find(seen => isOfCity(seen) && !isOwn(seen))?.code],
    ['voucher_voided', voided.find(isOwn)?.code],
    ['voucher_expired', expired.find(isOwn)?.code],
  ];
  return candidates.flatMap(([reason, code]) => (code === undefined ? [] : [{ reason, code }]));
}

async function reviewBatch(
  play: Play,
  { institution, view }: StagedBatch,
  { expected }: Settlement,
): Promise<void> {
  const { firstReviewer, secondReviewer } = officersOfCity(play, institution.cityCode);
  await play.acts.must('settlement.reviewBatch', { batchId: view.id }, firstReviewer);
  await attempt(play, 'settlement.approveBatch', { batchId: view.id }, firstReviewer);
  addToTally(expected, 'batch_same_person');
  await play.acts.must('settlement.approveBatch', { batchId: view.id }, secondReviewer);
}

async function payBatch(
  play: Play,
  { institution, view }: StagedBatch,
  settlement: Settlement,
): Promise<void> {
  const { payer } = officersOfCity(play, institution.cityCode);
  const paidOn = dayOf(Date.now() + play.stage.cloud.clockOffsetMs);
  const payment = { batchId: view.id, paidOn, reference: `ZF-${view.number}` };
  await attempt(play, 'settlement.payBatch', { ...payment, paidFen: view.totalFen + 1 }, payer);
  addToTally(settlement.expected, 'paid_amount_differs');
  const paid = await play.acts.must('settlement.payBatch', { ...payment, paidFen: view.totalFen }, payer);
  settlement.paidFen = toFen(settlement.paidFen + (paid.paidFen ?? 0));
  const job = await play.acts.must('settlement.getJob', { jobId: paid.jobId ?? '' }, payer);
  await waitForJob(play, job, 'settlement.getJob', payer);
  const ended = await play.acts.must('settlement.getBatch', { batchId: view.id }, payer);
  if (ended.status !== 'settled') throw new Error(`batch ended ${ended.status}`);
}
