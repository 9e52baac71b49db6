import type { PersonKey } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { BatchCommand } from '../../../miniprogram/contract/settlement';
import type { StepActor } from './actor';

// Duties are separated between persons, whatever roles one person has come to hold. Notice 三(六): 初审, 复审 and 拨付; that
// nobody decides on an institution of their own is this system's rule.

/** What tells who had a hand in something: its first step made it. */
export interface WithSteps {
  history: readonly { atMs: number; by: StepActor }[];
}

/** Somebody's role of administrator at one institution, as it was given and taken away. */
export interface Administration {
  active: boolean;
  history: readonly { command: 'grant' | 'revoke'; atMs: number }[];
}

/** The moment from which the role did not hold any more; Infinity while it does, and where nothing tells of its end. */
function endMs({ active, history }: Administration): number {
  const last = history.at(-1);
  return !active && last?.command === 'revoke' ? last.atMs : Infinity;
}

/**
 * Nobody decides on a class, a batch or a voucher of an institution that they administer, administered when it was made
 * or have administered since: taking the role away beforehand helps nobody.
 * @param administration theirs at its institution, if they ever had one.
 * @returns institution_is_own.
 */
export function checkNotOwn(
  { history }: WithSteps,
  personKey: PersonKey,
  administration: Administration | undefined,
): Result<undefined> {
  const madeAtMs = history[0]?.atMs ?? 0;
  const isOwn =
    (administration !== undefined && endMs(administration) >= madeAtMs) ||
    history.some(({ by }) => by.role === 'administrator' && by.personKey === personKey);
  return isOwn ? fail('institution_is_own') : ok(undefined);
}

/** What the city decides on a batch. `strike` takes a voucher out of it, `recall` returns what was approved and not paid. */
export type BatchDecision = 'review' | 'approve' | 'pay' | 'return' | 'recall' | 'strike';

/** A part in the life of a batch that one person has taken. */
type BatchPart = 'prepare' | 'strike' | 'review' | 'approve';

const PART_OF_COMMAND: Partial<Record<BatchCommand, BatchPart>> = {
  create: 'prepare',
  submit: 'prepare',
  review: 'review',
  approve: 'approve',
};

const OF_REVIEWERS: readonly BatchPart[] = ['prepare', 'strike', 'review', 'approve'];

/** The parts that keep a person from a decision. Who prepares may submit; both reviewers and the payer are three others. */
const APART: Record<BatchDecision, readonly BatchPart[]> = {
  strike: ['prepare'],
  review: ['prepare'],
  approve: ['prepare', 'review'],
  return: ['prepare'],
  pay: OF_REVIEWERS,
  recall: OF_REVIEWERS,
};

/** As far as it tells who did what. */
export interface BatchParts {
  history: readonly { command: BatchCommand; by: StepActor }[];
  removals: readonly { by: StepActor }[];
  fills?: readonly { by: StepActor }[];
}

function partsOf({ history, removals, fills = [] }: BatchParts, personKey: PersonKey): BatchPart[] {
  const isTheirs = ({ by }: { by: StepActor }): boolean => by.personKey === personKey;
  const removed = removals
    .filter(isTheirs)
    .map(({ by }) => (by.role === 'administrator' ? 'prepare' : 'strike'));
  return [
    ...fills.filter(isTheirs).map(() => 'prepare' as const),
    ...removed,
    ...history.filter(isTheirs).flatMap(({ command }) => PART_OF_COMMAND[command] ?? []),
  ];
}

/** @returns batch_same_person with the part that the person has taken and the decision that needs somebody else. */
export function checkOtherPerson(
  batch: BatchParts,
  decision: BatchDecision,
  personKey: PersonKey,
): Result<undefined> {
  const did = partsOf(batch, personKey).find(part => APART[decision].includes(part));
  return did === undefined ? ok(undefined) : fail('batch_same_person', { did, needs: decision });
}
