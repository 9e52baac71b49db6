import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { RowProblem } from '../../../miniprogram/contract/imports';
import type { JobKind, JobRefusal, JobStatus } from '../../../miniprogram/contract/jobs';
import type { StepActor } from '../domain/voucher';
import { DocumentCollection, type Stored } from './document-collection';

/** Long work, cut into chunks. The cursor says what is done; running a chunk again is harmless. */
export interface Job extends Stored {
  kind: JobKind;
  status: JobStatus;
  /** What it works on; which of them is set depends on the kind. */
  classId?: string;
  templateId?: string;
  batchId?: string;
  reason?: string;
  cityCode: CityCode;
  institutionId?: string;
  startedBy: StepActor;
  startedAtMs: number;
  finishedAtMs?: number;
  total: number;
  /** Vouchers that an issue job sets aside from its template before it makes the first. */
  toReserve?: number;
  done: number;
  refused: number;
  refusedByCode: Partial<Record<ErrorCode, number>>;
  failureCode?: ErrorCode;
  /** Refusals of the latest chunk: written with its counts, moved to `jobRefusals` before the next one. */
  lastRefusals?: { id: string; rows: JobRefusal[] } | undefined;
  cursor: string;
  /** Whoever holds the lease works on the job; after that time anybody may. */
  leaseUntilMs: number;
}

/** What is known of a job before it runs. */
export type NewJob = Omit<
  Job,
  | 'version'
  | 'status'
  | 'done'
  | 'refused'
  | 'refusedByCode'
  | 'lastRefusals'
  | 'cursor'
  | 'leaseUntilMs'
  | 'finishedAtMs'
  | 'failureCode'
>;

export const jobs = new DocumentCollection<Job>('jobs');

/** A 券码 that a job works on, or what is wrong with the row that should hold one. */
export type JobRow = { row: number; code: string } | RowOfProblem;
type RowOfProblem = { row: number; code?: undefined; problem: Omit<RowProblem, 'row'> };

/** Rows that a job works through. `id` is `<jobId>-<chunk>`. */
export interface JobInput extends Stored {
  rows: JobRow[];
}

export const jobInputs = new DocumentCollection<JobInput>('jobInputs');

/** Refusals of one chunk. `id` is `<jobId>-<place>`, in order. */
export interface JobRefusals extends Stored {
  jobId: string;
  rows: JobRefusal[];
}

export const jobRefusals = new DocumentCollection<JobRefusals>('jobRefusals');
