import { getJobOf, listJobRefusalsOf } from '../shared/jobs/job-operations';
import { operation } from '../shared/runtime/operation';

export const getJob = operation('training.getJob', getJobOf('add_institutions'));

export const listJobRefusals = operation('training.listJobRefusals', listJobRefusalsOf('add_institutions'));
