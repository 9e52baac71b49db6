import type { CityCode } from '../../../miniprogram/contract/areas';
import type { CountyCode } from '../../../miniprogram/contract/counties';
import type { InstitutionId, PersonKey } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { CityRole } from '../../../miniprogram/contract/roles';
import type { StepActor } from '../domain/actor';
import { changeDocument } from '../runtime/change-document';
import { grants, people, type GrantRecord } from '../store/people';
import { refreshAccounts } from './account-grants';
import type { NamedPerson } from './identity';

/** The role and where it holds. */
export type GrantPlace =
  | { role: CityRole; cityCode: CityCode; countyCode?: CountyCode }
  | { role: 'administrator'; institutionId: InstitutionId };

export interface GrantContext {
  by: StepActor;
  nowMs: number;
  requestId: string;
}

/** A person has a role at a place once: given anew, it is the same record. */
export const grantIdOf = (place: GrantPlace, personKey: PersonKey): string => {
  const area = place.role === 'administrator' ? place.institutionId : (place.countyCode ?? place.cityCode);
  return `${area}-${place.role}-${personKey}`;
};

/**
 * Gives a person a role, at once on every phone they are signed in with. Nobody gives one to themselves.
 * @returns role_to_oneself; role_already_granted; write_conflict.
 */
export async function grantTo(
  person: NamedPerson,
  place: GrantPlace,
  { by, nowMs, requestId }: GrantContext,
): Promise<Result<GrantRecord>> {
  if (person.personKey === by.personKey) return fail('role_to_oneself');
  const step = { command: 'grant' as const, atMs: nowMs, by, requestId };
  const given = { ...person, ...place, active: true, grantedAtMs: nowMs };
  const record: GrantRecord = {
    id: grantIdOf(place, person.personKey),
    version: 1,
    ...given,
    history: [step],
  };
  if (await grants.insert(record)) return refreshed(ok(record), nowMs);
  const existing = await grants.find(record.id);
  if (!existing) return fail('write_conflict');
  const changed = await changeDocument(grants, existing, requestId, current =>
    current.active ? fail('role_already_granted') : ok({ ...given, history: [...current.history, step] }),
  );
  return refreshed(changed, nowMs);
}

/** Takes a role away, at once. @returns person_not_found; role_not_granted; write_conflict. */
export async function revokeFrom(
  personKey: PersonKey,
  place: GrantPlace,
  { by, nowMs, requestId }: GrantContext,
): Promise<Result<GrantRecord>> {
  const record = await grants.find(grantIdOf(place, personKey));
  if (!record) return fail((await isKnown(personKey)) ? 'role_not_granted' : 'person_not_found');
  const step = { command: 'revoke' as const, atMs: nowMs, by, requestId };
  const changed = await changeDocument(grants, record, requestId, current =>
    current.active ? ok({ active: false, history: [...current.history, step] }) : fail('role_not_granted'),
  );
  return refreshed(changed, nowMs);
}

const isKnown = async (personKey: PersonKey): Promise<boolean> =>
  (await grants.findWhere({ personKey })) !== undefined || (await people.find(personKey)) !== undefined;

async function refreshed(changed: Result<GrantRecord>, nowMs: number): Promise<Result<GrantRecord>> {
  if (!changed.ok) return changed;
  const done = await refreshAccounts([changed.data.personKey], nowMs);
  return done.ok ? changed : done;
}
