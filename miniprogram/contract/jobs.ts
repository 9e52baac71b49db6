import type { ErrorCode } from './error-codes';
import type { JobId } from './ids';
import type { RowProblem } from './imports';

export type JobKind =
  'issue' | 'void' | 'import_codes' | 'unbatch' | 'settle' | 'open_entry' | 'add_institutions';
export type JobStatus = 'running' | 'finished' | 'failed';

/** Long work: runs in bounded chunks, survives a kill, tells how far it is. done + refused = total at the end. */
export interface JobView {
  id: JobId;
  kind: JobKind;
  status: JobStatus;
  total: number;
  done: number;
  refused: number;
  refusedByCode: Partial<Record<ErrorCode, number>>;
  /** Why it stopped for good. */
  failureCode?: ErrorCode;
  startedAtMs: number;
  finishedAtMs?: number;
}

/** A refused item of a job: the row of the imported file, or the voucher code concerned. */
export interface JobRefusal extends RowProblem {
  /** 券码 as it was given. */
  voucherCode?: string;
}
