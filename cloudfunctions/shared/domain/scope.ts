import type { SuspendedInstitution } from '../../../miniprogram/contract/accounts';
import type { CityCode } from '../../../miniprogram/contract/areas';
import type { InstitutionId, PersonKey } from '../../../miniprogram/contract/ids';
import type { Page } from '../../../miniprogram/contract/paging';
import { CITY_ROLES, type CityRole, type Grant, type Role } from '../../../miniprogram/contract/roles';
import type { StepActor } from './actor';

/** Where a record belongs. A grant covers it or the record does not exist for that person. */
export interface Place {
  cityCode?: CityCode | undefined;
  institutionId?: InstitutionId | undefined;
}

/** The signed-in person, with the roles that the operation admits. Everyone is a worker. */
export interface Actor {
  openid: string;
  personKey: PersonKey;
  nameCipher: string;
  grants: readonly Grant[];
  /** Institutions that they would act for, were these not suspended. */
  suspended?: readonly SuspendedInstitution[];
}

/** How many records of a city meet some condition. */
export interface CityCount {
  cityCode: CityCode;
  count: number;
}

/** A person in one of their roles, as histories name them. */
export type ActingPerson = StepActor & { personKey: PersonKey };

const isCityRole = (role: Role): boolean => (CITY_ROLES as readonly Role[]).includes(role);

/** The roles that a person has, whatever the area. */
export const rolesOf = (grants: readonly Grant[]): Role[] => ['worker', ...grants.map(grant => grant.role)];

function covers(grant: Grant, place: Place): boolean {
  if (grant.role === 'province') return true;
  if (grant.role === 'administrator') return grant.institutionId === place.institutionId;
  return isCityRole(grant.role) && grant.cityCode === place.cityCode;
}

/**
 * In which of the operation's roles this person may handle the record, as the history will name it.
 * @returns undefined when none covers it: the record is then "not found".
 */
export function roleAt(actor: Actor, place: Place): ActingPerson | undefined {
  const grant = actor.grants.find(candidate => covers(candidate, place));
  if (!grant) return undefined;
  return {
    role: grant.role,
    personKey: actor.personKey,
    ...('institutionId' in grant && { institutionId: grant.institutionId }),
    ...('cityCode' in grant && { cityCode: grant.cityCode }),
  };
}

/** A worker acting on what is theirs. */
export const asWorker = (actor: Actor): ActingPerson => ({
  role: 'worker',
  personKey: actor.personKey,
});

/** Whose records a list may show: those of any of these cities or institutions; of all where a field is absent. */
export interface Reach {
  cityCodes?: CityCode[];
  institutionIds?: InstitutionId[];
}

export type CityReach = Pick<Reach, 'cityCodes'>;

/** What a list is asked for: an institution's, some cities', or whatever the caller may see. */
export interface Wish {
  institutionId?: InstitutionId | undefined;
  cityCodes?: readonly CityCode[] | undefined;
}

/**
 * What was asked for, held inside what the grants cover. An officer reaches cities, an administrator institutions.
 * Who is both and names nothing of their own looks through the wider, the officer's eyes.
 * @returns undefined when the wish lies outside: the list is then empty.
 */
export function reachOf(actor: Actor, wish: Wish): Reach | undefined {
  const institutionIds = institutionsWithin(actor, wish);
  if (wish.institutionId !== undefined && institutionIds.length > 0) return { institutionIds };
  const inCities = reachOfOfficer(actor, wish.cityCodes);
  if (!inCities) return institutionIds.length > 0 ? { institutionIds } : undefined;
  return { ...inCities, ...(wish.institutionId !== undefined && { institutionIds: [wish.institutionId] }) };
}

/** The same for what belongs to a city as a whole, which its institutions may see as well. */
export function reachOfCities(actor: Actor, wish: readonly CityCode[] | undefined): CityReach | undefined {
  if (actor.grants.some(({ role }) => role === 'province')) return wish ? { cityCodes: [...wish] } : {};
  const own = actor.grants.flatMap(grant => ('cityCode' in grant ? [grant.cityCode] : []));
  const cityCodes = [...new Set(own)].filter(cityCode => !wish || wish.includes(cityCode));
  return cityCodes.length > 0 ? { cityCodes } : undefined;
}

/** The same of an officer alone: who administers an institution sees nothing of its city with that. */
export const reachOfOfficer = (actor: Actor, wish: readonly CityCode[] | undefined): CityReach | undefined =>
  reachOfCities({ ...actor, grants: actor.grants.filter(({ role }) => role !== 'administrator') }, wish);

/** Institutions that somebody administers, of those that were asked for. */
export function institutionsWithin({ grants }: Actor, { institutionId, cityCodes }: Wish): InstitutionId[] {
  return grants.flatMap(grant => {
    if (grant.role !== 'administrator') return [];
    const isWished =
      (institutionId ?? grant.institutionId) === grant.institutionId &&
      (!cityCodes || cityCodes.includes(grant.cityCode));
    return isWished ? [grant.institutionId] : [];
  });
}

/** How many there are in the cities in which the person has this role. */
export const countFor = ({ grants }: Actor, role: CityRole, counts: readonly CityCount[]): number =>
  counts
    .filter(({ cityCode }) => grants.some(grant => grant.role === role && grant.cityCode === cityCode))
    .reduce((sum, { count }) => sum + count, 0);

/**
 * A page that was read before the reach was known, of the institution or the cities that were wished for: as it is,
 * empty where it lies outside, undefined where it is not what the reach asks for.
 */
export function withinReach<T extends Place>(
  page: Page<T> | undefined,
  { institutionId, cityCodes }: Wish,
  reach: Reach,
): Page<T> | undefined {
  if (!page) return undefined;
  if (institutionId === undefined) return isWithin(cityCodes, reach) ? page : undefined;
  // All rows are of one institution: who may see the first may see them all.
  const [first] = page.items;
  const isInCity = !reach.cityCodes || reach.cityCodes.some(cityCode => cityCode === first?.cityCode);
  const isInInstitution =
    !reach.institutionIds || reach.institutionIds.some(id => id === first?.institutionId);
  return !first || (isInCity && isInInstitution) ? page : { items: [] };
}

const isWithin = (wished: Wish['cityCodes'], { cityCodes, institutionIds }: Reach): boolean =>
  !institutionIds && (!cityCodes || (wished ?? []).every(cityCode => cityCodes.includes(cityCode)));
