import type { Plain } from '../../contract/brand';
import { yuanText } from '../../contract/fen';
import { LIMITS } from '../../contract/limits';
import { toOneLine } from '../../contract/plain-text';
import { PROJECTS } from '../../contract/projects';
import type { TemplateView } from '../../contract/templates';
import type { ClassFields, ClassView } from '../../contract/training';
import { FUNCTION_MODE_NAMES, ISSUE_MODE_NAMES } from '../../text/voucher-text';

/** What the form holds: texts, as they are typed. */
export interface ClassForm {
  templateId: string;
  name: string;
  place: string;
  startsOn: string;
  endsOn: string;
  hours: string;
}

export type ClassFormErrors = Partial<Record<keyof ClassForm, string>>;

export const NEW_CLASS: ClassForm = {
  templateId: '',
  name: '',
  place: '',
  startsOn: '',
  endsOn: '',
  hours: '',
};

export const toClassForm = ({ templateId, name, place, startsOn, endsOn, hours }: ClassView): ClassForm => ({
  templateId,
  name,
  place,
  startsOn,
  endsOn,
  hours: String(hours),
});

/** Templates that this institution may use, with what tells them apart. */
export const templateChoices = (
  templates: readonly TemplateView[],
  institutionId: string,
): { id: string; text: string }[] =>
  templates
    .filter(
      ({ institutionIds }) => institutionIds.length === 0 || institutionIds.some(id => id === institutionId),
    )
    .map(template => ({ id: template.id, text: template.name }));

/** '岗位技能提升培训，定向券 · 面值券，每人1,200.00元' */
export function templateHint(template: TemplateView | undefined): string {
  if (!template) return '';
  const modes = `${ISSUE_MODE_NAMES[template.issueMode]} · ${FUNCTION_MODE_NAMES[template.functionMode]}`;
  return `${PROJECTS[template.projectId].name}，${modes}，每人${yuanText(template.amountFen)}`;
}

/** What is wrong with the form, by field; nothing when it can be sent. */
export function checkClassForm(form: ClassForm): ClassFormErrors {
  const hours = Number(form.hours);
  const areHoursRight = /^\d+$/.test(form.hours.trim()) && hours >= 1 && hours <= LIMITS.hoursMax;
  return {
    ...(!form.templateId && { templateId: '请选择券模板' }),
    ...(!toOneLine(form.name) && { name: '请填写班期名称' }),
    ...(!toOneLine(form.place) && { place: '请填写上课地点' }),
    ...(!form.startsOn && { startsOn: '请选择开课日期' }),
    ...(!form.endsOn && { endsOn: '请选择结束日期' }),
    ...(form.startsOn &&
      form.endsOn &&
      form.endsOn < form.startsOn && { endsOn: '结束日期不能早于开课日期' }),
    ...(!areHoursRight && { hours: `请填写1至${LIMITS.hoursMax}的整数` }),
  };
}

/** To be sent once `checkClassForm` finds nothing. */
export const toClassFields = (form: ClassForm): Plain<ClassFields> => ({
  templateId: form.templateId,
  name: toOneLine(form.name),
  place: toOneLine(form.place),
  startsOn: form.startsOn,
  endsOn: form.endsOn,
  hours: Number(form.hours),
});
