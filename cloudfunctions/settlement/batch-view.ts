import type { BatchItemView, BatchStepView, BatchView } from '../../miniprogram/contract/settlement';
import type { Voucher } from '../shared/domain/voucher';
import type { Batch, BatchStep } from '../shared/domain/batch';
import { placeOf } from '../shared/domain/scope';
import { byName, namesOf, NO_NAMES, type Names } from '../shared/views/step-names';
import { maskedName } from '../shared/views/voucher-view';

export const toBatchView = (
  { id, number, title, status, institutionId, institutionName, projectId, count, totalFen, ...batch }: Batch,
  names: Names = NO_NAMES,
): BatchView => ({
  id,
  number,
  title,
  status,
  ...placeOf(batch),
  institutionId,
  institutionName,
  projectId,
  count,
  totalFen,
  ...(batch.paidFen !== undefined && { paidFen: batch.paidFen }),
  ...(batch.paidOn !== undefined && { paidOn: batch.paidOn }),
  ...(batch.jobId !== undefined && { jobId: batch.jobId }),
  history: batch.history.map(step => toStepView(step, names)),
  ...(batch.fills && { fills: batch.fills.map(fill => ({ atMs: fill.atMs, ...byName(fill, names) })) }),
});

/** The same with the names of those who had a hand in it, for who looks at this very batch. */
export const viewBatch = async (batch: Batch): Promise<BatchView> =>
  toBatchView(batch, await namesOf(batch.history, batch.fills));

const toStepView = ({ command, to, atMs, by, reason }: BatchStep, names: Names): BatchStepView => ({
  command,
  to,
  atMs,
  by: by.role,
  ...byName({ by }, names),
  ...(reason !== undefined && { reason }),
});

/** What is in a batch has been used; what has left it does not name it any more. */
export function toBatchItemView(voucher: Voucher): BatchItemView[] {
  if (!('batchId' in voucher)) return [];
  const { id, code, holderNameCipher, className, amountFen, usedAtMs } = voucher;
  return [
    {
      voucherId: id,
      code,
      holderName: maskedName(holderNameCipher),
      ...(className !== undefined && { className }),
      amountFen,
      usedAtMs,
    },
  ];
}
