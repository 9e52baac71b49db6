import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import type { Cloud } from './cloud-types';
import { ENVIRONMENT_ID } from './environment-id';

/** A process that a signal ended has this much more than its number, as in a shell. */
const SIGNALLED = 128;

/** Variables that point an SDK at the cloud, in any program: `tcb.init({ env: tcb.SYMBOL_CURRENT_ENV })` finds it. */
export const variablesOf = ({ url, adminUrl, adminToken, credentials }: Cloud): Record<string, string> => ({
  // The SDK then asks no metadata service who it is.
  TENCENTCLOUD: 'true',
  TENCENTCLOUD_SECRETID: credentials.secretId,
  TENCENTCLOUD_SECRETKEY: credentials.secretKey,
  TCB_CONTEXT_CNFG: JSON.stringify({ URL: adminUrl }),
  SCF_NAMESPACE: ENVIRONMENT_ID,
  LOCAL_CLOUD_URL: url,
  LOCAL_CLOUD_TOKEN: adminToken,
});

/**
 * Runs a command beside the cloud, with its own input and output. One word is a line for the shell.
 * @returns its exit code
 */
export function runCommand(cloud: Cloud, [program = '', ...rest]: readonly string[]): Promise<number> {
  const child = spawn(program, rest, {
    shell: rest.length === 0,
    stdio: 'inherit',
    env: { ...process.env, ...variablesOf(cloud) },
  });
  // An interrupt from the terminal reaches both; the cloud ends when the command has.
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  const wait = (): void => {};
  process.on('SIGINT', wait).on('SIGTERM', pass);
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      resolve(code ?? SIGNALLED + (signal ? constants.signals[signal] : 0)),
    );
  }).finally(() => process.off('SIGINT', wait).off('SIGTERM', pass));
}
