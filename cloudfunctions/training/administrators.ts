import * as v from 'valibot';
import type { InstitutionId as Id } from '../../miniprogram/contract/ids';
import type { AdministratorView } from '../../miniprogram/contract/training';
import { fail, ok } from '../../miniprogram/contract/result';
import { grantTo, revokeFrom, type GrantPlace } from '../shared/people/grant';
import { parsePerson } from '../shared/people/identity';
import { checkNotAdministered } from '../shared/people/own-institution';
import { Cursor, InstitutionId, PersonKey, RawText } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { administratorsOf, type GrantRecord } from '../shared/store/people';
import { mapPage } from '../shared/views/pages';
import { maskedName } from '../shared/views/voucher-view';
import { findInstitution, isTheirs } from './institution-view';

const toAdministratorView = ({ personKey, nameCipher, grantedAtMs }: GrantRecord): AdministratorView => ({
  personId: personKey,
  name: maskedName(nameCipher),
  grantedAtMs,
});

const placeOf = (institutionId: Id): GrantPlace => ({ role: 'administrator', institutionId });

export const addAdministrator = operation('training.addAdministrator', {
  input: v.strictObject({ institutionId: InstitutionId, name: RawText, idNumber: RawText }),
  run: async ({ input: { institutionId, ...typed }, actor, nowMs, request }) => {
    const person = parsePerson(typed, nowMs);
    if (!person.ok) return person;
    const found = await findInstitution(institutionId, actor);
    if (!found) return fail('institution_not_found');
    const apart = await checkNotAdministered(institutionId, actor.personKey);
    if (!apart.ok) return apart;
    if (!found.institution.active) return fail('institution_not_active');
    const context = { by: found.by, nowMs, requestId: request.id };
    const granted = await grantTo(person.data, placeOf(institutionId), context);
    return granted.ok ? ok(toAdministratorView(granted.data)) : granted;
  },
});

export const removeAdministrator = operation('training.removeAdministrator', {
  input: v.strictObject({ institutionId: InstitutionId, personId: PersonKey }),
  run: async ({ input: { institutionId, personId }, actor, nowMs, request }) => {
    const found = await findInstitution(institutionId, actor);
    if (!found) return fail('institution_not_found');
    // Everybody may give up a role of their own.
    const isOwnRole = personId === actor.personKey;
    const apart = isOwnRole ? ok(undefined) : await checkNotAdministered(institutionId, actor.personKey);
    if (!apart.ok) return apart;
    const context = { by: found.by, nowMs, requestId: request.id };
    const revoked = await revokeFrom(personId, placeOf(institutionId), context);
    return revoked.ok ? ok({ personId }) : revoked;
  },
});

export const listAdministrators = operation('training.listAdministrators', {
  input: v.strictObject({ institutionId: InstitutionId, cursor: Cursor }),
  load: ({ institutionId, cursor }) => administratorsOf(institutionId, cursor),
  run: async ({ actor }, { institution, page }) =>
    isTheirs(institution, actor) ? ok(mapPage(page, toAdministratorView)) : fail('institution_not_found'),
});
