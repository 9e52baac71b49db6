import * as v from 'valibot';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok } from '../../miniprogram/contract/result';
import { institutionsWithin, reachOfOfficer, roleAt, withinReach } from '../shared/domain/scope';
import { Cursor, InstitutionId, Line, ofAreas, wishOf } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { countsOf, institutions, institutionsMatching } from '../shared/store/institutions';
import { institutionsFor } from '../shared/store/people';
import { mapPage } from '../shared/views/pages';
import { isTheirs, toInstitutionView } from './institution-view';

export const getInstitution = operation('training.getInstitution', {
  input: v.strictObject({ institutionId: InstitutionId }),
  load: ({ institutionId }) => institutions.find(institutionId),
  run: async ({ actor }, institution) =>
    isTheirs(institution, actor) ? ok(toInstitutionView(institution)) : fail('institution_not_found'),
});

/** Longer than any name; what is searched for is part of one. */
const searched = { search: v.exactOptional(Line(LIMITS.nameCharsMax)) };

const matchingOf = ({ active, search }: { active: boolean | undefined; search: string | undefined }) =>
  institutionsMatching({ ...(active !== undefined && { active }), ...(search !== undefined && { search }) });

/** Totals above the list, for the same search. */
export const countInstitutions = operation('training.countInstitutions', {
  input: v.strictObject({ ...ofAreas, ...searched }),
  load: ({ search, ...asked }) => countsOf(wishOf(asked), search === undefined ? {} : { search }),
  run: async ({ actor }, { active, suspended }) => {
    const sum = (counts: typeof active): number =>
      counts.filter(area => roleAt(actor, area)).reduce((total, { count }) => total + count, 0);
    return ok({ active: sum(active), suspended: sum(suspended) });
  },
});

export const listInstitutions = operation('training.listInstitutions', {
  input: v.strictObject({
    ...ofAreas,
    ...searched,
    active: v.exactOptional(v.boolean()),
    own: v.exactOptional(v.literal(true)),
    cursor: Cursor,
  }),
  load: ({ cursor, own, active, search, ...asked }) =>
    institutionsFor(own ? {} : wishOf(asked), { cursor, matching: matchingOf({ active, search }) }),
  run: async ({ input: { cursor, own, active, search, ...asked }, actor }, { ofAreas: early, granted }) => {
    const wish = wishOf(asked);
    const reach = own ? undefined : reachOfOfficer(actor, wish);
    if (reach) {
      const page =
        withinReach(early, wish, reach) ??
        (await institutions.listWithin(reach, { cursor, matching: matchingOf({ active, search }) }));
      return ok(mapPage(page, toInstitutionView));
    }
    const administered = institutionsWithin(actor, wish);
    const { items, ...page } = granted;
    const found = items.flat().filter(({ id }) => administered.includes(id));
    return ok({ ...page, items: found.map(toInstitutionView) });
  },
});
