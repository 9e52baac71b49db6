import { createFunction } from '../shared/runtime/function';
import { getAccount, signOut } from './session';
import { signIn } from './sign-in';
import { grantRole, listStaff, revokeRole } from './staff';
import { startSignIn } from './start-sign-in';

export const main = createFunction<'account'>({
  'account.startSignIn': startSignIn,
  'account.signIn': signIn,
  'account.getAccount': getAccount,
  'account.signOut': signOut,
  'account.grantRole': grantRole,
  'account.revokeRole': revokeRole,
  'account.listStaff': listStaff,
});
