import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CallLog } from '../../../local/cloud/functions/call-log';
import { sendJson } from '../../../local/cloud/http-exchange';
import { post, startTestCloud, stopTestCloud, type TestCloud } from './test-cloud';
import { until } from '../until';

/** Makes database requests as it is told, one after the other, and reports the first failure. */
const DATABASE = `
  const tcb = require('@cloudbase/node-sdk');
  const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
  const db = app.database();
  exports.main = async event => {
    const notes = db.collection('notes');
    try {
      for (let i = 0; i < (event.reads ?? 0); i++) await notes.where({ n: 1 }).get();
      if (event.parallel) await Promise.all(Array.from({ length: event.parallel }, () => notes.count()));
      if (event.forked) {
        const long = async () => { for (let i = 0; i < event.forked; i++) await notes.count(); };
        await Promise.all([long(), notes.count()]);
        await notes.count();
      }
      if (event.unawaited) void notes.count().catch(() => {});
      if (event.add) await notes.add({ _id: event.add, at: db.serverDate() });
      if (event.missing) await db.collection('nowhere').get();
      if (event.transaction) await db.runTransaction(t => t.collection('notes').doc(event.transaction).set({ n: 1 }));
      if (event.get) return (await notes.where({ _id: event.get }).get()).data[0] ?? null;
      return 'ok';
    } catch (error) {
      return { code: error.code };
    }
  };
`;
const CALLER = `
  const tcb = require('@cloudbase/node-sdk');
  const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
  exports.main = async event => {
    try {
      return (await app.callFunction({ name: event.name, data: { from: 'caller' } })).result;
    } catch (error) {
      return { code: error.code };
    }
  };
`;
const CALLED = `
  exports.main = (event, context) => {
    const environment = JSON.parse(context.environment);
    return { event, openid: environment.WX_OPENID ?? null, source: environment.TCB_SOURCE };
  };
`;
const TALKING = `
  exports.main = event => {
    for (let i = 0; i < event.lines; i++) console.log('line', i, { by: event.by });
    console.error('an error of', event.by);
    if (event.fails) throw new Error('fails');
  };
`;
const WECHAT = `
  const cloud = require('wx-server-sdk');
  cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV });
  exports.main = async () => {
    const { _id } = await cloud.database().collection('notes').add({ data: { by: 'wx-server-sdk' } });
    const { data } = await cloud.database().collection('notes').doc(_id).get();
    const { fileID } = await cloud.uploadFile({ cloudPath: 'wx.txt', fileContent: Buffer.from('file') });
    const { fileContent } = await cloud.downloadFile({ fileID });
    const { result } = await cloud.callFunction({ name: 'called', data: { from: 'wx' } });
    const { OPENID, ENV } = cloud.getWXContext();
    return { by: data.by, file: fileContent.toString(), from: result.event.from, OPENID, ENV };
  };
`;
const DAY_MS = 24 * 3600 * 1000;

const logDir = mkdtempSync(join(tmpdir(), 'local-cloud-'));

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud(
    {
      database: { source: DATABASE },
      caller: { source: CALLER },
      called: { source: CALLED },
      wechat: { source: WECHAT },
      failing: { source: 'exports.main = () => { throw new Error("fails"); }' },
      talking: { source: TALKING },
      variables: {
        source: 'exports.main = () => ({ key: process.env.KEY, home: process.env.HOME ?? null });',
      },
    },
    {
      restartDatabase: 'manual',
      instancesPerFunction: 2,
      collections: [{ name: 'notes', indexes: [] }],
      logFile: join(logDir, 'logs/calls.jsonl'),
      cloudbaserc: { functions: [{ name: 'variables', envVariables: { KEY: '{{env.KEY}}' } }] },
      envVariables: { KEY: 'from the program' },
      routes: running => [
        {
          method: 'GET',
          path: '/greeting/',
          handle: async ({ response, rest }) => {
            const { result } = await running.callFunction('called', { rest }, { source: 'wx_http' });
            sendJson(response, 200, result);
          },
        },
      ],
    },
  );
});

