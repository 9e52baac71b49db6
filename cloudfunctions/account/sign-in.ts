import * as v from 'valibot';
import { CONSENT_VERSION, type AccountView } from '../../miniprogram/contract/accounts';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { refreshAccount } from '../shared/people/account-grants';
import { ChannelNumber, RawText } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { accounts, type Account } from '../shared/store/accounts';
import { people } from '../shared/store/people';
import { toAccountView } from './account-view';
import { identify, keepPerson, type IdentifiedPerson } from './identify';
import { keepAccount, toAccount, type SignInCall } from './keep-account';

const AUTH_CODE_CHARACTERS_MAX = 512;
/** The code is used up by the first: giving up here would cost the person another trip to the e-SSC. */
const ATTEMPTS = 10;

export const signIn = operation('account.signIn', {
  input: v.strictObject({
    authCode: v.pipe(v.string(), v.minLength(1), v.maxLength(AUTH_CODE_CHARACTERS_MAX)),
    consentVersion: RawText,
    channelNumber: v.exactOptional(ChannelNumber),
  }),
  repeatsFromHistory: true,
  run: async call => {
    if (call.input.consentVersion !== CONSENT_VERSION) return fail('consent_required');
    const before = await accounts.find(call.openid);
    if (isSignedInBy(call, before)) return repeat(call, before);
    const identified = await identify(call.input.authCode, call);
    if (identified.ok) return keep(identified.data, before, call);
    // A repetition beside the first try finds the code used up, by the first try.
    const now = await accounts.find(call.openid);
    return isSignedInBy(call, now) ? repeat(call, now) : identified;
  },
});

const isSignedInBy = ({ request }: SignInCall, account: Account | undefined): account is Account =>
  account?.signInRequestId === request.id;

/** A code works once: whoever asks again because the answer was lost has been signed in by it. */
async function repeat({ request, nowMs }: SignInCall, account: Account): Promise<Result<AccountView>> {
  if (account.signInInputHash !== request.inputHash) return fail('request_id_reused');
  // The first try may have been cut off between its two writes: then the person signs in anew.
  const isWhole = (await people.find(account.personKey)) !== undefined;
  return isWhole ? finish(account, nowMs) : fail('sign_in_failed');
}

async function keep(
  identified: IdentifiedPerson,
  read: Account | undefined,
  call: SignInCall,
): Promise<Result<AccountView>> {
  // Side by side: a sign-in of which only the account was kept is not taken for one that succeeded.
  const [account] = await Promise.all([keepSignedIn(identified, read, call), keepPerson(identified.person)]);
  return account ? finish(account, call.nowMs) : fail('write_conflict');
}

/** @returns undefined when the account kept changing. */
async function keepSignedIn(
  identified: IdentifiedPerson,
  read: Account | undefined,
  call: SignInCall,
): Promise<Account | undefined> {
  let before = read;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const account = toAccount(identified, before, call);
    if (await keepAccount(before, account)) return account;
    before = await accounts.find(call.openid);
  }
  return undefined;
}

/** Roles come last, read after the account is there: whoever changes them meanwhile finds the account as well. */
async function finish(account: Account, nowMs: number): Promise<Result<AccountView>> {
  const refreshed = await refreshAccount(account, nowMs);
  return refreshed.ok ? ok(toAccountView(refreshed.data)) : refreshed;
}
