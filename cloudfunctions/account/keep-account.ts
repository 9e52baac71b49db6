import { WORKER_SESSION_MS } from '../shared/domain/session';
import type { CallOf } from '../shared/runtime/operation';
import { accounts, type Account } from '../shared/store/accounts';
import type { IdentifiedPerson } from './identify';

export type SignInCall = CallOf<'account.signIn'>;

/** The account as it is after the sign-in. Roles are copied to it afterwards. */
export function toAccount(
  { person, cityCode }: IdentifiedPerson,
  before: Account | undefined,
  { input, openid, nowMs, request }: SignInCall,
): Account {
  const isSamePerson = before?.personKey === person.id;
  return {
    id: openid,
    version: 1,
    personKey: person.id,
    nameCipher: person.nameCipher,
    ...(cityCode && { cityCode }),
    ...(input.channelNumber !== undefined && { channelNumber: input.channelNumber }),
    grants: isSamePerson ? before.grants : [],
    ...(isSamePerson && before.suspended && { suspended: before.suspended }),
    consentVersion: input.consentVersion,
    signedInAtMs: nowMs,
    signedInUntilMs: nowMs + WORKER_SESSION_MS,
    signInRequestId: request.id,
    signInInputHash: request.inputHash,
    recentRequests: isSamePerson ? before.recentRequests : [],
  };
}

/** Another person on the same phone takes the account's place. @returns false when the account changed in between. */
export async function keepAccount(before: Account | undefined, account: Account): Promise<boolean> {
  if (!before) return accounts.insert(account);
  const { id: _id, version: _version, recentRequests, ...fields } = account;
  const isSamePerson = before.personKey === account.personKey;
  const cleared = { cityCode: undefined, channelNumber: undefined, suspended: undefined };
  const changes = { ...cleared, ...fields, ...(!isSamePerson && { recentRequests }) };
  return (await accounts.update({ _id: before.id, version: before.version }, changes)) === 1;
}
