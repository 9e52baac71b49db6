import * as v from 'valibot';

/** An HTTP request as CloudBase's HTTP access hands it to a function. Anybody may send the same by callFunction. */
export interface HttpRequest {
  method: string;
  /** Name of the interface: the path below that of the function. */
  name: string;
  hasQuery: boolean;
  /** By their names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export const BASE_PATH = '/openapi';

const HttpEvent = v.object({
  path: v.string(),
  httpMethod: v.string(),
  headers: v.optional(v.record(v.string(), v.unknown()), {}),
  queryStringParameters: v.nullish(v.record(v.string(), v.unknown())),
  body: v.nullish(v.string()),
  isBase64Encoded: v.optional(v.union([v.boolean(), v.picklist(['true', 'false'])]), false),
});

/** @returns undefined for an event that is no HTTP request. */
export function readHttpRequest(event: unknown): HttpRequest | undefined {
  const parsed = v.safeParse(HttpEvent, event);
  if (!parsed.success) return undefined;
  const { path, httpMethod, headers, queryStringParameters, body, isBase64Encoded } = parsed.output;
  const isCoded = isBase64Encoded === true || isBase64Encoded === 'true';
  return {
    method: httpMethod.toUpperCase(),
    name: nameIn(path),
    hasQuery: Object.keys(queryStringParameters ?? {}).length > 0,
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
    ),
    body: Buffer.from(body ?? '', isCoded ? 'base64' : 'utf8'),
  };
}

/** The platform tells the whole path or what is below that of the function, as it is configured. */
function nameIn(path: string): string {
  const below = path === BASE_PATH || path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length) : path;
  return below.replace(/^\//, '');
}

/** 集成响应. */
export interface HttpAnswer {
  statusCode: number;
  headers: Readonly<Record<string, string>>;
  body: string;
  isBase64Encoded: false;
}

export const toAnswer = (
  statusCode: number,
  contentType: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer => ({
  statusCode,
  headers: {
    'content-type': `${contentType}; charset=utf-8`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  },
  body,
  isBase64Encoded: false,
});
