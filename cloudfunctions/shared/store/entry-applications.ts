import type { CityCode } from '../../../miniprogram/contract/areas';
import type { EntryStatus } from '../../../miniprogram/contract/entry';
import type { EntryApplicationId } from '../../../miniprogram/contract/ids';
import type { Page } from '../../../miniprogram/contract/paging';
import type { EntryApplication } from '../domain/entry-application';
import type { Wish } from '../domain/scope';
import { JoinedRead, joinOn, type Fields } from './joined-read';
import { joinPeople, type Person } from './people';
import { PlacedCollection } from './placed-collection';
import { fromRecord } from './query';
import { deadlineOf, joinDeadline } from './settings';

export const entryApplications = new PlacedCollection<EntryApplication, 'entryApplications'>(
  'entryApplications',
);

/** Those of a city that the ministry has approved: what may be opened and published there. */
export const approvedEntries = (cityCode: CityCode): Promise<EntryApplication[]> =>
  entryApplications.readAll({ cityCode, status: 'approved' });

/** An application with those who had a hand in it and the day that the province has set. */
interface EntryDetail {
  application: EntryApplication;
  people: Person[];
  setOn: string | undefined;
}

/** The same in one read. */
export function entryDetail(applicationId: EntryApplicationId): JoinedRead<EntryDetail | undefined> {
  const joins = {
    applications: joinOn(entryApplications.join({ where: { _id: applicationId }, limit: 1 }), found =>
      joinPeople(found, 'history'),
    ),
    settings: joinDeadline(),
  };
  return new JoinedRead(joins, ({ applications: [record], settings }) => {
    if (!record) return undefined;
    const { people, peopleKeys: _keys, ...application } = record as Fields & Record<'people', Fields[]>;
    return {
      application: fromRecord<EntryApplication>(application),
      people: people.map(fromRecord<Person>),
      setOn: deadlineOf(settings),
    };
  });
}

/** A page of what was asked for, before it is known what the caller may see, with the day that the province has set. */
export function entryPage(
  wish: Wish,
  options: { status?: EntryStatus | undefined; cursor?: string | undefined },
): JoinedRead<{ page: Page<EntryApplication> | undefined; setOn: string | undefined }> {
  const page = entryApplications.joinedPageWithin(wish, options);
  return new JoinedRead<{ page: Page<EntryApplication> | undefined; setOn: string | undefined }>(
    { ...page.joins, settings: joinDeadline() },
    found => ({ page: page.toResult(found), setOn: deadlineOf(found['settings'] ?? []) }),
  );
}
