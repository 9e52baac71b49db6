import { request } from 'node:http';

import { simulatorKeys } from '../../local/upstream/essc-gateway-simulator';
import { setUp, ZHANG_SAN } from './essc-setup';
import type { Setup } from './essc-setup';

let setup: Setup;

beforeEach(async () => {
  setup = await setUp();
});
afterEach(() => setup.simulator.close());

/** Sends a good start through `change`, as an attacker between the two would. */
async function statusOfChanged(change: (init: RequestInit & { headers: Record<string, string> }) => void) {
  const statuses: number[] = [];
  const changing: typeof fetch = async (url, init) => {
    const changed = { ...init, headers: { ...(init?.headers as Record<string, string>) } };
    change(changed);
    const response = await fetch(url, changed);
    statuses.push(response.status);
    return response;
  };
  const answer = await setup.gatewayWith({ edge: { fetch: changing } }).startSignIn({});
  return { statuses, answer };
}

describe('a call to the simulated gateway', () => {
  test.each<[string, (init: RequestInit & { headers: Record<string, string> }) => void]>([
    ['signature', init => (init.headers['_api_signature'] = '0'.repeat(64))],
    ['missing signature', init => delete init.headers['_api_signature']],
    ['body', init => (init.body = `${String(init.body)} `)],
    ['API name', init => (init.headers['_api_name'] = 'auth_encrypt')],
    ['version', init => (init.headers['_api_version'] = '2.0.0')],
    ['access key', init => (init.headers['_api_access_key'] = 'other')],
    ['time', init => (init.headers['_api_timestamp'] = 'NaN')],
  ])('with a forged %s is refused, and not repeated', async (_, change) => {
    const { statuses, answer } = await statusOfChanged(change);

    expect(statuses).toEqual([403]);
    expect(answer).toEqual({ ok: false, error: { code: 'gateway_unavailable' } });
    expect(setup.simulator.callCount()).toBe(0);
  });

  test('that is sent a second time word for word is refused', async () => {
    const sent: Parameters<typeof fetch>[] = [];
    const recording: typeof fetch = (url, init) => {
      sent.push([url, init]);
      return fetch(url, init);
    };
    await setup.gatewayWith({ edge: { fetch: recording } }).startSignIn({});

    const [url, init] = sent[0] ?? [''];
    const replayed = await fetch(url, { ...init, signal: null });

    expect(replayed.status).toBe(403);
  });

  test('that was signed more than five minutes ago is refused', async () => {
    const edge = { nowMs: () => setup.clock.nowMs - 5 * 60_000 - 1 };

    const answer = await setup.gatewayWith({ edge }).startSignIn({});

    expect(answer.ok).toBe(false);
    expect(setup.failures).toMatchObject([{ cause: 'http_status', httpStatus: 403 }]);
  });

  test('under other keys is refused', async () => {
    const { encryptionKeyHex, envelopeMacKeyHex, signatureKeyHex } = simulatorKeys();
    const otherKeys = { encryptionKeyHex, envelopeMacKeyHex, signatureKeyHex };

    const answer = await setup.gatewayWith({ config: { keys: otherKeys } }).startSignIn({});

    expect(answer.ok).toBe(false);
  });

  test('to an API that does not exist is refused', async () => {
    const apis = { startSignIn: 'no_such_api', exchangeAuthCode: 'auth_encrypt' };

    const answer = await setup.gatewayWith({ config: { apis } }).startSignIn({});

    expect(answer.ok).toBe(false);
    expect(setup.failures).toMatchObject([{ cause: 'http_status', httpStatus: 404 }]);
  });

  test('carries nothing personal in the clear, and neither does the answer', async () => {
    const seen: string[] = [];
    const listening: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      seen.push(JSON.stringify(init), await response.clone().text());
      return response;
    };
    const authCode = setup.simulator.authorise(ZHANG_SAN.idNumber);

    await setup.gatewayWith({ edge: { fetch: listening } }).exchangeAuthCode(authCode);

    expect(seen).toHaveLength(2);
    for (const text of seen) expect(text).not.toMatch(new RegExp(`${ZHANG_SAN.idNumber}|张三|${authCode}`));
  });
});

describe('the admin routes', () => {
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(setup.simulator.adminUrl + path, { method: 'POST', body: JSON.stringify(body), headers });

  test('add a person and authorise: the code signs the person in', async () => {
    const person = { name: '王五', idNumber: '110105194912310038', cityCode: '3702' };

    const added = await post('/persons', person);
    const { authCode } = (await (await post('/authorise', { idNumber: person.idNumber })).json()) as {
      authCode: string;
    };

    expect(added.status).toBe(200);
    expect(await setup.gatewayWith().exchangeAuthCode(authCode)).toEqual({
      ok: true,
      data: { ...person, cardValid: true },
    });
  });

  test.each<[string, unknown, number]>([
    ['/persons', { name: '王五' }, 400],
    ['/persons', { name: '王五', idNumber: '1', admin: true }, 400],
    ['/persons', null, 400],
    ['/authorise', {}, 400],
    ['/authorise', { idNumber: '370101199001011234' }, 404],
    ['/elsewhere', {}, 404],
  ])('%s refuses %p', async (path, body, status) => {
    expect((await post(path, body)).status).toBe(status);
  });

  test.each(['https://example.com', 'http://127.0.0.1:5173', 'null'])(
    'serve programs of this machine and no page of %s',
    async origin => {
      const person = { idNumber: ZHANG_SAN.idNumber };

      expect((await post('/authorise', person)).status).toBe(200);
      expect((await post('/authorise', person, { origin })).status).toBe(403);
    },
  );

  test('serve no name that an attacker lets point here', async () => {
    expect(await statusForHost('example.com')).toBe(403);
  });

  test('a person whom nobody added cannot be authorised', () => {
    expect(() => setup.simulator.authorise('370101199001011234')).toThrow('no such simulated person');
  });
});

/** fetch does not let a caller set Host, as a name that resolves to this machine would. */
const statusForHost = (host: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    request(`${setup.simulator.adminUrl}/authorise`, { method: 'POST', headers: { host } }, response => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end('{}');
  });
