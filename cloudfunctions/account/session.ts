import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { operation } from '../shared/runtime/operation';
import { accounts } from '../shared/store/accounts';
import { toAccountView } from './account-view';

export const getAccount = operation('account.getAccount', {
  input: v.strictObject({}),
  run: async ({ openid }) => {
    const account = await accounts.find(openid);
    return account ? ok(toAccountView(account)) : fail('sign_in_required');
  },
});

export const signOut = operation('account.signOut', {
  input: v.strictObject({}),
  // No copy of an answer that is always the same; a repetition is not signed in any more.
  repeatsFromHistory: true,
  run: async ({ openid }) => {
    await accounts.update({ _id: openid }, { signedInUntilMs: 0, signInRequestId: '', signInInputHash: '' });
    return ok({});
  },
});
