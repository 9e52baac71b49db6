import { CITIES, CITY_CODES, type CityCode } from '../../contract/areas';
import type { CityRole, Grant } from '../../contract/roles';

export interface CityChoice {
  id: CityCode;
  text: string;
}

const toChoice = (cityCode: CityCode): CityChoice => ({ id: cityCode, text: `${CITIES[cityCode]}市` });

export const ALL_CITIES: CityChoice[] = CITY_CODES.map(toChoice);

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

/** Cities that somebody reads: the province all of them. */
export function citiesToRead(grants: readonly Grant[]): CityChoice[] {
  if (isProvince(grants)) return [...ALL_CITIES];
  const own = grants.flatMap(grant =>
    'cityCode' in grant && grant.role !== 'administrator' ? [grant.cityCode] : [],
  );
  return [...new Set(own)].map(toChoice);
}

export const choicesOf = (cityCodes: readonly CityCode[]): CityChoice[] => cityCodes.map(toChoice);

/** For a list: everything first, then one city at a time; empty when there is nothing to choose between. */
export function cityFilters(grants: readonly Grant[]): { id: string; text: string }[] {
  const cities = citiesToRead(grants);
  return cities.length > 1 ? [{ id: '', text: '全部' }, ...cities] : [];
}

export const cityName = (cityCode: CityCode): string => `${CITIES[cityCode]}市`;

/** Reviewers and payers have no business with the people of an institution. */
export const canReadAdministrators = (grants: readonly Grant[]): boolean =>
  isProvince(grants) || hasRole(grants, 'clerk');
