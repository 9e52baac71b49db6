import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { ClassStatus } from '../../../miniprogram/contract/training';

export type ClassCommand = 'create' | 'submit' | 'approve' | 'return' | 'start' | 'finish';

/** Life of a class: the opening review (开班审核) comes before any voucher. Notice 三(三). */
export const CLASS_TRANSITIONS = {
  create: { from: [], to: 'draft', refusal: 'class_not_editable' },
  submit: { from: ['draft', 'returned'], to: 'submitted', refusal: 'class_not_editable' },
  approve: { from: ['submitted'], to: 'approved', refusal: 'class_not_submitted' },
  return: { from: ['submitted'], to: 'returned', refusal: 'class_not_submitted' },
  start: { from: ['approved'], to: 'running', refusal: 'class_not_approved' },
  finish: { from: ['running'], to: 'finished', refusal: 'class_not_running' },
} as const satisfies Record<
  ClassCommand,
  { from: readonly ClassStatus[]; to: ClassStatus; refusal: ErrorCode }
>;

/** @returns the state that the command leads to, or the refusal that says which state it needs. */
export function moveClass(command: ClassCommand, status: ClassStatus): Result<ClassStatus> {
  const { from, to, refusal } = CLASS_TRANSITIONS[command];
  return (from as readonly ClassStatus[]).includes(status) ? ok(to) : fail(refusal, { status });
}

/** Fields and roster may change only before the city looks at them. */
export const isClassEditable = (status: ClassStatus): boolean => status === 'draft' || status === 'returned';

/** Vouchers may be made for it: its opening review has passed and it is not over. */
export const isClassOpen = (status: ClassStatus): boolean => status === 'approved' || status === 'running';
