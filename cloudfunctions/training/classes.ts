import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { isClassEditable } from '../shared/domain/class-status';
import { changeDocument } from '../shared/runtime/change-document';
import { allOptional, Id } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { classes, type TrainingClass } from '../shared/store/classes';
import type { Institution } from '../shared/store/institutions';
import { templates, type Template } from '../shared/store/templates';
import { AmendableFields, checkDays, CreateInput } from './class-fields';
import { findClass, toClassView } from './class-view';
import { findInstitution } from './institutions';

/** Guards, in order: institution active · template of its city · published · institution allowed. */
async function checkTemplate(institution: Institution, templateId: string): Promise<Result<Template>> {
  if (!institution.active) return fail('institution_not_active');
  const template = await templates.find(templateId);
  if (template?.cityCode !== institution.cityCode) return fail('template_not_found');
  if (template.status !== 'published') return fail('template_not_published');
  const allowed = template.institutionIds;
  const isAllowed = allowed.length === 0 || allowed.includes(institution.id);
  return isAllowed ? ok(template) : fail('institution_not_allowed_for_template');
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
    const { projectId, amountFen } = template.data;
    const step = { from: 'none', to: 'draft', atMs: nowMs, by: found.by, requestId: request.id } as const;
    const trainingClass: TrainingClass = {
      id: newId(request),
      version: 1,
      ...input,
      status: 'draft',
      projectId,
      amountFen,
      cityCode: found.institution.cityCode,
      institutionName: found.institution.name,
      history: [{ command: 'create', ...step }],
    };
    const isNew = await classes.insert(trainingClass);
    const stored = isNew ? trainingClass : await classes.find(trainingClass.id);
    return ok(toClassView(stored ?? trainingClass));
  },
});

export const amendClass = operation('training.amendClass', {
  input: v.strictObject({ classId: Id, ...allOptional(AmendableFields) }),
  run: async ({ input: { classId, ...given }, actor, nowMs, request }) => {
    const found = await findClass(classId, actor);
    if (!found) return fail('class_not_found');
    const changed = await changeDocument(classes, found.trainingClass, request.id, trainingClass => {
      const { status, history } = trainingClass;
      if (!isClassEditable(status)) return fail('class_not_editable', { status });
      const days = checkDays({ ...trainingClass, ...given });
      if (!days.ok) return days;
      const step = { command: 'amend', from: status, to: status, atMs: nowMs, by: found.by } as const;
      return ok({ ...given, history: [...history, { ...step, requestId: request.id }] });
    });
    return changed.ok ? ok(toClassView(changed.data)) : changed;
  },
});
