import { isList, type CallCost, type CallCosts } from '../stage/call-costs';

/** What calls may cost at most: requests to the database, and how many of them in turn. */
interface Budget {
  readonly requests: number;
  readonly trips: number;
}

/** By kind of call, retries of a lost race not included. */
const CALL_BUDGETS: Readonly<Record<string, Budget>> = {
  'account.signIn': { requests: 4, trips: 3 },
  'voucher.listMine': { requests: 2, trips: 1 },
  'voucher.claim': { requests: 3, trips: 2 },
  'voucher.showCode': { requests: 2, trips: 1 },
  'verification.use': { requests: 3, trips: 2 },
  'verification.use (digits)': { requests: 4, trips: 3 },
};
/** Every other list with rows. */
const LIST_BUDGET: Budget = { requests: 2, trips: 1 };
/** A voucher's whole life on the regular way; the trips of jobs, which nobody waits for, are left out. */
const LIFE_BUDGET: Budget = { requests: 15, trips: 9 };
/** The calls of that life, each made once. */
const LIFE = ['account.signIn', 'voucher.listMine', 'voucher.claim', 'voucher.showCode', 'verification.use'];
/** These begin the jobs that move used vouchers, and take their first step. */
const JOBS_OF_USED = ['settlement.importCodes', 'settlement.payBatch'];
/** A job costs something however few vouchers it moves, so the share of a voucher means something from here on. */
const LIFE_PEOPLE_MIN = 300;

export interface CallReport {
  /** The operation, with the way in brackets where it has several, e.g. `account.signIn (staff)`. */
  operation: string;
  mean: number;
  max: number;
  budget?: number;
  meanTrips: number;
  maxTrips: number;
  tripBudget?: number;
}

/** The mean cost of a voucher that is issued, claimed, used and settled. */
export interface LifeReport {
  requests: number;
  /** Those of them that are its share of the jobs. */
  jobRequests: number;
  trips: number;
  /** Absent where there are too few vouchers for a share. */
  budget?: number;
  tripBudget?: number;
}

const round = (value: number): number => Math.round(value * 100) / 100;

export const reportCalls = (costs: CallCosts): CallReport[] =>
  costs.all().map(([operation, { calls, requests, trips }]) => {
    const budget = CALL_BUDGETS[operation] ?? (isList(operation) ? LIST_BUDGET : undefined);
    return {
      operation,
      mean: round(requests.sum / calls),
      max: requests.max,
      meanTrips: round(trips.sum / calls),
      maxTrips: trips.max,
      ...(budget && { budget: budget.requests, tripBudget: budget.trips }),
    };
  });

export interface PlayedVouchers {
  issued: number;
  used: number;
  /** Requests of all runs of the timer, which carry on the jobs. */
  timerRequests: number;
}

export function reportLife(costs: CallCosts, { issued, used, timerRequests }: PlayedVouchers): LifeReport {
  const each = LIFE.map(kind => meanOf(costs.of(kind)));
  const requestsOf = (kind: string): number => costs.of(kind).accepted.requests;
  const jobRequests =
    requestsOf('voucher.issue') / Math.max(1, issued) +
    JOBS_OF_USED.reduce((sum, kind) => sum + requestsOf(kind), timerRequests) / Math.max(1, used);
  return {
    requests: round(each.reduce((sum, { requests }) => sum + requests, jobRequests)),
    jobRequests: round(jobRequests),
    trips: round(each.reduce((sum, { trips }) => sum + trips, 0)),
    ...(issued >= LIFE_PEOPLE_MIN && { budget: LIFE_BUDGET.requests, tripBudget: LIFE_BUDGET.trips }),
  };
}

function meanOf({ accepted: { calls, requests, trips } }: CallCost): Budget {
  return calls === 0 ? { requests: 0, trips: 0 } : { requests: requests / calls, trips: trips / calls };
}

/** What cost more than it may, as sentences. */
export function overspent(calls: readonly CallReport[], life: LifeReport): string[] {
  return [
    ...calls.flatMap(({ operation, max, budget, maxTrips, tripBudget }) => [
      ...over(`${operation} made`, max, { budget, what: 'database requests' }),
      ...over(`${operation} made`, maxTrips, { budget: tripBudget, what: 'trips to the database' }),
    ]),
    ...over('the life of a voucher takes', life.requests, { budget: life.budget, what: 'database requests' }),
    ...over('the life of a voucher takes', life.trips, {
      budget: life.tripBudget,
      what: 'trips to the database',
    }),
  ];
}

const over = (
  subject: string,
  count: number,
  { budget, what }: { budget: number | undefined; what: string },
): string[] =>
  budget !== undefined && count > budget ? [`${subject} ${count} ${what} instead of at most ${budget}`] : [];
