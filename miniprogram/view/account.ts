import type { AccountView } from '../contract/accounts';
import { CITIES } from '../contract/areas';
import { COUNTIES } from '../contract/counties';
import { CITY_ROLES, COUNTY_ROLE_NAMES, ROLE_NAMES, type Grant, type Role } from '../contract/roles';
import type { InstitutionView } from '../contract/training';
import { formatShanghaiMinute } from '../text/shanghai-time';

/** Every signed-in person is a worker; the other roles are granted. */
export const rolesOf = (account: AccountView | undefined): Role[] =>
  account ? ['worker', ...new Set(account.grants.map(grant => grant.role))] : [];

export const isAdministrator = (roles: readonly Role[]): boolean => roles.includes('administrator');

export const isStaff = (roles: readonly Role[]): boolean =>
  roles.includes('province') || CITY_ROLES.some(role => roles.includes(role));

/** '市级经办人员（济南）', '区县级审核人员（济南历城区）' */
function grantText(grant: Grant): string {
  if ('countyCode' in grant)
    return `${COUNTY_ROLE_NAMES[grant.role]}（${CITIES[grant.cityCode]}${COUNTIES[grant.countyCode]}）`;
  const area = grant.role === 'province' ? '' : `（${CITIES[grant.cityCode]}）`;
  return ROLE_NAMES[grant.role] + area;
}

/** Everything that a person may act as, in words, and what they may not at present. */
export const roleTexts = (account: AccountView): string[] => [
  ROLE_NAMES.worker,
  ...new Set(account.grants.map(grantText)),
  ...(account.suspended ?? []).map(({ name }) => `${ROLE_NAMES.administrator}（${name}，机构已停用）`),
];

export const isSuspended = (account: AccountView | undefined): boolean =>
  (account?.suspended ?? []).length > 0;

/** A suspended institution as its administrator reads of it. */
export interface SuspensionView {
  id: string;
  name: string;
  since: string;
  reason: string;
}

export const suspensionsOf = (account: AccountView | undefined): SuspensionView[] =>
  (account?.suspended ?? []).map(({ institutionId, name, sinceMs, reason }) => ({
    id: institutionId,
    name,
    since: sinceMs === undefined ? '' : `${formatShanghaiMinute(sinceMs)}起停用`,
    reason: reason === undefined ? '市人社部门没有写停用原因，请向他们了解。' : `停用原因：${reason}`,
  }));

/** How long its administrators are told that an institution is active again. */
const RESTORED_SHOWN_MS = 14 * 24 * 60 * 60 * 1000;

/** Since when and why an institution is active again; empty where it is not, or has been for long. */
export function restoredText({ active, standing }: InstitutionView, nowMs: number): string {
  if (!active || !standing || nowMs - standing.sinceMs > RESTORED_SHOWN_MS) return '';
  const why = standing.reason === undefined ? '' : `，原因：${standing.reason}`;
  return `${formatShanghaiMinute(standing.sinceMs)}恢复启用${why}`;
}
