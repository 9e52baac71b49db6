import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';

import type { EsscFaults } from '../../local/upstream/essc-gateway-simulator';
import { setUp, ZHANG_SAN } from './essc-setup';
import type { Setup } from './essc-setup';

const UNAVAILABLE = { ok: false, error: { code: 'gateway_unavailable' } };
let setup: Setup;

beforeEach(async () => {
  setup = await setUp();
});
afterEach(() => setup.simulator.close());

const causes = (): string[] => setup.failures.map(failure => failure.cause);
const newCode = (): string => setup.simulator.authorise(ZHANG_SAN.idNumber);

describe('a start, which is harmless to repeat', () => {
  test.each<[string, EsscFaults]>([
    ['asked_to_repeat', { failNext: 2 }],
    ['asked_to_repeat', { status5xxNext: 2 }],
    ['connection_lost', { dropAfterProcessNext: 2 }],
    ['reply_malformed', { garbleNext: 2 }],
    ['reply_not_authentic', { garbleNext: 2, garbleWith: 'bad_mac' }],
    ['reply_not_authentic', { staleNext: 2 }],
  ])('succeeds at the third attempt after two times %s', async (cause, faults) => {
    setup.simulator.setFaults(faults);

    const started = await setup.gatewayWith().startSignIn({});

    expect(started.ok).toBe(true);
    expect(causes()).toEqual([cause, cause]);
  });

  test('gives up after three attempts', async () => {
    setup.simulator.setFaults({ status5xxNext: 9 });

    expect(await setup.gatewayWith().startSignIn({})).toEqual(UNAVAILABLE);
    expect(setup.simulator.callCount()).toBe(3);
  });

  test.each<[string, EsscFaults]>([
    ['reply_too_large', { garbleNext: 1, garbleWith: 'too_large' }],
    ['http_status', { garbleNext: 1, garbleWith: 'redirect' }],
  ])('is not repeated after %s, which a second try would not mend', async (cause, faults) => {
    setup.simulator.setFaults(faults);

    expect(await setup.gatewayWith().startSignIn({})).toEqual(UNAVAILABLE);
    expect(causes()).toEqual([cause]);
    expect(setup.simulator.callCount()).toBe(1);
  });
});

describe('an exchange, which uses the code up', () => {
  test.each<EsscFaults>([{ failNext: 2 }, { status5xxNext: 2 }])(
    'is repeated when the gateway did nothing: %p',
    async faults => {
      setup.simulator.setFaults(faults);

      expect(await setup.gatewayWith().exchangeAuthCode(newCode())).toMatchObject({ ok: true });
      expect(causes()).toEqual(['asked_to_repeat', 'asked_to_repeat']);
    },
  );

  test.each<[string, EsscFaults]>([
    ['connection_lost', { dropAfterProcessNext: 1 }],
    ['reply_malformed', { garbleNext: 1 }],
    ['reply_not_authentic', { garbleNext: 1, garbleWith: 'bad_mac' }],
    ['reply_not_authentic', { staleNext: 1 }],
    ['reply_too_large', { garbleNext: 1, garbleWith: 'too_large' }],
    ['http_status', { garbleNext: 1, garbleWith: 'redirect' }],
    ['timeout', { delayMs: 2_000 }],
  ])('is not repeated after %s: the code may be used up', async (cause, faults) => {
    setup.simulator.setFaults(faults);
    const config = cause === 'timeout' ? { attemptTimeoutMs: 200 } : {};

    expect(await setup.gatewayWith({ config }).exchangeAuthCode(newCode())).toEqual(UNAVAILABLE);
    expect(causes()).toEqual([cause]);
    expect(setup.simulator.callCount()).toBe(1);
  });

  test('is not repeated after a 5xx that nobody has promised to be harmless', async () => {
    setup.simulator.setFaults({ status5xxNext: 1 });
    const gateway = setup.gatewayWith({ config: { repeatable: { msgCodes: [], httpStatuses: [] } } });

    expect(await gateway.exchangeAuthCode(newCode())).toEqual(UNAVAILABLE);
    expect(setup.failures).toMatchObject([{ cause: 'gateway_failure', httpStatus: 503 }]);
  });

  test('is not repeated after a gateway failure that comes with HTTP 200', async () => {
    const failing: typeof fetch = () =>
      Promise.resolve(Response.json({ msgCode: 504, message: 'for 张三', requestId: 'r-1' }));

    expect(await setup.gatewayWith({ edge: { fetch: failing } }).exchangeAuthCode('any')).toEqual(
      UNAVAILABLE,
    );
    expect(setup.failures).toEqual([
      { apiName: 'auth_encrypt', cause: 'gateway_failure', repeat: 'if_harmless', requestId: 'r-1' },
    ]);
  });

  test('whose answer was lost is told as a failed sign-in when asked again', async () => {
    const gateway = setup.gatewayWith();
    const authCode = newCode();
    setup.simulator.setFaults({ dropAfterProcessNext: 1 });
    await gateway.exchangeAuthCode(authCode);

    expect(await gateway.exchangeAuthCode(authCode)).toEqual({
      ok: false,
      error: { code: 'sign_in_failed' },
    });
  });

  test('never takes the answer that another person got before', async () => {
    const gateway = setup.gatewayWith();
    setup.simulator.addPerson({ name: '李四', idNumber: '110105194912310038' });
    await gateway.exchangeAuthCode(newCode());
    setup.simulator.setFaults({ staleNext: 1 });

    const answer = await gateway.exchangeAuthCode(setup.simulator.authorise('110105194912310038'));

    expect(answer).toEqual(UNAVAILABLE);
  });

  test('is repeated when the connection was never made', async () => {
    const gateway = setup.gatewayWith({ url: `http://127.0.0.1:${await freePort()}/gateway` });

    expect(await gateway.exchangeAuthCode('any')).toEqual(UNAVAILABLE);
    expect(causes()).toEqual(['not_connected', 'not_connected', 'not_connected']);
  });
});

