/** The functions' own code against a server that takes every request and is silent, slow or breaks off. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { main as account } from '../../cloudfunctions/account';
import { openGateway } from '../../cloudfunctions/account/gateway';
import { main as entry } from '../../cloudfunctions/entry';
import { main as settlement } from '../../cloudfunctions/settlement';
import { main as training } from '../../cloudfunctions/training';
import { main as verification } from '../../cloudfunctions/verification';
import { main as voucher } from '../../cloudfunctions/voucher';
import { StoreUnavailable, withDeadline } from '../../cloudfunctions/shared/store/attempt';
import { deleteFile, handOutPlace, keepResult, readUpload } from '../../cloudfunctions/shared/store/files';
import { main as timer } from '../../cloudfunctions/timer';
import type { ClassId, PersonKey } from '../../miniprogram/contract/ids';
import { answerWithinMs, OPERATIONS, type OperationName } from '../../miniprogram/contract/operations';
import { esscGatewayConfigFor, simulatorKeys } from '../../local/upstream/essc-gateway-simulator';
import { branded } from '../support/branded';
import { runAsFunction } from '../support/function-environment';
import { refused } from '../support/refused';

/** Long enough that the functions' own reserve leaves some of it. */
const LIMIT_MS = 2_200;
const TIMER_LIMIT_MS = 4_000;
const SHORT_MS = 400;

type Trouble = (request: IncomingMessage, response: ServerResponse) => void;

const HALF = '{"data":{"list":["{\\"_id\\"';
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

const TROUBLES: Record<string, Trouble> = {
  'never answers': () => undefined,
  'sends a byte now and then': (_request, response) => {
    response.writeHead(200, JSON_TYPE);
    const timer = setInterval(() => response.write(' '), 100);
    response.on('close', () => clearInterval(timer));
  },
  'hangs up at once': (_request, response) => void response.destroy(),
  'hangs up in the middle of the answer': (_request, response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': 2 * HALF.length });
    response.write(HALF, () => response.destroy());
  },
  'ends in the middle of the answer': (_request, response) =>
    void response.writeHead(200, JSON_TYPE).end(HALF),
  'answers with another page': (_request, response) =>
    void response.writeHead(502).end('<html>Bad gateway</html>'),
};

let server: Server;
let trouble: Trouble = () => undefined;
let endRun = (): void => undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => trouble(request, response));
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  endRun = runAsFunction(`http://127.0.0.1:${port}/admin`);
  for (const method of ['log', 'error', 'warn'] as const) jest.spyOn(console, method).mockReturnValue();
});
afterAll(() => {
  endRun();
  server.closeAllConnections();
  server.close();
});

const contextOf = (limitMs: number, environment: object): object => ({
  request_id: 'hung',
  time_limit_in_ms: limitMs,
  environment: JSON.stringify(environment),
});

async function timed<T>(work: () => Promise<T>): Promise<{ answer: T; ms: number }> {
  const startedMs = performance.now();
  const answer = await work();
  return { answer, ms: performance.now() - startedMs };
}

type Main = (event: unknown, context: unknown) => Promise<unknown>;

const call = (main: Main, operation: OperationName, input: object) =>
  timed(() =>
    main({ operation, requestId: 'hung-0001', input }, contextOf(LIMIT_MS, { WX_OPENID: 'o-hung' })),
  );

const CALLS: [Main, OperationName, object][] = [
  [account, 'account.getAccount', {}],
  [account, 'account.signOut', {}],
  [entry, 'entry.listChannels', { cityCode: '3701' }],
  [training, 'training.getClass', { classId: 'c' }],
  [training, 'training.submitClass', { classId: 'c' }],
  [voucher, 'voucher.listMine', {}],
  [voucher, 'voucher.claim', { voucherId: 'v', channelNumber: '3701000001' }],
  [verification, 'verification.use', { voucherId: 'v', digits: '123456' }],
  [settlement, 'settlement.removeItem', { batchId: 'b', voucherId: 'v', reason: 'r' }],
];

describe.each(Object.keys(TROUBLES))('a database that %s', name => {
  beforeEach(() => (trouble = TROUBLES[name] ?? trouble));

  it('is told of by service_busy before the function’s time is over', async () => {
    const answers = await Promise.all(CALLS.map(each => call(...each)));

    for (const { answer, ms } of answers) {
      expect(answer).toEqual(refused('service_busy'));
      expect(ms).toBeLessThan(LIMIT_MS);
    }
  });

  it('lets the timer end by itself', async () => {
    const event = { Type: 'Timer', TriggerName: 'work' };

    const { ms } = await timed(() => timer(event, contextOf(TIMER_LIMIT_MS, { TRIGGER_SRC: 'timer' })));

    expect(ms).toBeLessThan(TIMER_LIMIT_MS);
  });
});

describe('a file storage that hangs', () => {
  const upload = {
    personKey: branded<PersonKey>('somebody'),
    purpose: 'roster',
    placeId: branded<ClassId>('a-class'),
  } as const;
  const fileId = 'cloud://e.b/imports/roster/0f';
  const within = (work: () => Promise<unknown>) =>
    timed(() => withDeadline(Date.now() + SHORT_MS, work).catch((error: unknown) => error));

  it.each<[string, () => Promise<unknown>]>([
    ['handing out a place', () => handOutPlace('0f', upload)],
    ['keeping a result', () => keepResult('results/a.xlsx', new Uint8Array(9))],
    ['deleting a file', () => deleteFile(fileId)],
  ])('ends %s in time', async (_what, work) => {
    trouble = () => undefined;

    const { answer, ms } = await within(work);

    expect(answer).toBeInstanceOf(StoreUnavailable);
    expect(ms).toBeLessThan(LIMIT_MS);
  });

  it('ends fetching an upload in time, though the file begins to come', async () => {
    const noted = JSON.stringify({ _id: fileId, version: 1, atMs: 1, upload });
    const { port } = server.address() as AddressInfo;
    const tempFileURL = `http://127.0.0.1:${String(port)}/a-file`;
    const link = { fileID: fileId, tempFileURL, download_url: tempFileURL, code: 'SUCCESS' };
    trouble = ({ url = '', method }, response) => {
      if (method === 'GET') return void response.writeHead(200).write('half of it');
      const reply = url.includes('/admin') && {
        data: { list: [noted], download_list: [link] },
        requestId: 'r',
      };
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(reply));
    };

    const { answer, ms } = await within(() => readUpload(fileId, upload, 1_000));

    expect(answer).toBeInstanceOf(StoreUnavailable);
    expect(ms).toBeLessThan(LIMIT_MS);
  });
});

it('an e-SSC gateway that hangs leaves time to store what it may have told', async () => {
  trouble = () => undefined;
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${String(port)}/gateway`;
  process.env['ESSC_GATEWAY'] = esscGatewayConfigFor(url, simulatorKeys(), { attemptTimeoutMs: 4_000 });

  const { answer, ms } = await timed(() => openGateway(Date.now() + 2_500).exchangeAuthCode('code'));

  expect(answer).toEqual(refused('gateway_unavailable'));
  expect(ms).toBeLessThan(2_000);
});

it('whoever calls waits longer only for what reads a file', () => {
  const names = Object.keys(OPERATIONS) as OperationName[];
  const patient = names.filter(name => answerWithinMs(name) > 20_000);

  expect(patient).toEqual([
    'entry.checkChannels',
    'entry.importChannels',
    'training.checkInstitutions',
    'training.importInstitutions',
    'training.checkRoster',
    'training.importRoster',
    'settlement.checkCodes',
    'settlement.importCodes',
  ]);
});
