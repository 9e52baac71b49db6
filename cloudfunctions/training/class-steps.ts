import * as v from 'valibot';
import { isTemplateOpen } from '../../miniprogram/contract/templates';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { ClassCommand, ClassView } from '../../miniprogram/contract/training';
import { roleAt, type ActingPerson } from '../shared/domain/scope';
import { checkOver, CLASS_LIFE, isImporting, type TrainingClass } from '../shared/domain/training-class';
import { checkInstitutionNotOwn } from '../shared/people/own-institution';
import { ClassId, Reason } from '../shared/runtime/input';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { takeStep } from '../shared/runtime/take-step';
import { classes } from '../shared/store/classes';
import { rosterEntries } from '../shared/store/roster-entries';
import { templates } from '../shared/store/templates';
import { toClassView } from './class-view';

type Guard = (
  trainingClass: TrainingClass,
  call: { nowMs: number; by: ActingPerson },
) => Result<object> | Promise<Result<object>>;
type StepInput = { classId: TrainingClass['id']; reason?: string };

/** A command that leads a class from one state to the next; the guard is asked once the state is right. */
const stepOf = (command: ClassCommand, guard: Guard = () => ok({})) => ({
  load: ({ classId }: StepInput) => classes.find(classId),
  run: async (
    call: WritingCall<StepInput>,
    document: TrainingClass | undefined,
  ): Promise<Result<ClassView>> => {
    const by = document && roleAt(call.actor, document);
    if (!document || !by) return fail('class_not_found');
    const { reason } = call.input;
    const changed = await takeStep(classes, CLASS_LIFE, {
      command,
      found: { document, by },
      call,
      ...(reason !== undefined && { reason }),
      guard: trainingClass => guard(trainingClass, { nowMs: call.nowMs, by }),
    });
    return changed.ok ? ok(toClassView(changed.data)) : changed;
  },
});

/**
 * A 定向券 is made for the people of the roster, so there must be some; a 通用券 comes with the person. Notice 二(一).
 * A roster that is just being written is not complete yet.
 */
async function checkRosterFilled(
  trainingClass: TrainingClass,
  { nowMs }: { nowMs: number },
): Promise<Result<object>> {
  const { id, templateId } = trainingClass;
  const issueMode = trainingClass.issueMode ?? (await templates.find(templateId))?.issueMode;
  const isFilled = issueMode === 'general' || (await rosterEntries.findWhere({ ownerId: id })) !== undefined;
  if (!isFilled) return fail('class_roster_empty');
  return isImporting(trainingClass, nowMs) ? fail('service_busy') : ok({});
}

/** The city's decisions on a class. */
const decidedBy =
  (guard: Guard = () => ok({})): Guard =>
  async (trainingClass, call) => {
    const apart = await checkInstitutionNotOwn(trainingClass, call.by.personKey);
    return apart.ok ? guard(trainingClass, call) : apart;
  };

async function checkPublished({ templateId }: TrainingClass): Promise<Result<object>> {
  const template = await templates.find(templateId);
  return template && isTemplateOpen(template.status) ? ok({}) : fail('template_not_published');
}

function checkLastDay(trainingClass: TrainingClass, { nowMs }: { nowMs: number }): Result<object> {
  const over = checkOver(trainingClass, nowMs);
  return over.ok ? ok({}) : over;
}

const input = v.strictObject({ classId: ClassId });

export const submitClass = operation('training.submitClass', {
  input,
  ...stepOf('submit', checkRosterFilled),
});

export const approveClass = operation('training.approveClass', {
  input,
  ...stepOf('approve', decidedBy(checkPublished)),
});

export const returnClass = operation('training.returnClass', {
  input: v.strictObject({ classId: ClassId, reason: Reason }),
  ...stepOf('return', decidedBy()),
});

// On any day once approved: classes begin earlier or later than planned, and a scan needs a running class.
export const startClass = operation('training.startClass', { input, ...stepOf('start') });

export const finishClass = operation('training.finishClass', { input, ...stepOf('finish', checkLastDay) });
