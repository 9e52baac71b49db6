import { BATCH_JOB_KINDS } from '../shared/domain/job';
import { getJobOf, listJobRefusalsOf } from '../shared/jobs/job-operations';
import { operation } from '../shared/runtime/operation';

export const getJob = operation('settlement.getJob', getJobOf(...BATCH_JOB_KINDS));

export const listJobRefusals = operation('settlement.listJobRefusals', listJobRefusalsOf(...BATCH_JOB_KINDS));
