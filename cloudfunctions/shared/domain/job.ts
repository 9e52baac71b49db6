import type { CityCode } from '../../../miniprogram/contract/areas';
import type { CountyCode } from '../../../miniprogram/contract/counties';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type {
  BatchId,
  ClassId,
  EntryApplicationId,
  InstitutionId,
  JobId,
  TemplateId,
} from '../../../miniprogram/contract/ids';
import type { JobKind, JobRefusal, JobStatus } from '../../../miniprogram/contract/jobs';
import type { StepActor } from './actor';

/** Kinds of long work: those that people start and watch, and what a new version does to the data of an older one. */
export type WorkKind = JobKind | 'migrate';

interface OfCity {
  cityCode: CityCode;
  /** Of the institution that it is about, or of the officer who started it with codes of any. */
  countyCode?: CountyCode;
}
interface OfInstitution extends OfCity {
  institutionId: InstitutionId;
}

/** What each kind of job works on. */
interface JobWork {
  /** `toReserve` vouchers are set aside from the template before the first is made. */
  issue: OfCity & Partial<OfInstitution> & { templateId: TemplateId; classId?: ClassId; toReserve: number };
  /** Those of a class; without one, those of the codes that were laid out as the job's input. */
  void: OfCity & { classId?: ClassId; reason: string };
  import_codes: OfInstitution & { batchId: BatchId };
  unbatch: OfInstitution & { batchId: BatchId; reason: string };
  settle: OfInstitution & { batchId: BatchId };
  /** What an approved network entry opens: channel, accounts, API client. */
  open_entry: OfCity & { applicationId: EntryApplicationId };
  /** Institutions of a city with their administrators, laid out as the job's input. */
  add_institutions: OfCity;
  /** `before` and `after` are the migration's own counts of what it changes; `after` is there once it has ended. */
  migrate: { migration: string; changes: string; before: MigrationCounts; after?: MigrationCounts };
}

/** Documents by what they are to a migration; `left` are still to be changed. */
export type MigrationCounts = { readonly left: number } & Readonly<Record<string, number>>;

interface Order {
  id: JobId;
  startedBy: StepActor;
  startedAtMs: number;
  /** Items to work through: done + refused at the end. */
  total: number;
}

/** What is known of a job before it runs. */
export type NewJobOf<K extends WorkKind> = Order & { kind: K } & JobWork[K];

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
export type JobOf<K extends WorkKind> = NewJobOf<K> & Progress;
/** Long work that people may watch. */
export type WatchedJob = { [K in JobKind]: JobOf<K> }[JobKind];
export type Job = WatchedJob | JobOf<'migrate'>;

/** Kinds of jobs that a settlement batch asks for. */
export const BATCH_JOB_KINDS = ['import_codes', 'unbatch', 'settle'] as const satisfies readonly JobKind[];
export type BatchJobKind = (typeof BATCH_JOB_KINDS)[number];
export type NewBatchJob = { [K in BatchJobKind]: NewJobOf<K> }[BatchJobKind];

/** A job as it is when it is started. */
export const toJob = <K extends WorkKind>(order: NewJobOf<K>): JobOf<K> => ({
  ...order,
  version: 1,
  status: 'running',
  done: 0,
  refused: 0,
  refusedByCode: {},
  cursor: '',
  leaseUntilMs: 0,
});

/** What a job works on may grow or shrink while it runs: its total follows, and is what was worked through at the end. */
export const totalOf = (
  planned: number,
  { status, worked }: { status: JobStatus; worked: number },
): number => (status === 'finished' ? worked : Math.max(planned, worked));

export const isRunning = ({ status }: { status: JobStatus }): boolean => status === 'running';
