import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { BatchCommand, BatchStatus } from '../../../miniprogram/contract/settlement';

/** Life of a settlement batch: 初审 and 复审 by two people, payment by a third, then write-off. Notice 三(六). */
export const BATCH_TRANSITIONS = {
  create: { from: [], to: 'draft', refusal: 'batch_not_draft' },
  submit: { from: ['draft'], to: 'submitted', refusal: 'batch_not_draft' },
  review: { from: ['submitted'], to: 'reviewed', refusal: 'batch_not_submitted' },
  approve: { from: ['reviewed'], to: 'approved', refusal: 'batch_not_reviewed' },
  pay: { from: ['approved'], to: 'paid', refusal: 'batch_not_approved' },
  settle: { from: ['paid'], to: 'settled', refusal: 'batch_not_approved' },
  return: { from: ['submitted', 'reviewed'], to: 'returned', refusal: 'batch_not_returnable' },
} as const satisfies Record<
  BatchCommand,
  { from: readonly BatchStatus[]; to: BatchStatus; refusal: ErrorCode }
>;

/** @returns the state that the command leads to, or the refusal that says which state it needs. */
export function moveBatch(command: BatchCommand, status: BatchStatus): Result<BatchStatus> {
  const { from, to, refusal } = BATCH_TRANSITIONS[command];
  return (from as readonly BatchStatus[]).includes(status) ? ok(to) : fail(refusal, { status });
}

/** Steps after submission each need another person: who made it does not review it, who reviewed it does not pay it. */
export function checkAnotherPerson(
  history: readonly { by: { personKey?: string } }[],
  personKey: string,
): Result<undefined> {
  return history.some(step => step.by.personKey === personKey) ? fail('batch_same_person') : ok(undefined);
}
