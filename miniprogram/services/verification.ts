import type { InputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation } from './cloud';

export const useVoucher = (
  input: InputOf<'verification.use'>,
): Promise<Answer<OutputOf<'verification.use'>>> => callOperation('verification.use', input);

export const reverseVerification = (
  input: InputOf<'verification.reverse'>,
): Promise<Answer<OutputOf<'verification.reverse'>>> => callOperation('verification.reverse', input);

export const listVerifications = (
  input: InputOf<'verification.listVerifications'>,
): Promise<Answer<OutputOf<'verification.listVerifications'>>> =>
  callOperation('verification.listVerifications', input);

export const countVerificationsToday = (
  input: InputOf<'verification.countToday'>,
): Promise<Answer<OutputOf<'verification.countToday'>>> => callOperation('verification.countToday', input);
