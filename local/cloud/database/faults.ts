/** Faults on demand, for tests and drills: delays, conflicts, failures, lost answers. */
import {
  AdminError,
  AnswerDropped,
  type ActionHandler,
  type AdminParams,
  type Faults,
} from './admin-protocol';
import { databaseErrors } from './errors';

type Fault = 'conflict' | 'fail' | 'dropAnswer' | 'cutAnswer' | 'hang';

/** Decides which actions a fault strikes. */
export class FaultInjector {
  #faults: Faults = {};
  #left: Record<Fault, number> = { conflict: 0, fail: 0, dropAnswer: 0, cutAnswer: 0, hang: 0 };

  /** Replaces all faults; `{}` ends them. */
  set(faults: Faults): void {
    this.#faults = faults;
    const { conflictNext = 0, failNext = 0, dropAnswerNext = 0, cutAnswerNext = 0, hangNext = 0 } = faults;
    this.#left = {
      conflict: conflictNext,
      fail: failNext,
      dropAnswer: dropAnswerNext,
      cutAnswer: cutAnswerNext,
      hang: hangNext,
    };
  }

  /** Wraps the handler of `action`. `onFailure` undoes what a failed operation leaves, e.g. its transaction. */
  wrap(action: string, handler: ActionHandler, onFailure: (params: AdminParams) => void): ActionHandler {
    return async (params, call) => {
      if (!this.#concerns(action, params)) return handler(params, call);
      if (this.#strikes('hang', this.#faults.hangRate)) throw new AnswerDropped('left_hanging');
      await this.#delay();
      const error = this.#failureOf(params);
      if (error) {
        onFailure(params);
        throw error;
      }
      const reply = await handler(params, call);
      if (this.#strikes('dropAnswer', this.#faults.dropAnswerRate)) throw new AnswerDropped('cut');
      if (this.#strikes('cutAnswer', this.#faults.cutAnswerRate))
        throw new AnswerDropped('cut_in_the_middle');
      return reply;
    };
  }

  #concerns(action: string, { collectionName }: AdminParams): boolean {
    const { action: onlyAction, collection } = this.#faults;
    return (onlyAction ?? action) === action && (collection ?? collectionName) === collectionName;
  }

  async #delay(): Promise<void> {
    const { delayMs } = this.#faults;
    if (delayMs) await new Promise(resolve => setTimeout(resolve, delayMs));
  }

  #failureOf({ transactionId }: AdminParams): AdminError | null {
    if (transactionId && this.#strikes('conflict', this.#faults.conflictRate))
      return databaseErrors.transactionConflict();
    if (this.#strikes('fail', this.#faults.failRate)) return new AdminError('SYS_ERR', 'injected failure');
    return null;
  }

  #strikes(fault: Fault, rate = 0): boolean {
    if (this.#left[fault] > 0) {
      this.#left[fault]--;
      return true;
    }
    return rate > 0 && Math.random() < rate;
  }
}
