import type { CityCode } from '../../../miniprogram/contract/areas';
import type { CountyCode } from '../../../miniprogram/contract/counties';
import type { InstitutionId, PersonKey } from '../../../miniprogram/contract/ids';
import type { Role } from '../../../miniprogram/contract/roles';
import type { Page } from '../../../miniprogram/contract/paging';
import type { StepActor } from '../domain/actor';
import type { Wish } from '../domain/scope';
import { DocumentCollection, toPage } from './document-collection';
import { institutions, type Institution } from './institutions';
import { command } from './database';
import { JoinedRead, joinOn, type Fields, type Pipeline } from './joined-read';
import { fromRecord, oneOf, type Stored, type Where } from './query';

/** What is known of a person, encrypted. `id` is the personKey: a keyed hash of the ID number. */
export interface Person extends Stored {
  id: PersonKey;
  nameCipher: string;
  idNumberCipher: string;
  phoneCipher?: string;
  addedAtMs: number;
}

export const people = new DocumentCollection<Person, 'people'>('people');

/** Adds to each document those who took the steps of these lists, as `people`. */
export function joinPeople(found: Pipeline, ...lists: ('history' | 'fills')[]): Pipeline {
  const { concatArrays, ifNull } = command.aggregate;
  // A list of its own: a lookup through the elements of a list is not the same everywhere.
  const keys = lists.map(list => ifNull([`$${list}.by.personKey`, []]));
  return found
    .addFields({ peopleKeys: concatArrays(keys) })
    .lookup({ from: 'people', localField: 'peopleKeys', foreignField: '_id', as: 'people' });
}

export interface GrantStep {
  command: 'grant' | 'revoke';
  atMs: number;
  by: StepActor;
  requestId: string;
}

/** A role given to a person. `id` is `<county, city or institution>-<role>-<personKey>`: given once. */
export interface GrantRecord extends Stored {
  personKey: PersonKey;
  nameCipher: string;
  role: Exclude<Role, 'worker' | 'province'>;
  /** Of an officer. An administrator's city is that of the institution. */
  cityCode?: CityCode;
  /** Of an officer of this county of the city alone. */
  countyCode?: CountyCode;
  institutionId?: InstitutionId;
  /** False once revoked: the record stays, so that its history does. */
  active: boolean;
  grantedAtMs: number;
  history: GrantStep[];
}

export const grants = new DocumentCollection<GrantRecord, 'grants'>('grants');

/** All that these people have ever been granted. */
export const findGrants = (personKeys: readonly PersonKey[]): Promise<GrantRecord[]> =>
  grants.readAll({ personKey: oneOf(personKeys) });

/** A page of the roles given in a city, with all other roles of the same people. */
export function staffOf(
  cityCode: CityCode,
  cursor: string | undefined,
): JoinedRead<{ page: Page<GrantRecord>; ofTheSame: GrantRecord[] }> {
  const page = grants.joinedPage({ where: { cityCode, active: true }, cursor, order: 'asc' });
  const same = { from: 'grants', localField: 'personKey', foreignField: 'personKey', as: 'ofTheSame' };
  const rows = joinOn(page.joins.rows, found => found.lookup(same));
  return new JoinedRead({ rows }, found => {
    const records = found.rows as (Fields & { ofTheSame: Fields[] })[];
    // Somebody with two roles on the page brings both of them twice.
    const all = records.flatMap(({ ofTheSame }) => ofTheSame.map(fromRecord<GrantRecord>));
    return {
      page: page.toResult({ rows: records.map(({ ofTheSame: _same, ...record }) => record) }),
      ofTheSame: [...new Map(all.map(grant => [grant.id, grant])).values()],
    };
  });
}

/** Grants of one person that are looked through at once; revoked ones are among them. */
const OWN_A_PAGE = 100;

/**
 * A page of the institutions of areas, where any were asked for, and one of those that the caller has ever been granted a role
 * at. The cursor is that of whichever of them is used.
 */
export function institutionsFor(
  { cityCodes, countyCodes }: Wish,
  { cursor, matching = {} }: { cursor: string | undefined; matching?: Where<Institution> },
): JoinedRead<{ ofAreas: Page<Institution> | undefined; granted: Page<Institution[]> }> {
  const page = institutions.joinedPageWithin({ cityCodes, countyCodes }, { cursor, matching });
  const own = grants.joinedPageOfCaller('personKey', { order: 'asc', limit: OWN_A_PAGE, cursor });
  const place = {
    from: 'institutions',
    localField: 'institutionId',
    foreignField: '_id',
    as: 'institutions',
  };
  const granted = joinOn(own.joins.rows, found => found.lookup(place));
  return new JoinedRead({ ...page.joins, granted }, found => {
    const rows = found.granted as (Fields & { _id: string; institutions: Fields[] })[];
    const { items, ...more } = toPage(rows, OWN_A_PAGE, ({ _id }) => _id);
    return {
      ofAreas: page.toResult(found),
      granted: { ...more, items: items.map(grant => grant.institutions.map(fromRecord<Institution>)) },
    };
  });
}

/** An institution with a page of its administrators. */
export function administratorsOf(
  institutionId: InstitutionId,
  cursor: string | undefined,
): JoinedRead<{ institution: Institution | undefined; page: Page<GrantRecord> }> {
  const page = grants.joinedPage({ where: { institutionId, active: true }, cursor, order: 'asc' });
  const joins = {
    ...page.joins,
    institutions: institutions.join({ where: { _id: institutionId }, limit: 1 }),
  };
  return new JoinedRead(joins, found => ({
    institution: found.institutions.map(fromRecord<Institution>)[0],
    page: page.toResult(found),
  }));
}
