import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { FEN_MAX, isFen, minusFen, type Fen } from '../../../miniprogram/contract/fen';
import type { VoucherId } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { BatchCommand, BatchStatus, BatchView } from '../../../miniprogram/contract/settlement';
import type { StepActor } from './actor';
import { dayOf } from './calendar';
import { checkState, unbatch, type Decision, type StepContext } from './decisions';
import { Lifecycle, refuseBy, type LifeEntry, type Move } from './lifecycle';
import { roleAt, type ActingPerson, type Actor } from './scope';
import { checkNotOwn, checkOtherPerson, type Administration } from './separation';
import type { Voucher } from './voucher';

/** Vouchers that one batch may hold. */
export const BATCH_ITEMS_MAX = 10_000;

/**
 * Life of a settlement batch: 初审 and 复审 by two people, payment by a third, then write-off. Notice 三(六). Filling it and
 * taking vouchers out change no state: the institution does so while it draws the batch up, the city while it reviews.
 * What was approved and could not be paid is returned as well: by the payer, who alone knows.
 */
const MOVES = {
  create: { from: 'none', to: 'draft', by: ['administrator'] },
  fill: { from: ['draft'], to: 'same', by: ['administrator'] },
  withdraw: { from: ['draft'], to: 'same', by: ['administrator'] },
  submit: { from: ['draft'], to: 'submitted', by: ['administrator'] },
  strike: { from: ['submitted', 'reviewed'], to: 'same', by: ['reviewer'] },
  review: { from: ['submitted'], to: 'reviewed', by: ['reviewer'] },
  approve: { from: ['reviewed'], to: 'approved', by: ['reviewer'] },
  return: { from: ['submitted', 'reviewed', 'approved'], to: 'returned', by: ['reviewer', 'payer'] },
  pay: { from: ['approved'], to: 'paid', by: ['payer'] },
  settle: { from: ['paid'], to: 'settled', by: ['system'] },
} as const satisfies Record<BatchCommand | 'fill' | 'withdraw' | 'strike', Move<BatchStatus>>;

export const BATCH_LIFE = new Lifecycle<BatchStatus, typeof MOVES>(
  MOVES,
  refuseBy({
    create: 'batch_not_draft',
    fill: 'batch_not_draft',
    withdraw: 'batch_not_draft',
    submit: 'batch_not_draft',
    strike: 'batch_not_submitted',
    review: 'batch_not_submitted',
    approve: 'batch_not_reviewed',
    return: 'batch_not_returnable',
    pay: 'batch_not_approved',
    settle: 'batch_not_approved',
  }),
);

export type BatchStep = LifeEntry<BatchCommand, BatchStatus>;

/** A voucher that was taken out after it had been put in: why the count is what it is. */
export interface BatchRemoval {
  voucherId: VoucherId;
  amountFen: Fen;
  atMs: number;
  by: StepActor;
  requestId: string;
  reason: string;
}

/** Who put vouchers in, once for each person, at the latest time: filling is no step of the history. */
export interface BatchFill {
  atMs: number;
  by: StepActor;
}

/**
 * A settlement batch (结算批次). Its vouchers name it; it names none of them. `count` and `totalFen` are fixed at submission
 * and held against a recount before approval, payment and write-off.
 */
export interface Batch extends Omit<BatchView, 'history' | 'fills'> {
  /** Number of the bank transfer or voucher of payment. */
  paymentReference?: string;
  /** {@link paymentKeyOf} of it: unique, so that no other batch of the city is paid by the same transfer. */
  paymentKey?: string;
  fills?: BatchFill[];
  history: BatchStep[];
  removals: BatchRemoval[];
  version: number;
}

/** The fills once this person has put vouchers in. */
export const withFill = ({ fills = [] }: Pick<Batch, 'fills'>, fill: BatchFill): BatchFill[] => [
  ...fills.filter(({ by }) => by.personKey !== fill.by.personKey),
  fill,
];

/**
 * Whose it is to send the batch back: the reviewers' until it is approved, then the payer's.
 * @returns batch_not_returnable for a reviewer and batch_not_approved for a payer whose turn it is not.
 */
