import {
  leftCount,
  leftFen,
  publishFacts,
  templateActions,
  toTemplatePage,
  toTemplateRow,
} from '../../../miniprogram/city/view/templates';
import { aTemplate, CLERK, PROVINCE, REVIEWER } from './samples';

test('a row names kind, figures and state', () => {
  expect(toTemplateRow(aTemplate())).toEqual({
    id: 'template-1',
    title: '岗位技能提升券',
    statusText: '已发布',
    tone: 'done',
    lines: ['济南市 · 定向券 · 面值券', '已发 40 张，共 200 张'],
    figure: '每张 1,200.00元',
    url: '/city/template-detail/template-detail?templateId=template-1',
  });
});

test('what is left is exact and never below nothing', () => {
  expect([leftCount(aTemplate()), leftFen(aTemplate())]).toEqual([160, 19_200_000]);
  expect(leftCount(aTemplate({ issuedCount: 201 }))).toBe(0);
  expect(toTemplatePage(aTemplate()).left).toEqual([
    { label: '剩余张数', value: '160 张' },
    { label: '剩余预算', value: '192,000.00元' },
  ]);
});

test('a draft is published, a published 通用券 issued, a closed one only read', () => {
  const main = (given: Parameters<typeof aTemplate>[0]) => templateActions(aTemplate(given), CLERK).main;

  expect(main({ status: 'draft' })).toBe('publish');
  expect(main({ status: 'published', issueMode: 'general' })).toBe('issue');
  expect(main({ status: 'published', issueMode: 'targeted' })).toBe('');
  expect(main({ status: 'closed' })).toBe('');
});

test('who is no clerk of the city changes nothing', () => {
  for (const grants of [REVIEWER, PROVINCE, [{ role: 'clerk', cityCode: '3702' } as const]]) {
    expect(templateActions(aTemplate({ status: 'draft' }), grants)).toMatchObject({
      main: '',
      canAmend: false,
      canClose: false,
    });
  }
});

test('a quota that the budget cannot pay is said before publication', () => {
  const warned = publishFacts(aTemplate({ budgetFen: 23_999_999 })).map(({ label }) => label);

  expect(warned).toContain('请注意');
  expect(publishFacts(aTemplate()).map(({ label }) => label)).not.toContain('请注意');
});
