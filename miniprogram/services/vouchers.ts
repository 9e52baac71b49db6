import type { InputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation } from './cloud';

export const listMyVouchers = (
  input: InputOf<'voucher.listMine'>,
): Promise<Answer<OutputOf<'voucher.listMine'>>> => callOperation('voucher.listMine', input);

export const getMyVoucher = (
  input: InputOf<'voucher.getMine'>,
): Promise<Answer<OutputOf<'voucher.getMine'>>> => callOperation('voucher.getMine', input);

export const claimVoucher = (input: InputOf<'voucher.claim'>): Promise<Answer<OutputOf<'voucher.claim'>>> =>
  callOperation('voucher.claim', input);

export const showCode = (input: InputOf<'voucher.showCode'>): Promise<Answer<OutputOf<'voucher.showCode'>>> =>
  callOperation('voucher.showCode', input);

export const issueVouchers = (input: InputOf<'voucher.issue'>): Promise<Answer<OutputOf<'voucher.issue'>>> =>
  callOperation('voucher.issue', input);

export const listVouchers = (
  input: InputOf<'voucher.listVouchers'>,
): Promise<Answer<OutputOf<'voucher.listVouchers'>>> => callOperation('voucher.listVouchers', input);

export const getVoucher = (
  input: InputOf<'voucher.getVoucher'>,
): Promise<Answer<OutputOf<'voucher.getVoucher'>>> => callOperation('voucher.getVoucher', input);

export const voidVoucher = (input: InputOf<'voucher.void'>): Promise<Answer<OutputOf<'voucher.void'>>> =>
  callOperation('voucher.void', input);

export const voidVouchers = (
  input: InputOf<'voucher.voidBatch'>,
): Promise<Answer<OutputOf<'voucher.voidBatch'>>> => callOperation('voucher.voidBatch', input);

export const getVoucherJob = (
  input: InputOf<'voucher.getJob'>,
): Promise<Answer<OutputOf<'voucher.getJob'>>> => callOperation('voucher.getJob', input);

export const listVoucherJobRefusals = (
  input: InputOf<'voucher.listJobRefusals'>,
): Promise<Answer<OutputOf<'voucher.listJobRefusals'>>> => callOperation('voucher.listJobRefusals', input);
