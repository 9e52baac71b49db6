import type { InstitutionId, JobId, PersonKey } from '../../../miniprogram/contract/ids';
import type { RowProblem } from '../../../miniprogram/contract/imports';
import type { JobRefusal } from '../../../miniprogram/contract/jobs';
import type { Page } from '../../../miniprogram/contract/paging';
import type { InstitutionFields, InstitutionRow } from '../domain/institution-rows';
import type { Job } from '../domain/job';
import { DocumentCollection } from './document-collection';
import { JoinedRead } from './joined-read';
import { fromRecord, type Stored } from './query';

export const jobs = new DocumentCollection<Job, 'jobs'>('jobs');

/** A 券码 that a job works on, or what is wrong with the row that should hold one. */
export type JobRow = { row: number; code: string } | RowOfProblem;
type RowOfProblem = { row: number; code?: undefined; problem: Omit<RowProblem, 'row'> };

/** An institution to be added with an administrator or without, or what is wrong with the row of the file. */
export type InstitutionJobRow =
  | {
      row: number;
      institution: InstitutionFields & { id: InstitutionId };
      /** Which fields the file gives, and not leaves open. */
      given: InstitutionRow['given'];
      administrator?: { personKey: PersonKey; nameCipher: string };
    }
  | (RowOfProblem & { institution?: undefined });

/** Rows that a job works through. `id` is `<jobId>-<chunk>`. */
export interface JobInput extends Stored {
  rows: JobRow[] | InstitutionJobRow[];
}

export const jobInputs = new DocumentCollection<JobInput, 'jobInputs'>('jobInputs');

/** Refusals of one chunk. `id` is `<jobId>-<place>`, in order. */
export interface JobRefusals extends Stored {
  jobId: JobId;
  rows: JobRefusal[];
}

export const jobRefusals = new DocumentCollection<JobRefusals, 'jobRefusals'>('jobRefusals');

/** Chunks whose refusals make up one page. */
const CHUNKS_A_PAGE = 2;

export interface JobWithRefusals {
  job: Job | undefined;
  page: Page<JobRefusals>;
}

/** A job and a page of its refusals, in their order. */
export function refusalsOfJob(jobId: JobId, cursor: string | undefined): JoinedRead<JobWithRefusals> {
  const page = jobRefusals.joinedPage({ where: { jobId }, cursor, order: 'asc', limit: CHUNKS_A_PAGE });
  return new JoinedRead({ ...page.joins, jobs: jobs.join({ where: { _id: jobId }, limit: 1 }) }, found => ({
    job: found.jobs.map(fromRecord<Job>)[0],
    page: page.toResult(found),
  }));
}
