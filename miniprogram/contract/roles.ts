import type { CityCode } from './areas';
import type { InstitutionId } from './ids';

/**
 * worker 劳动者 · administrator 培训机构管理员 · clerk 市级业务经办人员 · reviewer 市级审核人员 ·
 * payer 市级拨付人员 · province 省厅. Every signed-in person is a worker; the others are granted.
 */
export const ROLES = ['worker', 'administrator', 'clerk', 'reviewer', 'payer', 'province'] as const;
export type Role = (typeof ROLES)[number];

/** City staff: officers limited to one city. */
export const CITY_ROLES = ['clerk', 'reviewer', 'payer'] as const satisfies readonly Role[];
export type CityRole = (typeof CITY_ROLES)[number];

export const ROLE_NAMES: Record<Role, string> = {
  worker: '劳动者',
  administrator: '培训机构管理员',
  clerk: '市级经办人员',
  reviewer: '市级审核人员',
  payer: '市级拨付人员',
  province: '省级管理人员',
};

/** A role with its area: a city for officers, an institution (and its city) for administrators, nothing for the province. */
export type Grant =
  | { role: CityRole; cityCode: CityCode }
  | { role: 'administrator'; cityCode: CityCode; institutionId: InstitutionId }
  | { role: 'province' };
