import * as v from 'valibot';

/** What the platform says about one call. */
export interface Invocation {
  /** WeChat's identity of the caller; absent for timers, HTTP and calls between functions. */
  openid?: string;
  isTimer: boolean;
  platformRequestId: string;
  /** When the platform ends the function. */
  endsAtMs: number;
}

const Context = v.object({
  request_id: v.optional(v.string(), ''),
  time_limit_in_ms: v.optional(v.number(), 5_000),
  environment: v.optional(v.string(), '{}'),
});

const Environment = v.object({ WX_OPENID: v.optional(v.string()), TRIGGER_SRC: v.optional(v.string()) });

/**
 * Identity comes only from `context.environment` of this very call: a warm instance still has the caller
 * before in process.env, and whatever is in the event was written by the caller.
 */
export function readInvocation(context: unknown, nowMs: number): Invocation {
  const parsed = v.parse(Context, context);
  const environment = v.parse(Environment, JSON.parse(parsed.environment));
  return {
    ...(environment.WX_OPENID && { openid: environment.WX_OPENID }),
    isTimer: environment.TRIGGER_SRC === 'timer',
    platformRequestId: parsed.request_id,
    endsAtMs: nowMs + parsed.time_limit_in_ms,
  };
}
