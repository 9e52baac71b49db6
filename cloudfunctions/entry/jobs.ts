import { getJobOf, listJobRefusalsOf } from '../shared/jobs/job-operations';
import { operation } from '../shared/runtime/operation';

export const getJob = operation('entry.getJob', getJobOf('open_entry'));

export const listJobRefusals = operation('entry.listJobRefusals', listJobRefusalsOf('open_entry'));
