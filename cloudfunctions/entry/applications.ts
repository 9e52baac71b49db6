import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { deadlineAt } from '../shared/domain/entry-application';
import { reachOfCities, roleAt, withinReach } from '../shared/domain/scope';
import { Cursor, ofCities, wishOf } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { entryApplications, entryDetail, entryPage } from '../shared/store/entry-applications';
import { mapPage } from '../shared/views/pages';
import { toNames } from '../shared/views/step-names';
import { ApplicationInput } from './entry-fields';
import { toEntryRowView, toEntryView } from './entry-view';

export const getApplication = operation('entry.getApplication', {
  input: ApplicationInput,
  load: ({ applicationId }) => entryDetail(applicationId),
  run: async ({ actor, nowMs }, found) => {
    if (!found || !roleAt(actor, found.application)) return fail('entry_not_found');
    const { application, people, setOn } = found;
    return ok(toEntryView(application, { names: toNames(people), setOn, nowMs }));
  },
});

export const listApplications = operation('entry.listApplications', {
  input: v.strictObject({
    ...ofCities,
    status: v.exactOptional(
      v.picklist(['draft', 'submitted', 'citySealed', 'provinceSealed', 'sent', 'approved', 'returned']),
    ),
    cursor: Cursor,
  }),
  load: ({ status, cursor, ...asked }) => entryPage(wishOf(asked), { status, cursor }),
  run: async ({ input: { status, cursor, ...asked }, actor, nowMs }, { page: early, setOn }) => {
    const deadlineOn = deadlineAt(nowMs, setOn);
    const wish = wishOf(asked);
    const reach = reachOfCities(actor, wish.cityCodes);
    if (!reach) return ok({ items: [], deadlineOn });
    const page =
      withinReach(early, wish, reach) ?? (await entryApplications.listWithin(reach, { status, cursor }));
    return ok({ ...mapPage(page, toEntryRowView), deadlineOn });
  },
});
