import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { ClassView } from '../../miniprogram/contract/training';
import { checkActive, checkAdmission } from '../shared/domain/admission';
import { roleAt } from '../shared/domain/scope';
import {
  checkOver,
  CLASS_LIFE,
  isImporting,
  type ClassCommand,
  type TrainingClass,
} from '../shared/domain/training-class';
import { ClassId, Reason } from '../shared/runtime/input';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { takeStep } from '../shared/runtime/take-step';
import { classes } from '../shared/store/classes';
import { institutions } from '../shared/store/institutions';
import { rosterEntries } from '../shared/store/roster-entries';
import { templates } from '../shared/store/templates';
import { toClassView } from './class-view';

type Guard = (trainingClass: TrainingClass, nowMs: number) => Result<object> | Promise<Result<object>>;
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
      guard: trainingClass => guard(trainingClass, call.nowMs),
    });
    return changed.ok ? ok(toClassView(changed.data)) : changed;
  },
});

/**
 * A 定向券 is made for the people of the roster, so there must be some; a 通用券 comes with the person. Notice 二(一).
 * A roster that is just being written is not complete yet.
 */
async function checkRosterFilled(trainingClass: TrainingClass, nowMs: number): Promise<Result<object>> {
  const { id, templateId } = trainingClass;
  const issueMode = trainingClass.issueMode ?? (await templates.find(templateId))?.issueMode;
  const isFilled = issueMode === 'general' || (await rosterEntries.findWhere({ ownerId: id })) !== undefined;
  if (!isFilled) return fail('class_roster_empty');
  return isImporting(trainingClass, nowMs) ? fail('service_busy') : ok({});
}

/** Institution and template as they are now, whatever they were when the class was made. */
async function checkAdmitted({ institutionId, templateId }: TrainingClass): Promise<Result<object>> {
  const [institution, template] = await Promise.all([
    institutions.find(institutionId),
    templates.find(templateId),
  ]);
  const admitted = checkAdmission(institution, template);
  return admitted.ok ? ok({}) : admitted;
}

async function checkHandedIn(trainingClass: TrainingClass, nowMs: number): Promise<Result<object>> {
  const admitted = await checkAdmitted(trainingClass);
  return admitted.ok ? checkRosterFilled(trainingClass, nowMs) : admitted;
}

async function checkStart({ institutionId }: TrainingClass): Promise<Result<object>> {
  const active = checkActive(await institutions.find(institutionId));
  return active.ok ? ok({}) : active;
}

function checkLastDay(trainingClass: TrainingClass, nowMs: number): Result<object> {
  const over = checkOver(trainingClass, nowMs);
  return over.ok ? ok({}) : over;
}

const input = v.strictObject({ classId: ClassId });

export const submitClass = operation('training.submitClass', {
  input,
  ...stepOf('submit', checkHandedIn),
});

export const approveClass = operation('training.approveClass', {
  input,
  ...stepOf('approve', checkAdmitted),
});

export const returnClass = operation('training.returnClass', {
  input: v.strictObject({ classId: ClassId, reason: Reason }),
  ...stepOf('return'),
});

// On any day once approved: classes begin earlier or later than planned, and a scan needs a running class.
export const startClass = operation('training.startClass', { input, ...stepOf('start', checkStart) });

export const finishClass = operation('training.finishClass', { input, ...stepOf('finish', checkLastDay) });
