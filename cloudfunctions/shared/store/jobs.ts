import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
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
  done: number;
  refused: number;
  refusedByCode: Partial<Record<ErrorCode, number>>;
  failureCode?: ErrorCode;
  cursor: string;
  /** Whoever holds the lease works on the job; after that time anybody may. */
  leaseUntilMs: number;
}

export const jobs = new DocumentCollection<Job>('jobs');

/** Codes that a job works through. `id` is `<jobId>-<chunk>`. */
export interface JobInput extends Stored {
  rows: { row: number; code: string }[];
}

export const jobInputs = new DocumentCollection<JobInput>('jobInputs');

/** Refusals of one chunk. `id` is `<jobId>-<chunk>`: a chunk that runs again writes the same. */
export interface JobRefusals extends Stored {
  jobId: string;
  rows: JobRefusal[];
}

export const jobRefusals = new DocumentCollection<JobRefusals>('jobRefusals');