afterAll(async () => {
  await stopTestCloud(cloud);
  rmSync(logDir, { recursive: true });
});

describe('the number of database requests', () => {
  it.each([
    ['none', {}, 0],
    ['reads', { reads: 3 }, 3],
    ['parallel counts', { parallel: 7 }, 7],
    ['a refused request', { missing: true }, 1],
    ['a transaction: start, set, commit', { transaction: 't1' }, 3],
  ])('is exact: %s', async (_, event, expected) => {
    expect(await cloud.callFunction('database', event)).toMatchObject({ databaseRequests: expected });
  });

  it('includes a request whose answer was lost', async () => {
    await cloud.setDatabaseFaults({ dropAnswerNext: 1 });

    const { result, databaseRequests } = await cloud.callFunction('database', { reads: 1 });

    expect(result).toMatchObject({ code: 'ECONNRESET' });
    expect(databaseRequests).toBe(1);
  });

  it('is told in a header, with the time and the id of the call', async () => {
    const { status, headers } = await post(`${cloud.url}/functions/database`, '{"reads":2}', {
      'x-wx-openid': 'oAlice',
    });

    expect(status).toBe(200);
    expect(headers.get('x-db-requests')).toBe('2');
    expect(headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(Number(headers.get('x-duration-ms'))).toBeGreaterThan(0);
  });

  it('is told apart between calls at the same time', async () => {
    const reads = [0, 1, 2, 3, 4, 5, 6, 7];

    const calls = await Promise.all(reads.map(count => cloud.callFunction('database', { reads: count })));

    expect(calls.map(({ databaseRequests }) => databaseRequests)).toEqual(reads);
  });
});

describe('the number of trips to the database', () => {
  it.each([
    ['none without requests', {}, 0],
    ['each request that waits for the former', { reads: 3 }, 3],
    ['one for requests side by side', { parallel: 7 }, 1],
    ['those of the longest branch, and what follows it', { forked: 3 }, 4],
    ['a refused request', { missing: true }, 1],
    ['those of a transaction', { transaction: 't2' }, 3],
    ['reads, then requests side by side', { reads: 2, parallel: 5 }, 3],
  ])('is %s', async (_, event, expected) => {
    expect(await cloud.callFunction('database', event)).toMatchObject({ databaseTrips: expected });
  });

  it('is told in a header and in the logs', async () => {
    const { headers } = await post(`${cloud.url}/functions/database`, '{"reads":1,"parallel":3}');

    expect(headers.get('x-db-requests')).toBe('4');
    expect(headers.get('x-db-trips')).toBe('2');
    expect(cloud.logs('database', 1)).toMatchObject([{ databaseRequests: 4, databaseTrips: 2 }]);
  });

  it('is not raised by a request that an earlier call left behind', async () => {
    const calls = [];
    for (let i = 0; i < 4; i++) {
      await cloud.callFunction('database', { reads: 5, unawaited: true });
      calls.push(await cloud.callFunction('database', { reads: 1 }));
    }

    expect(calls).toMatchObject(Array(4).fill({ databaseRequests: 1, databaseTrips: 1 }));
  });

  it('includes a request whose answer was lost', async () => {
    await cloud.setDatabaseFaults({ dropAnswerNext: 1 });

    expect(await cloud.callFunction('database', { reads: 1 })).toMatchObject({ databaseTrips: 1 });
  });
});

describe('a delay of database requests', () => {
  const DELAY_MS = 40;
  beforeAll(() => cloud.setDatabaseDelayMs(DELAY_MS));
  afterAll(() => cloud.setDatabaseDelayMs(0));

  it('is waited for by each request in turn, and once by requests side by side', async () => {
    const inTurn = await cloud.callFunction('database', { reads: 5 });
    const sideBySide = await cloud.callFunction('database', { parallel: 50 });

    expect(inTurn.durationMs).toBeGreaterThanOrEqual(5 * DELAY_MS);
    expect(sideBySide.durationMs).toBeGreaterThanOrEqual(DELAY_MS);
    expect(sideBySide.durationMs).toBeLessThan(50 * DELAY_MS);
  });

  it('outlives a restart of the database', async () => {
    await cloud.restartDatabase();

    const { durationMs } = await cloud.callFunction('database', { reads: 2 });

    expect(durationMs).toBeGreaterThanOrEqual(2 * DELAY_MS);
  });

  it('ends when it is set to nothing', async () => {
    await cloud.setDatabaseDelayMs(4000);
    await cloud.setDatabaseDelayMs(0);

    const { durationMs } = await cloud.callFunction('database', { reads: 1 });

    expect(durationMs).toBeLessThan(4000);
  });
});

describe('a function that calls another', () => {
  it("passes no user's identity on", async () => {
    const { result } = await cloud.callFunction('caller', { name: 'called' }, { openid: 'oAlice' });

    expect(result).toEqual({ event: { from: 'caller' }, openid: null, source: 'wx_client,scf' });
  });

  it.each([
    ['nobody', 'FUNCTION_NOT_FOUND'],
    ['failing', 'FUNCTIONS_EXECUTE_FAIL'],
  ])('gets an error when that fails: %s', async (name, code) => {
    expect((await cloud.callFunction('caller', { name })).result).toEqual({ code });
  });

  it('cannot be imitated from outside', async () => {
    expect(await post(`${cloud.url}/internal/functions/called`, '{}')).toMatchObject({ status: 403 });
  });
});

it('wx-server-sdk works unmodified, too', async () => {
  const { result, databaseRequests } = await cloud.callFunction('wechat', {}, { openid: 'oAlice' });

  expect(result).toEqual({
    by: 'wx-server-sdk',
    file: 'file',
    from: 'wx',
    OPENID: 'oAlice',
    ENV: 'local-env',
  });
  expect(databaseRequests).toBe(2);
});

describe('the log', () => {
  it('keeps what each call printed, apart from the others', async () => {
    await Promise.all(['a', 'b', 'c'].map(by => cloud.callFunction('talking', { by, lines: 2 })));

    const calls = cloud.logs('talking', 3);

    const texts = calls.map(call => call.lines.map(({ level, text }) => `${level} ${text}`)).sort();
    expect(texts).toEqual(
      ['a', 'b', 'c'].map(by => [
        `info line 0 { by: '${by}' }`,
        `info line 1 { by: '${by}' }`,
        `error an error of ${by}`,
      ]),
    );
  });

  it('is bounded, tells why a call failed, and is served over HTTP', async () => {
    await cloud.callFunction('talking', { by: 'd', lines: 500, fails: true }).catch(() => {});

    const response = await fetch(`${cloud.url}/logs/talking?limit=1`);

    const { calls } = (await response.json()) as { calls: CallLog[] };
    expect(calls).toMatchObject([
      { outcome: 'execution_failed', failure: expect.stringContaining('Error: fails') },
    ]);
    expect(calls[0]?.lines).toHaveLength(200);
    expect(calls[0]?.droppedLines).toBe(301);
  });
});

it('every finished call is appended to the log file', async () => {
  const { requestId } = await cloud.callFunction('talking', { by: 'file', lines: 1 });
  const lastLine = () =>
    readFileSync(join(logDir, 'logs/calls.jsonl'), 'utf8').trimEnd().split('\n').at(-1) ?? '';

  await until(() => lastLine().includes(requestId));

  expect(JSON.parse(lastLine())).toMatchObject({ functionName: 'talking', requestId, outcome: 'ok' });
});

describe('the environment', () => {
  it("has the configured variables, and none of this process's own", async () => {
    expect((await cloud.callFunction('variables', {})).result).toEqual({
      key: 'from the program',
      home: null,
    });
  });
});

describe('the front', () => {
  it('is healthy, and serves the routes of the program', async () => {
    const greeting = await fetch(`${cloud.url}/greeting/to/you`);

    expect((await fetch(`${cloud.url}/healthz`)).status).toBe(200);
    expect(await greeting.json()).toMatchObject({
      event: { rest: 'to/you' },
      source: 'wx_http',
      openid: null,
    });
  });

  it('survives what is no path', async () => {
    const { port } = new URL(cloud.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.end('GET http://[ HTTP/1.1\r\nhost: x\r\n\r\n'),
      );
      socket.on('data', data => resolve(String(data))).on('error', reject);
    });

    expect(answer).toMatch(/^HTTP\/1.1 4/);
    expect((await fetch(`${cloud.url}//`)).status).toBe(404);
  });

  it('tells the memory that a function used at most', async () => {
    await cloud.callFunction('database', { reads: 1 });

    const memory = cloud.memoryOf('database');

    expect(memory.heapUsedBytes).toBeGreaterThan(1e6);
    expect(memory.heapUsedBytes).toBeLessThan(256e6);
    expect(cloud.memoryOf('nobody').heapUsedBytes).toBe(0);
  });
});

