import type { CityCode } from './areas';
import type { CountyCode } from './counties';
import type { InstitutionId } from './ids';

/**
 * worker 劳动者 · administrator 培训机构管理员 · clerk 市级业务经办人员 · reviewer 市级审核人员 ·
 * payer 市级拨付人员 · province 省厅. Every signed-in person is a worker; the others are granted.
 */
export const ROLES = ['worker', 'administrator', 'clerk', 'reviewer', 'payer', 'province'] as const;
export type Role = (typeof ROLES)[number];

/** City staff: officers limited to one city, or to one county of it. */
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

/** What an officer of a county is called: the same role, for less. */
export const COUNTY_ROLE_NAMES: Record<CityRole, string> = {
  clerk: '区县级经办人员',
  reviewer: '区县级审核人员',
  payer: '区县级拨付人员',
};

/** A role with its area: a city or one of its counties for officers, an institution (and its city) for administrators, nothing for the province. */
export type Grant =
  | { role: CityRole; cityCode: CityCode; countyCode?: CountyCode }
  | { role: 'administrator'; cityCode: CityCode; institutionId: InstitutionId }
  | { role: 'province' };
