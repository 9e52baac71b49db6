import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFunctions } from '../../../local/cloud/functions/function-config';

let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'local-cloud-'));
  for (const name of ['account', 'timer', 'plain']) {
    mkdirSync(join(dir, name));
    writeFileSync(join(dir, name, 'index.js'), 'exports.main = () => 1;');
  }
  mkdirSync(join(dir, 'no-function'));
  writeFileSync(
    join(dir, 'timer/config.json'),
    JSON.stringify({ timeout: 60, triggers: [{ name: 'tick', type: 'timer', config: '0 * * * * * *' }] }),
  );
});

afterAll(() => rmSync(dir, { recursive: true }));

function read(
  functions: readonly object[],
  variables: Record<string, string> = {},
): ReturnType<typeof readFunctions> {
  const configFile = join(dir, 'cloudbaserc.json');
  writeFileSync(configFile, JSON.stringify({ version: '2.0', functions }));
  return readFunctions({ functionsRoot: dir, configFile, variables });
}

describe('the functions of a folder', () => {
  it('are those with an index.js, with the defaults of the platform', () => {
    const functions = readFunctions({ functionsRoot: dir, variables: {} });

    expect(functions.map(({ name }) => name)).toEqual(['account', 'plain', 'timer']);
    expect(functions[0]).toMatchObject({
      timeoutMs: 5000,
      memoryMb: 256,
      envVariables: {},
      triggers: [],
      isCallable: true,
    });
  });

  it('take limits from cloudbaserc.json, and from their own config.json first', () => {
    const functions = read([
      { name: 'account', timeout: 20, memorySize: 512 },
      { name: 'timer', timeout: 30 },
    ]);

    expect(functions.find(({ name }) => name === 'account')).toMatchObject({
      timeoutMs: 20_000,
      memoryMb: 512,
    });
    expect(functions.find(({ name }) => name === 'timer')).toMatchObject({
      timeoutMs: 60_000,
      triggers: [{ name: 'tick', config: '0 * * * * * *' }],
      isCallable: false,
    });
  });

  it('get their variables with placeholders filled, and without those that have no value', () => {
    const envVariables = {
      MODE: 'local',
      KEY: '{{env.KEY}}',
      ADDRESS: 'http://{{env.HOST}}/{{env.PATHNAME}}',
      NONE: '{{env.NONE}}',
    };

    const [account] = read([{ name: 'account', envVariables }], {
      KEY: 'secret',
      HOST: 'localhost',
      PATHNAME: 'api',
    });

    expect(account?.envVariables).toEqual({ MODE: 'local', KEY: 'secret', ADDRESS: 'http://localhost/api' });
  });

  it('may have their timer in cloudbaserc.json', () => {
    const [account] = read([
      { name: 'account', triggers: [{ name: 'night', type: 'timer', config: '0 0 2 * * * *' }] },
    ]);

    expect(account).toMatchObject({ triggers: [{ name: 'night' }], isCallable: false });
  });
});
