import type { CityCode } from '../../miniprogram/contract/areas';
import { madeUpPerson, type MadeUpPerson } from '../stage/made-up-people';
import { addToTally, type Tally } from './tally';

/**
 * What becomes of one person's voucher. The first group ends without use; the others all end used, by a straight way
 * or after something that has to be refused.
 */
export type Destiny =
  | 'never_claims'
  | 'never_uses'
  | 'voided_unclaimed'
  | 'voided_claimed'
  | 'voided_with_class'
  | 'uses'
  | 'uses_after_wrong_institution'
  | 'uses_by_digits'
  | 'uses_twice'
  | 'uses_after_reversal'
  | 'uses_after_forged_code'
  | 'uses_after_closed_channel';

/** Repeats every hundred people, so that the shares are the same at every size. */
const DESTINIES: Destiny[] = [
  ...Array<Destiny>(6).fill('never_claims'),
  ...Array<Destiny>(5).fill('never_uses'),
  ...Array<Destiny>(2).fill('voided_unclaimed'),
  ...Array<Destiny>(2).fill('voided_claimed'),
  ...Array<Destiny>(3).fill('uses_after_wrong_institution'),
  ...Array<Destiny>(2).fill('uses_twice'),
  'uses_after_reversal',
  'uses_after_forged_code',
  'uses_after_closed_channel',
  ...Array<Destiny>(5).fill('uses_by_digits'),
  ...Array<Destiny>(72).fill('uses'),
];
/** 37 and 100 share no factor: a class of any size gets a mix. */
const destinyOf = (index: number): Destiny => DESTINIES[(index * 37) % DESTINIES.length] ?? 'uses';

export const isUsed = (destiny: Destiny): boolean => destiny.startsWith('uses');
export const isClaimed = (destiny: Destiny): boolean =>
  isUsed(destiny) || destiny === 'never_uses' || destiny === 'voided_claimed';

export interface PlannedPerson extends MadeUpPerson {
  destiny: Destiny;
}

/** A row that must be refused, with the reason. */
export interface BadRow {
  reason:
    | 'id_number_invalid'
    | 'name_missing'
    | 'duplicate_in_file'
    | 'no_labour_contract'
    | 'no_pension_insurance';
  person: MadeUpPerson;
}

export interface PlannedClass {
  name: string;
  /** Position of its institution. */
  institution: number;
  people: PlannedPerson[];
  badRows: BadRow[];
  /** A roster given from outside, imported as it is. */
  file?: { name: string; bytes: Uint8Array };
}

export interface PlannedInstitution {
  name: string;
  cityCode: CityCode;
  administrator: MadeUpPerson;
}

export interface Plan {
  cities: CityCode[];
  institutions: PlannedInstitution[];
  classes: PlannedClass[];
}

const CITIES: CityCode[] = ['3701', '3702'];
const INSTITUTIONS_A_CITY = 2;
const INSTITUTIONS = CITIES.length * INSTITUTIONS_A_CITY;
const CLASS_PEOPLE_MAX = 2_000;
const BAD_ROW_EVERY = 50;
const BAD_REASONS: BadRow['reason'][] = [
  'id_number_invalid',
  'name_missing',
  'duplicate_in_file',
  'no_labour_contract',
  'no_pension_insurance',
];
/** Made-up numbers of the people in bad rows and of administrators: far above any worker's. */
const FIRST_BAD = 9_000_000;
const FIRST_ADMINISTRATOR = 11_000_000;

function plannedInstitutions(): PlannedInstitution[] {
  return Array.from({ length: INSTITUTIONS }, (_, position) => ({
    name: `${position % 2 === 0 ? '泉城' : '海岸'}职业培训学校第${position + 1}分校`,
    cityCode: CITIES[position % CITIES.length] as CityCode,
    administrator: madeUpPerson(FIRST_ADMINISTRATOR + position),
  }));
}

