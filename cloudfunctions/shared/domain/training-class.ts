import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type {
  ClassCommand,
  ClassFields,
  ClassStatus,
  ClassView,
} from '../../../miniprogram/contract/training';
import { dayOf } from './calendar';
import { Lifecycle, refuseBy, type LifeEntry, type Move } from './lifecycle';
import type { ClassOfUse } from './voucher';

/** Life of a class: the opening review (开班审核) comes before any voucher. Notice 三(三). */
const MOVES = {
  create: { from: 'none', to: 'draft', by: ['administrator'] },
  amend: { from: ['draft', 'returned'], to: 'same', by: ['administrator'] },
  note: { from: ['draft', 'submitted', 'returned'], to: 'same', by: ['administrator'] },
  submit: { from: ['draft', 'returned'], to: 'submitted', by: ['administrator'] },
  approve: { from: ['submitted'], to: 'approved', by: ['clerk'] },
  return: { from: ['submitted'], to: 'returned', by: ['clerk'] },
  start: { from: ['approved'], to: 'running', by: ['administrator'] },
  finish: { from: ['running'], to: 'finished', by: ['administrator'] },
} as const satisfies Record<ClassCommand, Move<ClassStatus>>;

const REFUSALS = {
  create: 'class_not_editable',
  amend: 'class_not_editable',
  note: 'class_not_editable',
  submit: 'class_not_editable',
  approve: 'class_not_submitted',
  return: 'class_not_submitted',
  start: 'class_not_approved',
  finish: 'class_not_running',
} as const satisfies Record<keyof typeof MOVES, ErrorCode>;

export const CLASS_LIFE = new Lifecycle<ClassStatus, typeof MOVES>(MOVES, refuseBy(REFUSALS));

/** One run of a course (班期). */
export interface TrainingClass extends Omit<ClassView, 'returnReason'> {
  /** The roster import that is under way, at most until that time: nobody hands the class in or imports beside it. */
  rosterImport?: { key: string; untilMs: number } | undefined;
  history: LifeEntry<ClassCommand, ClassStatus>[];
  version: number;
}

/** What a voucher keeps of the class that it is used at. */
export const toClassOfUse = (trainingClass: TrainingClass): ClassOfUse => ({
  classId: trainingClass.id,
  className: trainingClass.name,
  place: trainingClass.place,
  startsOn: trainingClass.startsOn,
  institutionId: trainingClass.institutionId,
  institutionName: trainingClass.institutionName,
});

/** Days written YYYY-MM-DD sort as texts. @returns class_days_contradictory. */
export const checkDays = ({
  startsOn,
  endsOn,
}: Pick<ClassFields, 'startsOn' | 'endsOn'>): Result<undefined> =>
  startsOn <= endsOn ? ok(undefined) : fail('class_days_contradictory');

/** @returns class_not_yet_over before the last day. */
export const checkOver = ({ endsOn }: Pick<ClassFields, 'endsOn'>, nowMs: number): Result<undefined> =>
  dayOf(nowMs) >= endsOn ? ok(undefined) : fail('class_not_yet_over', { endsOn });

/** Whether a roster import other than this one is writing to the class. */
export const isImporting = (
  { rosterImport }: Pick<TrainingClass, 'rosterImport'>,
  nowMs: number,
  ownKey?: string,
): boolean => rosterImport !== undefined && rosterImport.key !== ownKey && nowMs < rosterImport.untilMs;
