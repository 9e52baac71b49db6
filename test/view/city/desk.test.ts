import { deskMenu, deskRoles, toWaitingRows } from '../../../miniprogram/pages/manage/desk';
import { cityFilters } from '../../../miniprogram/city/view/cities';
import { CLERK, PAYER, PROVINCE, REVIEWER } from './samples';

test('only what a role waits for is a row', () => {
  const batches = [
    { command: 'review' as const, count: 21 },
    { command: 'approve' as const, count: 2 },
    { command: 'pay' as const, count: 0 },
  ];
  const rowsOf = (grants: Parameters<typeof deskRoles>[0]) =>
    toWaitingRows(deskRoles(grants), { classes: [{ command: 'issue', count: 3 }], batches });

  expect(rowsOf(REVIEWER)).toMatchObject([
    { title: '初审', count: 21 },
    { title: '复审', count: 2 },
  ]);
  expect(rowsOf(PAYER)).toMatchObject([{ title: '拨付', count: 0, isNone: true }]);
  expect(rowsOf(CLERK)).toMatchObject([
    { title: '开班审核', count: 0 },
    { title: '发券', count: 3, isNone: false },
  ]);
  expect(rowsOf(PROVINCE)).toEqual([]);
});

test('the menu follows the role: voiding is the clerk’s, staff the province’s', () => {
  const titles = (grants: Parameters<typeof deskRoles>[0]) =>
    deskMenu(deskRoles(grants)).map(row => row.title);

  expect(titles(CLERK)).toContain('作废');
  expect(titles(CLERK)).not.toContain('人员');
  expect(titles(REVIEWER)).not.toContain('作废');
  expect(titles(PAYER)).toContain('结算批次');
  expect(titles(PROVINCE)).toContain('人员');
});

test('a list offers cities only to who reads several', () => {
  expect(cityFilters(CLERK)).toEqual([]);
  expect(cityFilters(PROVINCE)).toHaveLength(17);
});
