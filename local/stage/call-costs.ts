import type { OperationName } from '../../miniprogram/contract/operations';
import type { Result } from '../../miniprogram/contract/result';

/** Database requests, or trips, of some calls. */
export interface Spread {
  sum: number;
  max: number;
}

/** What the calls of one kind cost. */
export interface CallCost {
  calls: number;
  requests: Spread;
  trips: Spread;
  /** The same of the accepted ones alone. */
  accepted: { calls: number; requests: number; trips: number };
  ms: number[];
}

export interface NotedCall {
  readonly operation: OperationName;
  readonly input: unknown;
  /** What came back; a failure of the platform is no result of the operation. */
  readonly answer: Partial<Result<unknown>>;
  readonly requests: number;
  readonly trips: number;
  readonly ms: number;
}

/** Costs by kind of call: an operation, divided where its ways cost differently. */
export class CallCosts {
  readonly #costs = new Map<string, CallCost>();

  note(call: NotedCall): void {
    const kind = kindOf(call);
    const cost = this.#costs.get(kind) ?? noCost();
    this.#costs.set(kind, cost);
    cost.calls++;
    cost.ms.push(call.ms);
    addTo(cost.requests, call.requests);
    addTo(cost.trips, call.trips);
    if (!call.answer.ok) return;
    cost.accepted.calls++;
    cost.accepted.requests += call.requests;
    cost.accepted.trips += call.trips;
  }

  of(kind: string): CallCost {
    return this.#costs.get(kind) ?? noCost();
  }

  /** In the order of their first call. */
  all(): [kind: string, cost: CallCost][] {
    return [...this.#costs];
  }
}

const noCost = (): CallCost => ({
  calls: 0,
  requests: { sum: 0, max: 0 },
  trips: { sum: 0, max: 0 },
  accepted: { calls: 0, requests: 0, trips: 0 },
  ms: [],
});

function addTo(spread: Spread, count: number): void {
  spread.sum += count;
  spread.max = Math.max(spread.max, count);
}

/** Staff bring roles to be read, digits are looked up, and an empty list has to ask for its owner. */
function kindOf({ operation, input, answer }: NotedCall): string {
  const data = (answer.ok ? answer.data : {}) as { grants?: unknown[]; items?: unknown[] };
  if (operation === 'account.signIn' && data.grants?.length) return `${operation} (staff)`;
  if (operation === 'verification.use' && Object.hasOwn(input as object, 'digits'))
    return `${operation} (digits)`;
  return isList(operation) && data.items?.length === 0 ? `${operation} (empty)` : operation;
}

/** Lists are named so, e.g. `voucher.listMine`. */
export const isList = (kind: string): boolean => /^\w+\.list[A-Z]\w*$/.test(kind);
