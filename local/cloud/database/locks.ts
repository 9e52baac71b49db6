/** Locks that transactions hold on documents and unique keys, and the plain writers that wait for them. */
import { databaseErrors, LockHeld } from './errors';

/** Names what is locked. */
export const documentLock = (collection: string, id: string | number) => `${collection}\0${typeof id}\0${id}`;
export const uniqueLock = (collection: string, index: string, key: string) =>
  `${collection}\0#${index}\0${key}`;

export class LockTable {
  readonly #owners = new Map<string, string>();
  readonly #waiting = new Set<() => void>();

  /** @param waitMs how long a plain writer waits before it gives up, milliseconds */
  constructor(readonly waitMs: number) {}

  get size(): number {
    return this.#owners.size;
  }

  /** Plain writers that wait. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Takes a lock for a transaction; the first one wins. @throws AdminError DATABASE_TRANSACTION_CONFLICT */
  take(lock: string, transactionId: string): void {
    const owner = this.#owners.get(lock);
    if (owner !== undefined && owner !== transactionId) throw databaseErrors.transactionConflict();
    this.#owners.set(lock, transactionId);
  }

  /** @throws LockHeld when a transaction holds the lock */
  assertFree(lock: string): void {
    if (this.#owners.size > 0 && this.#owners.has(lock)) throw new LockHeld();
  }

  release(locks: Iterable<string>): void {
    for (const lock of locks) this.#owners.delete(lock);
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
  }

  /** Runs a plain write, again after each released lock if it meets one. A plain write waits (CloudBase documentation). */
  async whenFree<Result>(write: () => Result): Promise<Result> {
    const deadlineMs = performance.now() + this.waitMs;
    for (;;) {
      try {
        return write();
      } catch (error) {
        if (!(error instanceof LockHeld)) throw error;
        await this.#released(deadlineMs - performance.now());
      }
    }
  }

  #released(withinMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = () => {
        clearTimeout(timer);
        resolve();
      };
      const giveUp = () => {
        this.#waiting.delete(wake);
        reject(
          databaseErrors.operationFailed('operation exceeded time limit: a transaction holds the document'),
        );
      };
      const timer = setTimeout(giveUp, Math.max(0, withinMs));
      this.#waiting.add(wake);
    });
  }
}
