import type { Page } from '../../../miniprogram/contract/paging';
import type { AreaCount, CityReach, Reach, Wish } from '../domain/scope';
import type { CollectionName } from './collections';
import { command } from './database';
import { DocumentCollection } from './document-collection';
import { JoinedRead, joinOn, type Fields, type Join } from './joined-read';
import { eitherOf, oneOf, toQuery, type Lead, type Query, type Stored, type Where } from './query';

/** Collections that have an index for the cities of their documents. */
type PlacedName = {
  [Name in CollectionName]: 'cityCode' extends Lead<Name> ? Name : never;
}[CollectionName];

/** Where an index for counties or institutions is missing, only cities may bound a list. */
type ReachOf<Name extends CollectionName> = CityReach &
  ('countyCode' extends Lead<Name> ? Pick<Reach, 'countyCodes'> : { countyCodes?: never }) &
  ('institutionId' extends Lead<Name> ? Pick<Reach, 'institutionIds'> : { institutionIds?: never });

type StatusOf<T, Name extends CollectionName> =
  'status' extends Lead<Name> ? (T extends { status: infer Status } ? Status : never) : never;

interface ListWish<T, Status> {
  status?: Status | undefined;
  cursor?: string | undefined;
  /** What else must hold; the place bounds how much is looked through for it. */
  matching?: Where<T>;
}

/** Documents that belong to a city or an institution, which bounds who may see them in a list. */
export class PlacedCollection<T extends Stored, Name extends PlacedName> extends DocumentCollection<T, Name> {
  /** A page of what lies within somebody's reach, newest first; of everything where the reach has no bounds. */
  listWithin(
    { institutionIds, ...areas }: ReachOf<Name>,
    { status, cursor, matching }: ListWish<T, StatusOf<T, Name>> = {},
  ): Promise<Page<T>> {
    const where = {
      ...placesIn(areas),
      ...(institutionIds && { institutionId: anyOf(institutionIds) }),
      ...(status !== undefined && { status }),
      ...matching,
    };
    return this.page({ where, cursor });
  }

  /**
   * A page of what was asked for, before it is known what the caller may see: of one institution or of areas.
   * {@link withinReach} tells whether it may be shown. Where neither was asked for, only the account is read.
   */
  joinedPageWithin(
    { institutionId, ...areas }: Wish,
    { status, cursor, matching }: ListWish<T, StatusOf<T, Name>> = {},
  ): JoinedRead<Page<T> | undefined> {
    const place = institutionId === undefined ? placesIn(areas) : { institutionId };
    if (Object.keys(place).length === 0) return NOTHING;
    return this.joined({ cursor }, pipeline =>
      pipeline.match(toQuery({ ...place, ...(status !== undefined && { status }), ...matching })),
    );
  }

  /** How many documents meet the conditions, by city and county: rows for {@link toAreaCounts}. */
  joinCounts<const W extends Where<T>>(where: Query<W, T, Name>): Join {
    const area = { cityCode: '$cityCode', countyCode: '$countyCode' };
    const byArea = { _id: area, count: command.aggregate.sum(1) };
    return joinOn(this.joinAll(where), found => found.group(byArea));
  }

  /** The same of what lies in areas that somebody has named. */
  joinCountsWithin(areas: Pick<Wish, 'cityCodes' | 'countyCodes'>, matching: Where<T>): Join {
    return this.joinCounts({ ...placesIn(areas), ...matching } as Query<Where<T>, T, Name>);
  }
}

export const toAreaCounts = (rows: readonly Fields[]): AreaCount[] =>
  rows.map(({ _id: area, count }) => ({ ...(area as Fields), count }) as AreaCount);

/** Nothing beside the account. */
const NOTHING = new JoinedRead<undefined>({}, () => undefined);

/** A condition on where a document belongs: in any of these areas, wherever it may be where none are named. */
function placesIn({ cityCodes, countyCodes }: Pick<Wish, 'cityCodes' | 'countyCodes'>): object {
  const inCities = cityCodes && { cityCode: anyOf(cityCodes) };
  const inCounties = countyCodes && { countyCode: anyOf(countyCodes) };
  return inCities && inCounties ? eitherOf(inCities, inCounties) : { ...inCities, ...inCounties };
}

/** One value is an equality, which keeps the order of the index. */
const anyOf = (values: readonly string[]) => (values.length === 1 ? values[0] : oneOf(values));
