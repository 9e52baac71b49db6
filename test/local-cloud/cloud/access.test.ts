/** Who may speak to a local cloud: programs of this machine that know its credentials, and its own pages. */
import tcb from '@cloudbase/node-sdk';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AdminParams } from '../../../local/cloud/database/admin-protocol';
import { isSignedBy } from '../../../local/cloud/database/request-signature';
import { readText } from '../../../local/cloud/http-exchange';
import { listenOnLoopback } from '../../../local/cloud/listen';
import { startTestCloud, stopTestCloud, type TestCloud } from './test-cloud';

const HELLO = 'exports.main = () => "hello";';
const OPENED = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };

let cloud: TestCloud;
beforeAll(async () => {
  process.env.TENCENTCLOUD = 'true';
  cloud = await startTestCloud(
    { hello: { source: HELLO } },
    {
      collections: [{ name: 'notes', indexes: [] }],
      routes: () => [{ method: 'GET', path: '/page', handle: ({ response }) => void response.end('page') }],
    },
  );
});
afterAll(() => stopTestCloud(cloud));

interface Sent {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** fetch does not let a caller set Host, as a name that resolves to this machine would. */
const send = ({ url, method = 'POST', headers = {}, body = '{}' }: Sent): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, response => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject).end(method === 'GET' ? undefined : body);
  });

describe('a request that no page of this cloud sends is refused', () => {
  const addresses = (): [string, string, string][] => [
    ['POST', `${cloud.url}/functions/hello`, 'a function'],
    ['GET', `${cloud.url}/logs/hello`, 'the logs'],
    ['GET', `${cloud.url}/page`, 'a page of the program'],
    ['POST', `${cloud.url}/timers/hello`, 'a timer'],
    ['POST', `${cloud.url}/storage/upload?path=a.txt`, 'an upload'],
    ['GET', `${cloud.url}/storage/files/a.txt?sign=x&t=1`, 'a link'],
    ['POST', cloud.adminUrl, 'the database'],
    ['GET', `${new URL(cloud.adminUrl).origin}/storage/files/a.txt`, 'a link past the front'],
  ];

  it.each([
    ['the name of an attacker that points here', { host: 'evil.example' }],
    ['a name that begins like this machine', { host: '127.0.0.1.evil.example' }],
    ['the address of every machine', { host: '0.0.0.0' }],
    ['a name with somebody before it', { host: 'evil.example@127.0.0.1' }],
    ['another site', { origin: 'https://evil.example' }],
    ['another server of this machine', { origin: 'http://localhost:3000' }],
    ['a page of a sandbox or a file', { origin: 'null' }],
    ['what another site embeds', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    [
      'what another server of this machine embeds',
      { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' },
    ],
  ])('%s', async (_, headers) => {
    const statuses = addresses().map(([method, url]) => send({ url, method, headers }));

    expect(await Promise.all(statuses)).toEqual(addresses().map(() => 403));
  });

  it('its own are served, under both names of this machine', async () => {
    const url = `${cloud.url}/functions/hello`;
    const { port } = new URL(url);

    expect(await send({ url, headers: { origin: cloud.url } })).toBe(200);
    const host = `localhost:${port}`;
    expect(await send({ url, headers: { host, origin: `http://${host}` } })).toBe(200);
    expect(await send({ url, headers: { origin: cloud.url, 'sec-fetch-site': 'same-origin' } })).toBe(200);
  });

  it('a link on another site may open a page, and nothing else', async () => {
    expect(await send({ url: `${cloud.url}/page`, method: 'GET', headers: OPENED })).toBe(200);
    expect(await send({ url: `${cloud.url}/functions/hello`, headers: OPENED })).toBe(403);
  });
});

describe('the database', () => {
  const databaseWith = (credentials: { secretId: string; secretKey: string }) =>
    tcb.init({ env: 'local-env', ...credentials, serviceUrl: cloud.adminUrl }).database();

  it('serves whoever signs with the credentials of this start', async () => {
    const { total } = await databaseWith(cloud.credentials).collection('notes').count();

    expect(total).toBe(0);
  });

  it.each([
    ['another key', { secretKey: 'local' }],
    ['another id', { secretId: 'id' }],
  ])('refuses a signature with %s', async (_, wrong) => {
    const database = databaseWith({ ...cloud.credentials, ...wrong });

    await expect(database.collection('notes').count()).rejects.toMatchObject({ code: 'SIGN_PARAM_INVALID' });
  });

  it.each([
    'database.calculateDocument',
    'emulator.setClockOffset',
    'storage.batchDeleteFile',
    'functions.invokeFunction',
  ])('refuses %s without a signature', async action => {
    const response = await fetch(cloud.adminUrl, { method: 'POST', body: JSON.stringify({ action }) });

    expect(await response.json()).toMatchObject({ code: 'SIGN_PARAM_INVALID' });
  });

  it('knows a request as it was signed from one that was changed afterwards', async () => {
    const { incoming, params } = await catchRequest();
    const isGenuine = (changed: object) => isSignedBy(cloud.credentials, incoming, { ...params, ...changed });

    expect(isGenuine({})).toBe(true);
    expect(isGenuine({ collectionName: 'other' })).toBe(false);
    expect(isGenuine({ query: undefined })).toBe(false);
    expect(isSignedBy(cloud.credentials, { ...incoming, url: '/admin?env=other' }, params)).toBe(false);
  });

  it('is told its credentials by who starts it, and makes others for every start', async () => {
    const credentials = { secretId: 'AKID', secretKey: 'chosen' };
    const [chosen, made] = await Promise.all([startTestCloud({}, { credentials }), startTestCloud({})]);
    await Promise.all([stopTestCloud(chosen), stopTestCloud(made)]);

    expect(chosen.credentials).toEqual(credentials);
    expect(made.credentials).not.toEqual(cloud.credentials);
  });
});

/** A signed request as the SDK sends it. */
async function catchRequest(): Promise<{ incoming: IncomingMessage; params: AdminParams }> {
  const caught: { incoming: IncomingMessage; params: AdminParams }[] = [];
  const server = createServer((incoming, response) => {
    void readText(incoming, 10_000).then(text => {
      caught.push({ incoming, params: JSON.parse(text) as AdminParams });
      response.end('{"data":{"total":0}}');
    });
  });
  const serviceUrl = `http://127.0.0.1:${await listenOnLoopback(server, 0)}/admin`;
  const app = tcb.init({ env: 'local-env', ...cloud.credentials, serviceUrl, keepalive: false });
  await app.database().collection('notes').where({ n: 1 }).count();
  server.close();
  const [first] = caught;
  if (!first) throw new Error('the SDK sent nothing');
  const { headers, method, url } = first.incoming;
  return { incoming: { headers, method, url } as IncomingMessage, params: first.params };
}
