import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import type { ApiClientId as Id } from '../../miniprogram/contract/ids';
import { LIMITS } from '../../miniprogram/contract/limits';
import {
  API_SCOPES,
  SCOPES_TO_CHOOSE,
  type ApiClientView,
  type NewApiSecret,
} from '../../miniprogram/contract/open-interfaces';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { checkActive } from '../shared/domain/admission';
import { placeOf, reachOfOfficer, roleAt, type ActingPerson, type Actor } from '../shared/domain/scope';
import { newApiClient } from '../shared/people/api-clients';
import { changeDocument } from '../shared/runtime/change-document';
import { ApiClientId, City, Cursor, InstitutionId, Line, Reason } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation, type WritingCall } from '../shared/runtime/operation';
import { encryptText } from '../shared/runtime/secrets';
import { apiClients, type ApiClient, type ApiSecret } from '../shared/store/api-clients';
import { institutions } from '../shared/store/institutions';
import { mapPage } from '../shared/views/pages';

const SECRET_BYTES = 32;
/** Two keys count for so long, so that the system can be given the new one while it works with the old. */
const OVERLAP_MS = 7 * 24 * 60 * 60 * 1000;
/** Keys that may count at a time. */
const KEYS_MAX = 2;
const ATTEMPTS = 3;

const toClientView = (client: ApiClient): ApiClientView => ({
  id: client.id,
  name: client.name,
  kind: client.kind,
  cityCode: client.cityCode,
  ...(client.institutionId !== undefined && { institutionId: client.institutionId }),
  scopes: client.scopes,
  keys: client.secrets.map(({ secretCipher: _cipher, ...key }) => key),
  ...(client.revokedAtMs !== undefined && { revokedAtMs: client.revokedAtMs }),
});

/** The push is the province's affair, every other client that of its city and of the province. */
const officerOf = (actor: Actor, { kind, cityCode }: Pick<ApiClient, 'kind' | 'cityCode'>) =>
  roleAt(actor, kind === 'push' ? {} : { cityCode });

const common = {
  name: Line(LIMITS.nameCharsMax),
  cityCode: City,
  scopes: v.pipe(v.array(v.picklist(API_SCOPES)), v.minLength(1), v.maxLength(API_SCOPES.length)),
};

export const createClient = operation('entry.createClient', {
  input: v.variant('kind', [
    v.strictObject({ ...common, kind: v.literal('institution'), institutionId: InstitutionId }),
    v.strictObject({ ...common, kind: v.literal('push') }),
  ]),
  run: async ({ input, actor, nowMs, request }) => {
    const by = officerOf(actor, input);
    if (!by) return fail('role_not_allowed');
    const allowed = SCOPES_TO_CHOOSE[input.kind];
    const scopes = [...new Set(input.scopes)];
    if (!scopes.every(scope => allowed.includes(scope))) return fail('invalid_input', { fields: ['scopes'] });
    const place = await checkPlace(input, actor);
    if (!place.ok) return place;
    const client = newApiClient({
      ...input,
      scopes,
      id: newId<Id>(request),
      by,
      nowMs,
      requestId: request.id,
    });
    if (await apiClients.insert(client)) return ok(toClientView(client));
    return ok(toClientView((await apiClients.find(client.id)) ?? client));
  },
});

/** An institution's client is for one that is of the city and active. */
async function checkPlace(
  input:
    | { kind: 'push' }
    | {
        kind: 'institution';
        institutionId: NonNullable<ApiClient['institutionId']>;
        cityCode: ApiClient['cityCode'];
      },
  actor: Actor,
): Promise<Result<undefined>> {
  if (input.kind === 'push') return ok(undefined);
  const institution = await institutions.find(input.institutionId);
  const isThere = institution?.cityCode === input.cityCode && roleAt(actor, placeOf(institution));
  return isThere ? checkActive(institution) : fail('institution_not_found');
}

