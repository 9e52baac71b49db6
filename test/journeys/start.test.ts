/** What `npm start` answers before all is set, and when it cannot start. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { DataFolder } from '../../local/cloud/data-folder';
import { createFront } from '../../local/cloud/front';
import { sendJson } from '../../local/cloud/http-exchange';
import { listenOnLoopback } from '../../local/cloud/listen';
import { WaitingRoom } from '../../local/demo/waiting-room';

const PROGRAM = join(__dirname, '../../dist/local/start.js');
const POLL_MS = 50;
jest.setTimeout(60_000);

let dir: string;
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'voucher-start-'))));
// The database of a start that was killed ends a moment later.
afterEach(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10 }));

describe('the waiting room', () => {
  let room: WaitingRoom;
  let front: ReturnType<typeof createFront>;
  let url: string;
  beforeEach(async () => {
    room = new WaitingRoom();
    front = createFront(
      () => [
        { method: 'GET', path: '/', handle: ({ response }) => sendJson(response, 200, 'home') },
        { method: 'POST', path: '/functions/', handle: ({ response }) => sendJson(response, 200, 'called') },
      ],
      room.gate,
    );
    url = `http://127.0.0.1:${await listenOnLoopback(front, 0)}`;
  });
  afterEach(() => {
    front.close();
    front.closeAllConnections();
  });
  const call = (headers = {}) => fetch(`${url}/functions/voucher`, { method: 'POST', body: '{}', headers });

  test('shows people how far it is, on a page that asks again by itself', async () => {
    room.show('正在准备演示数据：16 个市：人员与渠道', 0.375);

    const response = await fetch(url);
    const page = await response.text();

    expect(response.status).toBe(503);
    expect(page).toContain('准备中');
    expect(page).toContain('16 个市：人员与渠道');
    expect(page).toContain('已完成 37%');
    expect(page).toContain('http-equiv="refresh"');
  });

  test('tells phones that the call may be repeated', async () => {
    const response = await call();

    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(await response.json()).toEqual({ errCode: -501001, errMsg: 'still being prepared, try again' });
  });

  test('lets those through who prepare', async () => {
    expect(await (await call(room.headers)).json()).toBe('called');
    expect((await call({ 'x-waiting-room': 'guessed' })).status).toBe(503);
  });

  test('lets everybody through once it is open', async () => {
    room.open();

    expect(await (await call()).json()).toBe('called');
    expect(await (await fetch(url)).json()).toBe('home');
  });
});

async function listenSomewhere(): Promise<{ server: Server; port: number }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

describe('npm start', () => {
  test('says in one sentence that its port is in use, and touches nothing', async () => {
    const { server, port } = await listenSomewhere();
    const dataDir = join(dir, 'data');

    const failure: unknown = await promisify(execFile)(process.execPath, [
      PROGRAM,
      ...['--port', String(port), '--data', dataDir],
    ]).catch((error: unknown) => error);

    expect(failure).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `端口 ${port} 已被占用，请换一个端口：npm start -- --port N。\n`,
    });
    expect(existsSync(dataDir)).toBe(false);
    server.close();
  });

  const start = async (dataDir: string): Promise<unknown> =>
    promisify(execFile)(process.execPath, [PROGRAM, '--port', '0', '--data', dataDir]).catch(
      (error: unknown) => error,
    );

  test('says who uses its folder, while that one has not seeded it yet, and touches nothing', async () => {
    const folder = DataFolder.hold(dir);
    folder.claim('database.db', 'seeding');
    for (const name of ['database.db', 'seeding']) writeFileSync(join(dir, name), '');

    const failure = await start(dir);
    folder.release();

    expect(failure).toMatchObject({ code: 1, stdout: '' });
    expect((failure as { stderr: string }).stderr).toMatch(
      new RegExp(`^文件夹 ${dir} 正被另一个程序使用（进程 ${process.pid}，主机 .+ 启动），请先停止它，.*\n$`),
    );
    expect(existsSync(join(dir, 'database.db'))).toBe(true);
  });

  test('leaves the data of another local cloud as it is', async () => {
    const folder = DataFolder.hold(dir);
    folder.claim('database.db');
    for (const name of ['database.db', 'thesis.docx']) writeFileSync(join(dir, name), name);
    folder.release();

    const failure = await start(dir);

    expect(failure).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `${dir} 里的数据不是演示数据，没有改动它。请换一个文件夹：npm start -- --data DIR。\n`,
    });
    for (const name of ['database.db', 'thesis.docx'])
      expect(readFileSync(join(dir, name), 'utf8')).toBe(name);
  });

  test('refuses what is no port', async () => {
    const failure: unknown = await promisify(execFile)(process.execPath, [PROGRAM, '--port', 'x']).catch(
      (error: unknown) => error,
    );

    expect(failure).toMatchObject({ code: 1, stderr: '--port 要填 0 到 65535 的整数，不能是 x。\n' });
  });

  describe('while it seeds', () => {
    let child: ChildProcess;
    afterEach(async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    });

    const spawnStart = async (dataDir: string): Promise<string> => {
      const { server, port } = await listenSomewhere();
      await new Promise(resolve => server.close(resolve));
      const args = [PROGRAM, '--port', String(port), '--data', dataDir];
      child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
      return `http://127.0.0.1:${port}`;
    };

    test('begins again after one that was cut off, and removes only what that one made', async () => {
      const folder = DataFolder.hold(dir);
      folder.claim('seeding', 'database.db', 'storage');
      mkdirSync(join(dir, 'storage'));
      for (const name of ['seeding', 'database.db', 'storage/a', 'thesis.docx'])
        writeFileSync(join(dir, name), name);
      folder.release();

      const url = await spawnStart(dir);
      await pageOnce(url, text => /已完成 [1-9]\d*%/.test(text));

      expect(existsSync(join(dir, 'storage/a'))).toBe(false);
      expect(readFileSync(join(dir, 'thesis.docx'), 'utf8')).toBe('thesis.docx');
      expect(existsSync(join(dir, 'seeding'))).toBe(true);
    });

    test('answers with its progress, and no function is called', async () => {
      const url = await spawnStart(join(dir, 'data'));

      const page = await pageOnce(`${url}/phones.html`, text => /已完成 [1-9]\d*%/.test(text));
      const response = await fetch(`${url}/functions/voucher`, { method: 'POST', body: '{}' });

      expect(page).toContain('准备中');
      expect(page).toMatch(/正在准备演示数据：./);
      expect(response.status).toBe(503);
      expect(await response.json()).toMatchObject({ errCode: -501001 });
    });
  });
});

/** Asks again until the page is as wanted. */
async function pageOnce(url: string, isWanted: (text: string) => boolean): Promise<string> {
  for (;;) {
    const text = await fetch(url).then(
      response => response.text(),
      () => '',
    );
    if (isWanted(text)) return text;
    await pause(POLL_MS);
  }
}
