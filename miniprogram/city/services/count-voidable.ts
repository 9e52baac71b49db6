import type { VoucherStatus } from '../../contract/vouchers';
import { caller } from '../../services/cloud';
import type { Answer } from '../../view/failure';

const listVouchers = caller('voucher.listVouchers');

/** Pages read to count; a larger class is counted by the job itself. */
const PAGES_MAX = 5;

export interface VoidableCount {
  count: number;
  isPartial: boolean;
}

async function countStatus(classId: string, status: VoucherStatus): Promise<Answer<VoidableCount>> {
  let count = 0;
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await listVouchers({ classId, status, ...(cursor !== undefined && { cursor }) });
    if (!answer.ok) return answer;
    // An overdue voucher still stands under its old status until it is tidied.
    count += answer.data.items.filter(voucher => voucher.status === status).length;
    cursor = answer.data.nextCursor;
    if (cursor === undefined) break;
  }
  return { ok: true, data: { count, isPartial: cursor !== undefined } };
}

/** Vouchers of a class that nobody has used yet. */
export async function countVoidable(classId: string): Promise<Answer<VoidableCount>> {
  const [issued, claimed] = await Promise.all([
    countStatus(classId, 'issued'),
    countStatus(classId, 'claimed'),
  ]);
  if (!issued.ok) return issued;
  if (!claimed.ok) return claimed;
  return {
    ok: true,
    data: {
      count: issued.data.count + claimed.data.count,
      isPartial: issued.data.isPartial || claimed.data.isPartial,
    },
  };
}
