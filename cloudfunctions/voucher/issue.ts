import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { JobView } from '../../miniprogram/contract/jobs';
import type { RosterOwner as Owner } from '../../miniprogram/contract/operations';
import { isClassOpen } from '../shared/domain/class-status';
import { actingFor, type Actor } from '../shared/domain/scope';
import type { StepActor } from '../shared/domain/voucher';
import { checkQuota, countMissing, runIssue } from '../shared/jobs/issue-job';
import { advanceJob, INLINE_MS, startJob, toJobView } from '../shared/jobs/job-runner';
import { RosterOwner } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation, type Call } from '../shared/runtime/operation';
import { classes, type TrainingClass } from '../shared/store/classes';
import { jobs } from '../shared/store/jobs';
import { templates, type Template } from '../shared/store/templates';

interface IssueOrder {
  by: StepActor;
  template: Template;
  trainingClass?: TrainingClass;
}

export const issueVouchers = operation('voucher.issue', {
  input: RosterOwner,
  run: async call => {
    const started = await jobs.find(newId(call.request));
    if (started) return ok(toJobView(started));
    const order = await loadOrder(call.input, call.actor);
    if (!order.ok) return order;
    const checked = await checkOrder(order.data);
    return checked.ok ? startIssue(order.data, checked.data, call) : checked;
  },
});

async function loadOrder(owner: Owner, actor: Actor): Promise<Result<IssueOrder>> {
  if ('templateId' in owner) {
    const template = await templates.find(owner.templateId);
    const by = template && actingFor(actor, template);
    if (!template || !by) return fail('template_not_found');
    return template.issueMode === 'general' ? ok({ by, template }) : fail('template_not_general');
  }
  const trainingClass = await classes.find(owner.classId);
  const by = trainingClass && actingFor(actor, trainingClass);
  if (!trainingClass || !by) return fail('class_not_found');
  const template = await templates.find(trainingClass.templateId);
  if (!template) return fail('template_not_found');
  return template.issueMode === 'targeted'
    ? ok({ by, template, trainingClass })
    : fail('template_is_general');
}

/** Guards of issuing, in their order: template published · class approved · people · quota and budget. */
async function checkOrder({
  template,
  trainingClass,
}: IssueOrder): Promise<Result<{ people: number; missing: number }>> {
  if (template.status !== 'published') return fail('template_not_published');
  if (trainingClass && !isClassOpen(trainingClass.status)) return fail('class_not_approved');
  const lastJobId = trainingClass ? trainingClass.issueJobId : template.issueJobId;
  const lastJob = lastJobId === undefined ? undefined : await jobs.find(lastJobId);
  if (lastJob?.status === 'running') return fail('class_issue_running');
  const { people, missing } = await countMissing(
    trainingClass?.id ?? template.id,
    trainingClass !== undefined,
  );
  if (people === 0) return fail('class_roster_empty');
  if (missing === 0) return fail('already_holds_voucher');
  const quota = checkQuota(template, missing);
  return quota.ok ? ok({ people, missing }) : quota;
}

async function startIssue(
  { by, template, trainingClass }: IssueOrder,
  { people, missing }: { people: number; missing: number },
  { nowMs, request }: Call<Owner>,
): Promise<Result<JobView>> {
  const id = newId(request);
  const job = await startJob({
    id,
    kind: 'issue',
    templateId: template.id,
    ...(trainingClass && { classId: trainingClass.id, institutionId: trainingClass.institutionId }),
    cityCode: template.cityCode,
    startedBy: by,
    startedAtMs: nowMs,
    total: people,
    toReserve: missing,
  });
  // Only a pointer for the screen: losing the race against another writer loses nothing.
  await (trainingClass
    ? classes.update({ _id: trainingClass.id }, { issueJobId: id })
    : templates.update({ _id: template.id }, { issueJobId: id }));
  return ok(toJobView(await advanceJob(job, runIssue, nowMs + INLINE_MS)));
}
