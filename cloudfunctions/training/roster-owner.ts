import type { ClassId, TemplateId } from '../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { isTemplateClosed } from '../../miniprogram/contract/templates';
import { isClassEditable } from '../../miniprogram/contract/training';
import type { Owner } from '../shared/domain/issue';
import { roleAt, type Actor } from '../shared/domain/scope';
import type { Template } from '../shared/domain/template';
import { isImporting, type TrainingClass } from '../shared/domain/training-class';
import { classes } from '../shared/store/classes';
import { templates } from '../shared/store/templates';
import { findClass } from './class-view';

/** What a roster belongs to: a class, or the general template whose recipients it names. */
export interface RosterOwner {
  owner: Owner;
  template: Template;
  /** The class or the template itself. */
  document: TrainingClass | Template;
  isLocked: boolean;
  trainingClass?: TrainingClass;
}

/** @returns class_not_found; template_not_found; template_not_general. */
export async function loadRosterOwner(input: Owner, actor: Actor): Promise<Result<RosterOwner>> {
  return 'classId' in input ? ofClass(input.classId, actor) : ofTemplate(input.templateId, actor);
}

async function ofClass(classId: ClassId, actor: Actor): Promise<Result<RosterOwner>> {
  const found = await findClass(classId, actor);
  const template = found && (await templates.find(found.trainingClass.templateId));
  if (!found || !template) return fail('class_not_found');
  const isLocked = !isClassEditable(found.trainingClass.status);
  const { trainingClass } = found;
  return ok({ owner: { classId }, template, document: trainingClass, isLocked, trainingClass });
}

async function ofTemplate(templateId: TemplateId, actor: Actor): Promise<Result<RosterOwner>> {
  const template = await templates.find(templateId);
  if (!template || !roleAt(actor, template)) return fail('template_not_found');
  if (template.issueMode !== 'general') return fail('template_not_general');
  const isLocked = isTemplateClosed(template.status);
  return ok({ owner: { templateId }, template, document: template, isLocked });
}

/**
 * Keeps the class from being handed in while its roster grows. The mark expires by itself, should the import be killed.
 * @returns service_busy while another import runs; write_conflict when the class has just changed. Both may be repeated.
 */
export async function beginImport(
  trainingClass: TrainingClass,
  { key, nowMs, untilMs }: { key: string; nowMs: number; untilMs: number },
): Promise<Result<undefined>> {
  if (isImporting(trainingClass, nowMs, key)) return fail('service_busy');
  const isMarked = await classes.save(trainingClass, { rosterImport: { key, untilMs } });
  return isMarked ? ok(undefined) : fail('write_conflict');
}

export async function endImport({ id }: TrainingClass, key: string): Promise<void> {
  await classes.update({ _id: id, 'rosterImport.key': key }, { rosterImport: undefined });
}
