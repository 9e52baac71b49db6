import type { PlainInputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation } from './cloud';

export const createTemplate = (
  input: PlainInputOf<'voucher.createTemplate'>,
): Promise<Answer<OutputOf<'voucher.createTemplate'>>> => callOperation('voucher.createTemplate', input);

export const amendTemplate = (
  input: PlainInputOf<'voucher.amendTemplate'>,
): Promise<Answer<OutputOf<'voucher.amendTemplate'>>> => callOperation('voucher.amendTemplate', input);

export const publishTemplate = (
  input: PlainInputOf<'voucher.publishTemplate'>,
): Promise<Answer<OutputOf<'voucher.publishTemplate'>>> => callOperation('voucher.publishTemplate', input);

export const closeTemplate = (
  input: PlainInputOf<'voucher.closeTemplate'>,
): Promise<Answer<OutputOf<'voucher.closeTemplate'>>> => callOperation('voucher.closeTemplate', input);

export const getTemplate = (
  input: PlainInputOf<'voucher.getTemplate'>,
): Promise<Answer<OutputOf<'voucher.getTemplate'>>> => callOperation('voucher.getTemplate', input);

export const listTemplates = (
  input: PlainInputOf<'voucher.listTemplates'>,
): Promise<Answer<OutputOf<'voucher.listTemplates'>>> => callOperation('voucher.listTemplates', input);
