import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { ClassView } from '../../miniprogram/contract/training';
import { dayOf } from '../shared/domain/calendar';
import { moveClass, type ClassCommand } from '../shared/domain/class-status';
import { changeDocument } from '../shared/runtime/change-document';
import { Id, Reason } from '../shared/runtime/input';
import { operation, type Call } from '../shared/runtime/operation';
import { classes, type TrainingClass } from '../shared/store/classes';
import { rosterEntries } from '../shared/store/roster-entries';
import { templates } from '../shared/store/templates';
import { findClass, toClassView } from './class-view';
import { isImporting } from './roster-owner';

type Guard = (trainingClass: TrainingClass, nowMs: number) => Result<undefined> | Promise<Result<undefined>>;

/** A command that leads a class from one state to the next; the guard is asked once the state is right. */
const taking =
  (command: Exclude<ClassCommand, 'create'>, guard: Guard = () => ok(undefined)) =>
  async ({
    input,
    actor,
    nowMs,
    request,
  }: Call<{ classId: string; reason?: string }>): Promise<Result<ClassView>> => {
    const found = await findClass(input.classId, actor);
    if (!found) return fail('class_not_found');
    const { trainingClass: read, by } = found;
    if (moveClass(command, read.status).ok) {
      const guarded = await guard(read, nowMs);
      if (!guarded.ok) return guarded;
    }
    const changed = await changeDocument(classes, read, request.id, trainingClass => {
      const { status, history } = trainingClass;
      const moved = moveClass(command, status);
      if (!moved.ok) return moved;
      if (command === 'submit' && isImporting(trainingClass, nowMs)) return fail('service_busy');
      const step = { command, from: status, to: moved.data, atMs: nowMs, by, requestId: request.id };
      const reason = input.reason === undefined ? {} : { reason: input.reason };
      return ok({ status: moved.data, history: [...history, { ...step, ...reason }] });
    });
    return changed.ok ? ok(toClassView(changed.data)) : changed;
  };

/** A 定向券 is made for the people of the roster, so there must be some; a 通用券 comes with the person. Notice 二(一). */
async function checkRosterFilled({ id, templateId }: TrainingClass): Promise<Result<undefined>> {
  const template = await templates.find(templateId);
  if (template?.issueMode === 'general') return ok(undefined);
  const first = await rosterEntries.findWhere({ ownerId: id });
  return first ? ok(undefined) : fail('class_roster_empty');
}

async function checkPublished({ templateId }: TrainingClass): Promise<Result<undefined>> {
  const template = await templates.find(templateId);
  return template?.status === 'published' ? ok(undefined) : fail('template_not_published');
}

function checkOver({ endsOn }: TrainingClass, nowMs: number): Result<undefined> {
  return dayOf(nowMs) >= endsOn ? ok(undefined) : fail('class_not_yet_over', { endsOn });
}

const ClassId = v.strictObject({ classId: Id });

export const submitClass = operation('training.submitClass', {
  input: ClassId,
  run: taking('submit', checkRosterFilled),
});

export const approveClass = operation('training.approveClass', {
  input: ClassId,
  run: taking('approve', checkPublished),
});

export const returnClass = operation('training.returnClass', {
  input: v.strictObject({ classId: Id, reason: Reason }),
  run: taking('return'),
});

// On any day once approved: classes begin earlier or later than planned, and a scan needs a running class.
export const startClass = operation('training.startClass', { input: ClassId, run: taking('start') });

export const finishClass = operation('training.finishClass', {
  input: ClassId,
  run: taking('finish', checkOver),
});
