import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DataFolder } from '../../../local/cloud/data-folder';
import { post } from './test-cloud';

const PROGRAM = join(__dirname, '../../../dist/local/cloud.js');
/** As the text of a script. */
const SDK = JSON.stringify(join(__dirname, '../../../node_modules/@cloudbase/node-sdk'));

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
  [['--functions', 'x', '--data', 'y', '--database-port', '-1']],
  [['erase', '--data', 'y']],
  [['export', '--data', 'y']],
  [['import', '--from', 'y']],
  [['reset']],
  [['exec']],
])('refuses a command line that it does not understand: %j', async args => {
  expect(await run(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining('usage:') });
});

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const run = (...args: readonly string[]): Promise<Run> =>
  promisify(execFile)(process.execPath, [PROGRAM, ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Run) => error,
  );

const at = (name: string): string => join(dir, name);

describe('a start that cannot go on says why in one sentence that names the file', () => {
  const HELLO = 'hello/index.js';
  const write = (name: string, text: string): string => {
    mkdirSync(join(at(name), '..'), { recursive: true });
    writeFileSync(at(name), text);
    return at(name);
  };
  const startOn = (folder: string, ...more: readonly string[]) =>
    run('--functions', at(`${folder}/functions`), '--data', at(`${folder}/data`), ...more);

  it.each([
    ['clock.json', 'data/clock.json', '{"offsetMs":', [], 'holds no JSON'],
    ['clock.json with no number', 'data/clock.json', '{"offsetMs":"1"}', [], 'offsetMs'],
    ['cloud.json', 'data/cloud.json', '{"made":["../.."]}', [], 'made.0'],
    ['a stored file’s entry', `data/storage/entries/${'0'.repeat(64)}.json`, '{}', [], 'path'],
    ['a function’s config.json', 'functions/hello/config.json', '{', [], 'holds no JSON'],
    ['cloudbaserc.json', 'rc.json', '{"functions":[{}]}', ['--config'], 'functions.0.name'],
    ['the collections', 'collections.json', '[{"name":"notes"}]', ['--collections'], '0.indexes'],
    [
      'a collection’s name',
      'names.json',
      '[{"name":"1","indexes":[]}]',
      ['--collections'],
      'invalid collection name: 1',
    ],
    ['the database', 'data/database.db', 'no database at all', [], 'is no database of a local cloud'],
  ])('%s', async (_, name, text, option, reason) => {
    const folder = `broken-${name.replaceAll('/', '-')}-${text.length}`;
    write(`${folder}/functions/${HELLO}`, 'exports.main = () => 1;');
    const file = write(`${folder}/${name}`, text);
    // Those of a cloud, not somebody's files of that name.
    const isMade = /^data\/(clock|storage)/.test(name);
    if (isMade) write(`${folder}/data/cloud.json`, '{"made":["clock.json","storage"]}');

    const { code, stderr } = await startOn(folder, ...option.flatMap(each => [each, file]));

    expect({ code, lines: stderr.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(stderr).toContain(file);
    expect(stderr).toContain(reason);
  });

  it('a log that cannot be written', async () => {
    write('log/functions/hello/index.js', 'exports.main = () => 1;');

    const { code, stderr } = await startOn('log', '--log', at('log/functions'));

    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^.*functions cannot be written: EISDIR.*\n$/),
    });
  });

  it('the port of the database', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;

    const { code, stderr } = await run(
      ...['--functions', at('functions'), '--data', at('port'), '--database-port', String(port)],
    );
    other.close();

    expect({ code, stderr }).toEqual({ code: 1, stderr: `port ${port} is in use: choose another\n` });
  });
});

