import type { OperationName } from '../../../miniprogram/contract/operations';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { Grant } from '../../../miniprogram/contract/roles';
import { dayOf } from '../domain/calendar';
import { readIdNumber } from '../domain/id-number';
import { grantsFor, type Actor } from '../domain/scope';
import { personKeyOf } from '../runtime/secrets';
import type { ApiClient } from '../store/api-clients';
import { loadGrants } from './account-grants';

type Bounds = Pick<ApiClient, 'id' | 'cityCode' | 'institutionId'>;

/**
 * The person in whose name a system acts: somebody who may do the operation now, where the client is bound to. What they do
 * is judged as if they did it on their phone; the history names both. Two requests.
 * @returns id_number_invalid; acting_person_not_active.
 */
export async function findActing(
  name: OperationName,
  client: Bounds,
  { idNumber, nowMs }: { idNumber: string; nowMs: number },
): Promise<Result<Actor>> {
  const read = readIdNumber(idNumber, dayOf(nowMs));
  if (!read.ok) return read;
  const personKey = personKeyOf(read.data);
  const all = (await loadGrants([personKey])).get(personKey) ?? [];
  const grants = grantsFor(name, all).filter(grant => isWithin(grant, client));
  if (grants.length === 0) return fail('acting_person_not_active');
  return ok({ openid: '', personKey, nameCipher: '', grants, clientId: client.id });
}

/** The province has no part in what systems do. */
function isWithin(grant: Grant, { cityCode, institutionId }: Bounds): boolean {
  if (grant.role === 'province' || grant.cityCode !== cityCode) return false;
  if (institutionId === undefined) return true;
  return grant.role === 'administrator' && grant.institutionId === institutionId;
}
