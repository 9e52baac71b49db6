/** CloudBase's HTTP access: requests become events of functions, their results become responses. */
import { request, type IncomingHttpHeaders } from 'node:http';
import { startTestCloud, stopTestCloud, type TestCloud } from './test-cloud';

const PAGE = 'https://office.example.com';
const ECHO = 'exports.main = event => ({ event });';
const ANSWER = `exports.main = ({ headers }) => JSON.parse(headers['x-answer']);`;
const servicePaths = { echo: '/echo', answer: '/echo/answer/', identity: '/identity', gone: '/gone' };
const framework = {
  plugins: { any: { use: '@cloudbase/framework-plugin-function', inputs: { servicePaths } } },
};

let cloud: TestCloud;
beforeAll(async () => {
  process.env.TENCENTCLOUD = 'true';
  cloud = await startTestCloud(
    {
      echo: { source: ECHO },
      answer: { source: ANSWER },
      identity: { source: 'exports.main = (event, context) => context.environment;' },
    },
    { cloudbaserc: { framework }, webOrigins: [PAGE] },
  );
});
afterAll(() => stopTestCloud(cloud));

interface Answer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  text: string;
}

/** fetch does not let a caller set every header. */
const send = (
  path: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: string; headers?: Record<string, string | string[]>; body?: string | Buffer } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(`${cloud.url}${path}`, { method, headers }, response => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        }),
      );
    });
    sent.on('error', reject).end(body);
  });
const eventOf = async (...args: Parameters<typeof send>): Promise<Record<string, unknown>> =>
  (JSON.parse((await send(...args)).text) as { event: Record<string, unknown> }).event;

describe('the event', () => {
  it('is the request: path, method, headers, query and text', async () => {
    const event = await eventOf('/echo/deep/path?a=1&b=%E5%88%B8', {
      method: 'PUT',
      headers: { 'Content-Type': 'application/json', 'X-Twice': ['1', '2'] },
      body: '{"name":"券"}',
    });

    expect(event).toMatchObject({
      path: '/echo/deep/path',
      httpMethod: 'PUT',
      queryStringParameters: { a: '1', b: '券' },
      body: '{"name":"券"}',
      isBase64Encoded: false,
    });
    expect(event['headers']).toMatchObject({ 'content-type': 'application/json', 'x-twice': '1, 2' });
  });

  it.each([
    ['bytes', { 'content-type': 'application/octet-stream' }, Buffer.from([1, 2, 255])],
    ['coded text', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, Buffer.from('{}')],
    ['what is no UTF-8', { 'content-type': 'application/json' }, Buffer.from([0x22, 0xff, 0x22])],
  ])('brings %s as Base64', async (_what, headers, body) => {
    const event = await eventOf('/echo', { method: 'POST', headers, body });

    expect(event).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
  });

  it('goes to the function with the longest path, and to none beside a path', async () => {
    const answer = JSON.stringify({ statusCode: 201 });
    expect((await send('/echo/answer', { headers: { 'x-answer': answer } })).status).toBe(201);
    expect((await send('/echoes')).status).toBe(404);
    expect((await send('/gone')).status).toBe(404);
  });

  it('brings no identity, whatever the request says', async () => {
    const { text } = await send('/identity', { headers: { 'x-wx-openid': 'o-1' } });
    expect(text).toContain('wx_http');
    expect(text).not.toContain('WX_OPENID');
  });
});

