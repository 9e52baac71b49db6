/** What holds for every open interface: who asks, what is taken, how often. */
import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { signatureOf, stringToSign } from '../../../cloudfunctions/shared/runtime/signature';
import { CALLS_MAX, RATE_WINDOW_MS } from '../../../cloudfunctions/shared/store/api-clients';
import { callOpen, newNonce, seedClient, toRequest, type OpenClient } from '../../support/open-client';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { seedCity, seedHolding, type City } from '../voucher/seed';

const MINUTE_MS = 60_000;
const STATUS = 'getVoucherStatus';
/** Reckoned by hand with OpenSSL. */
const VECTOR = {
  bodyHash: '1f0f29aa74102a3aabf1c61b0c676b9bb3113ef68c0385d2e3b84ba6951f9d0a',
  signature: 'accffad397a57e2e9f75f5f5ad713ca815897182e51032fccde8b2c8f663a813',
};

let cloud: TestCloud;
let city: City;
let client: OpenClient;
let codes: string[];

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  const { voucherIds } = await seedHolding(cloud, city, { people: 2 });
  const held = (await cloud.documents('vouchers')).filter(({ _id }) => voucherIds.includes(_id));
  codes = held.map(({ code }) => String(code));
  client = await seedClient(cloud, { kind: 'city', cityCode: city.cityCode });
});
afterAll(() => cloud.stop());

const ask = (sent: Parameters<typeof callOpen>[3], by = client) =>
  callOpen(cloud, by, STATUS, { body: { voucherCodes: codes }, ...sent });
const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({ status, code }) as unknown,
});

describe('a signed call', () => {
  it('answers row by row in two requests at the same time, once the client is known', async () => {
    const body = { voucherCodes: [...codes, '123', codes[0]?.replace(/.$/, 'A') ?? ''] };
    await ask({ body });
    const answered = await ask({ body });

    expect(answered.status).toBe(200);
    expect(answered.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answered.body['rows']).toMatchObject([
      { row: 1, ok: true, voucherCode: codes[0], status: 'issued', statusName: '待领取' },
      { row: 2, ok: true, voucherCode: codes[1], status: 'issued' },
      { row: 3, ok: false, code: 'voucher_code_malformed', message: expect.stringMatching(/。$/) as unknown },
      { row: 4, ok: false, code: 'voucher_code_malformed' },
    ]);
    expect(answered).toMatchObject({ databaseRequests: 2, databaseTrips: 1 });
  });

  it('is the same by callFunction, which proves nothing by itself', async () => {
    const { headers, raw } = toRequest(cloud, client, STATUS, { body: { voucherCodes: codes } });
    const event = {
      path: `/openapi/${STATUS}`,
      httpMethod: 'POST',
      headers,
      body: raw,
      isBase64Encoded: false,
    };

    const { result } = await cloud.cloud.callFunction('openapi', event, { openid: 'o-1' });
    expect(result).toMatchObject({ statusCode: 200 });
    const forged = { ...event, headers: { ...headers, 'x-voucher-nonce': newNonce() } };
    const { result: refused } = await cloud.cloud.callFunction('openapi', forged, { openid: 'o-1' });
    expect(refused).toMatchObject({
      statusCode: 401,
      body: expect.stringContaining('signature_invalid') as unknown,
    });
  });

  it('takes a body that came as Base64, and a path without that of the function', async () => {
    const { headers, raw } = toRequest(cloud, client, STATUS, { body: { voucherCodes: codes } });
    const body = Buffer.from(raw).toString('base64');
    const event = { path: `/${STATUS}`, httpMethod: 'POST', headers, body, isBase64Encoded: true };

    expect((await cloud.cloud.callFunction('openapi', event)).result).toMatchObject({ statusCode: 200 });
  });
});

