import type { AccountView } from '../../miniprogram/contract/accounts';
import type { Grant } from '../../miniprogram/contract/roles';
import { rolesOf, roleTexts } from '../../miniprogram/view/account';
import { tabsFor } from '../../miniprogram/view/tabs';
import { readAppJson } from '../wxml/mini-program';
import { branded } from '../support/branded';

const anAccount = (...grants: Grant[]): AccountView => ({
  name: '张*三',
  grants,
  consentVersion: '2026-11-01',
  signedInUntilMs: 0,
});

const administrator = branded<Grant>({
  role: 'administrator',
  cityCode: '3701',
  institutionId: 'institution-1',
});
const clerk: Grant = { role: 'clerk', cityCode: '3701' };

const textsFor = (...grants: Grant[]): string[] =>
  tabsFor(rolesOf(anAccount(...grants))).map(({ text }) => text);

test('who administers a suspended institution keeps the desk, where it is said', () => {
  expect(tabsFor(rolesOf(anAccount()), true).map(({ text }) => text)).toEqual([
    '首页',
    '我的券',
    '班期',
    '我的',
  ]);
});

test('tabs follow the role', () => {
  expect(tabsFor([]).map(({ text }) => text)).toEqual(['首页', '我的券', '我的']);
  expect(textsFor()).toEqual(['首页', '我的券', '我的']);
  expect(textsFor(administrator)).toEqual(['首页', '我的券', '扫码', '班期', '我的']);
  expect(textsFor(clerk)).toEqual(['首页', '我的券', '管理', '我的']);
  expect(textsFor({ role: 'province' })).toEqual(['首页', '我的券', '管理', '我的']);
  expect(textsFor(administrator, clerk)).toEqual(['首页', '我的券', '扫码', '工作', '我的']);
});

test('every tab is a tab page of app.json', () => {
  const known = readAppJson().tabBar.list.map(({ pagePath }) => pagePath);

  for (const { path } of tabsFor(['worker', 'administrator', 'clerk'])) expect(known).toContain(path);
});

test('roles are named with their area, each once', () => {
  const second = branded<Grant>({ role: 'administrator', cityCode: '3701', institutionId: 'institution-2' });

  expect(roleTexts(anAccount(administrator, second, clerk))).toEqual([
    '劳动者',
    '培训机构管理员（济南）',
    '市级经办人员（济南）',
  ]);
});
