import type { StaffView } from '../../contract/accounts';
import { CITY_ROLES, ROLE_NAMES, type CityRole } from '../../contract/roles';

export interface StaffRow {
  id: string;
  name: string;
  roles: { id: CityRole; text: string }[];
}

const isCityRole = (role: string): role is CityRole => (CITY_ROLES as readonly string[]).includes(role);

export const toStaffRow = ({ personId, name, grants }: StaffView): StaffRow => ({
  id: personId,
  name,
  roles: grants.flatMap(({ role }) => (isCityRole(role) ? [{ id: role, text: ROLE_NAMES[role] }] : [])),
});

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
