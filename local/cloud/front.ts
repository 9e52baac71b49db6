import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { isSameSecret } from './credentials';
import type { CallLogBook } from './functions/call-log';
import type { FunctionAnswer, FunctionHost } from './functions/function-host';
import type { Caller } from './functions/invocation';
import { PlatformError } from './functions/platform-error';
import { TimerRunningError, type TimerSchedule } from './functions/timer-schedule';
import {
  BodyTooLargeError,
  findRoute,
  readText,
  sendJson,
  sendJsonText,
  type Exchange,
  type Gate,
  type Route,
} from './http-exchange';
import type { HttpAccess } from './http-access';
import { createLocalServer, isForeign } from './local-server';
import { causeOf, isSystemError } from './start-error';

export interface FrontOptions {
  readonly host: FunctionHost;
  readonly timers: TimerSchedule;
  readonly logBook: CallLogBook;
  /** What a request must carry in `x-local-admin` to do what no client may. */
  readonly adminToken: string;
  readonly setClockOffsetMs: (offsetMs: number) => Promise<void>;
}

/** Slightly above the largest event, so that the host can judge the event itself. */
const EVENT_BODY_BYTES_MAX = 101 * 1024;
/** One function may send another one more than a client may. */
const INTERNAL_BODY_BYTES_MAX = 6 * 1024 * 1024;
const LOGS_LIMIT_DEFAULT = 20;
/** wx-server-sdk's number for a failure of the platform itself. */
const SYSTEM_ERROR = -501001;

/** The addresses that stand for the platform: calling functions, their logs, timers by hand, the clock. */
export function platformRoutes(options: FrontOptions): Route[] {
  const asAdmin =
    (handle: Route['handle']): Route['handle'] =>
    async exchange => {
      if (isAdmin(exchange.request, options.adminToken)) return handle(exchange);
      sendJson(exchange.response, 403, { errCode: -501008, errMsg: 'x-local-admin is missing or wrong' });
    };
  return [
    { method: 'GET', path: '/healthz', handle: ({ response }) => sendJson(response, 200, { status: 'ok' }) },
    { method: 'POST', path: '/functions/', handle: exchange => callAsClient(options.host, exchange) },
    { method: 'GET', path: '/logs/', handle: exchange => showLogs(options.logBook, exchange) },
    {
      method: 'POST',
      path: '/internal/functions/',
      handle: asAdmin(exchange => callAsFunction(options.host, exchange)),
    },
    { method: 'POST', path: '/timers/', handle: asAdmin(exchange => fireTimer(options.timers, exchange)) },
    {
      method: 'POST',
      path: '/clock',
      handle: asAdmin(exchange => setClock(options.setClockOffsetMs, exchange)),
    },
  ];
}

/**
 * An HTTP server for the given routes, and for what functions answer at paths of their own, once they can; failures of the
 * platform get their status and `{errCode, errMsg}`.
 */
export function createFront(
  routes: () => readonly Route[],
  gate: Gate = () => false,
  access: () => HttpAccess | undefined = () => undefined,
): Server {
  return createLocalServer(
    (request, response) => {
      if (!gate(request, response)) void dispatch(routes(), access(), { request, response });
    },
    request => access()?.admits(request) ?? false,
  );
}

async function dispatch(
  routes: readonly Route[],
  access: HttpAccess | undefined,
  { request, response }: Pick<Exchange, 'request' | 'response'>,
): Promise<void> {
  // A page of another site, which a path of HTTP access let in, is served nothing else.
  const found = isForeign(request) ? undefined : findRoute(routes, request);
  const path = found ? undefined : access?.find(request);
  try {
    if (found) await found.route.handle({ request, response, url: found.url, rest: found.rest });
    else if (access && path) await access.answer(path, request, response);
    else sendJson(response, 404, { errCode: SYSTEM_ERROR, errMsg: 'no such address' });
  } catch (error) {
    if (response.headersSent) response.destroy();
    else sendFailure(response, error);
  }
}