describe('exec', () => {
  const SCRIPT = `
    const tcb = require(${SDK});
    const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
    const work = async () => {
      await app.database().collection('notes').add({ _id: 'from-a-command' });
      const { result } = await app.callFunction({ name: 'hello', data: { a: 1 } });
      const health = await fetch(process.env.LOCAL_CLOUD_URL + '/healthz');
      console.log(JSON.stringify({ result, health: health.status }));
      process.exit(Number(process.argv[2]));
    };
    work();
  `;
  const exec = (...args: readonly string[]): Promise<Run> => {
    writeFileSync(at('script.js'), SCRIPT);
    writeFileSync(at('notes.json'), '[{"name":"notes","indexes":[]}]');
    return run('exec', '--functions', at('functions'), '--collections', at('notes.json'), ...args);
  };

  it.each([0, 7])(
    'runs a line of the shell with an SDK pointed at the cloud, and ends with its code: %d',
    async code => {
      const ended = await exec(`"${process.execPath}" "${at('script.js')}" ${code}`);

      expect(ended).toMatchObject({ code, stdout: '{"result":{"a":1},"health":200}\n' });
    },
  );

  it('leaves the options of the command to it, and the data where it is told to', async () => {
    const [data, script] = [at('exec-data'), at('script.js')];

    const first = await exec('--data', data, '--', process.execPath, script, '0');
    const second = await exec('--data', data, process.execPath, script, '0');

    expect(first.code).toBe(0);
    // The document is there already.
    expect(second.stderr).toContain('E11000');
  });

  it('ends as a shell does when a signal ends the command', async () => {
    expect(await exec('kill -9 $$')).toMatchObject({ code: 128 + 9 });
  });
});

describe('the data of a cloud', () => {
  const data = (): string => at('kept');
  const add = (id: string, into = data()): Promise<Run> => {
    const source = `
      const tcb = require(${SDK});
      const notes = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV }).database().collection('notes');
      notes.add({ _id: ${JSON.stringify(id)} }).then(() => notes.get()).then(({ data }) => {
        console.log(data.map(({ _id }) => _id).join());
        process.exit();
      });
    `;
    writeFileSync(at('add.js'), source);
    writeFileSync(at('notes.json'), '[{"name":"notes","indexes":[]}]');
    const options = ['--functions', at('functions'), '--collections', at('notes.json'), '--data', into];
    return run('exec', ...options, process.execPath, at('add.js'));
  };

  it('is exported, imported elsewhere, and removed, and what lies beside it stays', async () => {
    await add('first');
    writeFileSync(join(data(), 'thesis.docx'), 'thesis');

    const exported = await run('export', '--data', data(), '--to', at('copy'));
    const imported = await run('import', '--data', at('other'), '--from', at('copy'));
    const inOther = await add('second', at('other'));
    const reset = await run('reset', '--data', data());
    const afterReset = await add('third');

    expect([exported.code, imported.code, reset.code]).toEqual([0, 0, 0]);
    expect(inOther.stdout).toBe('first,second\n');
    expect(afterReset.stdout).toBe('third\n');
    expect(readFileSync(join(data(), 'thesis.docx'), 'utf8')).toBe('thesis');
    expect(existsSync(at('copy/thesis.docx'))).toBe(false);
  });

  it('is left alone while somebody uses it', async () => {
    await add('fourth');
    const folder = DataFolder.hold(data());
    const all = [
      await run('export', '--data', data(), '--to', at('copy-2')),
      await run('reset', '--data', data()),
      await run('import', '--data', data(), '--from', at('copy')),
    ];
    folder.release();

    for (const { code, stderr } of all) {
      expect(code).toBe(1);
      expect(stderr).toMatch(/^.*kept is in use by process \d+ on .*\n$/);
    }
    expect(existsSync(at('copy-2'))).toBe(false);
  });

  it.each([
    [
      'export',
      () => ['--data', at('nowhere'), '--to', at('copy-3')],
      'nowhere holds no data of a local cloud',
    ],
    [
      'export',
      () => ['--data', data(), '--to', at('functions')],
      'functions is not empty: export into a new folder',
    ],
    ['reset', () => ['--data', at('nowhere')], 'nowhere holds no data of a local cloud'],
    ['import', () => ['--data', data(), '--from', at('copy')], 'kept holds data already: reset it first'],
    ['import', () => ['--data', at('new'), '--from', at('functions')], 'export.json cannot be read: ENOENT'],
  ])('%s refuses what would lose something or is not there', async (command, args, reason) => {
    const { code, stderr } = await run(command, ...args());

    expect(code).toBe(1);
    expect(stderr).toContain(reason);
    expect(existsSync(at('nowhere'))).toBe(false);
  });
});
