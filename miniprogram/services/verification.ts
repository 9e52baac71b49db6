import type { PlainInputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation } from './cloud';

export const useVoucher = (
  input: PlainInputOf<'verification.use'>,
): Promise<Answer<OutputOf<'verification.use'>>> => callOperation('verification.use', input);

export const reverseVerification = (
  input: PlainInputOf<'verification.reverse'>,
): Promise<Answer<OutputOf<'verification.reverse'>>> => callOperation('verification.reverse', input);

export const listVerifications = (
  input: PlainInputOf<'verification.listVerifications'>,
): Promise<Answer<OutputOf<'verification.listVerifications'>>> =>
  callOperation('verification.listVerifications', input);

export const countVerificationsToday = (
  input: PlainInputOf<'verification.countToday'>,
): Promise<Answer<OutputOf<'verification.countToday'>>> => callOperation('verification.countToday', input);
