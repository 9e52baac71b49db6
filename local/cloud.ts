/** Command line of the local cloud: `node dist/local/cloud.js --functions DIR --data DIR`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud, type Cloud, type CloudOptions } from './cloud/cloud';
import { parseCommand, UsageError, type Command, type StartOptions } from './cloud/command-options';
import type { CallLog } from './cloud/functions/call-log';
import type { FunctionConfig } from './cloud/functions/function-config';
import { runCommand } from './cloud/run-command';
import { exportData, importData, resetData } from './cloud/snapshot';
import { causeOf, CollectionsError, isSystemError, StartError } from './cloud/start-error';

const HELP = `Runs CloudBase cloud functions, database, file storage and timers on this machine.

usage: node dist/local/cloud.js --data DIR [options]
       node dist/local/cloud.js exec [options] COMMAND     starts it, runs COMMAND beside it, ends with its exit code
       node dist/local/cloud.js export --data DIR --to FOLDER
       node dist/local/cloud.js import --data DIR --from FOLDER
       node dist/local/cloud.js reset --data DIR           removes what was made in DIR, and nothing else

  --data DIR           where database, files and clock are kept (exec: a folder of its own, removed afterwards)
  --functions DIR      folder with one bundled function per folder (DIR/<name>/index.js)
                       (default: functionRoot of the cloudbaserc.json in this folder)
  --config FILE        cloudbaserc.json with time limits, memory, variables and paths of HTTP access
  --collections FILE   JSON list of {name, indexes} to have in the database
  --port N             port of the front (default: any free one)
  --database-port N    port of the database (default: any free one)
  --instances N        warm instances per function (default 4)
  --sync FULL          sync every commit to the disk (default NORMAL)
  --database-delay MS  what every database request waits (default 0)
  --env KEY=VALUE      value for a {{env.KEY}} placeholder; may be repeated
  --origin URL         whose pages may read what functions answer at HTTP paths; may be repeated
  --log FILE           append every call as a line of JSON
  --quiet              do not print calls
  --help               this text

SDKs sign with secretId and secretKey, which are printed; LOCAL_CLOUD_SECRET_KEY in the environment chooses the key.
COMMAND gets them, the address of the database and LOCAL_CLOUD_URL as variables of the environment.
`;

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
  const { secretId, secretKey } = cloud.credentials;
  console.log(`secretId  ${secretId}    secretKey ${secretKey}    for tcb.init`);
  console.log(`token     ${cloud.adminToken}    x-local-admin for POST /timers/<function> and POST /clock`);
  if (cloud.clockOffsetMs !== 0) console.log(`clock     shifted by ${cloud.clockOffsetMs} ms`);
  console.log(['functions', ...cloud.functions.map(describeFunction)].join('\n'));
}

function printReload(name: string, failure: string | undefined): void {
  console.log(
    failure === undefined
      ? `${name}: built anew, and used from now on`
      : `${name}: the new bundle does not load, the earlier one goes on: ${failure}`,
  );
}

async function open({ isQuiet, collectionsFile, ...options }: StartOptions): Promise<Cloud> {
  const told: Partial<CloudOptions> = isQuiet ? {} : { onCallFinished: printCall, onReloaded: printReload };
  try {
    return await startCloud({ ...options, ...told });
  } catch (error) {
    if (error instanceof CollectionsError) throw new StartError(`${collectionsFile}: ${error.message}`);
    throw error;
  }
}

async function start(options: StartOptions): Promise<void> {
  const cloud = await open(options);
  const stop = (): void => void cloud.close().then(() => process.exit(0));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  announce(cloud);
}

async function exec({ options, words }: Extract<Command, { name: 'exec' }>): Promise<void> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'local-cloud-'));
  const cloud = await open({ ...options, dataDir, isQuiet: true });
  try {
    process.exitCode = await runCommand(cloud, words);
  } finally {
    await cloud.close();
    if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  switch (command.name) {
    case 'help':
      return void process.stdout.write(HELP);
    case 'start':
      return start(command.options);
    case 'exec':
      return exec(command);
    case 'export':
      exportData(command.dataDir, command.to);
      return console.log(`${command.dataDir} is copied to ${command.to}`);
    case 'import':
      importData(command.dataDir, command.from);
      return console.log(`${command.from} is copied to ${command.dataDir}`);
    case 'reset':
      resetData(command.dataDir);
      return console.log(`${command.dataDir} holds no data any more`);
    default:
      return command satisfies never;
  }
}

main().catch((error: unknown) => {
  const isUsage = error instanceof UsageError || (error instanceof TypeError && 'code' in error);
  if (isUsage) console.error(`${(error as Error).message}\n\n${HELP}`);
  else if (error instanceof StartError || isSystemError(error)) console.error(causeOf(error));
  else console.error(error);
  process.exitCode = isUsage ? 2 : 1;
});
