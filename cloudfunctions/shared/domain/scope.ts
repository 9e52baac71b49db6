import type { SuspendedInstitution } from '../../../miniprogram/contract/accounts';
import type { CityCode } from '../../../miniprogram/contract/areas';
import { cityOfCounty, type CountyCode } from '../../../miniprogram/contract/counties';
import type { ApiClientId, InstitutionId, PersonKey } from '../../../miniprogram/contract/ids';
import { OPERATIONS, type OperationName } from '../../../miniprogram/contract/operations';
import type { Page } from '../../../miniprogram/contract/paging';
import { CITY_ROLES, type CityRole, type Grant, type Role } from '../../../miniprogram/contract/roles';
import type { StepActor } from './actor';

/** Where a record belongs. A grant covers it or the record does not exist for that person. */
export interface Place {
  cityCode?: CityCode | undefined;
  /** Of the institution. What has none is the city's alone: no county reaches it. */
  countyCode?: CountyCode | undefined;
  institutionId?: InstitutionId | undefined;
}

/** The signed-in person, with the roles that the operation admits. Everyone is a worker. */
export interface Actor {
  openid: string;
  personKey: PersonKey;
  nameCipher: string;
  grants: readonly Grant[];
  /** The system through which the person acts, if it is not the mini-program. */
  clientId?: ApiClientId;
  /** Institutions that they would act for, were these not suspended. */
  suspended?: readonly SuspendedInstitution[];
}

/** How many records of a city, in one of its counties or in none, meet some condition. */
export interface AreaCount {
  cityCode: CityCode;
  countyCode?: CountyCode;
  count: number;
}

/** A person in one of their roles, as histories name them. */
export type ActingPerson = StepActor & { personKey: PersonKey };

/** What officers of a county look at, within it; templates are their city's, and they choose by them. */
const COUNTY_READS = [
  'training.getInstitution',
  'training.listInstitutions',
  'training.countInstitutions',
  'entry.getCoverage',
  'training.getClass',
  'training.listClasses',
  'training.listRoster',
  'training.listLessons',
  'training.listAttendance',
  'training.listCertificates',
  'voucher.getTemplate',
  'voucher.listTemplates',
  'voucher.listVouchers',
  'voucher.getVoucher',
  'voucher.getJob',
  'voucher.listJobRefusals',
  'verification.listVerifications',
  'verification.countToday',
  'settlement.getBatch',
  'settlement.listBatches',
  'settlement.listItems',
  'settlement.getJob',
  'settlement.listJobRefusals',
] as const satisfies readonly OperationName[];

/**
 * All that officers of a county may do: what is about an institution of theirs, its classes, vouchers and batches. Left to
 * the city are templates, 通用券 and their recipients, channels and roles. What is not listed here is refused.
 */
const COUNTY_OPERATIONS: Readonly<Record<CityRole, readonly OperationName[]>> = {
  clerk: [
    ...COUNTY_READS,
    'training.addInstitution',
    'training.setInstitution',
    'training.addAdministrator',
    'training.removeAdministrator',
    'training.listAdministrators',
    'training.approveClass',
    'training.returnClass',
    'training.countWaiting',
    'voucher.issue',
    'voucher.void',
    'voucher.voidBatch',
    'verification.reverse',
  ],
  reviewer: [
    ...COUNTY_READS,
    'settlement.removeItem',
    'settlement.reviewBatch',
    'settlement.approveBatch',
    'settlement.returnBatch',
    'settlement.countWaiting',
  ],
  payer: [...COUNTY_READS, 'settlement.returnBatch', 'settlement.payBatch', 'settlement.countWaiting'],
};

/** Those of somebody's grants that the operation admits. */
export const grantsFor = (name: OperationName, grants: readonly Grant[]): Grant[] =>
  grants.filter(
    grant =>
      OPERATIONS[name].roles.includes(grant.role) &&
      (!('countyCode' in grant) || COUNTY_OPERATIONS[grant.role].includes(name)),
  );

const isCityRole = (role: Role): boolean => (CITY_ROLES as readonly Role[]).includes(role);

function covers(grant: Grant, place: Place): boolean {
  if (grant.role === 'province') return true;
  if (grant.role === 'administrator') return grant.institutionId === place.institutionId;
  return isCityRole(grant.role) && liesIn(place, grant);
}

/** A city with all of its counties, or one of them. */
export interface Area {
  cityCode: CityCode;
  countyCode?: CountyCode | undefined;
}

export const liesIn = (place: Place, { cityCode, countyCode }: Area): boolean =>
  place.cityCode === cityCode && (countyCode === undefined || place.countyCode === countyCode);

/** Where a record belongs, for what is made of it. */
export const placeOf = ({ cityCode, countyCode }: Area): { cityCode: CityCode; countyCode?: CountyCode } => ({
  cityCode,
  ...(countyCode !== undefined && { countyCode }),
});

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
    ...('countyCode' in grant && { countyCode: grant.countyCode }),
    ...(actor.clientId !== undefined && { clientId: actor.clientId }),
  };
}

/** A worker acting on what is theirs. */
export const asWorker = (actor: Actor): ActingPerson => ({
  role: 'worker',
  personKey: actor.personKey,
});

/** Cities with all of their counties, and single counties beside. */
interface Areas {
  cityCodes?: readonly CityCode[] | undefined;
  countyCodes?: readonly CountyCode[] | undefined;
}

/** Whose records a list may show: those of any of these areas, of any of these institutions; of all where neither is named. */
export interface Reach extends CityReach {
  countyCodes?: CountyCode[];
  institutionIds?: InstitutionId[];
}

export interface CityReach {
  cityCodes?: CityCode[];
}