describe('the answer', () => {
  const answered = (answer: unknown) =>
    send('/echo/answer', { headers: { 'x-answer': JSON.stringify(answer) } });

  it('has status, headers and body of an integrated answer', async () => {
    const integrated = { statusCode: 418, headers: { 'Content-Type': 'text/html', 'x-own': 1 }, body: '<p>' };
    expect(await answered(integrated)).toMatchObject({
      status: 418,
      headers: { 'content-type': 'text/html', 'x-own': '1' },
      text: '<p>',
    });
  });

  it('has the bytes of a body in Base64', async () => {
    const body = Buffer.from('bytes').toString('base64');
    expect((await answered({ statusCode: 200, body, isBase64Encoded: true })).text).toBe('bytes');
  });

  it.each([
    ['an object', { a: 1 }, 'application/json; charset=utf-8', '{"a":1}'],
    [
      'an object with something else as status',
      { statusCode: 'x' },
      'application/json; charset=utf-8',
      '{"statusCode":"x"}',
    ],
    ['a text', 'hello', 'text/plain; charset=utf-8', 'hello'],
    ['a number', 7, 'text/plain; charset=utf-8', '7'],
  ])('is %s as it is', async (_what, answer, type, text) => {
    expect(await answered(answer)).toMatchObject({ status: 200, headers: { 'content-type': type }, text });
  });

  it('tells of a function that fails, and of a body that no function gets', async () => {
    expect((await send('/echo/answer', { headers: { 'x-answer': '{' } })).status).toBe(502);
    const big = await send('/echo', { method: 'POST', body: Buffer.alloc(4 * 1024 * 1024 + 1, 'a') });
    expect(big.status).toBe(413);
  });
});

describe('pages of other sites', () => {
  const preflight = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x-one, x-two',
  };
  const foreign = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };

  it('may read answers where their origin is configured', async () => {
    const { status, headers } = await send('/echo', { headers: { ...foreign, origin: PAGE } });
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'access-control-allow-origin': PAGE, vary: 'Origin' });
  });

  it('are told beforehand what they may send, without the function', async () => {
    const { status, headers } = await send('/echo', {
      method: 'OPTIONS',
      headers: { ...foreign, ...preflight, origin: PAGE },
    });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      'access-control-allow-origin': PAGE,
      'access-control-allow-headers': 'x-one, x-two',
    });
    expect(headers['access-control-allow-methods']).toContain('POST');
  });

  it.each([
    ['another origin', 'https://evil.example.com'],
    ['the same name without TLS', 'http://office.example.com'],
    ['another port', `${PAGE}:8443`],
    ['a name that ends alike', 'https://evil-office.example.com'],
    ['no origin at all, as of a file', 'null'],
  ])('are refused for %s', async (_what, origin) => {
    const { status, headers } = await send('/echo', { headers: { ...foreign, origin } });
    expect(status).toBe(403);
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([
    ['POST', '/functions/echo'],
    ['GET', '/logs/echo'],
    ['GET', '/healthz'],
    ['GET', '/echoes'],
  ])('are refused whatever their origin at %s %s', async (method, path) => {
    expect((await send(path, { method, headers: { ...foreign, origin: PAGE } })).status).toBe(403);
  });

  it('are refused by a name that somebody lets point here', async () => {
    const headers = { ...foreign, origin: PAGE, host: 'office.example.com' };
    expect((await send('/echo', { headers })).status).toBe(403);
  });
});

describe('settings that are not as they must be', () => {
  const start = (paths: Record<string, string>, webOrigins: string[] = []) =>
    startTestCloud(
      { echo: { source: ECHO }, other: { source: ECHO } },
      {
        cloudbaserc: {
          framework: {
            plugins: { a: { use: '@cloudbase/framework-plugin-function', inputs: { servicePaths: paths } } },
          },
        },
        webOrigins,
      },
    );

  it.each([
    ['no path', { echo: 'echo' }, [], '"echo" of echo is no path'],
    ['one path twice', { echo: '/a', other: '/a/' }, [], 'several functions have the path /a'],
    ['an origin with a path', { echo: '/a' }, ['https://a.example/'], 'is no origin'],
    ['every origin', { echo: '/a' }, ['*'], 'is no origin'],
  ])('end the start: %s', async (_what, paths, origins, message) => {
    await expect(start(paths, origins)).rejects.toThrow(message);
  });
});
