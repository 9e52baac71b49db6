import * as v from 'valibot';
import type { CityCode } from '../../miniprogram/contract/areas';
import type { InstitutionView } from '../../miniprogram/contract/training';
import type { Page } from '../../miniprogram/contract/paging';
import { fail, ok } from '../../miniprogram/contract/result';
import { actingFor, reachOfCity, type Actor } from '../shared/domain/scope';
import { parseUscc } from '../shared/domain/uscc';
import { refreshAccounts } from '../shared/people/account-grants';
import { changeDocument } from '../shared/runtime/change-document';
import { City, Cursor, Id, Line, RawText } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { fieldChanges } from '../shared/store/change-step';
import { institutions, type Institution } from '../shared/store/institutions';
import { placeWhere } from '../shared/store/place-where';
import { grants } from '../shared/store/people';
import { mapPage } from '../shared/views/pages';

const toInstitutionView = ({ id, name, uscc, cityCode, active }: Institution): InstitutionView => ({
  id,
  name,
  uscc,
  cityCode,
  active,
});

/** An officer's institution, or an administrator's own; anybody else's does not exist. */
export async function findInstitution(institutionId: string, actor: Actor) {
  const institution = await institutions.find(institutionId);
  const by = institution && actingFor(actor, { cityCode: institution.cityCode, institutionId });
  return institution && by ? { institution, by } : undefined;
}

export const addInstitution = operation('training.addInstitution', {
  input: v.strictObject({ name: Line(60), uscc: RawText, cityCode: City }),
  run: async ({ input: { name, cityCode, ...typed }, actor, nowMs, request }) => {
    const by = actingFor(actor, { cityCode });
    if (!by) return fail('role_not_allowed');
    const uscc = parseUscc(typed.uscc);
    if (uscc === undefined) return fail('uscc_invalid');
    const institution: Institution = {
      id: newId(request),
      version: 1,
      name,
      uscc,
      cityCode,
      active: true,
      history: [{ command: 'add', atMs: nowMs, by, requestId: request.id, changes: [] }],
    };
    if (await institutions.insert(institution)) return ok(toInstitutionView(institution));
    // Taken is either the id, by an earlier try of this request, or the USCC, by another institution.
    const own = await institutions.find(institution.id);
    return own ? ok(toInstitutionView(own)) : fail('institution_already_exists');
  },
});

export const setInstitution = operation('training.setInstitution', {
  input: v.strictObject({
    institutionId: Id,
    name: v.exactOptional(Line(60)),
    active: v.exactOptional(v.boolean()),
  }),
  run: async ({ input: { institutionId, ...given }, actor, nowMs, request }) => {
    const found = await findInstitution(institutionId, actor);
    if (!found) return fail('institution_not_found');
    const changed = await changeDocument(institutions, found.institution, request.id, institution => {
      const changes = fieldChanges(institution, given);
      const step = { command: 'set' as const, atMs: nowMs, by: found.by, requestId: request.id, changes };
      return ok({ ...given, history: [...institution.history, step] });
    });
    if (!changed.ok) return changed;
    const administrators = await grants.read({ where: { institutionId } });
    const personKeys = administrators.map(({ personKey }) => personKey);
    const refreshed = await refreshAccounts(personKeys, nowMs);
    return refreshed.ok ? ok(toInstitutionView(changed.data)) : refreshed;
  },
});

export const listInstitutions = operation('training.listInstitutions', {
  input: v.strictObject({ cityCode: v.exactOptional(City), cursor: Cursor }),
  run: async ({ input, actor }) => {
    const officer = { ...actor, grants: actor.grants.filter(({ role }) => role !== 'administrator') };
    const reach = reachOfCity(officer, input.cityCode);
    const page = reach
      ? await institutions.list({ where: placeWhere(reach), cursor: input.cursor })
      : await listOwn(actor, input.cityCode);
    return ok(mapPage(page, toInstitutionView));
  },
});

/** Those that an administrator works for: few enough for one page. */
async function listOwn({ grants: own }: Actor, cityCode?: CityCode): Promise<Page<Institution>> {
  const ids = own.flatMap(grant => ('institutionId' in grant ? [grant.institutionId] : []));
  const items = await institutions.findMany(ids);
  return { items: items.filter(each => cityCode === undefined || each.cityCode === cityCode) };
}
