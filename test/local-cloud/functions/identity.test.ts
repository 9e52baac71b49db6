import { startTestCloud, stopTestCloud, type TestCloud } from '../cloud/test-cloud';

/** Answers the three ways in which a function can learn who calls; only the first is right on a warm instance. */
const WHOAMI = `
  const tcb = require('@cloudbase/node-sdk');
  const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
  let running = 0;
  let overlaps = 0;
  const instance = String(Math.random());
  exports.main = async (event, context) => {
    if (++running > 1) overlaps++;
    await new Promise(resolve => setTimeout(resolve, event.sleepMs ?? 1));
    running--;
    const environment = JSON.parse(context.environment);
    return {
      fromContext: environment.WX_OPENID ?? null,
      fromEnviron: /WX_OPENID=([^;]*)/.exec(context.environ)?.[1] ?? null,
      fromProcess: process.env.WX_OPENID ?? null,
      fromSdk: app.auth().getUserInfo().openId || null,
      trigger: environment.TRIGGER_SRC ?? null,
      source: environment.TCB_SOURCE ?? null,
      userInfo: event.userInfo ?? null,
      event,
      limits: [context.memory_limit_in_mb, context.time_limit_in_ms],
      functionName: context.function_name,
      instance,
      overlaps,
    };
  };
`;

interface Whoami {
  fromContext: string | null;
  fromEnviron: string | null;
  fromProcess: string | null;
  fromSdk: string | null;
  trigger: string | null;
  source: string | null;
  userInfo: { openId: string } | null;
  event: Record<string, unknown>;
  limits: number[];
  functionName: string;
  instance: string;
  overlaps: number;
}

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud(
    {
      whoami: { source: WHOAMI },
      nightly: {
        source: WHOAMI,
        config: { callable: true, triggers: [{ name: 'night', type: 'timer', config: '0 0 2 * * * *' }] },
      },
    },
    { instancesPerFunction: 3 },
  );
});

afterAll(() => stopTestCloud(cloud));

async function whoami(openid?: string, event: object = {}): Promise<Whoami> {
  const { result } = await cloud.callFunction('whoami', event, openid === undefined ? {} : { openid });
  return result as Whoami;
}

describe('identity', () => {
  it("is the caller's, in the context, in the event and in the process's environment", async () => {
    const answer = await whoami('oAlice');

    expect(answer).toMatchObject({
      fromContext: 'oAlice',
      fromEnviron: 'oAlice',
      fromProcess: 'oAlice',
      fromSdk: 'oAlice',
    });
    expect(answer.userInfo).toMatchObject({ openId: 'oAlice' });
    expect(answer.source).toBe('wx_client');
  });

  it('is absent from the context of a call without a user, though the warm instance still shows the previous one', async () => {
    await whoami('oAlice');

    const answer = await whoami();

    expect(answer).toMatchObject({ fromContext: null, fromEnviron: null, userInfo: null });
    expect(answer).toMatchObject({ fromProcess: 'oAlice', fromSdk: 'oAlice' });
  });

  it('cannot be claimed in the event', async () => {
    const answer = await whoami('oMallory', { userInfo: { openId: 'oAlice' } });

    expect(answer.userInfo).toMatchObject({ openId: 'oMallory' });
    expect(answer.fromContext).toBe('oMallory');
  });

  it('never leaks between many callers on few warm instances', async () => {
    const openids = Array.from({ length: 60 }, (_, index) => `o${index}`);

    const answers = await Promise.all(openids.map(openid => whoami(openid)));

    expect(answers.map(answer => answer.fromContext)).toEqual(openids);
    expect(answers.map(answer => answer.userInfo?.openId)).toEqual(openids);
  });

  it('is absent from a timer, whose event says what fired it', async () => {
    await cloud.callFunction('nightly', {}, { openid: 'oAlice' });

    const answer = (await cloud.fireTimer('nightly')).result as Whoami;

    expect(answer).toMatchObject({
      fromContext: null,
      trigger: 'timer',
      userInfo: null,
      fromProcess: 'oAlice',
    });
    expect(answer.event).toMatchObject({ Type: 'Timer', TriggerName: 'night', Message: '' });
  });
});

describe('an instance', () => {
  it('runs one call at a time, and no more instances than allowed stay warm', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, () => whoami('oAlice', { sleepMs: 5 })));

    expect(answers.every(answer => answer.overlaps === 0)).toBe(true);
    expect(new Set(answers.map(answer => answer.instance)).size).toBe(3);
    expect(answers.map(answer => answer.instance)).toContain((await whoami()).instance);
  });

  it('knows its name and limits', async () => {
    expect(await whoami()).toMatchObject({ functionName: 'whoami', limits: [256, 5000] });
  });
});
