import type { Page } from '../../../miniprogram/contract/paging';
import type { CityCount, CityReach, Reach, Wish } from '../domain/scope';
import type { CollectionName } from './collections';
import { command } from './database';
import { DocumentCollection } from './document-collection';
import { JoinedRead, joinOn, type Fields, type Join } from './joined-read';
import { oneOf, toQuery, type Lead, type Query, type Stored, type Where } from './query';

/** Collections that have an index for the cities of their documents. */
type PlacedName = {
  [Name in CollectionName]: 'cityCode' extends Lead<Name> ? Name : never;
}[CollectionName];

/** Where an index for institutions is missing, only cities may bound a list. */
type ReachOf<Name extends CollectionName> = 'institutionId' extends Lead<Name> ? Reach : CityReach;

type StatusOf<T, Name extends CollectionName> =
  'status' extends Lead<Name> ? (T extends { status: infer Status } ? Status : never) : never;

/** Documents that belong to a city or an institution, which bounds who may see them in a list. */
export class PlacedCollection<T extends Stored, Name extends PlacedName> extends DocumentCollection<T, Name> {
  /** A page of what lies within somebody's reach, newest first; of everything where the reach has no bounds. */
  listWithin(
    { cityCodes, institutionIds }: Reach & ReachOf<Name>,
    { status, cursor }: { status?: StatusOf<T, Name> | undefined; cursor?: string | undefined } = {},
  ): Promise<Page<T>> {
    const where = {
      ...(cityCodes && { cityCode: anyOf(cityCodes) }),
      ...(institutionIds && { institutionId: anyOf(institutionIds) }),
      ...(status !== undefined && { status }),
    };
    return this.page({ where, cursor });
  }

  /**
   * A page of what was asked for, before it is known what the caller may see: of one institution or of cities.
   * {@link withinReach} tells whether it may be shown. Where neither was asked for, only the account is read.
   */
  joinedPageWithin(
    { institutionId, cityCodes }: Wish,
    { status, cursor }: { status?: StatusOf<T, Name> | undefined; cursor?: string | undefined } = {},
  ): JoinedRead<Page<T> | undefined> {
    const place =
      institutionId === undefined ? cityCodes && { cityCode: anyOf(cityCodes) } : { institutionId };
    if (!place) return NOTHING;
    return this.joined({ cursor }, pipeline =>
      pipeline.match(toQuery({ ...place, ...(status !== undefined && { status }) })),
    );
  }

  /** How many documents meet the conditions, city by city: rows for {@link toCityCounts}. */
  joinCounts<const W extends Where<T>>(where: Query<W, T, Name>): Join {
    const byCity = { _id: '$cityCode', count: command.aggregate.sum(1) };
    return joinOn(this.joinAll(where), found => found.group(byCity));
  }
}

export const toCityCounts = (rows: readonly Fields[]): CityCount[] =>
  rows.map(({ _id: cityCode, count }) => ({ cityCode, count }) as CityCount);

/** Nothing beside the account. */
const NOTHING = new JoinedRead<undefined>({}, () => undefined);

/** One value is an equality, which keeps the order of the index. */
const anyOf = (values: readonly string[]) => (values.length === 1 ? values[0] : oneOf(values));
