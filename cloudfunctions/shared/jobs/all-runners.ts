import type { JobKind } from '../../../miniprogram/contract/jobs';
import { runOpenEntry } from './entry-job';
import { runAddInstitutions } from './institutions-job';
import { runIssue } from './issue-job';
import type { JobRunner } from './job-runner';
import { runImportCodes, runSettle, runUnbatch } from './settlement-jobs';
import { runVoid } from './void-job';

/** Every kind of long work that people start. */
export const JOB_RUNNERS: { readonly [K in JobKind]: JobRunner<K> } = {
  issue: runIssue,
  void: runVoid,
  import_codes: runImportCodes,
  unbatch: runUnbatch,
  settle: runSettle,
  open_entry: runOpenEntry,
  add_institutions: runAddInstitutions,
};
