import { startJobsLeftBehind } from '../shared/jobs/batch-jobs';
import { returnDueQuota } from '../shared/jobs/quota-return';
import { createTimer } from '../shared/runtime/timer';
import { startNextMigration } from './migrate';
import { advanceJobs, deleteFiles, expireVouchers, forgetAnswers } from './work';

/** Jobs come last and take what is left of the time: a big one must not keep the rest from being done. */
export const main = createTimer(async deadlineMs => ({
  answersForgotten: await forgetAnswers(),
  filesDeleted: await deleteFiles(),
  expired: await expireVouchers((Date.now() + deadlineMs) / 2),
  quotaReturned: await returnDueQuota((Date.now() + deadlineMs) / 2),
  jobsLeftBehind: await startJobsLeftBehind(),
  migrationsLeft: await startNextMigration(),
  jobs: await advanceJobs(deadlineMs),
}));
