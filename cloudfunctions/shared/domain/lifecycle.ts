import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { fail, ok, type Refusal, type Result } from '../../../miniprogram/contract/result';
import type { StepRole } from '../../../miniprogram/contract/vouchers';
import type { StepActor } from './actor';

/** One legal move: from which states, to which (`same` stays where it is), and who may make it. */
export interface Move<Status extends string> {
  from: readonly Status[] | 'none';
  to: Status | 'same';
  by: readonly StepRole[];
}

type Table<Status extends string> = Readonly<Record<string, Move<Status>>>;

/** One line of a history: appended by the write that makes the move, never changed afterwards. */
export interface LifeEntry<Command extends string, Status extends string> {
  command: Command;
  from: Status | 'none';
  to: Status;
  atMs: number;
  by: StepActor;
  /** The request, or the job, that asked for it. */
  requestId: string;
  reason?: string;
}

/** Who makes a move, when, under which request or job, and why. */
export interface MoveContext {
  by: StepActor;
  nowMs: number;
  requestId: string;
  reason?: string;
}

/** What a move reads and writes in its document. */
export interface Living<Status extends string, Entry> {
  status: Status;
  history: readonly Entry[];
}

/**
 * The life of one kind of document, made from the table of its legal moves. Nothing else compares statuses.
 * @param refuse what is said when a command may not be taken from a state.
 */
export class Lifecycle<Status extends string, Moves extends Table<Status>> {
  constructor(
    readonly moves: Moves,
    private readonly refuse: (command: CommandOf<Moves>, status: Status) => Refusal,
  ) {}

  /** Whether the command may be taken from this state. */
  allows(command: CommandOf<Moves>, status: Status): boolean {
    const { from } = this.moveOf(command);
    return from !== 'none' && from.includes(status);
  }

  /** @returns the refusal when the command may not be taken from this state. */
  check(command: CommandOf<Moves>, status: Status): Result<undefined> {
    if (this.allows(command, status)) return ok(undefined);
    return { ok: false, error: this.refuse(command, status) };
  }

  /** The state and history of a new document. */
  begin<Command extends CommandOf<Moves>>(
    command: Command,
    { by, nowMs, requestId }: MoveContext,
  ): { status: Status; history: LifeEntry<Command, Status>[] } {
    const { from, to } = this.moveOf(command);
    if (from !== 'none' || to === 'same') throw new TypeError(`${command} begins nothing`);
    return { status: to, history: [{ command, from, to, atMs: nowMs, by, requestId }] };
  }

  /** @returns the new state and history, or the refusal of {@link check}. */
  move<Command extends CommandOf<Moves>, Entry>(
    command: Command,
    { status: from, history }: Living<Status, Entry>,
    { by, nowMs, requestId, reason }: MoveContext,
  ): Result<{ status: Status; history: (Entry | LifeEntry<Command, Status>)[] }> {
    const allowed = this.check(command, from);
    if (!allowed.ok) return allowed;
    const move = this.moveOf(command);
    const status = move.to === 'same' ? from : move.to;
    const entry = { command, from, to: status, atMs: nowMs, by, requestId };
    return ok({ status, history: [...history, { ...entry, ...(reason !== undefined && { reason }) }] });
  }

  private moveOf(command: CommandOf<Moves>): Move<Status> {
    return this.moves[command] as Move<Status>;
  }
}

export type CommandOf<Moves> = keyof Moves & string;

/** Which state each command needs, as one code a command; the present state goes with it. */
export const refuseBy =
  <Command extends string>(codes: Readonly<Record<Command, ErrorCode>>) =>
  (command: Command, status: string): Refusal =>
    fail(codes[command], { status }).error;
