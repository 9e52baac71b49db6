import { getJobOf, JobInput, JobRefusalsInput, listJobRefusalsOf } from '../shared/jobs/job-operations';
import { operation } from '../shared/runtime/operation';

export const getJob = operation('voucher.getJob', { input: JobInput, run: getJobOf('issue', 'void') });

export const listJobRefusals = operation('voucher.listJobRefusals', {
  input: JobRefusalsInput,
  run: listJobRefusalsOf('issue', 'void'),
});