/** What a list is asked for: an institution's, some areas', or whatever the caller may see. */
export interface Wish extends Areas {
  institutionId?: InstitutionId | undefined;
}

const isNamed = ({ cityCodes, countyCodes }: Areas): boolean =>
  cityCodes !== undefined || countyCodes !== undefined;

/** Whether the areas have this one in them, whole. */
const hasArea = ({ cityCodes = [], countyCodes = [] }: Areas, { cityCode, countyCode }: Area): boolean =>
  cityCodes.includes(cityCode) || (countyCode !== undefined && countyCodes.includes(countyCode));

const toAreas = ({ cityCodes = [], countyCodes = [] }: Areas): Area[] => [
  ...cityCodes.map(cityCode => ({ cityCode })),
  ...countyCodes.map(countyCode => ({ cityCode: cityOfCounty(countyCode), countyCode })),
];

/** What lies in both; undefined when nothing does. */
function common(some: readonly Area[], others: readonly Area[]): CountyReach | undefined {
  const both = [...some.filter(area => isIn(area, others)), ...others.filter(area => isIn(area, some))];
  const cityCodes = [...new Set(both.filter(isWholeCity).map(({ cityCode }) => cityCode))];
  const countyCodes = new Set(
    both.flatMap(({ cityCode, countyCode }) => (cityCodes.includes(cityCode) ? [] : (countyCode ?? []))),
  );
  if (cityCodes.length + countyCodes.size === 0) return undefined;
  return {
    ...(cityCodes.length > 0 && { cityCodes }),
    ...(countyCodes.size > 0 && { countyCodes: [...countyCodes] }),
  };
}

type CountyReach = Pick<Reach, 'cityCodes' | 'countyCodes'>;

const isIn = (area: Area, others: readonly Area[]): boolean => others.some(other => liesIn(area, other));
const isWholeCity = ({ countyCode }: Area): boolean => countyCode === undefined;

/**
 * What was asked for, held inside what the grants cover. An officer reaches areas, an administrator institutions.
 * Who is both and names nothing of their own looks through the wider, the officer's eyes.
 * @returns undefined when the wish lies outside: the list is then empty.
 */
export function reachOf(actor: Actor, wish: Wish): Reach | undefined {
  const institutionIds = institutionsWithin(actor, wish);
  if (wish.institutionId !== undefined && institutionIds.length > 0) return { institutionIds };
  const inAreas = reachOfOfficer(actor, wish);
  if (!inAreas) return institutionIds.length > 0 ? { institutionIds } : undefined;
  return { ...inAreas, ...(wish.institutionId !== undefined && { institutionIds: [wish.institutionId] }) };
}

/** The same of an officer alone: who administers an institution sees nothing of its city with that. */
export function reachOfOfficer(
  { grants }: Actor,
  { cityCodes, countyCodes }: Areas,
): CountyReach | undefined {
  const wished = isNamed({ cityCodes, countyCodes }) ? toAreas({ cityCodes, countyCodes }) : undefined;
  if (grants.some(({ role }) => role === 'province')) return wished ? common(wished, wished) : {};
  const own = grants.filter(grant => grant.role !== 'administrator' && 'cityCode' in grant);
  return common(own, wished ?? own);
}

/** The same for what belongs to a city as a whole, which its counties and its institutions may see as well. */
export function reachOfCities(
  { grants }: Actor,
  wish: readonly CityCode[] | undefined,
): CityReach | undefined {
  if (grants.some(({ role }) => role === 'province')) return wish ? { cityCodes: [...wish] } : {};
  const own = grants.flatMap(grant => ('cityCode' in grant ? [grant.cityCode] : []));
  const cityCodes = [...new Set(own)].filter(cityCode => !wish || wish.includes(cityCode));
  return cityCodes.length > 0 ? { cityCodes } : undefined;
}

/** Institutions that somebody administers, of those that were asked for. */
export function institutionsWithin({ grants }: Actor, { institutionId, ...areas }: Wish): InstitutionId[] {
  return grants.flatMap(grant => {
    if (grant.role !== 'administrator') return [];
    const isWished =
      (institutionId ?? grant.institutionId) === grant.institutionId &&
      (!isNamed(areas) || hasArea(areas, grant));
    return isWished ? [grant.institutionId] : [];
  });
}

/** How many there are in the areas in which the person has this role. */
export const countFor = ({ grants }: Actor, role: CityRole, counts: readonly AreaCount[]): number =>
  counts
    .filter(area => grants.some(grant => grant.role === role && covers(grant, area)))
    .reduce((sum, { count }) => sum + count, 0);

/**
 * A page that was read before the reach was known, of the institution or the areas that were wished for: as it is,
 * empty where it lies outside, undefined where it is not what the reach asks for.
 */
export function withinReach<T extends Place>(
  page: Page<T> | undefined,
  { institutionId, ...areas }: Wish,
  reach: Reach,
): Page<T> | undefined {
  if (!page) return undefined;
  if (institutionId === undefined) return isWithin(areas, reach) ? page : undefined;
  if (page.items.every(place => isReached(place, reach))) return page;
  // All rows are of one institution, so of one city. What it had before it came to its county may be the city's still.
  return reach.countyCodes ? undefined : { items: [] };
}

const isReached = (
  { cityCode, countyCode, institutionId }: Place,
  { institutionIds, ...areas }: Reach,
): boolean =>
  (!isNamed(areas) || (cityCode !== undefined && hasArea(areas, { cityCode, countyCode }))) &&
  (!institutionIds || institutionIds.some(id => id === institutionId));

const isWithin = (wished: Areas, { institutionIds, ...areas }: Reach): boolean =>
  !institutionIds && (!isNamed(areas) || toAreas(wished).every(area => hasArea(areas, area)));
