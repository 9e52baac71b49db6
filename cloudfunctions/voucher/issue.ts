import { isClassOpen } from '../../miniprogram/contract/training';
import { isTemplateOpen } from '../../miniprogram/contract/templates';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { JobId } from '../../miniprogram/contract/ids';
import { checkAdmission } from '../shared/domain/admission';
import type { Owner } from '../shared/domain/issue';
import type { JobOf, NewJobOf } from '../shared/domain/job';
import { placeOf, roleAt, type ActingPerson, type Actor } from '../shared/domain/scope';
import { checkQuota, type Template } from '../shared/domain/template';
import type { TrainingClass } from '../shared/domain/training-class';
import { countMissing, runIssue } from '../shared/jobs/issue-job';
import { findRunningIssue, orderIssue, startOrdered, type IssueOwner } from '../shared/jobs/issue-order';
import { advanceJob, INLINE_MS, toJobView } from '../shared/jobs/job-runner';
import { checkInstitutionNotOwn } from '../shared/people/own-institution';
import { RosterOwner } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { classes } from '../shared/store/classes';
import { institutions } from '../shared/store/institutions';
import { jobs } from '../shared/store/jobs';
import { templates } from '../shared/store/templates';

interface IssueOrder {
  by: ActingPerson;
  template: Template;
  trainingClass?: TrainingClass;
}

const ATTEMPTS = 3;

export const issueVouchers = operation('voucher.issue', {
  input: RosterOwner,
  load: findOwner,
  run: async (call, read) => {
    const started = await jobs.find(newId(call.request));
    if (started?.kind === 'issue') return ok(toJobView(started));
    let found = read;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const order = await checkOwner(found, call.actor);
      if (!order.ok) return order;
      const job = await placeOrder(order.data, call);
      if (!job.ok) return job;
      if (job.data) return ok(toJobView(await advanceJob(job.data, runIssue, call.nowMs + INLINE_MS)));
      // Somebody has changed what it is for, an order of theirs perhaps: it is judged again.
      found = await findOwner(call.input);
    }
    return fail('write_conflict');
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

const documentOf = ({ template, trainingClass }: IssueOrder): IssueOwner =>
  trainingClass ? { trainingClass } : { template };

/** @returns the job of this request; none when somebody was faster; a refusal. */
async function placeOrder(
  order: IssueOrder,
  { nowMs, request }: WritingCall<Owner>,
): Promise<Result<JobOf<'issue'> | undefined>> {
  const { by, template, trainingClass } = order;
  const id = newId<JobId>(request);
  const { issueOrder } = trainingClass ?? template;
  // An earlier try of this request was cut off right after it had asked for its job.
  if (issueOrder?.id === id) return ok(await startOrdered(issueOrder));
  const checked = await checkOrder(order);
  if (!checked.ok) return checked;
  const { people, missing } = checked.data;
  const job: NewJobOf<'issue'> = {
    id,
    kind: 'issue',
    templateId: template.id,
    ...(trainingClass && { classId: trainingClass.id, institutionId: trainingClass.institutionId }),
    ...placeOf(trainingClass ?? template),
    startedBy: by,
    startedAtMs: nowMs,
    total: people,
    toReserve: missing,
  };
  return ok((await orderIssue(documentOf(order), job)) ? await startOrdered(job) : undefined);
}

/**
 * Guards of issuing, in their order: institution active · template published · institution allowed · class approved · of no
 * institution of their own · nothing being issued · people · quota and budget.
 */
async function checkOrder(order: IssueOrder): Promise<Result<{ people: number; missing: number }>> {
  const { template, trainingClass } = order;
  const permitted = trainingClass ? await checkClass(order.by, template, trainingClass) : checkOpen(template);
  if (!permitted.ok) return permitted;
  if (await findRunningIssue(trainingClass ?? template)) return fail('class_issue_running');
  const { people, missing } = await countMissing(ownerOf(order));
  if (people === 0) return fail('class_roster_empty');
  if (missing === 0) return fail('already_holds_voucher');
  const quota = checkQuota(template, missing);
  return quota.ok ? ok({ people, missing }) : quota;
}

const checkOpen = ({ status }: Template): Result<undefined> =>
  isTemplateOpen(status) ? ok(undefined) : fail('template_not_published');

async function checkClass(
  by: ActingPerson,
  template: Template,
  trainingClass: TrainingClass,
): Promise<Result<undefined>> {
  const admitted = checkAdmission(await institutions.find(trainingClass.institutionId), template);
  if (!admitted.ok) return admitted;
  if (!isClassOpen(trainingClass.status)) return fail('class_not_approved');
  return checkInstitutionNotOwn(trainingClass, by.personKey);
}
