import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { post } from './test-cloud';

const PROGRAM = join(__dirname, '../../../dist/local/cloud.js');

let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  mkdirSync(join(dir, 'functions/hello'), { recursive: true });
  writeFileSync(
    join(dir, 'functions/hello/index.js'),
    'exports.main = event => { console.log("hi"); return event; };',
  );
});

afterAll(() => rmSync(dir, { recursive: true }));

it('starts, says where it listens and what it found, follows calls, and ends when interrupted', async () => {
  const args = [PROGRAM, '--functions', join(dir, 'functions'), '--data', join(dir, 'data')];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', chunk => (output += String(chunk)));
  while (!/hello .*\n/.test(output)) await once(child.stdout, 'data');

  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0] ?? '';
  expect(await post(`${url}/functions/hello`, '{"a":1}')).toMatchObject({ status: 200, answer: { a: 1 } });
  while (!output.includes('info: hi')) await once(child.stdout, 'data');
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];

  expect(output).toMatch(/hello +5 s, 256 MB/);
  expect(code).toBe(0);
});

it('explains itself', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [PROGRAM, '--help']);

  expect(stdout).toContain('--functions DIR');
});

it('says in one sentence that its port is in use', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const args = ['--functions', join(dir, 'functions'), '--data', join(dir, 'data'), '--port', String(port)];

  const failure = await promisify(execFile)(process.execPath, [PROGRAM, ...args]).catch(
    (error: unknown) => error,
  );

  expect(failure).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `port ${port} is in use: choose another\n`,
  });
  other.close();
});

it.each([
  [[]],
  [['--unknown']],
  [['--functions', 'x', '--data', 'y', '--port', 'high']],
  [['--functions', 'x', '--data', 'y', '--port', '70000']],
])('refuses a command line that it does not understand: %j', async args => {
  const failure = await promisify(execFile)(process.execPath, [PROGRAM, ...args]).catch(
    (error: unknown) => error,
  );

  expect(failure).toMatchObject({ code: 2, stderr: expect.stringContaining('usage:') });
});
