import { GRACE_DAYS_DEFAULT } from '../../../miniprogram/contract/templates';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import {
  isClassOver,
  type ClassCommand,
  type ClassFields,
  type ClassStatus,
  type ClassView,
} from '../../../miniprogram/contract/training';
import { dayOf, endOfDaysMs, startOfDayMs } from './calendar';
import type { NewJobOf } from './job';
import { isHeld } from './lease';
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
  /** The issue of vouchers that is being started: there is never another beside it. */
  issueOrder?: NewJobOf<'issue'> | undefined;
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
  ...(trainingClass.countyCode !== undefined && { countyCode: trainingClass.countyCode }),
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

/** When the last vouchers of a class are taken that ends at that moment: some whole days after the day of its end. */
export const usableUntilMs = (finishedAtMs: number, graceDays: number): number =>
  endOfDaysMs(finishedAtMs, graceDays + 1);

/** A class as far as it matters to a voucher that is presented at it. */
export type ClassAtScan = Pick<TrainingClass, 'status' | 'endsOn' | 'history' | 'usableUntilMs'>;

/**
 * Whether vouchers are taken at the class now: while it runs, and for some days after its end. The notice says nothing of
 * this: it is a rule of this system.
 * @returns class_not_running {when: before, or after with usableUntilMs}.
 */
export function checkTaking(trainingClass: ClassAtScan, nowMs: number): Result<undefined> {
  if (CLASS_LIFE.allows('finish', trainingClass.status)) return ok(undefined);
  if (!isClassOver(trainingClass.status)) return fail('class_not_running', { when: 'before' });
  const untilMs = trainingClass.usableUntilMs ?? usableUntilMs(endedAtMs(trainingClass), GRACE_DAYS_DEFAULT);
  return nowMs < untilMs
    ? ok(undefined)
    : fail('class_not_running', { when: 'after', usableUntilMs: untilMs });
}

/** Classes of the first version may lack the entry of their end. */
const endedAtMs = ({ endsOn, history }: ClassAtScan): number =>
  history.findLast(({ command }) => command === 'finish')?.atMs ??
  startOfDayMs(Date.parse(`${endsOn}T12:00:00+08:00`));

/** Whether a roster import other than this one is writing to the class. */
export const isImporting = (
  { rosterImport }: Pick<TrainingClass, 'rosterImport'>,
  nowMs: number,
  ownKey?: string,
): boolean =>
  rosterImport !== undefined && rosterImport.key !== ownKey && isHeld(rosterImport.untilMs, nowMs);
