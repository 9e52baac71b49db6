import type { PlainInputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation } from './cloud';

export const grantRole = (
  input: PlainInputOf<'account.grantRole'>,
): Promise<Answer<OutputOf<'account.grantRole'>>> => callOperation('account.grantRole', input);

export const revokeRole = (
  input: PlainInputOf<'account.revokeRole'>,
): Promise<Answer<OutputOf<'account.revokeRole'>>> => callOperation('account.revokeRole', input);

export const listStaff = (
  input: PlainInputOf<'account.listStaff'>,
): Promise<Answer<OutputOf<'account.listStaff'>>> => callOperation('account.listStaff', input);
