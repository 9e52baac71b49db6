import type { JobId } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { isTemplateOpen } from '../../../miniprogram/contract/templates';
import { isClassOpen } from '../../../miniprogram/contract/training';
import type { StepActor } from '../domain/actor';
import { checkAdmission } from '../domain/admission';
import type { Owner } from '../domain/issue';
import type { JobOf, NewJobOf } from '../domain/job';
import { placeOf, type Place } from '../domain/scope';
import { checkQuota, type Template } from '../domain/template';
import type { TrainingClass } from '../domain/training-class';
import { checkInstitutionNotOwn } from '../people/own-institution';
import { newId } from '../runtime/new-id';
import type { RequestOfCall } from '../runtime/operation';
import { classes } from '../store/classes';
import { institutions } from '../store/institutions';
import { jobs } from '../store/jobs';
import { templates } from '../store/templates';
import { countMissing } from './issue-job';
import { findRunningIssue, orderIssue, startOrdered, type IssueOwner } from './issue-order';

/** Who asks for vouchers to be made: an officer, or the system that pushes 制券信息. */
interface IssueAsker {
  /** As what the asker acts on a class or template of that place; undefined where it does not exist for them. */
  actAt(place: Place): StepActor | undefined;
  nowMs: number;
  request: RequestOfCall;
}

interface IssueOrder {
  by: StepActor;
  template: Template;
  trainingClass?: TrainingClass;
}

const ATTEMPTS = 3;

/** What vouchers are asked for, as it was read. */
type FoundOwner = { trainingClass: TrainingClass | undefined } | { template: Template | undefined };

export async function findIssueOwner(owner: Owner): Promise<FoundOwner> {
  return 'classId' in owner
    ? { trainingClass: await classes.find(owner.classId) }
    : { template: await templates.find(owner.templateId) };
}

/**
 * Starts the job that makes the vouchers of a class, or of a general template; a repetition of the request finds it. Whoever
 * asks, there is never another beside it.
 * @returns class_not_found; template_not_found; template_not_general; template_is_general; what {@link checkOrder} refuses;
 * write_conflict.
 */
export async function requestIssue(
  owner: Owner,
  read: FoundOwner,
  asker: IssueAsker,
): Promise<Result<JobOf<'issue'>>> {
  const started = await jobs.find(newId(asker.request));
  if (started?.kind === 'issue') return ok(started);
  let found = read;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const order = await checkOwner(found, asker);
    if (!order.ok) return order;
    const job = await placeOrder(order.data, asker);
    if (!job.ok) return job;
    if (job.data) return ok(job.data);
    // Somebody has changed what it is for, an order of theirs perhaps: it is judged again.
    found = await findIssueOwner(owner);
  }
  return fail('write_conflict');
}

async function checkOwner(found: FoundOwner, { actAt }: IssueAsker): Promise<Result<IssueOrder>> {
  if ('template' in found) {
    const { template } = found;
    const by = template && actAt(template);
    if (!template || !by) return fail('template_not_found');
    return template.issueMode === 'general' ? ok({ by, template }) : fail('template_not_general');
  }
  const { trainingClass } = found;
  const by = trainingClass && actAt(trainingClass);
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
  { nowMs, request }: IssueAsker,
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
  { personKey }: StepActor,
  template: Template,
  trainingClass: TrainingClass,
): Promise<Result<undefined>> {
  const admitted = checkAdmission(await institutions.find(trainingClass.institutionId), template);
  if (!admitted.ok) return admitted;
  if (!isClassOpen(trainingClass.status)) return fail('class_not_approved');
  // A system administers no institution.
  return personKey === undefined ? ok(undefined) : checkInstitutionNotOwn(trainingClass, personKey);
}