describe('the string to sign', () => {
  const request = {
    method: 'POST',
    path: '/openapi/getVoucherStatus',
    timeMs: '1700000000000',
    nonce: 'abcdefghijklmnop',
    body: Buffer.from('{"voucherCodes":["370120260000000001X"]}'),
  };

  it('is as the document shows it, to the byte', () => {
    expect(stringToSign(request)).toBe(
      'POST\n/openapi/getVoucherStatus\n1700000000000\nabcdefghijklmnop\n' + VECTOR.bodyHash,
    );
    expect(signatureOf(request, '00'.repeat(31) + '01')).toBe(VECTOR.signature);
  });
});

describe('a request that proves nothing is refused', () => {
  it.each(['x-voucher-client', 'x-voucher-key', 'x-voucher-time', 'x-voucher-nonce', 'x-voucher-signature'])(
    'without %s',
    async header => {
      expect(await ask({ headers: { [header]: undefined } })).toMatchObject(
        problem(401, 'signature_missing'),
      );
    },
  );

  it.each([
    ['another body', { signedBody: '{}' }],
    ['another time', { headers: { 'x-voucher-time': String(Date.now() + 1) } }],
    ['another nonce', { headers: { 'x-voucher-nonce': newNonce() } }],
    ['a key that there is not', { headers: { 'x-voucher-key': '7' } }],
    ['a client that there is not', { headers: { 'x-voucher-client': 'nobody' } }],
    ['another signature', { headers: { 'x-voucher-signature': '0'.repeat(64) } }],
  ])('signed for %s', async (_what, sent) => {
    expect(await ask(sent)).toMatchObject(problem(401, 'signature_invalid'));
  });

  it('signed with the key of another client', async () => {
    const other = await seedClient(cloud, { kind: 'city', cityCode: '3702' });
    expect(await ask({}, { ...client, secret: other.secret })).toMatchObject(
      problem(401, 'signature_invalid'),
    );
  });

  it.each([
    ['long ago', -5 * MINUTE_MS - 1_000, 401],
    ['almost too long ago', -5 * MINUTE_MS + 20_000, 200],
    ['almost too far ahead', 5 * MINUTE_MS - 20_000, 200],
    ['too far ahead', 5 * MINUTE_MS + 20_000, 401],
  ])('signed %s', async (_what, ms, status) => {
    const answered = await ask({ timeMs: cloud.nowMs() + ms });
    expect(answered.status).toBe(status);
    if (status === 401) expect(answered).toMatchObject(problem(401, 'request_time_out_of_range'));
  });

  it('with a query, which is not signed', async () => {
    expect(await ask({ query: '?a=1' })).toMatchObject(problem(422, 'invalid_input'));
  });
});

describe('a nonce', () => {
  it('counts once, also with another time or body', async () => {
    const nonce = newNonce();
    expect((await ask({ nonce })).status).toBe(200);
    expect(await ask({ nonce })).toMatchObject(problem(409, 'nonce_replayed'));
    expect(
      await ask({ nonce, timeMs: cloud.nowMs() + MINUTE_MS, body: { voucherCodes: ['1'] } }),
    ).toMatchObject(problem(409, 'nonce_replayed'));
  });

  it('is remembered until its request is too old, also when that was signed ahead', async () => {
    const nonce = newNonce();
    const timeMs = cloud.nowMs() + 4 * MINUTE_MS;
    expect((await ask({ nonce, timeMs })).status).toBe(200);
    await cloud.advanceClock(8 * MINUTE_MS);
    expect(await ask({ nonce, timeMs })).toMatchObject(problem(409, 'nonce_replayed'));
  });

  it('counts once of many at the same time', async () => {
    const nonce = newNonce();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask({ nonce })));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(7);
  });

  it("is another client's own affair", async () => {
    const other = await seedClient(cloud, { kind: 'city', cityCode: city.cityCode });
    const nonce = newNonce();
    expect((await ask({ nonce })).status).toBe(200);
    expect((await ask({ nonce }, other)).status).toBe(200);
  });
});

