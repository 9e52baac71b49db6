import type { BatchItemView, BatchStepView, BatchView } from '../../miniprogram/contract/settlement';
import type { Voucher } from '../shared/domain/voucher';
import type { Batch, BatchStep } from '../shared/domain/batch';
import { maskedName } from '../shared/views/voucher-view';

export const toBatchView = ({
  id,
  number,
  title,
  status,
  cityCode,
  institutionId,
  institutionName,
  projectId,
  count,
  totalFen,
  ...batch
}: Batch): BatchView => ({
  id,
  number,
  title,
  status,
  cityCode,
  institutionId,
  institutionName,
  projectId,
  count,
  totalFen,
  ...(batch.paidFen !== undefined && { paidFen: batch.paidFen }),
  ...(batch.paidOn !== undefined && { paidOn: batch.paidOn }),
  ...(batch.jobId !== undefined && { jobId: batch.jobId }),
  history: batch.history.map(toStepView),
});

const toStepView = ({ command, to, atMs, by, reason }: BatchStep): BatchStepView => ({
  command,
  to,
  atMs,
  by: by.role,
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
