import type { Plain } from '../../miniprogram/contract/brand';
import type { Template } from '../../cloudfunctions/shared/domain/template';
import { branded } from '../support/branded';

/** A draft with nothing issued. */
export const aTemplate = (given: Partial<Plain<Template>> = {}): Template =>
  branded({
    id: 'template',
    status: 'draft',
    issuedCount: 0,
    committedFen: 0,
    reservations: {},
    cityCode: '3701',
    name: '岗前培训券',
    projectId: 'pre_job',
    issueMode: 'targeted',
    functionMode: 'face_value',
    amountFen: 50_000,
    quota: 100,
    budgetFen: 5_000_000,
    claimWindowDays: 30,
    validDays: 90,
    audience: [],
    institutionIds: [],
    history: [],
    version: 1,
    ...given,
  });