function sendFailure(response: ServerResponse, error: unknown): void {
  const failure =
    error instanceof BodyTooLargeError ? new PlatformError('event_too_large', error.message) : error;
  if (failure instanceof PlatformError) {
    const { errCode, message, requestId, httpStatus } = failure;
    return sendJson(response, httpStatus, { errCode, errMsg: message, ...(requestId && { requestId }) });
  }
  console.error('the front failed', error);
  const cause = isSystemError(error) ? `: ${causeOf(error)}` : '';
  return sendJson(response, 500, { errCode: SYSTEM_ERROR, errMsg: `system error${cause}` });
}

async function callAsClient(host: FunctionHost, { request, response, rest }: Exchange): Promise<void> {
  const openid = headerOf(request, 'x-wx-openid');
  const caller: Caller = { kind: 'client', source: 'wx_client', openid };
  host.getFunction(rest);
  const eventText = toEventText(await readText(request, EVENT_BODY_BYTES_MAX));
  sendAnswer(response, await host.invoke(rest, eventText, caller));
}

/** A call from another function: no user's identity travels with it. */
async function callAsFunction(host: FunctionHost, { request, response, rest }: Exchange): Promise<void> {
  const eventText = toEventText(await readText(request, INTERNAL_BODY_BYTES_MAX));
  sendAnswer(response, await host.invoke(rest, eventText, { kind: 'client', source: 'wx_client,scf' }));
}

async function fireTimer(timers: TimerSchedule, { response, rest, url }: Exchange): Promise<void> {
  const triggerName = url.searchParams.get('trigger') ?? undefined;
  if (!timers.has(rest, triggerName)) {
    return sendJson(response, 404, { errCode: -501000, errMsg: `${rest} has no such timer` });
  }
  try {
    sendAnswer(response, await timers.fire(rest, triggerName));
  } catch (error) {
    if (!(error instanceof TimerRunningError)) throw error;
    sendJson(response, 409, { errCode: -501004, errMsg: error.message });
  }
}

async function setClock(
  setOffset: FrontOptions['setClockOffsetMs'],
  { request, response }: Exchange,
): Promise<void> {
  const { offsetMs } = JSON.parse(toEventText(await readText(request, 1024))) as { offsetMs?: unknown };
  if (!Number.isSafeInteger(offsetMs)) {
    throw new PlatformError('invalid_event', 'offsetMs must be a whole number of milliseconds');
  }
  await setOffset(offsetMs as number);
  sendJson(response, 200, { offsetMs });
}

function showLogs(logBook: CallLogBook, { response, rest, url }: Exchange): void {
  const limit = Number(url.searchParams.get('limit') ?? LOGS_LIMIT_DEFAULT);
  sendJson(response, 200, {
    calls: logBook.latest(rest, Number.isSafeInteger(limit) ? limit : LOGS_LIMIT_DEFAULT),
  });
}

function sendAnswer(response: ServerResponse, answer: FunctionAnswer): void {
  sendJsonText(response, 200, answer.resultText, {
    'x-request-id': answer.requestId,
    'x-db-requests': String(answer.databaseRequests),
    'x-db-trips': String(answer.databaseTrips),
    'x-duration-ms': answer.durationMs.toFixed(1),
  });
}

/** An event is the text of a JSON object; no body at all stands for a call without data. */
function toEventText(body: string): string {
  if (body === '') return '{}';
  try {
    const event: unknown = JSON.parse(body);
    if (typeof event === 'object' && event !== null && !Array.isArray(event)) return body;
  } catch {
    // Falls through to the same answer as a body that is JSON but no object.
  }
  throw new PlatformError('invalid_event', 'the body must be a JSON object');
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function isAdmin(request: IncomingMessage, adminToken: string): boolean {
  return isSameSecret(headerOf(request, 'x-local-admin') ?? '', adminToken);
}
