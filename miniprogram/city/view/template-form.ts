import type { CityCode } from '../../contract/areas';
import type { Plain } from '../../contract/brand';
import { FEN_MAX, NO_FEN, timesFen, yuanText } from '../../contract/fen';
import { LIMITS } from '../../contract/limits';
import type { ProjectId } from '../../contract/projects';
import {
  GRACE_DAYS_DEFAULT,
  type AudienceRule,
  type TemplateFields,
  type TemplateView,
} from '../../contract/templates';
import type { FunctionMode, IssueMode } from '../../contract/vouchers';
import { readLine } from './identifiers';
import { readWholeNumber, readYuan, toYuanInput, type Read } from './numbers';

/** The form as it is typed: texts, until they are read. */
export interface TemplateForm {
  cityCode: string;
  name: string;
  projectId: string;
  issueMode: IssueMode;
  functionMode: FunctionMode;
  amount: string;
  quota: string;
  budget: string;
  claimWindowDays: string;
  validDays: string;
  graceDays: string;
  labourContract: boolean;
  enterprisePension: boolean;
  ageLimited: boolean;
  minYears: string;
  maxYears: string;
  institutionIds: string[];
}

export type FormErrors = Partial<Record<keyof TemplateForm, string>>;

/** Notice 二(二): contract and enterprise pension, both; so both are ticked at first. */
export const newTemplateForm = (cityCode: string): TemplateForm => ({
  cityCode,
  name: '',
  projectId: '',
  issueMode: 'targeted',
  functionMode: 'face_value',
  amount: '',
  quota: '',
  budget: '',
  claimWindowDays: '30',
  validDays: '180',
  graceDays: String(GRACE_DAYS_DEFAULT),
  labourContract: true,
  enterprisePension: true,
  ageLimited: false,
  minYears: '16',
  maxYears: '59',
  institutionIds: [],
});

export function toTemplateForm(template: TemplateView): TemplateForm {
  const age = template.audience.find(rule => rule.kind === 'age_between');
  const has = (kind: AudienceRule['kind']): boolean => template.audience.some(rule => rule.kind === kind);
  return {
    cityCode: template.cityCode,
    name: template.name,
    projectId: template.projectId,
    issueMode: template.issueMode,
    functionMode: template.functionMode,
    amount: toYuanInput(template.amountFen),
    quota: String(template.quota),
    budget: toYuanInput(template.budgetFen),
    claimWindowDays: String(template.claimWindowDays),
    validDays: String(template.validDays),
    graceDays: String(template.graceDays ?? GRACE_DAYS_DEFAULT),
    labourContract: has('labour_contract'),
    enterprisePension: has('enterprise_pension'),
    ageLimited: age !== undefined,
    minYears: String(age?.minYears ?? 16),
    maxYears: String(age?.maxYears ?? 59),
    institutionIds: template.institutionIds,
  };
}

const QUOTA = { min: 1, max: LIMITS.quotaMax, unit: '张' };
const DAYS = { min: 1, max: LIMITS.daysMax, unit: '天' };
const GRACE = { min: 0, max: LIMITS.graceDaysMax, unit: '天' };
const YEARS = { min: LIMITS.ageYearsMin, max: LIMITS.ageYearsMax, unit: '岁' };

type ReadFields = Plain<TemplateFields>;
type FormRead = { ok: true; fields: ReadFields } | { ok: false; errors: FormErrors };

/** Reads every field; each that cannot be read says why. */
export function readTemplateForm(form: TemplateForm): FormRead {
  const errors: FormErrors = {};
  const take = <T>(field: keyof TemplateForm, read: Read<T>, otherwise: T): T => {
    if (!read.ok) errors[field] = read.error;
    return read.ok ? read.value : otherwise;
  };
  const fields: ReadFields = {
    cityCode: take('cityCode', chosen(form.cityCode, '请选择市'), '') as CityCode,
    name: take('name', readLine(form.name, '名称', LIMITS.nameCharsMax), ''),
    projectId: take('projectId', chosen(form.projectId, '请选择培训项目'), '') as ProjectId,
    issueMode: form.issueMode,
    functionMode: form.functionMode,
    amountFen: take('amount', readYuan(form.amount), NO_FEN),
    quota: take('quota', readWholeNumber(form.quota, QUOTA), 0),
    budgetFen: take('budget', readYuan(form.budget), NO_FEN),
    claimWindowDays: take('claimWindowDays', readWholeNumber(form.claimWindowDays, DAYS), 0),
    validDays: take('validDays', readWholeNumber(form.validDays, DAYS), 0),
    graceDays: take('graceDays', readWholeNumber(form.graceDays, GRACE), 0),
    audience: readAudience(form, take),
    institutionIds: form.institutionIds,
  };
  if (Object.keys(errors).length === 0) Object.assign(errors, findContradictions(fields));
  return Object.keys(errors).length > 0 ? { ok: false, errors } : { ok: true, fields };
}

const chosen = (value: string, error: string): Read<string> =>
  value === '' ? { ok: false, error } : { ok: true, value };

type Take = (field: keyof TemplateForm, read: Read<number>, otherwise: number) => number;

function readAudience(form: TemplateForm, take: Take): AudienceRule[] {
  const rules: AudienceRule[] = [];
  if (form.labourContract) rules.push({ kind: 'labour_contract' });
  if (form.enterprisePension) rules.push({ kind: 'enterprise_pension' });
  if (!form.ageLimited) return rules;
  const minYears = take('minYears', readWholeNumber(form.minYears, YEARS), 0);
  const maxYears = take('maxYears', readWholeNumber(form.maxYears, YEARS), 0);
  return [...rules, { kind: 'age_between', minYears, maxYears }];
}

function findContradictions(fields: ReadFields): FormErrors {
  const age = fields.audience.find(rule => rule.kind === 'age_between');
  return {
    ...(fields.validDays < fields.claimWindowDays && { validDays: '使用天数不能少于领取天数' }),
    ...(fields.budgetFen < fields.amountFen && { budget: '预算还不够发一张券' }),
    ...(age && age.maxYears < age.minYears && { maxYears: '最大年龄不能小于最小年龄' }),
  };
}

/** '发满 200 张需要 240,000.00元', so that quota and budget are seen together while they are typed. */
export function budgetHint({ amount, quota }: Pick<TemplateForm, 'amount' | 'quota'>): string {
  const [amountFen, count] = [readYuan(amount), readWholeNumber(quota, QUOTA)];
  if (!amountFen.ok || !count.ok || amountFen.value * count.value > FEN_MAX) return '';
  return `发满 ${count.value} 张需要 ${yuanText(timesFen(amountFen.value, count.value))}`;
}

type Changes = Partial<Omit<ReadFields, 'cityCode' | 'issueMode'>>;

/** Only what differs: after publication a fixed field must not even be sent. */
export function changedFields(template: TemplateView, fields: ReadFields): Changes {
  const { cityCode: _city, issueMode: _mode, ...changeable } = fields;
  const before: Plain<TemplateFields> = { ...template, graceDays: template.graceDays ?? GRACE_DAYS_DEFAULT };
  return Object.fromEntries(
    Object.entries(changeable).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof TemplateFields]),
    ),
  ) as Changes;
}
