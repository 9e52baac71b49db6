import { createFunction } from '../shared/runtime/function';
import { getAccount, signOut } from './session';
import { signIn } from './sign-in';
import { grantRole, listStaff, revokeRole } from './staff';
import { startSignIn } from './start-sign-in';

export const main = createFunction('account', [
  startSignIn,
  signIn,
  getAccount,
  signOut,
  grantRole,
  revokeRole,
  listStaff,
]);
