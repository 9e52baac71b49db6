import { countText, deskMenu, deskRoles, toWaitingRows } from '../../../miniprogram/pages/manage/desk';
import { cityFilters, citiesToRead } from '../../../miniprogram/city/view/cities';
import { aClass, CLERK, PAYER, PROVINCE, REVIEWER } from './samples';

test('a full page counts as that many and more', () => {
  expect([countText(0, false), countText(3, false), countText(20, true)]).toEqual(['0', '3', '20+']);
});

test('only what a role waits for is a row', () => {
  const none = { items: [] };

  expect(toWaitingRows({ submittedBatches: none, reviewedBatches: none }).map(row => row.title)).toEqual([
    '初审',
    '复审',
  ]);
  expect(toWaitingRows({ approvedBatches: none })).toMatchObject([
    { title: '拨付', count: '0', isNone: true },
  ]);
  expect(toWaitingRows({})).toEqual([]);
});

test('approved classes wait for vouchers unless they have them or belong to a 通用券', () => {
  const items = [
    aClass({ id: 'a' }),
    aClass({ id: 'b', issueJobId: 'job' }),
    aClass({ id: 'c', issueMode: 'general' }),
    aClass({ id: 'd', issueMode: 'targeted' }),
  ];

  const rows = toWaitingRows({ approvedClasses: { items } });

  expect(rows).toMatchObject([{ title: '发券', count: '2' }]);
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
  expect(citiesToRead(CLERK)).toEqual([{ id: '3701', text: '济南市' }]);
});
