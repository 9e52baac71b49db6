import { CONSENT_VERSION } from '../../../miniprogram/contract/accounts';
import type { PersonKey } from '../../../miniprogram/contract/ids';
import { OPERATIONS, type OperationName } from '../../../miniprogram/contract/operations';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { Role } from '../../../miniprogram/contract/roles';
import { grantsFor, type Actor } from '../domain/scope';
import { refuseSuspended } from '../domain/standing';
import { accounts, findAccountWith, noteRequest, type Account, type RequestMark } from '../store/accounts';
import { JoinedRead } from '../store/joined-read';
import { above, oneOf, type Where } from '../store/query';
import { hasTrust, noteTrust } from './trust';

export interface SignedIn {
  actor: Actor;
  /** Absent for operations that anyone may call. */
  account: Account | undefined;
  /** What the operation wanted to have read. */
  loaded: unknown;
}

interface Caller {
  openid: string;
  /** Of a writing request, which the account is to remember. */
  mark: RequestMark | undefined;
  nowMs: number;
  /** Begins to read what the operation needs, or says what to join to the account. */
  load: () => unknown;
}

const NOBODY: Omit<Actor, 'openid'> = { personKey: '' as PersonKey, nameCipher: '', grants: [] };

/**
 * Who is calling, and what the operation needs to have read, in one trip: the account is judged first, whatever came back
 * first. After repeated refusals of an openid its account is read alone.
 * @returns sign_in_required; role_not_allowed; institution_suspended; write_conflict when the account changes meanwhile.
 */
export async function signInAndLoad(name: OperationName, caller: Caller): Promise<Result<SignedIn>> {
  const { openid, load } = caller;
  if (OPERATIONS[name].roles === 'anyone') {
    return ok({ account: undefined, actor: { openid, ...NOBODY }, loaded: await load() });
  }
  const admitted = admittedAt(name, caller.nowMs);
  const early = hasTrust(openid) ? load() : undefined;
  const read = await (early instanceof JoinedRead
    ? readJoined(caller, admitted, early)
    : readBeside(caller, early));
  const signedIn = judge(name, openid, read.account, caller.nowMs);
  noteTrust(openid, signedIn.ok);
  if (!signedIn.ok) return signedIn;
  if (read.isLoaded) return ok({ ...signedIn.data, loaded: read.loaded });
  const late = load();
  if (!(late instanceof JoinedRead)) return ok({ ...signedIn.data, loaded: await late });
  const again = await findAccountWith(openid, admitted, late);
  // Signed out, or without the role, since it was judged a moment ago.
  return again ? ok({ ...signedIn.data, loaded: again.joined }) : fail('write_conflict');
}

interface Read {
  account: Account | undefined;
  isLoaded: boolean;
  loaded?: unknown;
}

/** Account and document in two requests side by side. A failure of the document matters only to who may have it. */
async function readBeside({ openid, mark }: Caller, loading: unknown): Promise<Read> {
  const [account, loaded] = await Promise.allSettled([
    mark ? noteRequest(openid, mark) : accounts.find(openid),
    loading,
  ]);
  if (account.status === 'rejected') throw account.reason;
  if (loading === undefined) return { account: account.value, isLoaded: false };
  if (loaded.status === 'rejected') return { account: account.value, isLoaded: false };
  return { account: account.value, isLoaded: true, loaded: loaded.value };
}

/** Account and list in one request. Who is not admitted gets no list; why, the account alone tells. */
async function readJoined(
  { openid }: Caller,
  admitted: Where<Account>,
  joined: JoinedRead<unknown>,
): Promise<Read> {
  const found = await findAccountWith(openid, admitted, joined);
  if (found) return { account: found.account, isLoaded: true, loaded: found.joined };
  return { account: await accounts.find(openid), isLoaded: false };
}

/** The same as {@link judge} asks, as a condition on the account: a list is read for nobody else. */
function admittedAt(name: OperationName, nowMs: number): Where<Account> {
  const roles = OPERATIONS[name].roles as readonly Role[];
  const granted = roles.flatMap(role => (role === 'worker' ? [] : [role]));
  return {
    signedInUntilMs: above(nowMs),
    consentVersion: CONSENT_VERSION,
    // Everybody is a worker.
    ...(granted.length === roles.length && { 'grants.role': oneOf(granted) }),
  };
}

function judge(
  name: OperationName,
  openid: string,
  account: Account | undefined,
  nowMs: number,
): Result<Omit<SignedIn, 'loaded'>> {
  const { roles } = OPERATIONS[name];
  if (!account || nowMs >= account.signedInUntilMs) return fail('sign_in_required');
  // Consent was given to another text: signing in asks for it again.
  if (account.consentVersion !== CONSENT_VERSION) return fail('sign_in_required');
  const suspended = roles.includes('administrator') ? (account.suspended ?? []) : [];
  const grants = grantsFor(name, account.grants);
  // Everybody is a worker.
  if (grants.length === 0 && !roles.includes('worker')) {
    const [first] = suspended;
    return first ? refuseSuspended(first) : fail('role_not_allowed');
  }
  const { personKey, nameCipher } = account;
  return ok({
    account,
    actor: { openid, personKey, nameCipher, grants, ...(suspended.length > 0 && { suspended }) },
  });
}
