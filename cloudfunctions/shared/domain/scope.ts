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

/**
 * What was asked for, held inside what the grants cover. An officer reaches cities, an administrator institutions;
 * who is both looks through the wider, the officer's eyes.
 * @returns undefined when the wish lies outside: the list is then empty.
 */
export function reachOf(actor: Actor, wish: Place): Reach | undefined {
  const grants = actor.grants.filter(grant => admits(grant, wish));
  if (grants.length === 0) return undefined;
  const wished = wish.institutionId === undefined ? {} : { institutionIds: [wish.institutionId] };
  if (grants.some(grant => grant.role === 'province')) {
    return { ...(wish.cityCode !== undefined && { cityCodes: [wish.cityCode] }), ...wished };
  }
  const cityCodes = grants.flatMap(grant =>
    isCityRole(grant.role) && 'cityCode' in grant ? [grant.cityCode] : [],
  );
  if (cityCodes.length > 0) return { cityCodes: [...new Set(cityCodes)], ...wished };
  return { institutionIds: grants.flatMap(grant => ('institutionId' in grant ? [grant.institutionId] : [])) };
}

/** The same for what belongs to a city as a whole, which its institutions may see as well. */
export function reachOfCity(actor: Actor, wish: CityCode | undefined): Pick<Reach, 'cityCodes'> | undefined {
  const grants = actor.grants.filter(grant => admits(grant, { cityCode: wish }));
  if (grants.length === 0) return undefined;
  if (grants.some(grant => grant.role === 'province')) return wish === undefined ? {} : { cityCodes: [wish] };
  return { cityCodes: [...new Set(grants.flatMap(grant => ('cityCode' in grant ? [grant.cityCode] : [])))] };
}

/** How many there are in the cities in which the person has this role. */
export const countFor = ({ grants }: Actor, role: CityRole, counts: readonly CityCount[]): number =>
  counts
    .filter(({ cityCode }) => grants.some(grant => grant.role === role && grant.cityCode === cityCode))
    .reduce((sum, { count }) => sum + count, 0);

function admits(grant: Grant, wish: Place): boolean {
  if (grant.role === 'province') return true;
  if (wish.cityCode !== undefined && wish.cityCode !== grant.cityCode) return false;
  if (grant.role !== 'administrator') return true;
  return wish.institutionId === undefined || wish.institutionId === grant.institutionId;
}

/**
 * A page that was read before the reach was known, of the institution or city that was wished for: as it is, empty where
 * it lies outside, undefined where it is not what the reach asks for.
 */
export function withinReach<T extends Place>(
  page: Page<T> | undefined,
  wish: Place,
  { cityCodes, institutionIds }: Reach,
): Page<T> | undefined {
  if (!page || (institutionIds && wish.institutionId === undefined)) return undefined;
  // All rows are of one institution or one city: who may see the first may see them all.
  const [first] = page.items;
  const isInCity = !cityCodes || cityCodes.some(cityCode => cityCode === first?.cityCode);
  const isInInstitution = !institutionIds || institutionIds.some(id => id === first?.institutionId);
  return !first || (isInCity && isInInstitution) ? page : { items: [] };
}