export function returnerOf(batch: Batch, actor: Actor): Result<ActingPerson> {
  const role = BATCH_LIFE.allows('pay', batch.status) ? 'payer' : 'reviewer';
  const by = roleAt({ ...actor, grants: actor.grants.filter(grant => grant.role === role) }, batch);
  if (by) return ok(by);
  return fail(role === 'payer' ? 'batch_not_returnable' : 'batch_not_approved', { status: batch.status });
}

/** Count and sum of a batch. */
export interface BatchTotals {
  count: number;
  totalFen: Fen;
}

/** What its vouchers add up to: a number that need not be an amount any more. */
export interface Recount {
  count: number;
  totalFen: number;
  /** How many of them the ministry's platform has refused a step of: the batch waits for what becomes of them. */
  disputedCount: number;
}

/** What is fixed at submission. @returns batch_empty; batch_voucher_disputed; batch_total_too_large. */
export function toTotals({ count, totalFen, disputedCount }: Recount): Result<BatchTotals> {
  if (count === 0) return fail('batch_empty');
  const undisputed = checkUndisputed({ disputedCount });
  if (!undisputed.ok) return undisputed;
  return isFen(totalFen) ? ok({ count, totalFen }) : fail('batch_total_too_large', { totalMaxFen: FEN_MAX });
}

/** Nothing is paid for a voucher on which the ministry's platform has refused a step. @returns batch_voucher_disputed. */
const checkUndisputed = ({ disputedCount }: Pick<Recount, 'disputedCount'>): Result<undefined> =>
  disputedCount === 0 ? ok(undefined) : fail('batch_voucher_disputed', { count: disputedCount });

/** There must be something to review, approve or pay. @returns batch_empty. */
export const checkFilled = ({ count }: BatchTotals): Result<undefined> =>
  count > 0 ? ok(undefined) : fail('batch_empty', { underReview: true });

/** The stored totals against a recount of the vouchers. @returns batch_empty; batch_total_differs. */
export function checkTotals(batch: BatchTotals, recount: Omit<Recount, 'disputedCount'>): Result<undefined> {
  const filled = checkFilled(batch);
  if (!filled.ok) return filled;
  return recount.count === batch.count && recount.totalFen === batch.totalFen
    ? ok(undefined)
    : fail('batch_total_differs');
}

/** The same before money is promised or paid. @returns batch_empty; batch_total_differs; batch_voucher_disputed. */
export function checkPayable(batch: BatchTotals, recount: Recount): Result<undefined> {
  const totals = checkTotals(batch, recount);
  return totals.ok ? checkUndisputed(recount) : totals;
}

/** What was paid must be what was approved. @returns paid_amount_differs. */
export const checkPaid = ({ totalFen }: BatchTotals, paidFen: Fen): Result<undefined> =>
  paidFen === totalFen ? ok(undefined) : fail('paid_amount_differs', { totalFen });

/**
 * Money leaves between the day of the approval and today, as Beijing counts days.
 * @returns payment_day_out_of_range with both.
 */
export function checkPaidOn(
  { history }: Pick<Batch, 'history'>,
  paidOn: string,
  nowMs: number,
): Result<undefined> {
  const approval = history.findLast(({ command }) => command === 'approve');
  const approvedOn = approval === undefined ? '' : dayOf(approval.atMs);
  const today = dayOf(nowMs);
  return approvedOn <= paidOn && paidOn <= today
    ? ok(undefined)
    : fail('payment_day_out_of_range', { approvedOn, today });
}

/**
 * What makes two references of a city the same: neither case nor blanks, full width nor the kind of dash.
 * @returns undefined when nothing is left that could be read.
 */
export function paymentKeyOf(cityCode: Batch['cityCode'], reference: string): string | undefined {
  const normal = reference
    .normalize('NFKC')
    .replace(/[\s\p{C}]+/gu, '')
    .replace(/\p{Pd}/gu, '-')
    .toUpperCase();
  return normal === '' ? undefined : `${cityCode} ${normal}`;
}

/** @returns batch_full when so many more do not fit. */
export const checkRoom = (takenCount: number, newCount: number): Result<undefined> =>
  takenCount + newCount <= BATCH_ITEMS_MAX
    ? ok(undefined)
    : fail('batch_full', { itemsMax: BATCH_ITEMS_MAX, takenCount });

/**
 * Why a voucher cannot go into the batch. Order: this city's → this institution's → this project's → state → not disputed.
 * @returns undefined when it can.
 */