describe('the deadline', () => {
  const realClock = { nowMs: () => performance.timeOrigin + performance.now() };

  test('cuts an attempt short and leaves no time for another', async () => {
    setup.simulator.setFaults({ delayMs: 2000 });
    const startedAtMs = performance.now();
    const endsAtMs = realClock.nowMs() + 150;
    setup.clock.nowMs = realClock.nowMs();
    const edge = { ...realClock, deadlineMs: () => endsAtMs };

    const answer = await setup.gatewayWith({ edge, config: { attemptTimeoutMs: 4000 } }).startSignIn({});

    expect(answer).toEqual(UNAVAILABLE);
    expect(performance.now() - startedAtMs).toBeLessThan(1000);
    expect(setup.simulator.callCount()).toBe(1);
  });

  test('is not overrun by a pause', async () => {
    setup.simulator.setFaults({ status5xxNext: 9 });
    const edge = { deadlineMs: () => setup.clock.nowMs + 70 };

    expect(await setup.gatewayWith({ edge }).startSignIn({})).toEqual(UNAVAILABLE);
    expect(setup.simulator.callCount()).toBe(1);
  });

  test('that has passed sends nothing', async () => {
    const edge = { deadlineMs: () => setup.clock.nowMs };

    expect(await setup.gatewayWith({ edge }).exchangeAuthCode(newCode())).toEqual(UNAVAILABLE);
    expect(causes()).toEqual(['deadline_passed']);
    expect(setup.simulator.callCount()).toBe(0);
  });

  test('each attempt of a slow gateway ends by its own time-out', async () => {
    setup.simulator.setFaults({ delayMs: 1000 });

    expect(await setup.gatewayWith({ config: { attemptTimeoutMs: 100 } }).startSignIn({})).toEqual(
      UNAVAILABLE,
    );
    expect(causes()).toEqual(['timeout', 'timeout', 'timeout']);
  });
});

test('what is reported of a failure is neither personal nor secret', async () => {
  const faults: EsscFaults[] = [
    { failNext: 1 },
    { status5xxNext: 3 },
    { garbleNext: 1 },
    { dropAfterProcessNext: 1 },
  ];
  const authCodes = faults.map(newCode);
  for (const [index, fault] of faults.entries()) {
    setup.simulator.setFaults(fault);
    await setup.gatewayWith().exchangeAuthCode(authCodes[index] ?? '');
  }

  const reported = JSON.stringify(setup.failures);

  expect(setup.failures.length).toBeGreaterThan(4);
  expect(reported).toContain('"requestId"');
  for (const secret of [...Object.values(setup.keys), ...Object.values(ZHANG_SAN), ...authCodes]) {
    expect(reported).not.toContain(`"${secret}"`);
  }
});

/** A port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
