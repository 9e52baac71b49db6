import { isClassOpen } from '../../miniprogram/contract/training';
import { isTemplateOpen } from '../../miniprogram/contract/templates';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { JobView } from '../../miniprogram/contract/jobs';
import type { Owner } from '../shared/domain/issue';
import { isRunning } from '../shared/domain/job';
import { roleAt, type ActingPerson, type Actor } from '../shared/domain/scope';
import { checkQuota, type Template } from '../shared/domain/template';
import type { TrainingClass } from '../shared/domain/training-class';
import { countMissing, runIssue } from '../shared/jobs/issue-job';
import { advanceJob, INLINE_MS, startJob, toJobView } from '../shared/jobs/job-runner';
import { checkInstitutionNotOwn } from '../shared/people/own-institution';
import { RosterOwner } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { classes } from '../shared/store/classes';
import { jobs } from '../shared/store/jobs';
import { templates } from '../shared/store/templates';

interface IssueOrder {
  by: ActingPerson;
  template: Template;
  trainingClass?: TrainingClass;
}

export const issueVouchers = operation('voucher.issue', {
  input: RosterOwner,
  load: findOwner,
  run: async (call, found) => {
    const started = await jobs.find(newId(call.request));
    if (started?.kind === 'issue') return ok(toJobView(started));
    const order = await checkOwner(found, call.actor);
    if (!order.ok) return order;
    const checked = await checkOrder(order.data);
    return checked.ok ? startIssue(order.data, checked.data, call) : checked;
  },
});

type FoundOwner = { trainingClass: TrainingClass | undefined } | { template: Template | undefined };

async function findOwner(owner: Owner): Promise<FoundOwner> {
  return 'classId' in owner
    ? { trainingClass: await classes.find(owner.classId) }
    : { template: await templates.find(owner.templateId) };
}

async function checkOwner(found: FoundOwner, actor: Actor): Promise<Result<IssueOrder>> {
  if ('template' in found) {
    const { template } = found;
    const by = template && roleAt(actor, template);
    if (!template || !by) return fail('template_not_found');
    return template.issueMode === 'general' ? ok({ by, template }) : fail('template_not_general');
  }
  const { trainingClass } = found;
  const by = trainingClass && roleAt(actor, trainingClass);
  if (!trainingClass || !by) return fail('class_not_found');
  const template = await templates.find(trainingClass.templateId);
  if (!template) return fail('template_not_found');
  return template.issueMode === 'targeted'
    ? ok({ by, template, trainingClass })
    : fail('template_is_general');
}

const ownerOf = ({ template, trainingClass }: IssueOrder): Owner =>
  trainingClass ? { classId: trainingClass.id } : { templateId: template.id };

/** Guards of issuing, in their order: template published · class approved · of no institution of their own · people · quota and budget. */
async function checkOrder(order: IssueOrder): Promise<Result<{ people: number; missing: number }>> {
  const { by, template, trainingClass } = order;
  if (!isTemplateOpen(template.status)) return fail('template_not_published');
  if (trainingClass && !isClassOpen(trainingClass.status)) return fail('class_not_approved');
  const apart = trainingClass ? await checkInstitutionNotOwn(trainingClass, by.personKey) : ok(undefined);
  if (!apart.ok) return apart;
  const lastJobId = trainingClass ? trainingClass.issueJobId : template.issueJobId;
  const lastJob = lastJobId === undefined ? undefined : await jobs.find(lastJobId);
  if (lastJob && isRunning(lastJob)) return fail('class_issue_running');
  const { people, missing } = await countMissing(ownerOf(order));
  if (people === 0) return fail('class_roster_empty');
  if (missing === 0) return fail('already_holds_voucher');
  const quota = checkQuota(template, missing);
  return quota.ok ? ok({ people, missing }) : quota;
}

async function startIssue(
  { by, template, trainingClass }: IssueOrder,
  { people, missing }: { people: number; missing: number },
  { nowMs, request }: WritingCall<Owner>,
): Promise<Result<JobView>> {
  const job = await startJob({
    id: newId(request),
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
    ? classes.update({ _id: trainingClass.id }, { issueJobId: job.id })
    : templates.update({ _id: template.id }, { issueJobId: job.id }));
  return ok(toJobView(await advanceJob(job, runIssue, nowMs + INLINE_MS)));
}
