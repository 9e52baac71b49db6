import { NavigationError } from '../pages/page-stack';

/** What WeChat's functions take besides their own options. */
export interface CallbackOptions {
  success?: (answer: Record<string, unknown>) => void;
  fail?: (failure: WxFailure) => void;
  complete?: (outcome: Record<string, unknown> | WxFailure) => void;
}

export interface WxFailure {
  errMsg: string;
  errCode?: number;
  errno?: number;
}

/** A failure that the caller is told of, with what follows `<name>:fail `. */
export class ApiFailure extends Error {
  constructor(
    message: string,
    readonly fields: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}

type Options = CallbackOptions & Record<string, unknown>;
type Run<O> = (options: O) => unknown;

/**
 * Makes a function as WeChat's are: callbacks if some are given, else a promise.
 * @param name as it appears in `errMsg`, `cloud.callFunction` for example
 */
export function wxFunction<O extends object = Options>(name: string, run: Run<O>) {
  return (options?: O & CallbackOptions): Promise<unknown> => {
    const given: O & CallbackOptions = options ?? ({} as O & CallbackOptions);
    const { success, fail, complete } = given;
    const answer = runAsync(run, given).then(
      fields => {
        const answered = { errMsg: `${name}:ok`, ...fields };
        success?.(answered);
        complete?.(answered);
        return answered as unknown;
      },
      (error: unknown) => {
        const failure = toFailure(name, error);
        fail?.(failure);
        complete?.(failure);
        if (success || fail || complete) return undefined;
        throw failure;
      },
    );
    return answer;
  };
}

async function runAsync<O>(run: Run<O>, options: O): Promise<Record<string, unknown>> {
  const answer = await run(options);
  return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
}

function toFailure(name: string, error: unknown): WxFailure {
  if (error instanceof ApiFailure) return { errMsg: `${name}:fail ${error.message}`, ...error.fields };
  if (!(error instanceof NavigationError)) console.error(`wx.${name}`, error);
  return { errMsg: `${name}:fail ${error instanceof Error ? error.message : String(error)}` };
}

/** The members of one area of `wx`. */
export type WxMembers = Record<string, unknown>;

/**
 * A call of a missing member is reported and throws. Asking whether it exists is no mistake, but answers yes, as it would on a
 * phone.
 */
export function failOnMissing(path: string, members: WxMembers, report: (name: string) => void): WxMembers {
  return new Proxy(members, {
    get: (target, name) => {
      if (typeof name !== 'string' || name in target || !/^[a-z]/.test(name) || name === 'then') {
        return target[name as string];
      }
      return () => {
        report(`${path}.${name}`);
        throw new Error(`预览宿主没有实现 ${path}.${name}`);
      };
    },
  });
}
