import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import type { CommandOf, Lifecycle, Move } from '../../cloudfunctions/shared/domain/lifecycle';
import { CLERK, NOW_MS } from './a-voucher';

/** What a test knows of a life by itself, written down a second time. */
interface LifeFacts<Status extends string, Command extends string> {
  statuses: readonly Status[];
  /** States that nothing leads out of. */
  final: readonly Status[];
  begin: Beginning<Status, Command> | readonly Beginning<Status, Command>[];
  /** Where each command leads from each state; from any other it is refused. */
  legal: Readonly<Record<Command, Partial<Record<Status, Status>>>>;
  refusalOf: (command: Command, status: Status) => { code: ErrorCode; data?: { status: Status } };
}

interface Beginning<Status, Command> {
  command: Command;
  status: Status;
}

const CONTEXT = { by: CLERK, nowMs: NOW_MS, requestId: 'request' };

/** Tests of every command in every state, and of the states as a whole. */
export function describeLife<Status extends string, Moves extends Readonly<Record<string, Move<Status>>>>(
  what: string,
  life: Lifecycle<Status, Moves>,
  { statuses, final, begin, legal, refusalOf }: LifeFacts<Status, CommandOf<Moves>>,
): void {
  const beginnings = [begin].flat();
  const commands = Object.keys(legal) as CommandOf<Moves>[];
  const pairs = commands.flatMap(command => statuses.map(status => [command, status] as const));
  /** Where commands lead on from a state; staying where one is does not count. */
  const waysOut = (status: Status): Status[] =>
    commands.flatMap(command => {
      const to = legal[command][status];
      return to === undefined || to === status ? [] : [to];
    });

  describe(`the life of a ${what}`, () => {
    it('has these commands', () => {
      expect(commands.sort()).toEqual(Object.keys(life.moves).sort());
    });

    it.each(pairs)(`%s of a ${what} that is %s`, (command, status) => {
      const to = legal[command][status];
      const before = { status, history: ['earlier'] };

      const moved = life.move(command, before, { ...CONTEXT, reason: 'why' });

      expect(life.allows(command, status)).toBe(to !== undefined);
      if (to === undefined) {
        const refusal = { ok: false, error: refusalOf(command, status) };
        expect(moved).toEqual(refusal);
        expect(life.check(command, status)).toEqual(refusal);
      } else {
        const entry = { command, from: status, to, atMs: NOW_MS, by: CLERK, requestId: 'request' };
        expect(life.check(command, status)).toEqual({ ok: true, data: undefined });
        expect(moved).toEqual({
          ok: true,
          data: { status: to, history: ['earlier', { ...entry, reason: 'why' }] },
        });
        expect(before.history).toEqual(['earlier']);
      }
    });

    it.each(commands)('%s says why only where there is a reason', command => {
      for (const status of statuses) {
        const moved = life.move(command, { status, history: [] }, CONTEXT);
        if (moved.ok) expect(moved.data.history.at(-1)).not.toHaveProperty('reason');
      }
    });

    it.each(commands)('begins by no other command than it should: %s', command => {
      const beginning = beginnings.find(one => one.command === command);
      if (beginning) {
        const { status } = beginning;
        const entry = { command, from: 'none', to: status, atMs: NOW_MS, by: CLERK };
        expect(life.begin(command, CONTEXT)).toEqual({
          status,
          history: [{ ...entry, requestId: 'request' }],
        });
      } else {
        expect(() => life.begin(command, CONTEXT)).toThrow(TypeError);
      }
    });

    it('reaches every state from its beginning', () => {
      const reached = new Set(beginnings.map(({ status }) => status));
      for (const status of reached) for (const to of waysOut(status)) reached.add(to);

      expect([...reached].sort()).toEqual([...statuses].sort());
    });

    it('has a way out of every state but the final ones', () => {
      expect(statuses.filter(status => waysOut(status).length === 0)).toEqual(final);
    });
  });
}
