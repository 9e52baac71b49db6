import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

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

/** The settings of one function in cloudbaserc.json that matter here. */
interface DeployedSettings {
  readonly name: string;
  readonly timeout?: number;
  readonly memorySize?: number;
  readonly envVariables?: Readonly<Record<string, string>>;
  readonly triggers?: readonly (TimerTrigger & { readonly type: string })[];
}

/** The settings in a function's own config.json, which win over cloudbaserc.json. */
interface OwnSettings {
  readonly timeout?: number;
  readonly callable?: boolean;
  readonly triggers?: DeployedSettings['triggers'];
}

/** CloudBase's defaults. */
const DEFAULT_TIMEOUT_S = 5;
const DEFAULT_MEMORY_MB = 256;

/**
 * The functions found under functionsRoot: every folder with an index.js, with the settings of cloudbaserc.json and of its
 * own config.json. Variables fill the `{{env.NAME}}` placeholders; a variable whose placeholder has no value is left out.
 */
export function readFunctions(options: {
  functionsRoot: string;
  configFile?: string | undefined;
  variables: Readonly<Record<string, string | undefined>>;
}): FunctionConfig[] {
  const deployed = options.configFile
    ? readJson<{ functions?: DeployedSettings[] }>(options.configFile).functions
    : [];
  return readdirSync(options.functionsRoot)
    .filter(name => existsSync(join(options.functionsRoot, name, 'index.js')))
    .sort()
    .map(name => {
      const settings = deployed?.find(entry => entry.name === name) ?? { name };
      return toFunctionConfig(join(options.functionsRoot, name), settings, options.variables);
    });
}

function toFunctionConfig(
  dir: string,
  deployed: DeployedSettings,
  variables: Readonly<Record<string, string | undefined>>,
): FunctionConfig {
  const ownFile = join(dir, 'config.json');
  const own: OwnSettings = existsSync(ownFile) ? readJson(ownFile) : {};
  const triggers = (own.triggers ?? deployed.triggers ?? []).filter(trigger => trigger.type === 'timer');
  return {
    name: deployed.name,
    dir,
    timeoutMs: (own.timeout ?? deployed.timeout ?? DEFAULT_TIMEOUT_S) * 1000,
    memoryMb: deployed.memorySize ?? DEFAULT_MEMORY_MB,
    envVariables: fillPlaceholders(deployed.envVariables ?? {}, variables),
    triggers,
    isCallable: own.callable ?? triggers.length === 0,
  };
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

function readJson<T>(file: string): T {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new Error(`cannot read ${file}`, { cause: error });
  }
}
