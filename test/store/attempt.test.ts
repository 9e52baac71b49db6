import {
  attempt,
  StoreUnavailable,
  waitAtMost,
  withDeadline,
} from '../../cloudfunctions/shared/store/attempt';

beforeEach(() => jest.useFakeTimers({ now: 0 }));
afterEach(() => jest.useRealTimers());

const never = () => new Promise<never>(() => undefined);

/** What becomes of it, and when, on a clock that runs as fast as it can. */
async function outcomeOf(work: Promise<unknown>): Promise<{ outcome: unknown; atMs: number }> {
  const settled = work
    .then(
      value => value,
      (error: unknown) => error,
    )
    .then(outcome => ({ outcome, atMs: Date.now() }));
  await jest.advanceTimersByTimeAsync(10 * 60 * 1000);
  return settled;
}

/** A request that hangs as often as asked, and then succeeds. */
function hangingFirst(times: number) {
  const startedMs: number[] = [];
  const request = (): Promise<string> => {
    startedMs.push(Date.now());
    return startedMs.length > times ? Promise.resolve('done') : never();
  };
  return { request, startedMs };
}

it.each([300, 2_000, 7_000, 18_500])('a database that hangs is given up by the deadline: %d ms', async ms => {
  const { request } = hangingFirst(99);

  const { outcome, atMs } = await outcomeOf(withDeadline(ms, () => attempt(request)));

  expect(outcome).toBeInstanceOf(StoreUnavailable);
  expect(atMs).toBeLessThanOrEqual(ms);
});

it('one try waits no longer than it may, so that there is time for another', async () => {
  const { request, startedMs } = hangingFirst(2);

  const { outcome } = await outcomeOf(withDeadline(18_500, () => attempt(request)));

  expect(outcome).toBe('done');
  expect(startedMs).toHaveLength(3);
  expect(startedMs[1]).toBeGreaterThanOrEqual(5_000);
  expect(startedMs[1]).toBeLessThan(5_200);
});

it('work within work has the time of the shorter of the two', async () => {
  const inner = withDeadline(9_000, () => withDeadline(60_000, () => attempt(never)));

  expect((await outcomeOf(inner)).atMs).toBeLessThanOrEqual(9_000);
});

it('without a deadline it ends after a few tries', async () => {
  expect((await outcomeOf(attempt(never))).outcome).toBeInstanceOf(StoreUnavailable);
});

it('a try that fails after it was given up troubles nobody', async () => {
  let fail = (): void => undefined;
  const request = () => new Promise<never>((_, reject) => (fail = () => reject(new Error('too late'))));

  const { outcome } = await outcomeOf(withDeadline(1_000, () => attempt(request)));
  fail();

  expect(outcome).toBeInstanceOf(StoreUnavailable);
});

it('tells other work how long it may wait', async () => {
  expect(waitAtMost(700)).toBe(700);
  expect(await withDeadline(400, async () => waitAtMost(700))).toBe(400);
  expect(await withDeadline(-1, async () => waitAtMost(700))).toBe(0);
});

it.each(['ECONNRESET', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETDOWN', 'ERR_SOCKET_TIMEOUT', 429, 502, 'SYS_ERR'])(
  'what passes is tried again, and then told of as being busy: %s',
  async code => {
    const request = jest.fn(() => Promise.reject(Object.assign(new Error('trouble'), { code })));

    const { outcome } = await outcomeOf(attempt(request));

    expect(outcome).toBeInstanceOf(StoreUnavailable);
    expect(request).toHaveBeenCalledTimes(5);
  },
);

it.each(['INVALID_PARAM', 'DATABASE_PERMISSION_DENIED', 403])(
  'a mistake is not tried again: %s',
  async code => {
    const mistake = Object.assign(new Error('mistake'), { code });
    const request = jest.fn(() => Promise.reject(mistake));

    expect((await outcomeOf(attempt(request))).outcome).toBe(mistake);
    expect(request).toHaveBeenCalledTimes(1);
  },
);
