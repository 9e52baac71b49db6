import { ok } from '../../miniprogram/contract/result';
import { roleAt, type Place } from '../shared/domain/scope';
import { runIssue } from '../shared/jobs/issue-job';
import { findIssueOwner, requestIssue } from '../shared/jobs/issue-request';
import { advanceJob, INLINE_MS, toJobView } from '../shared/jobs/job-runner';
import { RosterOwner } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';

export const issueVouchers = operation('voucher.issue', {
  input: RosterOwner,
  load: findIssueOwner,
  run: async ({ input, actor, nowMs, request }, read) => {
    const actAt = (place: Place) => roleAt(actor, place);
    const job = await requestIssue(input, read, { actAt, nowMs, request });
    if (!job.ok) return job;
    return ok(toJobView(await advanceJob(job.data, runIssue, nowMs + INLINE_MS)));
  },
});
