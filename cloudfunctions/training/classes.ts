import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { TemplateId } from '../../miniprogram/contract/ids';
import { LIMITS } from '../../miniprogram/contract/limits';
import type { ClassView } from '../../miniprogram/contract/training';
import { checkActive, checkAdmission } from '../shared/domain/admission';
import { placeOf, roleAt } from '../shared/domain/scope';
import type { Template } from '../shared/domain/template';
import { checkDays, CLASS_LIFE, type TrainingClass } from '../shared/domain/training-class';
import { allOptional, ClassId, LineOrNone } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { takeStep } from '../shared/runtime/take-step';
import { classes } from '../shared/store/classes';
import type { Institution } from '../shared/store/institutions';
import { templates } from '../shared/store/templates';
import { AmendableFields, CreateInput } from './class-fields';
import { toClassView } from './class-view';
import { findInstitution } from './institution-view';

/** Guards, in order: institution active · template of its city · published · institution allowed. */
async function checkTemplate(institution: Institution, templateId: TemplateId): Promise<Result<Template>> {
  const active = checkActive(institution);
  if (!active.ok) return active;
  const template = await templates.find(templateId);
  if (template?.cityCode !== institution.cityCode) return fail('template_not_found');
  const admitted = checkAdmission(institution, template);
  return admitted.ok ? ok(template) : admitted;
}

export const createClass = operation('training.createClass', {
  input: CreateInput,
  run: async ({ input, actor, nowMs, request }) => {
    const days = checkDays(input);
    if (!days.ok) return days;
    const found = await findInstitution(input.institutionId, actor);
    if (!found) return fail('institution_not_found');
    const template = await checkTemplate(found.institution, input.templateId);
    if (!template.ok) return template;
    const { projectId, amountFen, issueMode } = template.data;
    const trainingClass: TrainingClass = {
      id: newId(request),
      version: 1,
      ...input,
      ...CLASS_LIFE.begin('create', { by: found.by, nowMs, requestId: request.id }),
      projectId,
      amountFen,
      issueMode,
      ...placeOf(found.institution),
      institutionName: found.institution.name,
    };
    const isNew = await classes.insert(trainingClass);
    const stored = isNew ? trainingClass : await classes.find(trainingClass.id);
    return ok(toClassView(stored ?? trainingClass));
  },
});

type FieldChanges = Partial<Omit<TrainingClass, 'id' | 'version' | 'status' | 'history'>>;

/** A command that changes what is written about a class, but not its state. */
async function changeClass(
  command: 'amend' | 'note',
  call: WritingCall<{ classId: TrainingClass['id'] }>,
  document: TrainingClass | undefined,
  guard: (trainingClass: TrainingClass) => Result<FieldChanges>,
): Promise<Result<ClassView>> {
  const by = document && roleAt(call.actor, document);
  if (!document || !by) return fail('class_not_found');
  const order = { command, found: { document, by }, call, guard };
  const changed = await takeStep(classes, CLASS_LIFE, order);
  return changed.ok ? ok(toClassView(changed.data)) : changed;
}

export const amendClass = operation('training.amendClass', {
  input: v.strictObject({ classId: ClassId, ...allOptional(AmendableFields) }),
  load: ({ classId }) => classes.find(classId),
  run: (call, found) => {
    const { classId: _classId, ...given } = call.input;
    return changeClass('amend', call, found, trainingClass => {
      const days = checkDays({ ...trainingClass, ...given });
      return days.ok ? ok(given) : days;
    });
  },
});

export const noteClass = operation('training.noteClass', {
  input: v.strictObject({ classId: ClassId, note: LineOrNone(LIMITS.remarkCharsMax) }),
  load: ({ classId }) => classes.find(classId),
  run: (call, found) => changeClass('note', call, found, () => ok({ note: call.input.note })),
});
