import type { AccountView } from '../contract/accounts';
import type { OfCities } from '../contract/areas';
import type { Grant, Role } from '../contract/roles';
import { Observable } from '../observable';
import { caller, onFailure } from '../services/cloud';
import { rolesOf } from '../view/account';
import type { Answer, Failure } from '../view/failure';
import { citiesToRead, named } from '../view/grants';
import { forgetStored, keepStored, readStored } from '../storage';

const getAccount = caller('account.getAccount');
const signOut = caller('account.signOut');

export interface Session {
  /** unknown: not asked yet in this run of the app. */
  state: 'unknown' | 'signed_out' | 'signed_in';
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

let asking: Promise<unknown> | undefined;

/** For pages that need to know who this is: asks once in a run of the app, unless another page has. */
export async function knowSession(): Promise<void> {
  if (session.value.state !== 'unknown') return;
  asking ??= refreshSession().finally(() => {
    asking = undefined;
  });
  await asking;
}

export async function endSession(): Promise<Answer<Record<string, never>>> {
  const answer = await signOut({});
  if (answer.ok) leave();
  return answer;
}

/** What the signed-in person may act as. */
export const currentGrants = (): readonly Grant[] => session.value.account?.grants ?? [];

/** The cities of the signed-in officer, as a list names them. */
export const officeCities = (): OfCities => named(citiesToRead(currentGrants()));

export const currentRoles = (): Role[] => rolesOf(session.value.account);

let refreshing = false;

/** The one place that hears of an ended sign-in or a lost role, whichever call it came with. */
function hear({ code }: Failure): void {
  if (code === 'sign_in_required') leave();
  if (code !== 'role_not_allowed' || refreshing) return;
  refreshing = true;
  void refreshSession().finally(() => {
    refreshing = false;
  });
}

onFailure(hear);
