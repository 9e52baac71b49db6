import type {
  DeliveryFailure,
  DeliveryProblem,
  PlatformRefusal,
} from '../../../miniprogram/contract/platform';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { isFinal, type VoucherCommand, type VoucherStatus } from '../../../miniprogram/contract/vouchers';
import { concede, deliver, type Decision, type StepContext } from './decisions';
import type { ClosedDispute, Delivery, Dispute } from './delivery-notes';
import { statusAt, type HistoryEntry, type Voucher } from './voucher';

// The messages to the ministry's platform (部平台) are the entries of a voucher's history, in their order. There is no second
// list of them: a voucher notes how far the platform has been told, and the write that takes a step marks it.

/** An entry of the history that the platform is to be told of. */
export interface Message {
  position: number;
  entry: HistoryEntry;
}

/** What came of sending a message. */
export type Answer =
  | { kind: 'accepted'; code?: string }
  | { kind: 'refused'; reason: PlatformRefusal; platformCode?: string }
  | { kind: 'failed'; reason: DeliveryFailure };

/** What is written beside a step, or instead of one; undefined clears. */
export interface DeliveryNotes {
  delivery?: Delivery;
  undeliveredSinceMs?: number | undefined;
  relayAtMs?: number | undefined;
  stuckSinceMs?: number | undefined;
  dispute?: Dispute | undefined;
  closedDisputes?: ClosedDispute[];
  /** Of a voucher that had ended before it was made. */
  code?: string;
}

/** What the platform itself has brought about, or has never been asked for. */
const UNTOLD: readonly VoucherCommand[] = ['issue', 'deliver'];

const FIRST_PAUSE_MS = 5_000;
const PAUSE_MAX_MS = 30 * 60 * 1000;
/** From so many failed tries on a message counts as one that cannot be delivered; the tries go on. */
export const STUCK_ATTEMPTS = 4;
/** Longer than any try takes. Whoever was killed while sending is followed by another after it. */
export const HOLD_MS = 20_000;

const FRESH: Delivery = { nextPosition: 0, attempts: 0, heldUntilMs: 0 };

/** A new voucher of which the platform is to be told. */
export const toBeTold = (nowMs: number) => ({
  delivery: FRESH,
  undeliveredSinceMs: nowMs,
  relayAtMs: nowMs,
});

/** The same for every try, so that the platform knows a message that it has got already. */
export const messageIdOf = ({ id }: Pick<Voucher, 'id'>, { position }: Message): string =>
  `${id}:${position}`;

/** The message that comes next; undefined when the platform knows everything. */
export const nextMessage = ({
  history,
  delivery,
}: Pick<Voucher, 'history' | 'delivery'>): Message | undefined =>
  delivery && messageFrom(history, delivery.nextPosition);

function messageFrom(history: readonly HistoryEntry[], from: number): Message | undefined {
  const position = history.findIndex((entry, at) => at >= from && !UNTOLD.includes(entry.command));
  const entry = history[position];
  return entry && { position, entry };
}

/** A message that nobody may send before somebody has decided. */
export const isBlocked = ({ dispute }: Pick<Voucher, 'dispute'>): boolean => dispute !== undefined;

/** The state that a voucher is to have there with this step: one that was sent to be made has been made. */
export const statusThere = ({ to }: HistoryEntry): VoucherStatus => (to === 'making' ? 'issued' : to);

