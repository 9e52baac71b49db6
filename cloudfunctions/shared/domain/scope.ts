import type { CityCode } from '../../../miniprogram/contract/areas';
import { CITY_ROLES, type Grant, type Role } from '../../../miniprogram/contract/roles';
import type { StepActor } from './voucher';

/** Where a record belongs. A grant covers it or the record does not exist for that person. */
export interface Place {
  cityCode?: CityCode | undefined;
  institutionId?: string | undefined;
}

/** The signed-in person, with the roles that the operation admits. Everyone is a worker. */
export interface Actor {
  openid: string;
  personKey: string;
  nameCipher: string;
  grants: readonly Grant[];
}

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
export function actingFor(actor: Actor, place: Place): StepActor | undefined {
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
export const actingAsWorker = (actor: Actor): StepActor => ({ role: 'worker', personKey: actor.personKey });

/**
 * The conditions of a list: what was asked for, held inside what the grants cover.
 * An administrator's list is that of the institution; an officer's that of the city.
 * @returns undefined when the wish lies outside: the list is then empty.
 */
export function narrow(
  actor: Actor,
  wish: Place,
): { cityCode?: CityCode; institutionId?: string } | undefined {
  const grant = actor.grants.find(candidate => admits(candidate, wish));
  if (!grant) return undefined;
  if (grant.role === 'administrator') return { institutionId: grant.institutionId };
  const cityCode = 'cityCode' in grant ? grant.cityCode : wish.cityCode;
  return {
    ...(cityCode !== undefined && { cityCode }),
    ...(wish.institutionId !== undefined && { institutionId: wish.institutionId }),
  };
}

/** The same for what belongs to a city as a whole, which its institutions may see as well. */
export function cityOf(actor: Actor, wish: CityCode | undefined): { cityCode?: CityCode } | undefined {
  const grant = actor.grants.find(candidate => admits(candidate, { cityCode: wish }));
  if (!grant) return undefined;
  const cityCode = 'cityCode' in grant ? grant.cityCode : wish;
  return cityCode === undefined ? {} : { cityCode };
}

function admits(grant: Grant, wish: Place): boolean {
  if (grant.role === 'province') return true;
  if (wish.cityCode !== undefined && wish.cityCode !== grant.cityCode) return false;
  if (grant.role !== 'administrator') return true;
  return wish.institutionId === undefined || wish.institutionId === grant.institutionId;
}
