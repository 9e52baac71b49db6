import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFunctions } from '../../../local/cloud/functions/function-config';
import { StartError } from '../../../local/cloud/start-error';

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

describe('settings that are not as they must be', () => {
  const own = join('account', 'config.json');
  const readWith = (file: string, text: string) => {
    writeFileSync(join(dir, file), text);
    broken.push(file);
    return () =>
      readFunctions({ functionsRoot: dir, configFile: join(dir, 'cloudbaserc.json'), variables: {} });
  };
  const broken: string[] = [];
  beforeEach(() => writeFileSync(join(dir, 'cloudbaserc.json'), '{}'));
  afterEach(() => broken.splice(0).forEach(file => rmSync(join(dir, file))));

  const timer = (config: string) => JSON.stringify({ triggers: [{ name: 'tick', type: 'timer', config }] });

  it.each([
    [own, '{', 'holds no JSON: '],
    [own, '{"timeout":"20"}', 'is not as it must be: timeout: '],
    [own, '{"triggers":{}}', 'is not as it must be: triggers: '],
    [own, timer('every day'), '"every day" of the timer tick is no cron expression: '],
    [own, timer('0 0 2 * * *'), '"0 0 2 * * *" of the timer tick is no cron expression: '],
    [own, timer('0 0 25 * * * *'), '"0 0 25 * * * *" of the timer tick is no cron expression: '],
    ['cloudbaserc.json', 'functions: []', 'holds no JSON: '],
    ['cloudbaserc.json', '{"functions":{}}', 'is not as it must be: functions: '],
    [
      'cloudbaserc.json',
      '{"functions":[{"name":"plain","envVariables":{"N":1}}]}',
      'functions.0.envVariables.N: ',
    ],
  ])('name their file in one sentence: %s, %s', (file, text, sentence) => {
    const reading = readWith(file, text);

    expect(reading).toThrow(StartError);
    expect(reading).toThrow(sentence);
    expect(reading).toThrow(join(dir, file));
  });

  it('are named when they are missing', () => {
    const missing = join(dir, 'missing');

    expect(() => readFunctions({ functionsRoot: missing, variables: {} })).toThrow(
      `${missing}, the folder of functions, cannot be read: ENOENT`,
    );
    expect(() => readFunctions({ functionsRoot: dir, configFile: missing, variables: {} })).toThrow(
      `${missing} cannot be read: ENOENT`,
    );
  });
});
