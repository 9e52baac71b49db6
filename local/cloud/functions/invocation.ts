import type { Credentials } from '../credentials';
import { APP_ID, ENVIRONMENT_ID } from '../environment-id';
import type { FunctionConfig } from './function-config';
import type { InstanceCall } from './instance-messages';

/** Where a call comes from, as the platform names it in TCB_SOURCE. */
export type CallSource = 'wx_client' | 'wx_http' | 'wx_client,scf';

/** Who or what calls a function. Only a mini-program's user has an identity. */
export type Caller =
  | { readonly kind: 'client'; readonly source: CallSource; readonly openid?: string | undefined }
  | { readonly kind: 'timer'; readonly triggerName: string };

export interface Invocation {
  readonly requestId: string;
  readonly caller: Caller;
  /** The event as JSON text of an object; a timer's is made here. */
  readonly eventText: string;
  readonly clockOffsetMs: number;
}

/** What an instance starts with: enough for `tcb.init({ env: tcb.SYMBOL_CURRENT_ENV })` to reach the local database. */
export function toInstanceEnvironment(
  config: FunctionConfig,
  { adminUrl, credentials }: { adminUrl: string; credentials: Credentials },
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    TZ: 'UTC',
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: 'ap-shanghai',
    TENCENTCLOUD_SECRETID: credentials.secretId,
    TENCENTCLOUD_SECRETKEY: credentials.secretKey,
    TENCENTCLOUD_SESSIONTOKEN: 'local',
    SCF_NAMESPACE: ENVIRONMENT_ID,
    SCF_FUNCTIONNAME: config.name,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: adminUrl }),
    // Without these, getWXContext() of wx-server-sdk tells nothing until a user has called (its source).
    WX_APPID: APP_ID,
    WX_CONTEXT_KEYS: 'WX_APPID',
    // The SDK's warning about slow queries is not cancelled when a request fails; it would warn falsely.
    SILENCE: 'true',
    ...config.envVariables,
  };
}

/** One call in the form that an instance runs: event, context and the variables that the platform sets for each call. */
export function toInstanceCall(
  config: FunctionConfig,
  invocation: Invocation,
  adminUrl: string,
): InstanceCall {
  const environment = toCallEnvironment(invocation, adminUrl);
  return {
    event: toEventText(invocation),
    context: JSON.stringify({
      callbackWaitsForEmptyEventLoop: false,
      memory_limit_in_mb: config.memoryMb,
      time_limit_in_ms: config.timeoutMs,
      request_id: invocation.requestId,
      function_name: config.name,
      function_version: '$LATEST',
      namespace: ENVIRONMENT_ID,
      environment: JSON.stringify(environment),
      environ: Object.entries(environment)
        .map(([name, value]) => `${name}=${value}`)
        .join(';'),
    }),
    environment,
    clockOffsetMs: invocation.clockOffsetMs,
  };
}

function toCallEnvironment({ requestId, caller }: Invocation, adminUrl: string): Record<string, string> {
  return {
    TCB_ENV: ENVIRONMENT_ID,
    TCB_SEQID: requestId,
    SCF_NAMESPACE: ENVIRONMENT_ID,
    TCB_CONTEXT_CNFG: JSON.stringify({ URL: adminUrl }),
    ...(caller.kind === 'timer'
      ? { TRIGGER_SRC: 'timer', TCB_SOURCE: 'wx_trigger' }
      : { TCB_SOURCE: caller.source }),
    TCB_CONTEXT_KEYS: 'TCB_ENV,TCB_SEQID,TCB_SOURCE',
    ...toUserEnvironment(caller),
  };
}

function toUserEnvironment(caller: Caller): Record<string, string> {
  if (caller.kind !== 'client' || !caller.openid) return {};
  const user = { WX_OPENID: caller.openid, WX_APPID: APP_ID, WX_CLIENTIP: '127.0.0.1' };
  return { ...user, WX_CONTEXT_KEYS: Object.keys(user).join(',') };
}

function toEventText({ caller, eventText, clockOffsetMs }: Invocation): string {
  if (caller.kind === 'timer') {
    const firedAt = new Date(Date.now() + clockOffsetMs).toISOString();
    return JSON.stringify({ Type: 'Timer', TriggerName: caller.triggerName, Time: firedAt, Message: '' });
  }
  if (!caller.openid) return eventText;
  // As on the platform: the event of a mini-program's call names its user, whatever the caller wrote there.
  // Of two fields with one name the last counts. As text, because an event may be nested deeper than JSON can be written.
  const userInfo = JSON.stringify({ userInfo: { appId: APP_ID, openId: caller.openid } });
  const fields = eventText.trim().slice(1, -1).trim();
  return fields === '' ? userInfo : `{${fields},${userInfo.slice(1)}`;
}
