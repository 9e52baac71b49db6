import type { JobRefusal } from '../../../miniprogram/contract/jobs';
import { codeOf, type Voucher } from '../domain/voucher';
import type { Job } from '../domain/job';
import { CHUNK_MAX } from '../store/document-collection';
import type { JobRow } from '../store/jobs';
import { oneOf } from '../store/query';
import { vouchers } from '../store/vouchers';
import { readJobInput } from './job-inputs';
import { nothingLeft, type ChunkOutcome } from './job-runner';
import { takeStepWithMany, type RefusedVoucher, type StepOrder } from './steps-of-many';

/** The vouchers that rows of 券码 name, as far as there are any, in the order of the rows: what comes first gets what room there is. */
export async function findByRows(rows: readonly JobRow[]): Promise<Voucher[]> {
  const codes = rows.flatMap(row => row.code ?? []);
  if (codes.length === 0) return [];
  const places = new Map(codes.map((code, place) => [code, place]));
  const placeOf = (voucher: Voucher): number => places.get(codeOf(voucher) ?? '') ?? 0;
  const found = await vouchers.read({ where: { code: oneOf(codes) }, limit: CHUNK_MAX });
  return found.sort((a, b) => placeOf(a) - placeOf(b));
}

/** One chunk of a job that takes a step with the vouchers that rows of 券码 name. */
export async function takeStepWithRows(
  job: Pick<Job, 'id' | 'cursor'>,
  order: StepOrder,
): Promise<ChunkOutcome> {
  const input = await readJobInput(job.id, job.cursor);
  if (!input) return nothingLeft(job);
  const found = await findByRows(input.rows);
  const refusals = refuseRows(input.rows, found, await takeStepWithMany(found, order));
  return {
    cursor: input.nextCursor,
    done: input.rows.length - refusals.length,
    refusals,
    finished: false,
  };
}

/** Every row that comes to nothing, with its reason, in the order of the rows. */
export function refuseRows(
  rows: readonly JobRow[],
  found: readonly Voucher[],
  refused: readonly RefusedVoucher[],
): JobRefusal[] {
  const known = new Set(found.map(codeOf));
  const refusedByCode = new Map(refused.map(refusal => [codeOf(refusal.voucher), refusal]));
  return rows.flatMap((row): JobRefusal[] => {
    if (row.code === undefined) return [{ row: row.row, ...row.problem }];
    const { row: number, code } = row;
    if (!known.has(code)) return [{ row: number, voucherCode: code, code: 'voucher_code_unknown' }];
    const refusal = refusedByCode.get(code);
    return refusal ? [toRefusal(number, refusal)] : [];
  });
}

export const toRefusal = (row: number, { voucher, code }: RefusedVoucher): JobRefusal => ({
  row,
  ...toVoucherCode(voucher),
  code,
  ...(code === 'voucher_in_batch' &&
    'batchNumber' in voucher && { data: { batchNumber: voucher.batchNumber } }),
});

/** One that has none yet is named by nothing. */
function toVoucherCode(voucher: Voucher): Pick<JobRefusal, 'voucherCode'> {
  const voucherCode = codeOf(voucher);
  return voucherCode === undefined ? {} : { voucherCode };
}
