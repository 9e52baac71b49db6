import type { InputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation } from './cloud';

export const createTemplate = (
  input: InputOf<'voucher.createTemplate'>,
): Promise<Answer<OutputOf<'voucher.createTemplate'>>> => callOperation('voucher.createTemplate', input);

export const amendTemplate = (
  input: InputOf<'voucher.amendTemplate'>,
): Promise<Answer<OutputOf<'voucher.amendTemplate'>>> => callOperation('voucher.amendTemplate', input);

export const publishTemplate = (
  input: InputOf<'voucher.publishTemplate'>,
): Promise<Answer<OutputOf<'voucher.publishTemplate'>>> => callOperation('voucher.publishTemplate', input);

export const closeTemplate = (
  input: InputOf<'voucher.closeTemplate'>,
): Promise<Answer<OutputOf<'voucher.closeTemplate'>>> => callOperation('voucher.closeTemplate', input);

export const getTemplate = (
  input: InputOf<'voucher.getTemplate'>,
): Promise<Answer<OutputOf<'voucher.getTemplate'>>> => callOperation('voucher.getTemplate', input);

export const listTemplates = (
  input: InputOf<'voucher.listTemplates'>,
): Promise<Answer<OutputOf<'voucher.listTemplates'>>> => callOperation('voucher.listTemplates', input);