export const listClients = operation('entry.listClients', {
  input: v.strictObject({ cityCode: City, cursor: Cursor }),
  run: async ({ input: { cityCode, cursor }, actor }) => {
    if (!reachOfOfficer(actor, { cityCodes: [cityCode] })) return ok({ items: [] });
    return ok(mapPage(await apiClients.listWithin({ cityCodes: [cityCode] }, { cursor }), toClientView));
  },
});

interface Renewal {
  by: ActingPerson;
  nowMs: number;
  requestId: string;
  endOthersAtOnce: boolean;
}

/** The client with a new key. One that the same request made before was lost with its answer: it is gone. */
function renewed(client: ApiClient, secret: string, { by, nowMs, requestId, endOthersAtOnce }: Renewal) {
  const renewals = client.history.filter(({ command }) => command === 'renewSecret');
  const lost = renewals.filter(step => step.requestId === requestId).map(({ keyVersion }) => keyVersion);
  const keyVersion = renewals.length + 1;
  const endMs = nowMs + (endOthersAtOnce ? 0 : OVERLAP_MS);
  const others = client.secrets
    .filter(each => !lost.includes(each.keyVersion) && nowMs < (each.expiresAtMs ?? Infinity))
    .slice(1 - KEYS_MAX)
    .map(each => ({ ...each, expiresAtMs: Math.min(each.expiresAtMs ?? Infinity, endMs) }));
  const made: ApiSecret = { keyVersion, secretCipher: encryptText(secret), createdAtMs: nowMs };
  const step = { command: 'renewSecret' as const, atMs: nowMs, by, requestId, keyVersion };
  const secrets = endOthersAtOnce ? [made] : [...others, made];
  return { keyVersion, changes: { secrets, history: [...client.history, step] } };
}

async function renew(read: ApiClient, renewal: Renewal): Promise<Result<NewApiSecret>> {
  let client: ApiClient | undefined = read;
  for (let attempt = 0; client && attempt < ATTEMPTS; attempt++) {
    if (client.revokedAtMs !== undefined) return fail('client_revoked');
    const secret = randomBytes(SECRET_BYTES).toString('hex');
    const { keyVersion, changes } = renewed(client, secret, renewal);
    if (await apiClients.save(client, changes))
      return ok({ client: toClientView({ ...client, ...changes }), keyVersion, secret });
    client = await apiClients.find(client.id);
  }
  return fail('write_conflict');
}

const findOwn = (client: ApiClient | undefined, actor: Actor) => {
  const by = client && officerOf(actor, client);
  return client && by ? ok({ client, by }) : fail('client_not_found');
};

/** The only answer with a secret. It is not kept: what is asked again makes another. */
export const renewClientSecret = operation('entry.renewClientSecret', {
  input: v.strictObject({ clientId: ApiClientId, endOthersAtOnce: v.exactOptional(v.boolean()) }),
  load: ({ clientId }) => apiClients.find(clientId),
  repeatsFromHistory: true,
  run: async ({ input, actor, nowMs, request }, found) => {
    const own = findOwn(found, actor);
    if (!own.ok) return own;
    const { client, by } = own.data;
    const endOthersAtOnce = input.endOthersAtOnce === true;
    return renew(client, { by, nowMs, requestId: request.id, endOthersAtOnce });
  },
});

type RevokeCall = WritingCall<{ clientId: Id; reason: string }>;

const revoke = (client: ApiClient, by: ActingPerson, { input, nowMs, request }: RevokeCall) =>
  changeDocument(apiClients, client, request.id, current => {
    if (current.revokedAtMs !== undefined) return fail('client_revoked');
    const step = { command: 'revoke' as const, atMs: nowMs, by, requestId: request.id, reason: input.reason };
    return ok({ revokedAtMs: nowMs, history: [...current.history, step] });
  });

/** Counts from the client's very next call on. */
export const revokeClient = operation('entry.revokeClient', {
  input: v.strictObject({ clientId: ApiClientId, reason: Reason }),
  load: ({ clientId }) => apiClients.find(clientId),
  run: async (call, found) => {
    const own = findOwn(found, call.actor);
    if (!own.ok) return own;
    const revoked = await revoke(own.data.client, own.data.by, call);
    return revoked.ok ? ok(toClientView(revoked.data)) : revoked;
  },
});
