import type { Plain } from '../../../miniprogram/contract/brand';
import type { BatchView } from '../../../miniprogram/contract/settlement';
import type { TemplateDetailView, TemplateView } from '../../../miniprogram/contract/templates';
import type { ClassDetailView, ClassView } from '../../../miniprogram/contract/training';
import type { Grant } from '../../../miniprogram/contract/roles';
import { branded } from '../../support/branded';

export const CLERK: Grant[] = [{ role: 'clerk', cityCode: '3701' }];
export const COUNTY_CLERK: Grant[] = [{ role: 'clerk', cityCode: '3701', countyCode: '370112' }];
export const REVIEWER: Grant[] = [{ role: 'reviewer', cityCode: '3701' }];
export const PAYER: Grant[] = [{ role: 'payer', cityCode: '3701' }];
export const PROVINCE: Grant[] = [{ role: 'province' }];

export const aTemplate = (given: Partial<Plain<TemplateView>> = {}): TemplateView =>
  branded({
    id: 'template-1',
    cityCode: '3701',
    name: '岗位技能提升券',
    projectId: 'skill_upgrade',
    issueMode: 'targeted',
    functionMode: 'face_value',
    amountFen: 120_000,
    quota: 200,
    budgetFen: 24_000_000,
    claimWindowDays: 30,
    validDays: 180,
    audience: [{ kind: 'labour_contract' }, { kind: 'enterprise_pension' }],
    institutionIds: [],
    status: 'published',
    issuedCount: 40,
    committedFen: 4_800_000,
    ...given,
  });

export const aClass = (given: Partial<Plain<ClassView>> = {}): ClassView =>
  branded({
    id: 'class-1',
    templateId: 'template-1',
    name: '焊工技能班',
    place: '实训楼一层',
    startsOn: '2026-12-01',
    endsOn: '2026-12-20',
    hours: 40,
    status: 'submitted',
    projectId: 'skill_upgrade',
    cityCode: '3701',
    institutionId: 'institution-1',
    institutionName: '泉城职业培训学校',
    amountFen: 120_000,
    ...given,
  });

export const aTemplateDetail = (given: Partial<Plain<TemplateDetailView>> = {}): TemplateDetailView =>
  branded({
    ...aTemplate(),
    rosterCount: 0,
    voucherCounts: {},
    ...given,
  });

export const aClassDetail = (given: Partial<Plain<ClassDetailView>> = {}): ClassDetailView =>
  branded({
    ...aClass(),
    template: aTemplate(),
    rosterCount: 1,
    voucherCounts: {},
    ...given,
  });

export const aBatch = (given: Partial<Plain<BatchView>> = {}): BatchView =>
  branded({
    id: 'batch-1',
    number: 'JS-3701-20261124-7K2M',
    title: '第一期补贴申请',
    status: 'submitted',
    cityCode: '3701',
    institutionId: 'institution-1',
    institutionName: '泉城职业培训学校',
    projectId: 'skill_upgrade',
    count: 7,
    totalFen: 840_000,
    history: [],
    ...given,
  });