describe('the database process', () => {
  it('can be killed, which functions see as failed requests, and comes back with every acknowledged write', async () => {
    await cloud.callFunction('database', { add: 'before' });
    await cloud.setClockOffsetMs(30 * DAY_MS);

    await cloud.killDatabase();
    const during = await cloud.callFunction('database', { reads: 1 });
    await cloud.restartDatabase();
    const after = await cloud.callFunction('database', { get: 'before' });
    await cloud.callFunction('database', { add: 'later' });
    const later = await cloud.callFunction('database', { get: 'later' });
    await cloud.setClockOffsetMs(0);

    // A connection kept open from an earlier call may be tried first: it is reset, perhaps before the request is on its way.
    const code = expect.stringMatching(/^ECONN(REFUSED|RESET)$/);
    expect(during.result).toMatchObject({ code });
    expect([0, 1]).toContain(during.databaseRequests);
    expect(after.result).toMatchObject({ _id: 'before' });
    const { at } = later.result as { at: string };
    expect(Math.abs(Date.parse(at) - Date.now() - 30 * DAY_MS)).toBeLessThan(5000);
  });

  it('can be told to fail', async () => {
    await cloud.setDatabaseFaults({ failNext: 1 });

    expect((await cloud.callFunction('database', { reads: 1 })).result).toEqual({ code: 'SYS_ERR' });
    expect((await cloud.callFunction('database', { reads: 1 })).result).toBe('ok');
  });
});

