import { attempt } from '../../../cloudfunctions/shared/store/attempt';
import { inTurn } from '../../../cloudfunctions/timer/chores';

type Chore = Parameters<typeof inTurn>[1][string];

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  jest.spyOn(console, 'error').mockReturnValue();
});
afterEach(() => jest.useRealTimers());

const LIMIT_MS = 57_000;

const hangs: Chore = () => attempt(() => new Promise<never>(() => undefined));
const fails: Chore = () => Promise.reject(new Error('a fault of its own'));
const works: Chore = async () => 3;

async function outcomeOf(chores: Record<string, Chore>) {
  const done = inTurn(LIMIT_MS, chores).then(counts => ({ counts, atMs: Date.now() }));
  await jest.advanceTimersByTimeAsync(10 * LIMIT_MS);
  return done;
}

it('a chore that hangs or fails keeps no other from its turn, and is told of', async () => {
  const { counts } = await outcomeOf({ hangs, fails, works });

  expect(counts).toEqual({ works: 3 });
  expect(console.error).toHaveBeenCalledTimes(2);
});

it('ends in time though every chore hangs', async () => {
  const { atMs } = await outcomeOf({ one: hangs, two: hangs, three: hangs, four: hangs });

  expect(atMs).toBeLessThanOrEqual(LIMIT_MS);
});

it('leaves half of what is left to those behind, and all to the last', async () => {
  const ends: number[] = [];
  const notes: Chore = async endsMs => ends.push(endsMs);

  await outcomeOf({ one: notes, two: hangs, three: notes, four: notes });

  expect(ends[0]).toBe(LIMIT_MS / 2);
  expect(ends[2]).toBe(LIMIT_MS);
});
