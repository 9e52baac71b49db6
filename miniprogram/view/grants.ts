import type { CityCode } from '../contract/areas';
import type { CityRole, Grant } from '../contract/roles';

/* What somebody may act as. The functions judge again; this only decides what is offered. */

export const isProvince = (grants: readonly Grant[]): boolean =>
  grants.some(grant => grant.role === 'province');

/** Cities in which somebody has a role. */
export const citiesWith = (grants: readonly Grant[], role: CityRole): CityCode[] => [
  ...new Set(grants.flatMap(grant => (grant.role === role ? [grant.cityCode] : []))),
];

export const canAct = (grants: readonly Grant[], role: CityRole, cityCode: CityCode): boolean =>
  citiesWith(grants, role).includes(cityCode);

export const hasRole = (grants: readonly Grant[], role: CityRole): boolean =>
  citiesWith(grants, role).length > 0;

/**
 * The one city of somebody's roles, to be named in what a list asks for: it is then read together with the account.
 * Nothing where a city more might be left out; that of an institution counts too, since its lists show its city's.
 */
export function onlyCity(grants: readonly Grant[]): { cityCode?: CityCode } {
  const cityCodes = new Set(grants.map(grant => ('cityCode' in grant ? grant.cityCode : undefined)));
  const [cityCode] = cityCodes;
  return cityCodes.size === 1 && cityCode !== undefined ? { cityCode } : {};
}

/** Institutions that somebody works for. */
export const institutionIdsOf = (grants: readonly Grant[]): string[] =>
  grants.flatMap(grant => (grant.role === 'administrator' ? [grant.institutionId] : []));

/** Reviewers and payers have no business with the people of an institution. */
export const canReadAdministrators = (grants: readonly Grant[]): boolean =>
  isProvince(grants) || hasRole(grants, 'clerk');
