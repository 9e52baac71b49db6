/** Command line of the local cloud: `node dist/local/cloud.js --functions DIR --data DIR`. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startCloud, type Cloud, type CloudOptions } from './cloud/cloud';
import type { CollectionDefinition } from './cloud/database/admin-protocol';
import type { CallLog } from './cloud/functions/call-log';
import type { FunctionConfig } from './cloud/functions/function-config';
import { parsePort } from './cloud/listen';
import { StartError } from './cloud/start-error';

const HELP = `Runs CloudBase cloud functions, database, file storage and timers on this machine.

usage: node dist/local/cloud.js --functions DIR --data DIR [options]

  --functions DIR      folder with one bundled function per folder (DIR/<name>/index.js)
  --data DIR           where database, files and clock are kept
  --config FILE        cloudbaserc.json with time limits, memory and variables
  --collections FILE   JSON list of {name, indexes} to have in the database
  --port N             port of the front (default: any free one)
  --instances N        warm instances per function (default 4)
  --sync FULL          sync every commit to the disk (default NORMAL)
  --database-delay MS  what every database request waits (default 0)
  --env KEY=VALUE      value for a {{env.KEY}} placeholder; may be repeated
  --log FILE           append every call as a line of JSON
  --quiet              do not print calls
  --help               this text
`;

const OPTIONS = {
  functions: { type: 'string' },
  data: { type: 'string' },
  config: { type: 'string' },
  collections: { type: 'string' },
  port: { type: 'string' },
  instances: { type: 'string' },
  sync: { type: 'string' },
  'database-delay': { type: 'string' },
  env: { type: 'string', multiple: true },
  log: { type: 'string' },
  quiet: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** A command line that cannot be understood. */
class UsageError extends Error {}

function parseOptions(args: string[]): CloudOptions | 'help' {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) return 'help';
  if (!values.functions || !values.data) throw new UsageError('--functions and --data are required');
  return {
    functionsRoot: resolve(values.functions),
    dataDir: resolve(values.data),
    envVariables: parseVariables(values.env ?? []),
    ...(values.config && { configFile: resolve(values.config) }),
    ...(values.collections && { collections: readCollections(values.collections) }),
    ...(values.port && { port: toPort(values.port) }),
    ...(values.instances && { instancesPerFunction: parseCount('--instances', values.instances) }),
    ...(values.sync && { synchronous: parseSynchronous(values.sync) }),
    ...(values['database-delay'] && {
      databaseDelayMs: parseCount('--database-delay', values['database-delay']),
    }),
    ...(values.log && { logFile: resolve(values.log) }),
    ...(!values.quiet && { onCallFinished: printCall }),
  };
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

function toPort(text: string): number {
  const port = parsePort(text);
  if (port === undefined) throw new UsageError(`--port wants a number from 0 to 65535, not ${text}`);
  return port;
}

function parseSynchronous(text: string): 'NORMAL' | 'FULL' {
  if (text === 'NORMAL' || text === 'FULL') return text;
  throw new UsageError(`--sync wants NORMAL or FULL, not ${text}`);
}

function readCollections(file: string): CollectionDefinition[] {
  return JSON.parse(readFileSync(file, 'utf8')) as CollectionDefinition[];
}

function printCall(call: CallLog): void {
  const summary = [
    call.functionName,
    call.outcome,
    `${(call.durationMs ?? 0).toFixed(1)} ms`,
    `${call.databaseRequests} db in ${call.databaseTrips} trips`,
  ];
  console.log(`${new Date(call.startedAtMs).toISOString()} ${summary.join('  ')}`);
  for (const { level, text } of call.lines) console.log(`  ${level}: ${text}`);
  if (call.droppedLines > 0) console.log(`  (${call.droppedLines} more)`);
  if (call.failure) console.log(`  ${call.failure}`);
}

function describeFunction({ name, timeoutMs, memoryMb, triggers, isCallable }: FunctionConfig): string {
  const timers = triggers.map(trigger => `timer ${trigger.name} [${trigger.config}]`);
  const facts = [
    `${timeoutMs / 1000} s`,
    `${memoryMb} MB`,
    ...timers,
    ...(isCallable ? [] : ['not callable from outside']),
  ];
  return `  ${name.padEnd(16)} ${facts.join(', ')}`;
}

function announce(cloud: Cloud): void {
  console.log(`front     ${cloud.url}    POST /functions/<name>, header x-wx-openid`);
  console.log(`database  ${cloud.adminUrl}    for TCB_CONTEXT_CNFG or serviceUrl`);
  console.log(`token     ${cloud.adminToken}    x-local-admin for POST /timers/<function> and POST /clock`);
  if (cloud.clockOffsetMs !== 0) console.log(`clock     shifted by ${cloud.clockOffsetMs} ms`);
  console.log(['functions', ...cloud.functions.map(describeFunction)].join('\n'));
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options === 'help') return void process.stdout.write(HELP);
  const cloud = await startCloud(options);
  const stop = (): void => void cloud.close().then(() => process.exit(0));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  announce(cloud);
}

main().catch((error: unknown) => {
  if (error instanceof StartError) {
    console.error(error.message);
    process.exitCode = 1;
    return;
  }
  const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  console.error(isUsage ? `${(error as Error).message}\n\n${HELP}` : error);
  process.exitCode = isUsage ? 2 : 1;
});
