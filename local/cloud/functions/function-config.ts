import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { causeOf, readSettings, StartError } from '../start-error';
import { toCron } from './cron';

/** A timer trigger of a function: a cron expression of seven fields, second to year, in UTC+8. */
export interface TimerTrigger {
  readonly name: string;
  readonly config: string;
}

/** A deployed function with its settings. */
export interface FunctionConfig {
  readonly name: string;
  /** Folder that holds index.js. */
  readonly dir: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly envVariables: Readonly<Record<string, string>>;
  readonly triggers: readonly TimerTrigger[];
  /** Whether a caller from outside may call it; a function with a timer is not callable unless its config.json says so. */
  readonly isCallable: boolean;
}

const Triggers = v.array(v.object({ name: v.string(), type: v.string(), config: v.string() }));
const Seconds = v.pipe(v.number(), v.gtValue(0));
/** The settings of one function in cloudbaserc.json that matter here. */
const DeployedSettings = v.object({
  name: v.string(),
  timeout: v.exactOptional(Seconds),
  memorySize: v.exactOptional(v.pipe(v.number(), v.gtValue(0))),
  envVariables: v.exactOptional(v.record(v.string(), v.string())),
  triggers: v.exactOptional(Triggers),
});
type DeployedSettings = v.InferOutput<typeof DeployedSettings>;

const DeployedFile = v.object({ functions: v.exactOptional(v.array(DeployedSettings)) });

/** The settings in a function's own config.json, which win over cloudbaserc.json. */
const OwnSettings = v.object({
  timeout: v.exactOptional(Seconds),
  callable: v.exactOptional(v.boolean()),
  triggers: v.exactOptional(Triggers),
});
type OwnSettings = v.InferOutput<typeof OwnSettings>;

/** CloudBase's defaults. */
const DEFAULT_TIMEOUT_S = 5;
const DEFAULT_MEMORY_MB = 256;

/**
 * The functions found under functionsRoot: every folder with an index.js, with the settings of cloudbaserc.json and of its
 * own config.json. Variables fill the `{{env.NAME}}` placeholders; a variable whose placeholder has no value is left out.
 * @throws StartError that names the file which is missing or not as it must be
 */
export function readFunctions(options: {
  functionsRoot: string;
  configFile?: string | undefined;
  variables: Readonly<Record<string, string | undefined>>;
}): FunctionConfig[] {
  const { functionsRoot, configFile, variables } = options;
  const deployed = configFile ? (readSettings(configFile, DeployedFile).functions ?? []) : [];
  return listFolders(functionsRoot)
    .filter(name => existsSync(join(functionsRoot, name, 'index.js')))
    .sort()
    .map(name => {
      const settings = deployed.find(entry => entry.name === name) ?? { name };
      return toFunctionConfig(join(functionsRoot, name), { settings, configFile, variables });
    });
}

function listFolders(functionsRoot: string): string[] {
  try {
    return readdirSync(functionsRoot);
  } catch (error) {
    throw new StartError(`${functionsRoot}, the folder of functions, cannot be read: ${causeOf(error)}`);
  }
}

interface Deployment {
  readonly settings: DeployedSettings;
  /** Where they stand. */
  readonly configFile: string | undefined;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

function toFunctionConfig(dir: string, { settings, configFile, variables }: Deployment): FunctionConfig {
  const ownFile = join(dir, 'config.json');
  const own: OwnSettings = existsSync(ownFile) ? readSettings(ownFile, OwnSettings) : {};
  const triggers = (own.triggers ?? settings.triggers ?? []).filter(trigger => trigger.type === 'timer');
  for (const trigger of triggers) assertCron(trigger, own.triggers ? ownFile : (configFile ?? ownFile));
  return {
    name: settings.name,
    dir,
    timeoutMs: (own.timeout ?? settings.timeout ?? DEFAULT_TIMEOUT_S) * 1000,
    memoryMb: settings.memorySize ?? DEFAULT_MEMORY_MB,
    envVariables: fillPlaceholders(settings.envVariables ?? {}, variables),
    triggers,
    isCallable: own.callable ?? triggers.length === 0,
  };
}

function assertCron({ name, config }: TimerTrigger, file: string): void {
  try {
    toCron(config);
  } catch (error) {
    throw new StartError(
      `${file}: "${config}" of the timer ${name} is no cron expression: ${causeOf(error)}`,
    );
  }
}

function fillPlaceholders(
  envVariables: Readonly<Record<string, string>>,
  variables: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const filled: Record<string, string> = {};
  for (const [name, text] of Object.entries(envVariables)) {
    let isComplete = true;
    const value = text.replace(/\{\{\s*env\.(\w+)\s*\}\}/g, (_, variable: string) => {
      isComplete &&= variables[variable] !== undefined;
      return variables[variable] ?? '';
    });
    if (isComplete) filled[name] = value;
  }
  return filled;
}
