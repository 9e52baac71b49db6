import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { reachOfCity } from '../shared/domain/scope';
import { City, Cursor, InstitutionId } from '../shared/runtime/input';
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
  input: v.strictObject({ cityCode: v.exactOptional(City), cursor: Cursor }),
  load: ({ cityCode, cursor }) => institutionsFor(cityCode, cursor),
  run: async ({ input: { cityCode, cursor }, actor }, { ofCity, granted }) => {
    const officer = { ...actor, grants: actor.grants.filter(({ role }) => role !== 'administrator') };
    const reach = reachOfCity(officer, cityCode);
    if (reach) {
      const page = ofCity ?? (await institutions.listWithin(reach, { cursor }));
      return ok(mapPage(page, toInstitutionView));
    }
    const { items, ...page } = granted;
    const own = items
      .flat()
      .filter(each => isTheirs(each, actor) && (cityCode ?? each.cityCode) === each.cityCode);
    return ok({ ...page, items: own.map(toInstitutionView) });
  },
});