function refuseForBatch(
  voucher: Voucher,
  batch: Pick<Batch, 'cityCode' | 'institutionId' | 'projectId'>,
  nowMs: number,
): ErrorCode | undefined {
  if (voucher.cityCode !== batch.cityCode) return 'voucher_of_other_city';
  if (voucher.institutionId !== undefined && voucher.institutionId !== batch.institutionId) {
    return 'voucher_not_for_this_institution';
  }
  if (voucher.projectId !== batch.projectId) return 'voucher_of_other_project';
  const state = checkState('batch', voucher, nowMs);
  if (!state.ok) return state.error.code;
  return voucher.dispute ? 'voucher_disputed' : undefined;
}

/**
 * The same for one voucher after another, whose amounts add up: what would lead beyond the largest amount is refused.
 * @param sumFen of the vouchers that are in the batch already.
 */
export function refuserForBatch(
  batch: Pick<Batch, 'cityCode' | 'institutionId' | 'projectId'>,
  sumFen: number,
): (voucher: Voucher, nowMs: number) => ErrorCode | undefined {
  let leftFen = FEN_MAX - sumFen;
  return (voucher, nowMs) => {
    const code = refuseForBatch(voucher, batch, nowMs);
    if (code) return code;
    if (voucher.amountFen > leftFen) return 'batch_total_too_large';
    leftFen -= voucher.amountFen;
    return undefined;
  };
}

/** What becomes of a batch and of the voucher that leaves it. */
export interface Removal {
  decision: Decision<'unbatch'>;
  batchChanges: Partial<Pick<Batch, 'count' | 'totalFen'>> & Pick<Batch, 'removals'>;
}

/**
 * Takes one voucher out: the institution while it draws the batch up, the city while it reviews it.
 * @returns voucher_not_in_batch; batch_not_draft for the institution, batch_not_submitted for the city;
 * batch_same_person or institution_is_own for an officer who had a part in it.
 */
export function removeFromBatch(
  batch: Batch,
  voucher: Voucher | undefined,
  context: Omit<StepContext, 'by'> & {
    actor: Actor;
    reason: string;
    /** Of the actor at the batch's institution. */
    administration: Administration | undefined;
  },
): Result<Removal> {
  if (!voucher || !('batchId' in voucher) || voucher.batchId !== batch.id)
    return fail('voucher_not_in_batch');
  const by = removerOf(batch, context.actor);
  if (!by.ok) return by;
  const apart = checkStriker(batch, by.data, context.administration);
  if (!apart.ok) return apart;
  const decision = unbatch(voucher, { ...context, by: by.data });
  if (!decision.ok) return decision;
  const { nowMs: atMs, requestId, reason } = context;
  const { id: voucherId, amountFen } = voucher;
  const removals = [...batch.removals, { voucherId, amountFen, atMs, by: by.data, requestId, reason }];
  return ok({ decision: decision.data, batchChanges: { ...totalsWithout(batch, amountFen), removals } });
}

/** What the institution takes out of its own draft is no decision on it. */
function checkStriker(
  batch: Batch,
  { role, personKey }: ActingPerson,
  administration: Administration | undefined,
): Result<undefined> {
  if (role === 'administrator') return ok(undefined);
  const apart = checkOtherPerson(batch, 'strike', personKey);
  return apart.ok ? checkNotOwn(batch, personKey, administration) : apart;
}

/** Who may take something out in this state. */
function removerOf(batch: Batch, actor: Actor): Result<ActingPerson> {
  for (const command of ['withdraw', 'strike'] as const) {
    if (!BATCH_LIFE.allows(command, batch.status)) continue;
    const roles: readonly string[] = MOVES[command].by;
    const grants = actor.grants.filter(({ role }) => roles.includes(role));
    const by = roleAt({ ...actor, grants }, batch);
    if (by) return ok(by);
  }
  const isInstitution = actor.grants.some(grant => grant.role === 'administrator');
  return fail(isInstitution ? 'batch_not_draft' : 'batch_not_submitted', { status: batch.status });
}

/** Count and total are fixed from submission on, so they shrink with the batch; before, they are not set. */
const totalsWithout = ({ status, count, totalFen }: Batch, amountFen: Fen): Partial<BatchTotals> =>
  BATCH_LIFE.allows('fill', status) ? {} : { count: count - 1, totalFen: minusFen(totalFen, amountFen) };
