import type { AccountView } from '../contract/accounts';
import type { OfCities } from '../contract/areas';
import type { OfAreas } from '../contract/counties';
import type { Grant, Role } from '../contract/roles';
import { Observable } from '../observable';
import { caller, onFailure, onServed } from '../services/cloud';
import { rolesOf } from '../view/account';
import { isSignInMissing, type Answer, type Failure } from '../view/failure';
import { areasToRead, citiesToRead, named } from '../view/grants';
import { forgetStored, keepStored, readStored } from '../storage';

const getAccount = caller('account.getAccount');
const signOut = caller('account.signOut');

export interface Session {
  /**
   * unknown: not asked yet in this run of the app. ended: the sign-in has run out; whose it was, and as what, stays on the
   * screen until they sign in again or sign out.
   */
  state: 'unknown' | 'signed_out' | 'signed_in' | 'ended';
  account?: AccountView;
}

const KEY = 'account';

/** Who is signed in; pages, tabs and sheets follow it. */
export const session = new Observable<Session>({ state: 'unknown' });

/** Shown until the server has answered: the masked name and the roles of last time. */
export function readSession(): void {
  const kept: unknown = readStored(KEY);
  if (isAccount(kept)) session.set({ state: 'signed_in', account: kept });
}

function isAccount(value: unknown): value is AccountView {
  const { name, grants } = (value ?? {}) as Partial<AccountView>;
  return typeof name === 'string' && Array.isArray(grants);
}

export function enter(account: AccountView): void {
  keepStored(KEY, account);
  session.set({ state: 'signed_in', account });
}

function leave(): void {
  forgetStored(KEY);
  session.set({ state: 'signed_out' });
}

/** Asks the server who this is. */
export async function refreshSession(): Promise<Answer<AccountView>> {
  const answer = await getAccount({});
  if (answer.ok) enter(answer.data);
  return answer;
}

let asking: Promise<Answer<AccountView>> | undefined;

/**
 * For pages that need to know who this is: asks unless it is known.
 * @returns why it is not known
 */
export async function knowSession(): Promise<Failure | undefined> {
  if (session.value.state === 'signed_in') return undefined;
  asking ??= refreshSession().finally(() => {
    asking = undefined;
  });
  const answer = await asking;
  return answer.ok ? undefined : answer.error;
}

/** Signs out; one that has ended by itself needs no call that succeeds. */
export async function endSession(): Promise<Answer<Record<string, never>>> {
  const answer = await signOut({});
  if (!answer.ok && !isSignInMissing(answer.error)) return answer;
  leave();
  return { ok: true, data: {} };
}

/** What the signed-in person may act as. */
export const currentGrants = (): readonly Grant[] => session.value.account?.grants ?? [];

/** The cities of the signed-in officer, as a list names them. */
export const officeCities = (): OfCities => named(citiesToRead(currentGrants()));

/** The cities and counties of the signed-in officer, as a list names them. */
export const officeAreas = (): OfAreas => areasToRead(currentGrants());

export const currentRoles = (): Role[] => rolesOf(session.value.account);

let refreshing = false;

/** The one place that hears of an ended sign-in or a lost role, whichever call it came with. */
function hear(failure: Failure): Failure {
  if (failure.code === 'sign_in_required') return loseSignIn(failure);
  if ((failure.code === 'role_not_allowed' || failure.code === 'institution_suspended') && !refreshing) {
    refreshing = true;
    void refreshSession().finally(() => {
      refreshing = false;
    });
  }
  return failure;
}

/** Whoever was signed in until now is told that it has ended, others that they have to sign in. */
function loseSignIn(failure: Failure): Failure {
  const { state, account } = session.value;
  if (!account) {
    leave();
    return failure;
  }
  if (state !== 'ended') session.set({ state: 'ended', account });
  return { code: 'sign_in_ended' };
}

/**
 * A sign-in that counted as ended holds: the person has signed in on another device, or what told of its end had been on its
 * way since before they signed in again.
 */
function noteSignIn(): void {
  const { state, account } = session.value;
  if (state === 'ended' && account) session.set({ state: 'signed_in', account });
}

onFailure(hear);
onServed(noteSignIn);
