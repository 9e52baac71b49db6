import { classActions, rosterTitle, toClassPage, toClassRow } from '../../../miniprogram/city/view/classes';
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

test('the reason of a return is shown while the class is returned', () => {
  expect(toClassPage(aClass({ status: 'returned', returnReason: '地点不清' })).returnReason).toBe('地点不清');
  expect(toClassPage(aClass({ status: 'approved', returnReason: '地点不清' })).returnReason).toBe('');
});

test('a roster is counted only as far as it is listed', () => {
  expect(rosterTitle('名册', 20, false)).toBe('名册（共 20 人）');
  expect(rosterTitle('名册', 20, true)).toBe('名册（已列出 20 人，还有）');
});

const count = (missing: number, people = missing, isPartial = false) => ({ people, missing, isPartial });

test('the plan shows count, amount and what is left', () => {
  const { facts, canIssue } = toIssuePlan(aTemplate(), count(20));

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

  expect(obstacle(aTemplate({ status: 'closed' }), count(1))).toMatch('没有发布');
  expect(obstacle(aTemplate(), count(0))).toMatch('还没有人员');
  expect(obstacle(aTemplate(), count(0, 20))).toMatch('都已有券');
  expect(obstacle(aTemplate({ quota: 59 }), count(20))).toMatch('张数不够');
  expect(obstacle(aTemplate({ budgetFen: 4_800_001 }), count(20))).toMatch('预算不够');
  expect(obstacle(aTemplate(), count(0, 200, true))).toBe('');
});

test('a long roster is never counted for more than was read', () => {
  const issued = (...given: Parameters<typeof count>) =>
    toIssuePlan(aTemplate({ quota: 1_000 }), count(...given)).facts.find(({ label }) => label === '本次发券')
      ?.value;

  expect(issued(200, 200, true)).toBe('至少 200 张');
  expect(issued(0, 200, true)).toBe('名册较长，发券时清点');
});
