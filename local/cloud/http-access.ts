import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { FunctionAnswer, FunctionHost } from './functions/function-host';
import type { FunctionConfig } from './functions/function-config';
import { readBytes } from './http-exchange';
import { readSettings, StartError } from './start-error';

/** The plugin of CloudBase Framework that gives functions their paths, in a cloudbaserc.json. */
const FUNCTION_PLUGIN = '@cloudbase/framework-plugin-function';

const Plugin = v.object({
  use: v.exactOptional(v.string()),
  inputs: v.exactOptional(v.object({ servicePaths: v.exactOptional(v.record(v.string(), v.string())) })),
});
const ConfigFile = v.object({
  framework: v.exactOptional(v.object({ plugins: v.exactOptional(v.record(v.string(), Plugin)) })),
});

const PATH = /^\/[\w/-]*$/;
const ORIGIN = /^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/;

/** Largest body that the platform hands to a function: 6 MB for the whole event, its text in JSON included. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
const PREFLIGHT_SECONDS = '600';

/** A function and the path at and below which it answers HTTP. */
export interface AccessPath {
  readonly path: string;
  readonly functionName: string;
}

/**
 * The paths that a cloudbaserc.json gives to functions.
 * @throws StartError that names the file and the path at fault.
 */
export function readAccessPaths(
  configFile: string | undefined,
  functions: readonly FunctionConfig[],
): AccessPath[] {
  if (!configFile) return [];
  const plugins = Object.values(readSettings(configFile, ConfigFile).framework?.plugins ?? {});
  const given = plugins
    .filter(({ use }) => use === FUNCTION_PLUGIN)
    .flatMap(({ inputs }) => Object.entries(inputs?.servicePaths ?? {}))
    .map(([functionName, path]) => ({ functionName, path: withoutEnd(path) }));
  for (const { functionName, path } of given) {
    if (!PATH.test(path)) throw new StartError(`${configFile}: "${path}" of ${functionName} is no path`);
    if (given.filter(other => other.path === path).length > 1)
      throw new StartError(`${configFile}: several functions have the path ${path}`);
  }
  // Settings of functions that are not there count for nothing, as elsewhere in the file.
  return given.filter(({ functionName }) => functions.some(({ name }) => name === functionName));
}

const withoutEnd = (path: string): string => (path === '/' ? path : path.replace(/\/+$/, ''));

/** @throws StartError for what is no origin: scheme, host and port, without a path. */
export function checkOrigins(origins: readonly string[]): readonly string[] {
  const wrong = origins.find(origin => !ORIGIN.test(origin));
  if (wrong !== undefined) throw new StartError(`${wrong} is no origin, as in https://example.com`);
  return origins;
}

interface HttpAccessOptions {
  readonly host: FunctionHost;
  readonly paths: readonly AccessPath[];
  /** Web pages that may read the answers (安全域名), each exactly as a browser names it. */
  readonly origins: readonly string[];
}

/** CloudBase's HTTP access to functions (HTTP 访问服务): requests become events, answers become responses. */
export class HttpAccess {
  constructor(private readonly options: HttpAccessOptions) {}

  /** The path with the most in common; undefined when the address belongs to no function. */
  find(request: IncomingMessage): AccessPath | undefined {
    const pathname = (request.url ?? '/').split('?')[0] ?? '/';
    return this.options.paths
      .filter(({ path }) => path === '/' || pathname === path || pathname.startsWith(`${path}/`))
      .sort((a, b) => b.path.length - a.path.length)[0];
  }

  /** Whether a page of another site may ask: of a configured origin, and for such a path. */
  admits(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    return origin !== undefined && this.options.origins.includes(origin) && this.find(request) !== undefined;
  }

  /** @throws BodyTooLargeError; PlatformError as {@link FunctionHost.invoke}. */
  async answer(
    { functionName }: AccessPath,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const cors = this.#corsHeaders(request);
    for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
    const { headers, method } = request;
    if (method === 'OPTIONS' && headers['access-control-request-method'] !== undefined) {
      return void response.writeHead(204, preflightHeaders(headers, cors)).end();
    }
    const event = toEvent(request, await readBytes(request, BODY_BYTES_MAX));
    const caller = { kind: 'client', source: 'wx_http' } as const;
    sendResult(response, await this.options.host.invoke(functionName, JSON.stringify(event), caller));
  }

  #corsHeaders({ headers: { origin } }: IncomingMessage): Record<string, string> {
    if (origin === undefined || !this.options.origins.includes(origin)) return {};
    return { 'access-control-allow-origin': origin, vary: 'Origin' };
  }
}

/** Nothing is allowed to who is not of a configured origin. */
const preflightHeaders = (
  headers: IncomingMessage['headers'],
  cors: Readonly<Record<string, string>>,
): Record<string, string> =>
  Object.keys(cors).length === 0
    ? {}
    : {
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
        'access-control-max-age': PREFLIGHT_SECONDS,
      };

const TEXT_TYPES =
  /^(text\/|application\/(json|xml|javascript|x-www-form-urlencoded)\b|[^;]*\+(json|xml)\b)/i;

/** The request as the function gets it (集成请求). Text is text; anything else, and what is coded, comes as Base64. */
function toEvent({ url = '/', method = 'GET', headers, rawHeaders }: IncomingMessage, body: Buffer): object {
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  const isText =
    TEXT_TYPES.test(headers['content-type'] ?? 'text/plain') &&
    headers['content-encoding'] === undefined &&
    isUtf8(body);
  return {
    path: pathname,
    httpMethod: method,
    headers: joinedHeaders(rawHeaders),
    queryStringParameters: Object.fromEntries(searchParams),
    requestContext: {},
    body: body.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
}

/** Names in lower case; of what was sent several times, all. */
function joinedHeaders(rawHeaders: readonly string[]): Record<string, string> {
  const joined = new Map<string, string>();
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] ?? '').toLowerCase();
    const value = rawHeaders[at + 1] ?? '';
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(joined);
}

const Integrated = v.object({
  statusCode: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  headers: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), {}),
  body: v.optional(v.unknown(), ''),
  isBase64Encoded: v.optional(v.boolean(), false),
});

/** What the connection itself decides. */
const OWN_HEADERS = ['connection', 'content-length', 'keep-alive', 'transfer-encoding'];

/** An integrated answer (集成响应) says status, headers and body; any other result is the body. */
function sendResult(response: ServerResponse, answer: FunctionAnswer): void {
  response.setHeader('x-request-id', answer.requestId);
  response.setHeader('x-db-requests', String(answer.databaseRequests));
  response.setHeader('x-db-trips', String(answer.databaseTrips));
  response.setHeader('x-duration-ms', answer.durationMs.toFixed(1));
  const result: unknown = JSON.parse(answer.resultText);
  const integrated = v.safeParse(Integrated, result);
  if (!integrated.success) {
    const isText = typeof result !== 'object';
    response.setHeader('content-type', `${isText ? 'text/plain' : 'application/json'}; charset=utf-8`);
    return void response.end(isText ? String(result) : answer.resultText);
  }
  const { statusCode, headers, body, isBase64Encoded } = integrated.output;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  response.statusCode = statusCode;
  for (const [name, value] of Object.entries(headers)) {
    if (!OWN_HEADERS.includes(name.toLowerCase())) response.setHeader(name, String(value));
  }
  if (!response.hasHeader('content-type')) {
    response.setHeader(
      'content-type',
      `${typeof body === 'string' ? 'text/plain' : 'application/json'}; charset=utf-8`,
    );
  }
  response.end(isBase64Encoded ? Buffer.from(text, 'base64') : text);
}
