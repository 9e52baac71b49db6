import { CITY_CODES, type CityCode, type OfCities } from '../contract/areas';
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

/** Cities that somebody reads as an officer: the province all of them. */
export function citiesToRead(grants: readonly Grant[]): CityCode[] {
  if (isProvince(grants)) return [...CITY_CODES];
  const own = grants.flatMap(grant =>
    'cityCode' in grant && grant.role !== 'administrator' ? [grant.cityCode] : [],
  );
  return [...new Set(own)];
}

/** Cities that a list names in what it asks for: it is then read together with the account. */
export const named = (cityCodes: CityCode[]): OfCities => (cityCodes.length > 0 ? { cityCodes } : {});

/** Institutions that somebody works for. */
export const institutionIdsOf = (grants: readonly Grant[]): string[] =>
  grants.flatMap(grant => (grant.role === 'administrator' ? [grant.institutionId] : []));

/** Reviewers and payers have no business with the people of an institution. */
export const canReadAdministrators = (grants: readonly Grant[]): boolean =>
  isProvince(grants) || hasRole(grants, 'clerk');

/** The city of an institution that somebody works for. */
export const cityOfInstitution = (grants: readonly Grant[], institutionId: string): CityCode[] =>
  grants.flatMap(grant =>
    grant.role === 'administrator' && grant.institutionId === institutionId ? [grant.cityCode] : [],
  );
