import { startJobsLeftBehind } from '../shared/jobs/batch-jobs';
import { startEntryJobsLeftBehind } from '../shared/jobs/entry-jobs';
import { relayMessages } from '../shared/jobs/ministry-relay';
import { returnDueQuota } from '../shared/jobs/quota-return';
import { refreshLeftBehind } from '../shared/people/account-grants';
import { createTimer } from '../shared/runtime/timer';
import { inTurn } from './chores';
import { startNextMigration } from './migrate';
import { advanceJobs, deleteFiles, expireVouchers, forgetAnswers } from './work';

/** Jobs come last and take what is left of the time: a big one must not keep the rest from being done. */
export const main = createTimer(deadlineMs =>
  inTurn(deadlineMs, {
    answersForgotten: forgetAnswers,
    filesDeleted: deleteFiles,
    expired: expireVouchers,
    quotaReturned: returnDueQuota,
    jobsLeftBehind: startJobsLeftBehind,
    entryJobsLeftBehind: startEntryJobsLeftBehind,
    grantsLeftBehind: refreshLeftBehind,
    messagesDelivered: relayMessages,
    migrationsLeft: startNextMigration,
    jobs: advanceJobs,
  }),
);
