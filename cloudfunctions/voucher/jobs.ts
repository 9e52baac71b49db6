import { getJobOf, listJobRefusalsOf } from '../shared/jobs/job-operations';
import { operation } from '../shared/runtime/operation';

export const getJob = operation('voucher.getJob', getJobOf('issue', 'void'));

export const listJobRefusals = operation('voucher.listJobRefusals', listJobRefusalsOf('issue', 'void'));
