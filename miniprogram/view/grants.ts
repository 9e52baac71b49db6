import { CITY_CODES, type CityCode, type OfCities } from '../contract/areas';
import type { CountyCode, OfAreas } from '../contract/counties';
import { CITY_ROLES, type CityRole, type Grant } from '../contract/roles';

/* What somebody may act as. The functions judge again; this only decides what is offered. */

export const isProvince = (grants: readonly Grant[]): boolean =>
  grants.some(grant => grant.role === 'province');

/** A record belongs to a city, and through its institution perhaps to one of the counties. */
export interface Place {
  cityCode: CityCode;
  countyCode?: CountyCode;
}

const placesWith = (grants: readonly Grant[], role: CityRole): Place[] =>
  grants.flatMap(grant => (grant.role === role ? [grant] : []));

/** Cities in which somebody has a role, be it in a county only. */
export const citiesWith = (grants: readonly Grant[], role: CityRole): CityCode[] => [
  ...new Set(placesWith(grants, role).map(({ cityCode }) => cityCode)),
];

/** Cities in the whole of which somebody has a role. */
export const wholeCitiesWith = (grants: readonly Grant[], role: CityRole): CityCode[] =>
  placesWith(grants, role).flatMap(({ cityCode, countyCode }) =>
    countyCode === undefined ? [cityCode] : [],
  );

/** Counties of the city to which somebody's role is limited; none for who has it in the whole city. */
export const countiesWith = (grants: readonly Grant[], role: CityRole, cityCode: CityCode): CountyCode[] =>
  wholeCitiesWith(grants, role).includes(cityCode)
    ? []
    : placesWith(grants, role).flatMap(place =>
        place.cityCode === cityCode ? (place.countyCode ?? []) : [],
      );

/** In the whole city, or in the county that the record belongs to. */
export const canAct = (grants: readonly Grant[], role: CityRole, { cityCode, countyCode }: Place): boolean =>
  placesWith(grants, role).some(
    own => own.cityCode === cityCode && (own.countyCode === undefined || own.countyCode === countyCode),
  );

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

/** The areas that somebody reads as an officer: whole cities, and counties of others. */
export function areasToRead(grants: readonly Grant[]): OfAreas {
  const cityCodes = isProvince(grants)
    ? [...CITY_CODES]
    : [...new Set(CITY_ROLES.flatMap(role => wholeCitiesWith(grants, role)))];
  const counties = CITY_ROLES.flatMap(role =>
    placesWith(grants, role).flatMap(({ cityCode, countyCode }) =>
      cityCodes.includes(cityCode) ? [] : (countyCode ?? []),
    ),
  );
  const countyCodes = [...new Set(counties)];
  return { ...named(cityCodes), ...(countyCodes.length > 0 && { countyCodes }) };
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
