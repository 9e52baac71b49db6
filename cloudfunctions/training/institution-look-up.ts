import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { institutionsWithin, reachOfOfficer, withinReach } from '../shared/domain/scope';
import { Cursor, InstitutionId, ofAreas, wishOf } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { institutions } from '../shared/store/institutions';
import { institutionsFor } from '../shared/store/people';
import { mapPage } from '../shared/views/pages';
import { isTheirs, toInstitutionView } from './institution-view';

export const getInstitution = operation('training.getInstitution', {
  input: v.strictObject({ institutionId: InstitutionId }),
  load: ({ institutionId }) => institutions.find(institutionId),
  run: async ({ actor }, institution) =>
    isTheirs(institution, actor) ? ok(toInstitutionView(institution)) : fail('institution_not_found'),
});

export const listInstitutions = operation('training.listInstitutions', {
  input: v.strictObject({ ...ofAreas, own: v.exactOptional(v.literal(true)), cursor: Cursor }),
  load: ({ cursor, own, ...asked }) => institutionsFor(own ? {} : wishOf(asked), cursor),
  run: async ({ input: { cursor, own, ...asked }, actor }, { ofAreas: early, granted }) => {
    const wish = wishOf(asked);
    const reach = own ? undefined : reachOfOfficer(actor, wish);
    if (reach) {
      const page = withinReach(early, wish, reach) ?? (await institutions.listWithin(reach, { cursor }));
      return ok(mapPage(page, toInstitutionView));
    }
    const administered = institutionsWithin(actor, wish);
    const { items, ...page } = granted;
    const found = items.flat().filter(({ id }) => administered.includes(id));
    return ok({ ...page, items: found.map(toInstitutionView) });
  },
});