/** Several classes of at most 2,000 people, spread over the institutions; the last, small one is voided as a whole. */
export function planFor(peopleCount: number): Plan {
  const wholeClasses = Math.max(INSTITUTIONS, Math.ceil(peopleCount / CLASS_PEOPLE_MAX));
  const voidedCount = Math.max(1, Math.floor(peopleCount / 50));
  const sizes = spread(peopleCount - voidedCount, wholeClasses).concat(voidedCount);
  let first = 0;
  const classes = sizes.map((size, position): PlannedClass => {
    const indexes = Array.from({ length: size }, (_, i) => first + i);
    first += size;
    const people = indexes.map(index => ({
      ...madeUpPerson(index),
      destiny: position === wholeClasses ? ('voided_with_class' as const) : destinyOf(index),
    }));
    return {
      name: `岗位技能提升第${position + 1}班`,
      institution: position % INSTITUTIONS,
      people,
      badRows: badRowsFor(people, position),
    };
  });
  return { cities: CITIES, institutions: plannedInstitutions(), classes };
}

function spread(total: number, parts: number): number[] {
  return Array.from(
    { length: parts },
    (_, i) => Math.floor((total * (i + 1)) / parts) - Math.floor((total * i) / parts),
  );
}

function badRowsFor(people: readonly PlannedPerson[], position: number): BadRow[] {
  const count = people.length === 0 ? 0 : Math.max(1, Math.floor(people.length / BAD_ROW_EVERY));
  return Array.from({ length: count }, (_, i) => {
    const reason = BAD_REASONS[(i + position) % BAD_REASONS.length] as BadRow['reason'];
    const stranger = madeUpPerson(FIRST_BAD + position * CLASS_PEOPLE_MAX + i);
    return { reason, person: reason === 'duplicate_in_file' ? (people[i] ?? stranger) : stranger };
  });
}

/** One class with a roster from outside: the people are those of its good rows. */
export function planForRoster(
  file: { name: string; bytes: Uint8Array },
  people: readonly MadeUpPerson[],
): Plan {
  const planned = people.map((person, index) => ({ ...person, destiny: destinyOf(index) }));
  const classes = [{ name: '导入名册班', institution: 0, people: planned, badRows: [], file }];
  return { cities: CITIES, institutions: plannedInstitutions(), classes };
}

/** Classes of the same size in which some, of the first class, claim and use their voucher; the others just hold it. */
export function planForBench(sizes: { classes: number; people: number; users: number }): Plan {
  const classes = Array.from({ length: sizes.classes }, (_class, position): PlannedClass => {
    const people = Array.from({ length: sizes.people }, (_person, i) => ({
      ...madeUpPerson(position * sizes.people + i),
      destiny: position === 0 && i < sizes.users ? ('uses' as const) : ('never_claims' as const),
    }));
    return { name: `岗位技能提升第${position + 1}班`, institution: 0, people, badRows: [] };
  });
  return { cities: CITIES.slice(0, 1), institutions: plannedInstitutions().slice(0, 1), classes };
}

export const peopleOf = (plan: Plan): PlannedPerson[] => plan.classes.flatMap(({ people }) => people);

export const countDestiny = (plan: Plan, ...destinies: Destiny[]): number =>
  peopleOf(plan).filter(({ destiny }) => destinies.includes(destiny)).length;

/** Every refusal that playing the plan must meet before settlement, no more and no less. */
export function expectedRefusals(plan: Plan): Tally {
  const tally: Tally = {};
  for (const { badRows } of plan.classes) for (const { reason } of badRows) addToTally(tally, reason);
  addToTally(tally, 'voucher_not_for_this_institution', countDestiny(plan, 'uses_after_wrong_institution'));
  addToTally(tally, 'voucher_already_used', countDestiny(plan, 'uses_twice'));
  addToTally(tally, 'code_replayed', countDestiny(plan, 'uses_after_reversal'));
  addToTally(tally, 'code_forged', countDestiny(plan, 'uses_after_forged_code'));
  addToTally(tally, 'channel_not_open', countDestiny(plan, 'uses_after_closed_channel'));
  return tally;
}