/** Half fixed, half random, doubling up to half an hour. @param random from 0 to 1. */
export function pauseAfter(attempts: number, random: number): number {
  const fullMs = Math.min(PAUSE_MAX_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round((fullMs * (1 + random)) / 2);
}

/** What becomes of a voucher with the answer to its next message. */
export interface Answered {
  /** The platform has made the voucher. */
  decision?: Decision<'deliver'>;
  notes: DeliveryNotes;
}

/**
 * Judges an answer by the voucher as it now is.
 * @returns undefined for a late answer: the message is not the next one any more, or somebody else is sending it.
 */
export function judgeAnswer(
  voucher: Voucher,
  message: Message,
  answer: Answer,
  context: { nowMs: number; random: number; token: string },
): Answered | undefined {
  const { delivery } = voucher;
  if (delivery?.heldBy !== context.token || nextMessage(voucher)?.position !== message.position)
    return undefined;
  switch (answer.kind) {
    case 'accepted':
      return accepted(voucher, message, answer.code, context);
    case 'refused': {
      const { kind, reason, platformCode } = answer;
      const problem = { kind, reason, ...(platformCode !== undefined && { platformCode }) } as const;
      return { notes: refusedNotes(voucher, delivery, message, problem, context.nowMs) };
    }
    case 'failed':
      return { notes: failedNotes(voucher, delivery, { kind: 'failed', reason: answer.reason }, context) };
  }
}

function accepted(
  voucher: Voucher,
  { position, entry }: Message,
  code: string | undefined,
  { nowMs, token }: { nowMs: number; token: string },
): Answered {
  const made =
    entry.command === 'order' && code !== undefined
      ? deliver(voucher, { by: { role: 'system' }, nowMs, requestId: `${token}-${position}`, code })
      : undefined;
  const decision = made?.ok ? made.data : undefined;
  const notes = notesFrom(voucher.history, position + 1, nowMs);
  if (decision) return { decision, notes };
  // Ended while it was being made: the platform learns of that next.
  return { notes: entry.command === 'order' && code !== undefined ? { ...notes, code } : notes };
}

/** What is left to tell from this place on. */
function notesFrom(history: readonly HistoryEntry[], nextPosition: number, nowMs: number): DeliveryNotes {
  const next = messageFrom(history, nextPosition);
  return {
    delivery: { ...FRESH, nextPosition },
    undeliveredSinceMs: next?.entry.atMs,
    relayAtMs: next && nowMs,
    stuckSinceMs: undefined,
    dispute: undefined,
  };
}

const refusedNotes = (
  { stuckSinceMs }: Voucher,
  { nextPosition, attempts }: Delivery,
  { position, entry: { command } }: Message,
  problem: Dispute['problem'],
  nowMs: number,
): DeliveryNotes => ({
  delivery: { nextPosition, attempts: attempts + 1, heldUntilMs: 0, problem },
  relayAtMs: undefined,
  stuckSinceMs: stuckSinceMs ?? nowMs,
  dispute: { position, command, problem, atMs: nowMs },
});

function failedNotes(
  { stuckSinceMs }: Voucher,
  { nextPosition, attempts: before }: Delivery,
  problem: DeliveryProblem,
  { nowMs, random }: { nowMs: number; random: number },
): DeliveryNotes {
  const attempts = before + 1;
  return {
    delivery: { nextPosition, attempts, heldUntilMs: 0, problem },
    relayAtMs: nowMs + pauseAfter(attempts, random),
    ...(attempts >= STUCK_ATTEMPTS && { stuckSinceMs: stuckSinceMs ?? nowMs }),
  };
}

/** Nothing is due: the platform knows everything, somebody has to decide, or the voucher was made here and is none of its. */
export function restNotes(voucher: Voucher): DeliveryNotes | undefined {
  if (isBlocked(voucher)) return { relayAtMs: undefined };
  return nextMessage(voucher) ? undefined : { relayAtMs: undefined, undeliveredSinceMs: undefined };
}

/** Sends the next message again at once, refused or failed. @returns voucher_not_undelivered. */
export function resend(voucher: Voucher, nowMs: number): Result<DeliveryNotes> {
  const { delivery, history } = voucher;
  if (!delivery || !nextMessage(voucher)) return fail('voucher_not_undelivered');
  return ok(notesFrom(history, delivery.nextPosition, nowMs));
}

/** What becomes of a voucher when the city accepts the platform's word. */
export interface Conceded {
  /** Absent when nothing can be changed here any more: the dispute is then noted as closed. */
  decision?: Decision<'concede'>;
  notes: DeliveryNotes;
}

/**
 * Accepts the platform's word on a step that it refused. A voucher that still lives ends, and the platform is told so, unless it
 * never made it; one that has ended here stays as it is. @returns voucher_not_disputed; voucher_in_batch.
 */
export function acceptRefusal(voucher: Voucher, context: StepContext): Result<Conceded> {
  const { dispute, history } = voucher;
  const { by, nowMs, requestId } = context;
  if (!dispute) return fail('voucher_not_disputed');
  if (isFinal(statusAt(voucher, nowMs))) {
    const closed = { ...dispute, closedAtMs: nowMs, by, requestId };
    const closedDisputes = [...(voucher.closedDisputes ?? []), closed];
    return ok({ notes: { ...notesFrom(history, history.length, nowMs), closedDisputes } });
  }
  const decision = concede(voucher, { ...context, refused: dispute.command });
  if (!decision.ok) return decision;
  const { next } = decision.data;
  // What lies between the refused step and this one the platform need not learn.
  const from = dispute.command === 'order' ? next.history.length : history.length;
  return ok({ decision: decision.data, notes: notesFrom(next.history, from, nowMs) });
}
