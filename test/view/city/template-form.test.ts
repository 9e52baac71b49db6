import {
  budgetHint,
  changedFields,
  newTemplateForm,
  readTemplateForm,
  toTemplateForm,
  type TemplateForm,
} from '../../../miniprogram/city/view/template-form';
import { aTemplate } from './samples';

const filled = (given: Partial<TemplateForm> = {}): TemplateForm => ({
  ...newTemplateForm('3701'),
  name: '岗位技能提升券',
  projectId: 'skill_upgrade',
  amount: '1,200.50',
  quota: '200',
  budget: '240100',
  ...given,
});

const errorsOf = (given: Partial<TemplateForm>) => {
  const read = readTemplateForm(filled(given));
  return read.ok ? {} : read.errors;
};

test('a filled form becomes fields in fen', () => {
  expect(readTemplateForm(filled())).toEqual({
    ok: true,
    fields: {
      cityCode: '3701',
      name: '岗位技能提升券',
      projectId: 'skill_upgrade',
      issueMode: 'targeted',
      functionMode: 'face_value',
      amountFen: 120_050,
      quota: 200,
      budgetFen: 24_010_000,
      claimWindowDays: 30,
      validDays: 180,
      graceDays: 7,
      audience: [{ kind: 'labour_contract' }, { kind: 'enterprise_pension' }],
      institutionIds: [],
    },
  });
});

test('notice 二(二): contract and enterprise pension are ticked from the start', () => {
  const { labourContract, enterprisePension, ageLimited } = newTemplateForm('3701');

  expect([labourContract, enterprisePension, ageLimited]).toEqual([true, true, false]);
});

test('an age range is a rule only when it is ticked', () => {
  const read = readTemplateForm(filled({ ageLimited: true, minYears: '18', maxYears: '50' }));

  expect(read.ok && read.fields.audience.at(-1)).toEqual({ kind: 'age_between', minYears: 18, maxYears: 50 });
  expect(errorsOf({ ageLimited: false, minYears: '' })).toEqual({});
});

test('every empty field is named at once', () => {
  const read = readTemplateForm({ ...newTemplateForm(''), claimWindowDays: '', validDays: '' });

  expect(read.ok ? [] : Object.keys(read.errors).sort()).toEqual(
    ['amount', 'budget', 'cityCode', 'claimWindowDays', 'name', 'projectId', 'quota', 'validDays'].sort(),
  );
});

test('contradictions are said beside the later field', () => {
  expect(errorsOf({ validDays: '29' })).toEqual({ validDays: '使用天数不能少于领取天数' });
  expect(errorsOf({ budget: '1200.49' })).toEqual({ budget: '预算还不够发一张券' });
  expect(errorsOf({ ageLimited: true, minYears: '40', maxYears: '30' })).toEqual({
    maxYears: '最大年龄不能小于最小年龄',
  });
});

test('the hint multiplies in fen', () => {
  expect(budgetHint({ amount: '0.07', quota: '3' })).toBe('发满 3 张需要 0.21元');
  expect(budgetHint({ amount: '', quota: '3' })).toBe('');
  expect(budgetHint({ amount: '9999999999', quota: '10000000' })).toBe('');
});

test('a template becomes a form and back without a change', () => {
  const template = aTemplate({ audience: [{ kind: 'age_between', minYears: 18, maxYears: 59 }] });

  const read = readTemplateForm(toTemplateForm(template));

  expect(read.ok && changedFields(template, read.fields)).toEqual({});
});

test('after publication only what was changed is sent, so fixed fields are not even named', () => {
  const template = aTemplate();
  const read = readTemplateForm({ ...toTemplateForm(template), name: '新名称', quota: '300' });

  expect(read.ok && changedFields(template, read.fields)).toEqual({ name: '新名称', quota: 300 });
});

test('the days of grace may be changed at any time, from what a template that says nothing has', () => {
  const published = aTemplate({ status: 'published' });
  const changed = (graceDays: string) => {
    const read = readTemplateForm({ ...toTemplateForm(published), graceDays });
    return read.ok ? changedFields(published, read.fields) : read.errors;
  };

  expect(toTemplateForm(published).graceDays).toBe('7');
  expect(changed('7')).toEqual({});
  expect(changed('0')).toEqual({ graceDays: 0 });
  expect(changed('61')).toHaveProperty('graceDays');
});
