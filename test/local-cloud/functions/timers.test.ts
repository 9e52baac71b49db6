import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FunctionConfig } from '../../../local/cloud/functions/function-config';
import { TimerRunningError, TimerSchedule } from '../../../local/cloud/functions/timer-schedule';
import { post, startTestCloud, stopTestCloud, type TestCloud } from '../cloud/test-cloud';

const NOW = `
  const loadedAtMs = Date.now();
  exports.main = async event => {
    if (event.sleepMs) await new Promise(resolve => setTimeout(resolve, event.sleepMs));
    return {
      event,
      loadedAtMs,
      nowMs: Date.now(),
      newMs: new Date().getTime(),
      text: Date(),
      fixed: new Date(2026, 0, 2).toISOString(),
      isDate: new Date() instanceof Date && new Date().constructor === Date,
    };
  };
`;
const SLOW = 'exports.main = () => new Promise(resolve => setTimeout(resolve, 300, "done"));';
const DAY_MS = 24 * 3600 * 1000;
const EVERY_SECOND = '* * * * * * *';

interface Now {
  event: { Time: string };
  loadedAtMs: number;
  nowMs: number;
  newMs: number;
  text: string;
  fixed: string;
  isDate: boolean;
}

let cloud: TestCloud;

beforeAll(async () => {
  const triggers = [{ name: 'night', type: 'timer', config: '0 0 2 * * * *' }];
  cloud = await startTestCloud({
    clock: { source: NOW },
    nightly: { source: NOW, config: { triggers } },
    slow: { source: SLOW, config: { triggers } },
    hidden: { source: SLOW, config: { callable: false } },
  });
});

afterAll(() => stopTestCloud(cloud));

describe("a timer's function", () => {
  it.each(['nightly', 'hidden'])('is refused to callers from outside: %s', async name => {
    const answer = await post(`${cloud.url}/functions/${name}`, '{"Type":"Timer"}', {
      'x-wx-openid': 'oAlice',
    });

    expect(answer).toMatchObject({ status: 403, answer: { errCode: -501008 } });
    await expect(cloud.callFunction(name, {})).rejects.toMatchObject({ errCode: -501008 });
  });

  it('is fired by hand with the token only', async () => {
    const url = `${cloud.url}/timers/nightly`;

    expect(await post(url, '')).toMatchObject({ status: 403 });
    expect(await post(url, '', { 'x-local-admin': 'guess' })).toMatchObject({ status: 403 });
    expect(await post(url, '', { 'x-local-admin': cloud.adminToken })).toMatchObject({
      status: 200,
      answer: { event: { Type: 'Timer', TriggerName: 'night' } },
    });
    expect(await post(`${url}?trigger=noon`, '', { 'x-local-admin': cloud.adminToken })).toMatchObject({
      status: 404,
    });
  });

  it('never runs twice at once', async () => {
    const first = cloud.fireTimer('slow');

    await expect(cloud.fireTimer('slow')).rejects.toThrow(TimerRunningError);
    expect((await first).result).toBe('done');
    expect((await cloud.fireTimer('slow')).result).toBe('done');
  });
});

describe('the schedule', () => {
  afterEach(() => jest.useRealTimers());
  const config = (expression: string): FunctionConfig => ({
    name: 'job',
    dir: '',
    timeoutMs: 1000,
    memoryMb: 128,
    envVariables: {},
    triggers: [{ name: 'tick', config: expression }],
    isCallable: false,
  });
  const answer = { resultText: 'null', requestId: '', databaseRequests: 0, databaseTrips: 0, durationMs: 0 };

  it("fires when the cloud's clock, in China's time, is due", async () => {
    const shiftMs = 30 * DAY_MS;
    // by the cloud's clock, 0.3 s before the trigger
    jest.useFakeTimers({ now: Date.parse('2026-03-01T01:59:59.700+08:00') - shiftMs });
    const fired: number[] = [];
    const getNowMs = (): number => Date.now() + shiftMs;
    const fire = async (): Promise<typeof answer> => {
      fired.push(getNowMs());
      return answer;
    };
    const schedule = new TimerSchedule({
      functions: [config('0 0 2 1 * * *')],
      mode: 'cron',
      getNowMs,
      fire,
    });

    await jest.advanceTimersByTimeAsync(299);
    expect(fired).toEqual([]);
    await jest.advanceTimersByTimeAsync(60_000);
    schedule.stop();

    expect(fired).toHaveLength(1);
    expect(new Date(fired[0] ?? 0).toISOString()).toBe('2026-02-28T18:00:00.000Z');
  });

  it('skips a due time while the timer still runs, and fires again afterwards', async () => {
    jest.useFakeTimers({ now: Date.parse('2026-03-01T00:00:00Z') });
    let running = 0;
    let runs = 0;
    const fire = async (): Promise<typeof answer> => {
      runs++;
      expect(++running).toBe(1);
      await new Promise(resolve => setTimeout(resolve, 1300));
      running--;
      return answer;
    };
    const schedule = new TimerSchedule({
      functions: [config(EVERY_SECOND)],
      mode: 'cron',
      getNowMs: Date.now,
      fire,
    });

    await jest.advanceTimersByTimeAsync(3100);
    schedule.stop();

    expect(runs).toBe(2);
  });
});

describe('the clock', () => {
  it('moves the present of functions, and nothing else', async () => {
    await cloud.setClockOffsetMs(10 * DAY_MS);

    const { result } = await cloud.callFunction('clock', {});

    const now = result as Now;
    const expectedMs = Date.now() + 10 * DAY_MS;
    for (const shown of [now.nowMs, now.newMs, Date.parse(now.text), now.loadedAtMs]) {
      expect(Math.abs(shown - expectedMs)).toBeLessThan(2000);
    }
    expect(now).toMatchObject({ fixed: new Date(2026, 0, 2).toISOString(), isDate: true });
  });

  it("reaches warm instances and the timer's event, and is kept on the disk", async () => {
    await cloud.setClockOffsetMs(20 * DAY_MS);

    const now = (await cloud.callFunction('clock', {})).result as Now;
    const fired = (await cloud.fireTimer('nightly')).result as Now;

    const expectedMs = Date.now() + 20 * DAY_MS;
    expect(Math.abs(now.nowMs - expectedMs)).toBeLessThan(2000);
    expect(Math.abs(Date.parse(fired.event.Time) - expectedMs)).toBeLessThan(2000);
    expect(JSON.parse(readFileSync(join(cloud.dir, 'data/clock.json'), 'utf8'))).toEqual({
      offsetMs: 20 * DAY_MS,
    });
  });

  it('is set over HTTP with the token only', async () => {
    const url = `${cloud.url}/clock`;

    expect(await post(url, '{"offsetMs":0}')).toMatchObject({ status: 403 });
    expect(await post(url, '{"offsetMs":0.5}', { 'x-local-admin': cloud.adminToken })).toMatchObject({
      status: 400,
    });
    expect(await post(url, '{"offsetMs":0}', { 'x-local-admin': cloud.adminToken })).toMatchObject({
      status: 200,
    });
    expect(cloud.clockOffsetMs).toBe(0);
  });
});
