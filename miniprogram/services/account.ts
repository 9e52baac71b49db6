import type { AccountView, SignInStart } from '../contract/accounts';
import type { PlainInputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation } from './cloud';

export const startSignIn = (input: PlainInputOf<'account.startSignIn'>): Promise<Answer<SignInStart>> =>
  callOperation('account.startSignIn', input);

export const signIn = (input: PlainInputOf<'account.signIn'>): Promise<Answer<AccountView>> =>
  callOperation('account.signIn', input);

export const getAccount = (): Promise<Answer<AccountView>> => callOperation('account.getAccount', {});

export const signOut = (): Promise<Answer<Record<string, never>>> => callOperation('account.signOut', {});