describe('the limit of calls', () => {
  /** As if the client had called so often, the first time so long ago. */
  const withCalls = async (count: number, sinceMs: number): Promise<OpenClient> => {
    const busy = await seedClient(cloud, { kind: 'city', cityCode: city.cityCode });
    const stamp = (ms: number) => `${Math.round(ms).toString(36).padStart(9, '0')}aaaaaaaa`;
    const first = cloud.nowMs() - sinceMs;
    const calls = Array.from({ length: count }, (_, at) => stamp(first + at));
    const nonces = calls.map(() => newNonce());
    await cloud.sdk().database().collection('apiClients').doc(busy.id).update({ calls, nonces });
    return busy;
  };

  it('refuses the next one and says when there is room again', async () => {
    const busy = await withCalls(CALLS_MAX, MINUTE_MS);
    const answered = await ask({}, busy);
    expect(answered).toMatchObject(problem(429, 'rate_limited'));
    const seconds = Number(answered.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan((RATE_WINDOW_MS - MINUTE_MS) / 1000 - 30);
    expect(seconds).toBeLessThanOrEqual((RATE_WINDOW_MS - MINUTE_MS) / 1000);
  });

  it('lets the last one in, and the next after the first is long enough ago', async () => {
    const almost = await withCalls(CALLS_MAX - 1, MINUTE_MS);
    expect((await ask({}, almost)).status).toBe(200);
    expect((await ask({}, almost)).status).toBe(429);
    await cloud.advanceClock(RATE_WINDOW_MS - MINUTE_MS + 1_000);
    expect((await ask({}, almost)).status).toBe(200);
  });

  it('keeps no more than it needs', async () => {
    const busy = await withCalls(CALLS_MAX, RATE_WINDOW_MS + MINUTE_MS);
    expect((await ask({}, busy)).status).toBe(200);
    const { data } = (await cloud.sdk().database().collection('apiClients').doc(busy.id).get()) as {
      data: { calls: string[]; nonces: string[] }[];
    };
    expect(data[0]?.calls).toHaveLength(CALLS_MAX);
    expect(data[0]?.nonces).toHaveLength(CALLS_MAX);
  });
});

describe('a client', () => {
  const set = (id: string, fields: object) =>
    cloud
      .sdk()
      .database()
      .collection('apiClients')
      .doc(id)
      .update({ ...fields, version: cloud.sdk().database().command.inc(1) });

  it('that is revoked is refused from the very next call on', async () => {
    const gone = await seedClient(cloud, { kind: 'city', cityCode: city.cityCode });
    expect((await ask({}, gone)).status).toBe(200);
    await set(gone.id, { revokedAtMs: cloud.nowMs() });
    expect(await ask({}, gone)).toMatchObject(problem(403, 'client_revoked'));
  });

  it('whose key was taken away or has run out is refused from the very next call on', async () => {
    const other = await seedClient(cloud, { kind: 'city', cityCode: city.cityCode });
    expect((await ask({}, other)).status).toBe(200);
    await set(other.id, { 'secrets.0.expiresAtMs': cloud.nowMs() + MINUTE_MS });
    expect((await ask({}, other)).status).toBe(200);
    await cloud.advanceClock(2 * MINUTE_MS);
    expect(await ask({}, other)).toMatchObject(problem(401, 'signature_invalid'));
  });

  it('without the scope is refused', async () => {
    const poor = await seedClient(cloud, {
      kind: 'city',
      cityCode: city.cityCode,
      scopes: ['listTemplates'],
    });
    expect(await ask({}, poor)).toMatchObject(problem(403, 'scope_missing'));
  });

  it('of another city or institution finds nothing', async () => {
    const clients = [
      await seedClient(cloud, { kind: 'city', cityCode: '3702' }),
      await seedClient(cloud, { kind: 'institution', cityCode: city.cityCode, institutionId: 'another' }),
    ];
    for (const foreign of clients) {
      const { body } = await ask({}, foreign);
      expect(body['rows']).toMatchObject([
        { code: 'voucher_code_unknown' },
        { code: 'voucher_code_unknown' },
      ]);
    }
  });
});

describe('a body that is not as it must be is refused', () => {
  it.each<[string, Parameters<typeof callOpen>[3], number, string]>([
    ['of another type', { headers: { 'content-type': 'text/plain' } }, 415, 'content_type_unsupported'],
    [
      'in another charset',
      { headers: { 'content-type': 'application/json; charset=gbk' } },
      415,
      'content_type_unsupported',
    ],
    [
      'compressed',
      { body: gzipSync(Buffer.alloc(50_000_000)), headers: { 'content-encoding': 'gzip' } },
      415,
      'content_encoding_unsupported',
    ],
    ['too large', { body: `{"a":"${'x'.repeat(100_000)}"}` }, 413, 'body_too_large'],
    ['empty', { body: '' }, 400, 'json_invalid'],
    ['no JSON', { body: '{"a":' }, 400, 'json_invalid'],
    ['JSON with comments', { body: '{/**/}' }, 400, 'json_invalid'],
    ['a list', { body: '[]' }, 400, 'json_invalid'],
    [
      'nested without end',
      { body: '{"a":' + '['.repeat(40_000) + ']'.repeat(40_000) + '}' },
      400,
      'json_invalid',
    ],
    ['with a key twice', { body: '{"voucherCodes":["1"],"voucherCodes":["2"]}' }, 400, 'json_key_repeated'],
    [
      'with a key twice, once escaped',
      { body: '{"voucherCodes":["1"],"voucher\\u0043odes":["2"]}' },
      400,
      'json_key_repeated',
    ],
    ['with an unknown field', { body: { voucherCodes: ['1'], extra: 1 } }, 422, 'invalid_input'],
    [
      'with a field that every object has',
      { body: '{"voucherCodes":["1"],"__proto__":{}}' },
      422,
      'invalid_input',
    ],
    [
      'with too many rows',
      { body: { voucherCodes: Array.from({ length: 1_001 }, () => '1') } },
      422,
      'rows_too_many',
    ],
    ['with no rows', { body: { voucherCodes: [] } }, 422, 'invalid_input'],
  ])('%s', async (_what, sent, status, code) => {
    expect(await ask(sent)).toMatchObject(problem(status, code));
  });

  it.each([
    ['extra', 'extra'],
    ['11010519491231002X', '?'],
    ['张三', '?'],
  ])('names an unknown field %s, unless what is there is no name', async (field, told) => {
    const { body } = await ask({ body: { voucherCodes: ['1'], [field]: 1 } });
    expect(body['data']).toEqual({ fields: [told] });
  });

  it('tells program and person what happened, and nothing else', async () => {
    const { headers, body } = await ask({ body: { voucherCodes: ['1'], extra: '11010519491231002X' } });
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(body).toEqual({
      type: '/openapi#invalid_input',
      title: '填写的内容有误或不完整。请检查后重新提交。',
      status: 422,
      code: 'invalid_input',
      retry: 'final',
      instance: expect.stringMatching(/^urn:request:/) as unknown,
      data: { fields: ['extra'] },
    });
  });
});

describe('an address', () => {
  it('that there is not, and another method, are refused', async () => {
    expect(await callOpen(cloud, client, `nothing-${randomUUID()}`)).toMatchObject(
      problem(404, 'interface_unknown'),
    );
    const answered = await callOpen(cloud, client, STATUS, { method: 'GET' });
    expect(answered).toMatchObject(problem(405, 'method_not_allowed'));
    expect(answered.headers.get('allow')).toBe('POST');
  });

  it('is no operation: an event of the mini-program is refused', async () => {
    const { result } = await cloud.cloud.callFunction('openapi', { operation: 'x' }, { openid: 'o-1' });
    expect(result).toMatchObject({ statusCode: 404 });
  });
});
