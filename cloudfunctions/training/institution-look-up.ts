import * as v from 'valibot';
import type { CityCode } from '../../miniprogram/contract/areas';
import type { Page } from '../../miniprogram/contract/paging';
import { fail, ok } from '../../miniprogram/contract/result';
import { reachOfCity, type Actor } from '../shared/domain/scope';
import { City, Cursor, InstitutionId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { institutions, type Institution } from '../shared/store/institutions';
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
  load: ({ cityCode, cursor }) => institutions.joinedPageWithin({ cityCode }, { cursor }),
  run: async ({ input: { cityCode, cursor }, actor }, early) => {
    const officer = { ...actor, grants: actor.grants.filter(({ role }) => role !== 'administrator') };
    const reach = reachOfCity(officer, cityCode);
    const page = reach
      ? (early ?? (await institutions.listWithin(reach, { cursor })))
      : await listOwn(actor, cityCode);
    return ok(mapPage(page, toInstitutionView));
  },
});

/** Those that an administrator works for: few enough for one page. */
async function listOwn({ grants: own }: Actor, cityCode?: CityCode): Promise<Page<Institution>> {
  const ids = own.flatMap(grant => ('institutionId' in grant ? [grant.institutionId] : []));
  const items = await institutions.findMany(ids);
  return { items: items.filter(each => cityCode === undefined || each.cityCode === cityCode) };
}
