import type { PlainInputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation, READS_FILE } from './cloud';

export const createBatch = (
  input: PlainInputOf<'settlement.createBatch'>,
): Promise<Answer<OutputOf<'settlement.createBatch'>>> => callOperation('settlement.createBatch', input);

export const checkCodes = (
  input: PlainInputOf<'settlement.checkCodes'>,
): Promise<Answer<OutputOf<'settlement.checkCodes'>>> =>
  callOperation('settlement.checkCodes', input, READS_FILE);

export const importCodes = (
  input: PlainInputOf<'settlement.importCodes'>,
): Promise<Answer<OutputOf<'settlement.importCodes'>>> =>
  callOperation('settlement.importCodes', input, READS_FILE);

export const addVouchersToBatch = (
  input: PlainInputOf<'settlement.addVouchers'>,
): Promise<Answer<OutputOf<'settlement.addVouchers'>>> => callOperation('settlement.addVouchers', input);

export const removeBatchItem = (
  input: PlainInputOf<'settlement.removeItem'>,
): Promise<Answer<OutputOf<'settlement.removeItem'>>> => callOperation('settlement.removeItem', input);

export const submitBatch = (
  input: PlainInputOf<'settlement.submitBatch'>,
): Promise<Answer<OutputOf<'settlement.submitBatch'>>> => callOperation('settlement.submitBatch', input);

export const reviewBatch = (
  input: PlainInputOf<'settlement.reviewBatch'>,
): Promise<Answer<OutputOf<'settlement.reviewBatch'>>> => callOperation('settlement.reviewBatch', input);

export const approveBatch = (
  input: PlainInputOf<'settlement.approveBatch'>,
): Promise<Answer<OutputOf<'settlement.approveBatch'>>> => callOperation('settlement.approveBatch', input);

export const returnBatch = (
  input: PlainInputOf<'settlement.returnBatch'>,
): Promise<Answer<OutputOf<'settlement.returnBatch'>>> => callOperation('settlement.returnBatch', input);

export const payBatch = (
  input: PlainInputOf<'settlement.payBatch'>,
): Promise<Answer<OutputOf<'settlement.payBatch'>>> => callOperation('settlement.payBatch', input);

export const getBatch = (
  input: PlainInputOf<'settlement.getBatch'>,
): Promise<Answer<OutputOf<'settlement.getBatch'>>> => callOperation('settlement.getBatch', input);

export const listBatches = (
  input: PlainInputOf<'settlement.listBatches'>,
): Promise<Answer<OutputOf<'settlement.listBatches'>>> => callOperation('settlement.listBatches', input);

export const listBatchItems = (
  input: PlainInputOf<'settlement.listItems'>,
): Promise<Answer<OutputOf<'settlement.listItems'>>> => callOperation('settlement.listItems', input);

export const getSettlementJob = (
  input: PlainInputOf<'settlement.getJob'>,
): Promise<Answer<OutputOf<'settlement.getJob'>>> => callOperation('settlement.getJob', input);

export const listSettlementJobRefusals = (
  input: PlainInputOf<'settlement.listJobRefusals'>,
): Promise<Answer<OutputOf<'settlement.listJobRefusals'>>> =>
  callOperation('settlement.listJobRefusals', input);
