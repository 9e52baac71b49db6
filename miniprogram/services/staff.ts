import type { InputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation } from './cloud';

export const grantRole = (
  input: InputOf<'account.grantRole'>,
): Promise<Answer<OutputOf<'account.grantRole'>>> => callOperation('account.grantRole', input);

export const revokeRole = (
  input: InputOf<'account.revokeRole'>,
): Promise<Answer<OutputOf<'account.revokeRole'>>> => callOperation('account.revokeRole', input);

export const listStaff = (
  input: InputOf<'account.listStaff'>,
): Promise<Answer<OutputOf<'account.listStaff'>>> => callOperation('account.listStaff', input);
