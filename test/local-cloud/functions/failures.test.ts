import type { PlatformError } from '../../../local/cloud/functions/platform-error';
import { post, startTestCloud, stopTestCloud, type TestCloud } from '../cloud/test-cloud';

const SLEEPER = `
  let calls = 0;
  exports.main = async event => {
    calls++;
    if (event.spin) for (;;);
    await new Promise(resolve => setTimeout(resolve, event.sleepMs ?? 0));
    return { calls, name: event.name };
  };
`;
const FAILING = `
  exports.main = async event => {
    if (event.how === 'throw') throw new RangeError('out of range');
    if (event.how === 'exit') process.exit(3);
    if (event.how === 'reject') { Promise.reject(new Error('nobody listens')); await new Promise(() => {}); }
    if (event.how === 'heap') { const kept = []; for (;;) kept.push(new Array(1000).fill(Math.random())); }
    if (event.how === 'buffers') {
      const kept = [];
      for (;;) { kept.push(Buffer.alloc(8 << 20, 1)); await new Promise(resolve => setTimeout(resolve, 1)); }
    }
    if (event.how === 'large') return 'x'.repeat(6 * 1024 * 1024);
    return 'alive';
  };
`;

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud(
    {
      sleeper: { source: SLEEPER, config: { timeout: 0.4 } },
      failing: { source: FAILING },
      broken: { source: 'throw new Error("does not load")' },
      empty: { source: 'exports.other = () => 1' },
      silent: { source: 'exports.main = () => {}' },
    },
    {
      instancesPerFunction: 2,
      cloudbaserc: { functions: [{ name: 'failing', timeout: 20, memorySize: 64 }] },
    },
  );
});

afterAll(() => stopTestCloud(cloud));

async function failureOf(call: Promise<unknown>): Promise<Partial<PlatformError>> {
  return call.then(
    () => ({}),
    (error: PlatformError) => ({
      errCode: error.errCode,
      message: error.message,
      httpStatus: error.httpStatus,
    }),
  );
}

describe('a call that overruns its time', () => {
  it('is answered -504003, whether it waits or computes', async () => {
    const waiting = await failureOf(cloud.callFunction('sleeper', { sleepMs: 5000 }));
    const computing = await failureOf(cloud.callFunction('sleeper', { spin: true }));

    expect(waiting).toMatchObject({ errCode: -504003, httpStatus: 504 });
    expect(computing).toMatchObject({ errCode: -504003 });
  });

  it('costs its instance, not the callers that wait behind it, and is never repeated', async () => {
    const overrunning = [1, 2].map(() => failureOf(cloud.callFunction('sleeper', { sleepMs: 5000 })));
    const queued = ['a', 'b', 'c', 'd'].map(name => cloud.callFunction('sleeper', { name }));

    expect(await Promise.all(overrunning)).toMatchObject([{ errCode: -504003 }, { errCode: -504003 }]);
    const answers = (await Promise.all(queued)).map(
      ({ result }) => result as { calls: number; name: string },
    );
    expect(answers.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'd']);
    expect(Math.max(...answers.map(({ calls }) => calls))).toBeLessThanOrEqual(4);
  });
});

describe('a call that fails', () => {
  it.each([
    ['throws', 'throw', /RangeError: out of range/],
    ['ends its process', 'exit', /exited with code 3/],
    ['leaves a rejection unhandled', 'reject', /nobody listens/],
    ['fills the heap', 'heap', /memory limit exceeded/],
    ['fills memory with buffers', 'buffers', /memory limit exceeded/],
    ['answers more than 6 MB', 'large', /too long/],
  ])('because it %s is answered -504002, and the next call is served', async (_, how, message) => {
    const failure = await failureOf(cloud.callFunction('failing', { how }));

    expect(failure).toMatchObject({
      errCode: -504002,
      httpStatus: 502,
      message: expect.stringMatching(message),
    });
    expect((await cloud.callFunction('failing', {})).result).toBe('alive');
  });

  it.each([
    ['broken', /does not load/],
    ['empty', /does not export a function named main/],
  ])('because its bundle is %s is answered -504002', async (name, message) => {
    expect(await failureOf(cloud.callFunction(name, {}))).toMatchObject({
      errCode: -504002,
      message: expect.stringMatching(message),
    });
  });
});

describe('the front', () => {
  it('answers each failure with its status and number', async () => {
    const at = (path: string, body: string): Promise<{ status: number; answer: unknown }> =>
      post(cloud.url + path, body);

    expect(await at('/functions/nobody', '{}')).toMatchObject({ status: 404, answer: { errCode: -501000 } });
    expect(await at('/functions/failing', '{"how":')).toMatchObject({
      status: 400,
      answer: { errCode: -501007 },
    });
    expect(await at('/functions/failing', '[1]')).toMatchObject({
      status: 400,
      answer: { errCode: -501007 },
    });
    expect(await at('/functions/failing', '{"how":"throw"}')).toMatchObject({
      status: 502,
      answer: { errCode: -504002 },
    });
    expect(await at('/functions/sleeper', '{"sleepMs":5000}')).toMatchObject({
      status: 504,
      answer: { errCode: -504003 },
    });
    expect(await at('/elsewhere', '{}')).toMatchObject({ status: 404 });
  });

  it('takes an event of 100 KB and refuses a larger one', async () => {
    const frame = JSON.stringify({ text: '' }).length;
    const event = (bytes: number): string => JSON.stringify({ text: 'x'.repeat(bytes - frame) });

    expect(await post(`${cloud.url}/functions/failing`, event(100 * 1024))).toMatchObject({
      status: 200,
      answer: 'alive',
    });
    for (const bytes of [100 * 1024 + 1, 3 * 1024 * 1024]) {
      expect(await post(`${cloud.url}/functions/failing`, event(bytes))).toMatchObject({
        status: 413,
        answer: { errCode: -501007 },
      });
    }
  });

  it('answers null for a function that returns nothing, and takes no body for no data', async () => {
    expect(await post(`${cloud.url}/functions/silent`, '')).toMatchObject({ status: 200, answer: null });
  });
});