it('a database that dies by itself is started again on the same port', async () => {
  const other = await startTestCloud(
    { database: { source: DATABASE } },
    { collections: [{ name: 'notes', indexes: [] }] },
  );
  await other.callFunction('database', { add: 'kept' });

  await other.killDatabase();
  let result: unknown;
  await until(async () => {
    ({ result } = await other.callFunction('database', { get: 'kept' }));
    return typeof (result as { code?: string } | null)?.code !== 'string';
  });
  await stopTestCloud(other);

  expect(result).toMatchObject({ _id: 'kept' });
});

it('a cloud that is started again on its folder has its data and its clock', async () => {
  const first = await startTestCloud(
    { database: { source: DATABASE } },
    { collections: [{ name: 'notes', indexes: [] }] },
  );
  await first.callFunction('database', { add: 'kept' });
  await first.setClockOffsetMs(DAY_MS);
  await first.close();

  const second = await startTestCloud(
    { database: { source: DATABASE } },
    { dataDir: join(first.dir, 'data') },
  );
  const { result } = await second.callFunction('database', { get: 'kept' });
  const { clockOffsetMs } = second;
  await stopTestCloud(second);
  await stopTestCloud(first);

  expect(result).toMatchObject({ _id: 'kept' });
  expect(clockOffsetMs).toBe(DAY_MS);
  expect(existsSync(first.dir)).toBe(false);
});
