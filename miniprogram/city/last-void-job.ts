import { forgetStored, keepStored, readStored } from '../storage';

/** A batch void belongs to no record that names its job, so the phone keeps the last one to come back to. */
const PREFIX = 'void-job:';

export const keepVoidJob = (target: string, jobId: string): void => keepStored(PREFIX + target, jobId);

export const forgetVoidJob = (target: string): void => forgetStored(PREFIX + target);

export function findVoidJob(target: string): string | undefined {
  const kept: unknown = readStored(PREFIX + target);
  return typeof kept === 'string' && kept !== '' ? kept : undefined;
}
