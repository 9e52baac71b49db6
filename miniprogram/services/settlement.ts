import type { InputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation, READS_FILE } from './cloud';

export const createBatch = (
  input: InputOf<'settlement.createBatch'>,
): Promise<Answer<OutputOf<'settlement.createBatch'>>> => callOperation('settlement.createBatch', input);

export const checkCodes = (
  input: InputOf<'settlement.checkCodes'>,
): Promise<Answer<OutputOf<'settlement.checkCodes'>>> =>
  callOperation('settlement.checkCodes', input, READS_FILE);

export const importCodes = (
  input: InputOf<'settlement.importCodes'>,
): Promise<Answer<OutputOf<'settlement.importCodes'>>> =>
  callOperation('settlement.importCodes', input, READS_FILE);

export const addVouchersToBatch = (
  input: InputOf<'settlement.addVouchers'>,
): Promise<Answer<OutputOf<'settlement.addVouchers'>>> => callOperation('settlement.addVouchers', input);

export const removeBatchItem = (
  input: InputOf<'settlement.removeItem'>,
): Promise<Answer<OutputOf<'settlement.removeItem'>>> => callOperation('settlement.removeItem', input);

export const submitBatch = (
  input: InputOf<'settlement.submitBatch'>,
): Promise<Answer<OutputOf<'settlement.submitBatch'>>> => callOperation('settlement.submitBatch', input);

export const reviewBatch = (
  input: InputOf<'settlement.reviewBatch'>,
): Promise<Answer<OutputOf<'settlement.reviewBatch'>>> => callOperation('settlement.reviewBatch', input);

export const approveBatch = (
  input: InputOf<'settlement.approveBatch'>,
): Promise<Answer<OutputOf<'settlement.approveBatch'>>> => callOperation('settlement.approveBatch', input);

export const returnBatch = (
  input: InputOf<'settlement.returnBatch'>,
): Promise<Answer<OutputOf<'settlement.returnBatch'>>> => callOperation('settlement.returnBatch', input);

export const payBatch = (
  input: InputOf<'settlement.payBatch'>,
): Promise<Answer<OutputOf<'settlement.payBatch'>>> => callOperation('settlement.payBatch', input);

export const getBatch = (
  input: InputOf<'settlement.getBatch'>,
): Promise<Answer<OutputOf<'settlement.getBatch'>>> => callOperation('settlement.getBatch', input);

export const listBatches = (
  input: InputOf<'settlement.listBatches'>,
): Promise<Answer<OutputOf<'settlement.listBatches'>>> => callOperation('settlement.listBatches', input);

export const listBatchItems = (
  input: InputOf<'settlement.listItems'>,
): Promise<Answer<OutputOf<'settlement.listItems'>>> => callOperation('settlement.listItems', input);

export const getSettlementJob = (
  input: InputOf<'settlement.getJob'>,
): Promise<Answer<OutputOf<'settlement.getJob'>>> => callOperation('settlement.getJob', input);

export const listSettlementJobRefusals = (
  input: InputOf<'settlement.listJobRefusals'>,
): Promise<Answer<OutputOf<'settlement.listJobRefusals'>>> =>
  callOperation('settlement.listJobRefusals', input);
