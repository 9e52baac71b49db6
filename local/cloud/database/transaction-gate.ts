/** Lets the operations of a transaction through one by one, and ends it when one of them fails. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from './engine';
import { databaseErrors } from './errors';
import { TRANSACTION_OPERATIONS_MAX } from './limits';
import type { Transaction } from './transactions';

const PAUSE_MS = 2;

export class TransactionGate {
  /** @param pauseMs how long each operation lingers, so that an overlapping one is noticed */
  constructor(
    readonly engine: Engine,
    readonly pauseMs = PAUSE_MS,
  ) {}

  /** Runs an operation, inside the transaction if there is an id. @throws AdminError DATABASE_TRANSACTION_FAIL */
  async pass<Result>(
    transactionId: unknown,
    operate: (transaction?: Transaction) => Promise<Result>,
  ): Promise<Result> {
    if (!transactionId) return operate();
    const transaction = this.idle(transactionId);
    transaction.isBusy = true;
    try {
      if (this.pauseMs > 0) await sleep(this.pauseMs);
      this.engine.transactions.get(transaction.id);
      if (++transaction.operations > TRANSACTION_OPERATIONS_MAX) {
        throw databaseErrors.limitExceeded(
          `more than ${TRANSACTION_OPERATIONS_MAX} operations in one transaction`,
        );
      }
      return await operate(transaction);
    } catch (error) {
      this.engine.transactions.end(transaction);
      throw error;
    } finally {
      transaction.isBusy = false;
    }
  }

  /** The open transaction, when nothing runs in it. @throws AdminError DATABASE_TRANSACTION_FAIL */
  idle(transactionId: unknown): Transaction {
    const transaction = this.engine.transactions.get(String(transactionId));
    if (transaction.isBusy) throw databaseErrors.transactionBusy();
    return transaction;
  }

  /** For a failure that struck before the operation reached the transaction. */
  endAfterFailure(transactionId: unknown): void {
    if (!transactionId) return;
    try {
      this.engine.transactions.end(this.idle(transactionId));
    } catch {
      // it has ended by itself
    }
  }
}
