import type { PlainInputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation } from './cloud';

export const listMyVouchers = (
  input: PlainInputOf<'voucher.listMine'>,
): Promise<Answer<OutputOf<'voucher.listMine'>>> => callOperation('voucher.listMine', input);

export const getMyVoucher = (
  input: PlainInputOf<'voucher.getMine'>,
): Promise<Answer<OutputOf<'voucher.getMine'>>> => callOperation('voucher.getMine', input);

export const claimVoucher = (input: PlainInputOf<'voucher.claim'>): Promise<Answer<OutputOf<'voucher.claim'>>> =>
  callOperation('voucher.claim', input);

export const showCode = (input: PlainInputOf<'voucher.showCode'>): Promise<Answer<OutputOf<'voucher.showCode'>>> =>
  callOperation('voucher.showCode', input);

export const issueVouchers = (input: PlainInputOf<'voucher.issue'>): Promise<Answer<OutputOf<'voucher.issue'>>> =>
  callOperation('voucher.issue', input);

export const listVouchers = (
  input: PlainInputOf<'voucher.listVouchers'>,
): Promise<Answer<OutputOf<'voucher.listVouchers'>>> => callOperation('voucher.listVouchers', input);

export const getVoucher = (
  input: PlainInputOf<'voucher.getVoucher'>,
): Promise<Answer<OutputOf<'voucher.getVoucher'>>> => callOperation('voucher.getVoucher', input);

export const voidVoucher = (input: PlainInputOf<'voucher.void'>): Promise<Answer<OutputOf<'voucher.void'>>> =>
  callOperation('voucher.void', input);

export const voidVouchers = (
  input: PlainInputOf<'voucher.voidBatch'>,
): Promise<Answer<OutputOf<'voucher.voidBatch'>>> => callOperation('voucher.voidBatch', input);

export const getVoucherJob = (
  input: PlainInputOf<'voucher.getJob'>,
): Promise<Answer<OutputOf<'voucher.getJob'>>> => callOperation('voucher.getJob', input);

export const listVoucherJobRefusals = (
  input: PlainInputOf<'voucher.listJobRefusals'>,
): Promise<Answer<OutputOf<'voucher.listJobRefusals'>>> => callOperation('voucher.listJobRefusals', input);
