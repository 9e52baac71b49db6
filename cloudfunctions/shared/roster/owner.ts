import type { ClassId, TemplateId } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { isTemplateClosed } from '../../../miniprogram/contract/templates';
import { isClassEditable } from '../../../miniprogram/contract/training';
import type { Owner } from '../domain/issue';
import type { Place } from '../domain/scope';
import type { Template } from '../domain/template';
import { isImporting, type TrainingClass } from '../domain/training-class';
import { classes } from '../store/classes';
import { templates } from '../store/templates';

/** What a roster belongs to: a class, or the general template whose recipients it names. */
export interface RosterOwner {
  owner: Owner;
  template: Template;
  /** The class or the template itself. */
  document: TrainingClass | Template;
  isLocked: boolean;
  trainingClass?: TrainingClass;
}

/** Whether what lies there is the caller's to handle; for anybody else it does not exist. */
type IsTheirs = (place: Place) => boolean;

/** @returns class_not_found; template_not_found; template_not_general. */
export async function loadRosterOwner(input: Owner, isTheirs: IsTheirs): Promise<Result<RosterOwner>> {
  return 'classId' in input ? ofClass(input.classId, isTheirs) : ofTemplate(input.templateId, isTheirs);
}

/** The same of a roster that may grow. @returns also roster_locked. */
export async function loadOpenRoster(input: Owner, isTheirs: IsTheirs): Promise<Result<RosterOwner>> {
  const loaded = await loadRosterOwner(input, isTheirs);
  return loaded.ok && loaded.data.isLocked ? fail('roster_locked') : loaded;
}

async function ofClass(classId: ClassId, isTheirs: IsTheirs): Promise<Result<RosterOwner>> {
  const found = await classes.find(classId);
  const trainingClass = found && isTheirs(found) ? found : undefined;
  const template = trainingClass && (await templates.find(trainingClass.templateId));
  if (!trainingClass || !template) return fail('class_not_found');
  const isLocked = !isClassEditable(trainingClass.status);
  return ok({ owner: { classId }, template, document: trainingClass, isLocked, trainingClass });
}

async function ofTemplate(templateId: TemplateId, isTheirs: IsTheirs): Promise<Result<RosterOwner>> {
  const template = await templates.find(templateId);
  if (!template || !isTheirs(template)) return fail('template_not_found');
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
