import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { minusFen, type Fen } from '../../../miniprogram/contract/fen';
import type { PersonKey, VoucherId } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { BatchCommand, BatchStatus, BatchView } from '../../../miniprogram/contract/settlement';
import type { StepActor } from './actor';
import { checkState, unbatch, type Decision, type StepContext } from './decisions';
import { Lifecycle, refuseBy, type LifeEntry, type Move } from './lifecycle';
import { roleAt, type Actor } from './scope';
import type { Voucher } from './voucher';

/** Vouchers that one batch may hold. */
export const BATCH_ITEMS_MAX = 10_000;

/**
 * Life of a settlement batch: 初审 and 复审 by two people, payment by a third, then write-off. Notice 三(六). Filling it and
 * taking vouchers out change no state: the institution does so while it draws the batch up, the city while it reviews.
 */
const MOVES = {
  create: { from: 'none', to: 'draft', by: ['administrator'] },
  fill: { from: ['draft'], to: 'same', by: ['administrator'] },
  withdraw: { from: ['draft'], to: 'same', by: ['administrator'] },
  submit: { from: ['draft'], to: 'submitted', by: ['administrator'] },
  strike: { from: ['submitted', 'reviewed'], to: 'same', by: ['reviewer'] },
  review: { from: ['submitted'], to: 'reviewed', by: ['reviewer'] },
  approve: { from: ['reviewed'], to: 'approved', by: ['reviewer'] },
  return: { from: ['submitted', 'reviewed'], to: 'returned', by: ['reviewer'] },
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

/**
 * A settlement batch (结算批次). Its vouchers name it; it names none of them. `count` and `totalFen` are fixed at submission
 * and held against a recount before approval, payment and write-off.
 */
export interface Batch extends Omit<BatchView, 'history'> {
  /** Number of the bank transfer or voucher of payment. */
  paymentReference?: string;
  history: BatchStep[];
  removals: BatchRemoval[];
  version: number;
}

/** Steps after submission each need another person: who made it does not review it, who reviewed it does not pay it. */
export function checkAnotherPerson(
  history: readonly { by: { personKey?: PersonKey } }[],
  personKey: PersonKey,
): Result<undefined> {
  return history.some(step => step.by.personKey === personKey) ? fail('batch_same_person') : ok(undefined);
}

/** Count and sum of a batch. */
export interface BatchTotals {
  count: number;
  totalFen: Fen;
}

/** The stored totals against a recount of the vouchers. @returns batch_total_differs. */
export const checkTotals = (batch: BatchTotals, recount: BatchTotals): Result<undefined> =>
  recount.count === batch.count && recount.totalFen === batch.totalFen
    ? ok(undefined)
    : fail('batch_total_differs');

/** What was paid must be what was approved. @returns paid_amount_differs. */
export const checkPaid = ({ totalFen }: BatchTotals, paidFen: Fen): Result<undefined> =>
  paidFen === totalFen ? ok(undefined) : fail('paid_amount_differs', { totalFen });

/** @returns batch_full when so many more do not fit. */
export const checkRoom = (takenCount: number, newCount: number): Result<undefined> =>
  takenCount + newCount <= BATCH_ITEMS_MAX
    ? ok(undefined)
    : fail('batch_full', { itemsMax: BATCH_ITEMS_MAX, takenCount });

/**
 * Why a voucher cannot go into the batch. Order: this city's → this institution's → this project's → state.
 * @returns undefined when it can.
 */
export function refuseForBatch(
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
  return state.ok ? undefined : state.error.code;
}

/** What becomes of a batch and of the voucher that leaves it. */
export interface Removal {
  decision: Decision<'unbatch'>;
  batchChanges: Partial<Pick<Batch, 'count' | 'totalFen'>> & Pick<Batch, 'removals'>;
}

/**
 * Takes one voucher out: the institution while it draws the batch up, the city while it reviews it.
 * @returns voucher_not_in_batch; batch_not_draft for the institution, batch_not_submitted for the city.
 */
export function removeFromBatch(
  batch: Batch,
  voucher: Voucher | undefined,
  context: Omit<StepContext, 'by'> & { actor: Actor; reason: string },
): Result<Removal> {
  if (!voucher || !('batchId' in voucher) || voucher.batchId !== batch.id)
    return fail('voucher_not_in_batch');
  const by = removerOf(batch, context.actor);
  if (!by.ok) return by;
  const decision = unbatch(voucher, { ...context, by: by.data });
  if (!decision.ok) return decision;
  const { nowMs: atMs, requestId, reason } = context;
  const { id: voucherId, amountFen } = voucher;
  const removals = [...batch.removals, { voucherId, amountFen, atMs, by: by.data, requestId, reason }];
  return ok({ decision: decision.data, batchChanges: { ...totalsWithout(batch, amountFen), removals } });
}

/** Who may take something out in this state. */
function removerOf(batch: Batch, actor: Actor): Result<StepActor> {
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
