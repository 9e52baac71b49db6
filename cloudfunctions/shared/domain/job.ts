import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { BatchId, ClassId, InstitutionId, JobId, TemplateId } from '../../../miniprogram/contract/ids';
import type { JobKind, JobRefusal, JobStatus } from '../../../miniprogram/contract/jobs';
import type { StepActor } from './actor';

/** What each kind of job works on. */
interface JobWork {
  /** `toReserve` vouchers are set aside from the template before the first is made. */
  issue: { templateId: TemplateId; classId?: ClassId; institutionId?: InstitutionId; toReserve: number };
  /** Those of a class; without one, those of the codes that were laid out as the job's input. */
  void: { classId?: ClassId; reason: string };
  import_codes: { batchId: BatchId; institutionId: InstitutionId };
  unbatch: { batchId: BatchId; institutionId: InstitutionId; reason: string };
  settle: { batchId: BatchId; institutionId: InstitutionId };
}

interface Order {
  id: JobId;
  cityCode: CityCode;
  startedBy: StepActor;
  startedAtMs: number;
  /** Items to work through: done + refused at the end. */
  total: number;
}

/** What is known of a job before it runs. */
export type NewJobOf<K extends JobKind> = Order & { kind: K } & JobWork[K];

interface Progress {
  status: JobStatus;
  done: number;
  refused: number;
  refusedByCode: Partial<Record<ErrorCode, number>>;
  finishedAtMs?: number;
  failureCode?: ErrorCode;
  /** Refusals of the latest chunk: written with its counts, moved to `jobRefusals` before the next one. */
  lastRefusals?: { id: string; rows: JobRefusal[] } | undefined;
  /** Says what is done; running a chunk again is harmless. */
  cursor: string;
  /** Whoever holds the lease works on the job; after that time anybody may. */
  leaseUntilMs: number;
  version: number;
}

/** Long work, cut into chunks. */
export type JobOf<K extends JobKind> = NewJobOf<K> & Progress;
export type Job = { [K in JobKind]: JobOf<K> }[JobKind];

/** Kinds of jobs that a settlement batch asks for. */
export const BATCH_JOB_KINDS = ['import_codes', 'unbatch', 'settle'] as const satisfies readonly JobKind[];
export type BatchJobKind = (typeof BATCH_JOB_KINDS)[number];
export type NewBatchJob = { [K in BatchJobKind]: NewJobOf<K> }[BatchJobKind];

/** A job as it is when it is started. */
export const toJob = <K extends JobKind>(order: NewJobOf<K>): JobOf<K> => ({
  ...order,
  version: 1,
  status: 'running',
  done: 0,
  refused: 0,
  refusedByCode: {},
  cursor: '',
  leaseUntilMs: 0,
});

export const isRunning = ({ status }: { status: JobStatus }): boolean => status === 'running';
