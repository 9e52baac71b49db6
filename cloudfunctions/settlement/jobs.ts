import { BATCH_JOB_KINDS } from '../shared/jobs/batch-jobs';
import { getJobOf, JobInput, JobRefusalsInput, listJobRefusalsOf } from '../shared/jobs/job-operations';
import { operation } from '../shared/runtime/operation';

export const getJob = operation('settlement.getJob', { input: JobInput, run: getJobOf(...BATCH_JOB_KINDS) });

export const listJobRefusals = operation('settlement.listJobRefusals', {
  input: JobRefusalsInput,
  run: listJobRefusalsOf(...BATCH_JOB_KINDS),
});
