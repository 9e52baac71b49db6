import type { Plain } from '../../miniprogram/contract/brand';
import type { TrainingClass } from '../../cloudfunctions/shared/domain/training-class';
import { branded } from '../support/branded';

/** A class that runs, at the institution and with the template of `aVoucher`. */
export const aClass = (given: Partial<Plain<TrainingClass>> = {}): TrainingClass =>
  branded({
    id: 'class',
    templateId: 'template',
    name: '班期',
    place: '泉城路1号',
    startsOn: '2026-11-24',
    endsOn: '2026-12-04',
    hours: 40,
    status: 'running',
    projectId: 'pre_job',
    cityCode: '3701',
    institutionId: 'institution',
    institutionName: '培训学校',
    amountFen: 50_000,
    history: [],
    version: 1,
    ...given,
  });
