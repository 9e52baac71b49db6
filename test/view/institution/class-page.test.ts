import type { Plain } from '../../../miniprogram/contract/brand';
import type { ClassDetailView, ClassStatus } from '../../../miniprogram/contract/training';
import { toClassPage } from '../../../miniprogram/institution/view/class-page';
import { aTemplate } from '../city/samples';
import { branded } from '../../support/branded';

const aClass = (status: ClassStatus, more: Partial<Plain<ClassDetailView>> = {}): ClassDetailView =>
  branded({
    id: 'c1',
    templateId: 't1',
    name: '电工班',
    place: '经十路1号',
    startsOn: '2026-11-24',
    endsOn: '2026-12-04',
    hours: 40,
    status,
    projectId: 'skill_upgrade',
    cityCode: '3701',
    institutionId: 'i1',
    institutionName: '泉城学校',
    amountFen: 120_000,
    template: aTemplate(),
    rosterCount: 2,
    voucherCounts: {},
    ...more,
  });

const GENERAL = aTemplate({ issueMode: 'general' });

const page = (trainingClass: ClassDetailView, today = '2026-11-24') => toClassPage(trainingClass, today);

test('a draft without people first needs a roster', () => {
  expect(page(aClass('draft', { rosterCount: 0 }))).toMatchObject({ action: 'import', rosterText: '0人' });
});

test('a draft with people, and any class of a 通用券, can be submitted', () => {
  expect(page(aClass('draft')).action).toBe('submit');
  expect(page(aClass('draft', { rosterCount: 0, template: GENERAL }))).toMatchObject({
    action: 'submit',
    hasRoster: false,
  });
});

test('a returned class shows why and is submitted again', () => {
  const view = page(aClass('returned', { returnReason: '地点不清' }));

  expect(view).toMatchObject({ returnReason: '地点不清', actionText: '重新提交审核', editable: true });
});

test('while it waits for the city there is nothing to do', () => {
  expect(page(aClass('submitted'))).toMatchObject({ action: 'none', actionText: '', editable: false });
});

test('an approved class can begin; a running one ends on its last day, not before', () => {
  expect(page(aClass('approved')).action).toBe('start');
  expect(page(aClass('running'), '2026-12-03')).toMatchObject({ action: 'none' });
  expect(page(aClass('running'), '2026-12-04')).toMatchObject({ action: 'finish' });
});

test('a finished class leads to the subsidy', () => {
  expect(page(aClass('finished'))).toMatchObject({ action: 'apply', actionText: '申请补贴' });
});
