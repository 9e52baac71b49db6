import type { StaffView } from '../../contract/accounts';
import { COUNTIES, type CountyCode } from '../../contract/counties';
import { CITY_ROLES, COUNTY_ROLE_NAMES, ROLE_NAMES, type CityRole, type Grant } from '../../contract/roles';

export interface StaffRow {
  id: string;
  name: string;
  roles: RoleRow[];
}

interface RoleRow {
  id: string;
  role: CityRole;
  /** '' for the whole city. */
  countyCode: CountyCode | '';
  text: string;
}

export const toStaffRow = ({ personId, name, grants }: StaffView): StaffRow => ({
  id: personId,
  name,
  roles: grants.flatMap(toRoleRow),
});

function toRoleRow(grant: Grant): RoleRow[] {
  if (grant.role === 'administrator' || grant.role === 'province') return [];
  const { role, countyCode } = grant;
  return countyCode === undefined
    ? [{ id: role, role, countyCode: '', text: ROLE_NAMES[role] }]
    : [
        {
          id: `${role}${countyCode}`,
          role,
          countyCode,
          text: `${COUNTY_ROLE_NAMES[role]}（${COUNTIES[countyCode]}）`,
        },
      ];
}

const ROLE_HINTS: Record<CityRole, string> = {
  clerk: '建券、开班审核、发券、作废、机构和渠道',
  reviewer: '结算批次的初审和复审',
  payer: '登记拨付，完成核销',
};

export const ROLE_OPTIONS: { id: CityRole; text: string; note: string }[] = CITY_ROLES.map(id => ({
  id,
  text: ROLE_NAMES[id],
  note: ROLE_HINTS[id],
}));
