import { createTimer } from '../shared/runtime/timer';
import { advanceJobs, expireVouchers, forgetAnswers } from './work';

export const main = createTimer(async deadlineMs => ({
  jobs: await advanceJobs(deadlineMs),
  expired: await expireVouchers(deadlineMs),
  answersForgotten: await forgetAnswers(),
}));
