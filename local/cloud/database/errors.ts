import { MingoError } from 'mingo/util';
import { AdminError } from './admin-protocol';

/** Signal between engine and lock table: a plain write met something that an open transaction holds, and must wait. */
export class LockHeld extends Error {}

const TAIL = ' Please check your request, but if the problem persists, contact us.';

const requestFailed = (message: string) => new AdminError('DATABASE_REQUEST_FAILED', `${message}.${TAIL}`);

const transactionFailed = (message: string) =>
  new AdminError('DATABASE_TRANSACTION_FAIL', `[ResourceUnavailable.${message}.${TAIL}`);

/** Refusals of the database with the codes of the service; message shapes are those of its SDK's tests where known. */
export const databaseErrors = {
  collectionMissing: (name: string) =>
    new AdminError(
      'DATABASE_COLLECTION_NOT_EXIST',
      `[ResourceNotFound] Db or Table not exist: ${name}.${TAIL}`,
    ),
  collectionExists: (name: string) => requestFailed(`[ResourceInUse] Table exist: ${name}`),
  transactionConflict: () =>
    new AdminError(
      'DATABASE_TRANSACTION_CONFLICT',
      `[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others.${TAIL}`,
    ),
  transactionMissing: () =>
    transactionFailed(
      'TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 seconds',
    ),
  transactionBusy: () => transactionFailed('TransactionBusy] Transaction is busy'),
  /** Callers match `E11000` only: the rest of the service's message varies. */
  duplicateKey: (collection: string, index: string, key: string) =>
    new AdminError(
      'DATABASE_REQUEST_FAILED',
      `[FailedOperation.Insert] multiple write errors: [{write errors: [{E11000 duplicate key error collection: tnt-local.${collection} index: ${index} dup key: ${key}}]}, {<nil>}]`,
    ),
  updateRefused: (message: string) => requestFailed(`[FailedOperation.Update] ${message}`),
  operationFailed: (message: string) => requestFailed(`[FailedOperation] ${message}`),
  limitExceeded: (message: string) => requestFailed(`[LimitExceeded] ${message}`),
  invalidParameter: (message: string) => new AdminError('INVALID_PARAM', message),
} as const;

/** What the SDK is told of an error: a query that mingo rejects is the caller's mistake, anything else is a defect here. */
export function toDatabaseError(error: unknown): unknown {
  return error instanceof MingoError ? databaseErrors.operationFailed(error.message) : error;
}
