import type { Plain } from '../../../miniprogram/contract/brand';
import type { TemplateView } from '../../../miniprogram/contract/templates';
import {
  checkClassForm,
  NEW_CLASS,
  templateChoices,
  templateHint,
  toClassFields,
} from '../../../miniprogram/institution/view/class-form';
import { branded } from '../../support/branded';

const FORM = {
  templateId: 't1',
  name: ' 电工班 ',
  place: '经十路1号',
  startsOn: '2026-11-24',
  endsOn: '2026-11-24',
  hours: '40',
};

const aTemplate = (more: Partial<Plain<TemplateView>>): TemplateView =>
  branded({
    id: 't1',
    cityCode: '3701',
    name: '提升券',
    projectId: 'skill_upgrade',
    issueMode: 'targeted',
    functionMode: 'face_value',
    amountFen: 120_000,
    quota: 10,
    budgetFen: 1_200_000,
    claimWindowDays: 30,
    validDays: 90,
    audience: [],
    institutionIds: [],
    status: 'published',
    issuedCount: 0,
    committedFen: 0,
    ...more,
  });

test('an empty form names every field', () => {
  expect(Object.keys(checkClassForm(NEW_CLASS)).sort()).toEqual(Object.keys(NEW_CLASS).sort());
});

test('a complete form has no error and is sent trimmed, hours as a number', () => {
  expect(checkClassForm(FORM)).toEqual({});
  expect(toClassFields(FORM)).toMatchObject({ name: '电工班', hours: 40 });
});

test('a class cannot end before it begins', () => {
  expect(checkClassForm({ ...FORM, endsOn: '2026-11-23' })).toEqual({ endsOn: '结束日期不能早于开课日期' });
});

test.each(['0', '1.5', '-3', 'x', '10001', ''])('%j is no number of hours', hours => {
  expect(checkClassForm({ ...FORM, hours })).toHaveProperty('hours');
});

test('templates kept for other institutions are not offered', () => {
  const templates = [aTemplate({}), aTemplate({ id: 't2', institutionIds: ['i2'] })];

  expect(templateChoices(templates, 'i1')).toEqual([{ id: 't1', text: '提升券' }]);
  expect(templateChoices(templates, 'i2')).toHaveLength(2);
});

test('the chosen template says project, kind and amount', () => {
  expect(templateHint(aTemplate({}))).toBe('岗位技能提升培训，定向券 · 面值券，每人1,200.00元');
  expect(templateHint(undefined)).toBe('');
});
