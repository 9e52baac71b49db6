import * as v from 'valibot';
import { isOfCity } from '../../miniprogram/contract/counties';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok } from '../../miniprogram/contract/result';
import { placeOf, roleAt } from '../shared/domain/scope';
import { parseUscc } from '../shared/domain/uscc';
import { refreshAdministrators } from '../shared/people/account-grants';
import { checkNotAdministered } from '../shared/people/own-institution';
import { changeDocument } from '../shared/runtime/change-document';
import { City, County, InstitutionId, Line, Projects, RawText, Reason } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { fieldChanges } from '../shared/store/change-step';
import { institutions, type Institution } from '../shared/store/institutions';
import { findInstitution, toInstitutionView } from './institution-view';

export const addInstitution = operation('training.addInstitution', {
  input: v.strictObject({
    name: Line(LIMITS.nameCharsMax),
    uscc: RawText,
    cityCode: City,
    countyCode: v.exactOptional(County),
    projectIds: v.exactOptional(Projects),
  }),
  run: async ({ input: { name, uscc: typed, projectIds, ...place }, actor, nowMs, request }) => {
    const by = roleAt(actor, place);
    if (!by) return fail('role_not_allowed');
    if (!isOfCity(place.countyCode, place.cityCode)) return fail('county_of_other_city');
    const uscc = parseUscc(typed);
    if (uscc === undefined) return fail('uscc_invalid');
    const institution: Institution = {
      id: newId(request),
      version: 1,
      name,
      uscc,
      ...placeOf(place),
      active: true,
      ...(projectIds && { projectIds }),
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
    institutionId: InstitutionId,
    name: v.exactOptional(Line(LIMITS.nameCharsMax)),
    active: v.exactOptional(v.boolean()),
    countyCode: v.exactOptional(County),
    reason: v.exactOptional(Reason),
    projectIds: v.exactOptional(Projects),
  }),
  run: async ({ input: { institutionId, reason, ...given }, actor, nowMs, request }) => {
    const found = await findInstitution(institutionId, actor);
    if (!found) return fail('institution_not_found');
    const apart = await checkNotAdministered(institutionId, actor.personKey);
    if (!apart.ok) return apart;
    if (!isOfCity(given.countyCode, found.institution.cityCode)) return fail('county_of_other_city');
    // Nobody hands an institution to a county that is not theirs.
    if (!roleAt(actor, { ...found.institution, ...given })) return fail('role_not_allowed');
    const changed = await changeDocument(institutions, found.institution, request.id, institution => {
      const changes = fieldChanges(institution, given);
      const step = {
        command: 'set' as const,
        atMs: nowMs,
        by: found.by,
        requestId: request.id,
        changes,
        // Of anything else nobody asks why.
        ...(given.active !== undefined && reason !== undefined && { reason }),
      };
      return ok({ ...given, history: [...institution.history, step], areGrantsStale: true });
    });
    if (!changed.ok) return changed;
    const refreshed = await refreshAdministrators(changed.data, nowMs);
    return refreshed.ok ? ok(toInstitutionView(changed.data)) : refreshed;
  },
});
