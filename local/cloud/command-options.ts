import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import type { CloudOptions } from './cloud-types';
import { parsePort } from './listen';
import { readSettings } from './start-error';

/** A command line that cannot be understood. */
export class UsageError extends Error {}

/** What the command line asks for. */
export type Command =
  | { readonly name: 'help' }
  | { readonly name: 'start'; readonly options: StartOptions }
  | {
      readonly name: 'exec';
      readonly options: Omit<StartOptions, 'dataDir'> & { dataDir?: string };
      readonly words: readonly string[];
    }
  | { readonly name: 'export'; readonly dataDir: string; readonly to: string }
  | { readonly name: 'import'; readonly dataDir: string; readonly from: string }
  | { readonly name: 'reset'; readonly dataDir: string };

export type StartOptions = CloudOptions & {
  /** Where the collections were read from, for whoever is told that they cannot be had. */
  readonly collectionsFile?: string;
  readonly isQuiet: boolean;
};

const OPTIONS = {
  functions: { type: 'string' },
  data: { type: 'string' },
  config: { type: 'string' },
  collections: { type: 'string' },
  port: { type: 'string' },
  'database-port': { type: 'string' },
  instances: { type: 'string' },
  sync: { type: 'string' },
  'database-delay': { type: 'string' },
  env: { type: 'string', multiple: true },
  origin: { type: 'string', multiple: true },
  log: { type: 'string' },
  to: { type: 'string' },
  from: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

const DEFAULT_CONFIG_FILE = 'cloudbaserc.json';
const Project = v.object({ functionRoot: v.string() });
const Collections = v.array(
  v.object({
    name: v.string(),
    indexes: v.array(
      v.object({
        name: v.string(),
        keys: v.array(v.tuple([v.string(), v.picklist([1, -1])])),
        unique: v.exactOptional(v.boolean()),
        sparse: v.exactOptional(v.boolean()),
      }),
    ),
  }),
);

type Values = ReturnType<typeof parse>['values'];

const parse = (args: readonly string[]) =>
  parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });

/** @throws UsageError, and StartError for a file that is not as it must be */
export function parseCommand(args: readonly string[]): Command {
  const [name] = args;
  // What is to be run has options of its own.
  if (name === 'exec') return parseExec(args.slice(1));
  const { values, positionals } = parse(args);
  if (values.help) return { name: 'help' };
  const [command, ...rest] = positionals;
  if (rest.length > 0) throw new UsageError(`what is ${rest.join(' ')}?`);
  switch (command) {
    case undefined:
      return { name: 'start', options: { ...toStartOptions(values), dataDir: dirOf(values, 'data') } };
    case 'export':
      return { name: 'export', dataDir: dirOf(values, 'data'), to: dirOf(values, 'to') };
    case 'import':
      return { name: 'import', dataDir: dirOf(values, 'data'), from: dirOf(values, 'from') };
    case 'reset':
      return { name: 'reset', dataDir: dirOf(values, 'data') };
    default:
      throw new UsageError(`there is no command ${command}`);
  }
}

/** Options come before the command that is to be run. */
function parseExec(args: readonly string[]): Command {
  const { tokens } = parseArgs({ args: [...args], options: OPTIONS, strict: false, tokens: true });
  const first = tokens.find(({ kind }) => kind !== 'option');
  const end = first?.index ?? args.length;
  const words = args.slice(first?.kind === 'option-terminator' ? end + 1 : end);
  const { values } = parse(args.slice(0, end));
  if (values.help) return { name: 'help' };
  if (words.length === 0) throw new UsageError('exec wants a command, as in exec "npm test"');
  const dataDir = values.data === undefined ? {} : { dataDir: resolve(values.data) };
  return { name: 'exec', words, options: { ...toStartOptions(values), ...dataDir } };
}

function toStartOptions(values: Values): Omit<StartOptions, 'dataDir'> {
  const found = !values.functions && existsSync(DEFAULT_CONFIG_FILE) ? DEFAULT_CONFIG_FILE : undefined;
  const configFile = values.config ?? found;
  return {
    functionsRoot: functionsRootOf(values.functions, configFile),
    isQuiet: values.quiet ?? false,
    envVariables: parseVariables(values.env ?? []),
    ...(configFile && { configFile: resolve(configFile) }),
    ...(values.collections && {
      collectionsFile: resolve(values.collections),
      collections: readSettings(resolve(values.collections), Collections),
    }),
    ...(values.port && { port: toPort('--port', values.port) }),
    ...(values['database-port'] && { databasePort: toPort('--database-port', values['database-port']) }),
    ...(values.instances && { instancesPerFunction: parseCount('--instances', values.instances) }),
    ...(values.sync && { synchronous: parseSynchronous(values.sync) }),
    ...(values['database-delay'] && {
      databaseDelayMs: parseCount('--database-delay', values['database-delay']),
    }),
    ...(values.origin && { webOrigins: values.origin }),
    ...(values.log && { logFile: resolve(values.log) }),
    ...(process.env.LOCAL_CLOUD_SECRET_KEY && {
      credentials: { secretId: 'local', secretKey: process.env.LOCAL_CLOUD_SECRET_KEY },
    }),
  };
}

function functionsRootOf(functions: string | undefined, configFile: string | undefined): string {
  if (functions) return resolve(functions);
  if (!configFile) throw new UsageError('--functions is required where no cloudbaserc.json lies');
  return resolve(dirname(configFile), readSettings(configFile, Project).functionRoot);
}

function dirOf(values: Values, option: 'data' | 'to' | 'from'): string {
  const dir = values[option];
  if (!dir) throw new UsageError(`--${option} is required`);
  return resolve(dir);
}

function parseVariables(pairs: readonly string[]): Record<string, string> {
  const variables: Record<string, string> = {};
  for (const pair of pairs) {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined || value === undefined) throw new UsageError(`--env wants KEY=VALUE, not ${pair}`);
    variables[name] = value;
  }
  return variables;
}

function parseCount(option: string, text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new UsageError(`${option} wants a number, not ${text}`);
  return Number(text);
}

function toPort(option: string, text: string): number {
  const port = parsePort(text);
  if (port === undefined) throw new UsageError(`${option} wants a number from 0 to 65535, not ${text}`);
  return port;
}

function parseSynchronous(text: string): 'NORMAL' | 'FULL' {
  if (text === 'NORMAL' || text === 'FULL') return text;
  throw new UsageError(`--sync wants NORMAL or FULL, not ${text}`);
}
