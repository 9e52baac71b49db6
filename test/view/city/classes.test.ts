import { classActions, toClassPage, toClassRow } from '../../../miniprogram/city/view/classes';
import { toIssuePlan } from '../../../miniprogram/city/view/issue';
import { aClass, aTemplate, CLERK, PROVINCE, REVIEWER } from './samples';

const mainOf = (given: Parameters<typeof aClass>[0], isGeneral = false, grants = CLERK) =>
  classActions(aClass(given), { grants, isGeneral }).main;

test('notice 三(三): opening review first, then vouchers, then their progress', () => {
  expect(mainOf({ status: 'submitted' })).toBe('approve');
  expect(mainOf({ status: 'approved' })).toBe('issue');
  expect(mainOf({ status: 'running', issueJobId: 'job' })).toBe('progress');
  expect(mainOf({ status: 'draft' })).toBe('');
});

test('a 通用券 is not issued class by class', () => {
  expect(mainOf({ status: 'approved' }, true)).toBe('');
});

test('others than the clerk look on', () => {
  expect(mainOf({ status: 'submitted' }, false, REVIEWER)).toBe('');
  expect(classActions(aClass(), { grants: PROVINCE, isGeneral: false })).toMatchObject({
    canReturn: false,
    canVoid: false,
  });
});

test('a row says when vouchers are missing, and only then', () => {
  expect(toClassRow(aClass({ status: 'approved' })).lines).toContain('还没有发券');
  expect(toClassRow(aClass({ status: 'approved', issueJobId: 'job' })).lines).not.toContain('还没有发券');
  expect(toClassRow(aClass({ status: 'submitted' })).lines).not.toContain('还没有发券');
});

test('what the institution noted is among the facts', () => {
  expect(toClassPage(aClass({ note: '晚上上课' })).facts).toContainEqual({
    label: '机构备注',
    value: '晚上上课',
  });
  expect(toClassPage(aClass()).facts.map(({ label }) => label)).not.toContain('机构备注');
});

test('the reason of a return is shown while the class is returned', () => {
  expect(toClassPage(aClass({ status: 'returned', returnReason: '地点不清' })).returnReason).toBe('地点不清');
  expect(toClassPage(aClass({ status: 'approved', returnReason: '地点不清' })).returnReason).toBe('');
});

const counts = (missing: number, rosterCount = missing): Parameters<typeof toIssuePlan>[1] => ({
  rosterCount,
  voucherCounts: { claimed: rosterCount - missing },
});

test('the plan shows count, amount and what is left', () => {
  const { facts, canIssue } = toIssuePlan(aTemplate(), counts(20));

  expect(canIssue).toBe(true);
  expect(facts).toEqual(
    expect.arrayContaining([
      { label: '本次发券', value: '20 张' },
      { label: '合计金额', value: '24,000.00元' },
      { label: '剩余张数', value: '160 张' },
      { label: '剩余预算', value: '192,000.00元' },
    ]),
  );
});

test('each obstacle has its own sentence', () => {
  const obstacle = (...given: Parameters<typeof toIssuePlan>) => toIssuePlan(...given).obstacle;

  expect(obstacle(aTemplate({ status: 'closed' }), counts(1))).toMatch('没有发布');
  expect(obstacle(aTemplate(), counts(0))).toMatch('还没有人员');
  expect(obstacle(aTemplate(), counts(0, 20))).toMatch('都已有券');
  expect(obstacle(aTemplate({ quota: 59 }), counts(20))).toMatch('张数不够');
  expect(obstacle(aTemplate({ budgetFen: 4_800_001 }), counts(20))).toMatch('预算不够');
});

test('whoever has a voucher gets no second one, unless theirs was voided', () => {
  const voucherCounts = { issued: 1, used: 2, voided: 3 };
  const { facts } = toIssuePlan(aTemplate(), { rosterCount: 10, voucherCounts });

  expect(facts).toContainEqual({ label: '本次发券', value: '7 张' });
});
