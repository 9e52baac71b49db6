import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request with the means to answer it. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** What follows the route's path, decoded: the function's name in `/functions/account`. */
  readonly rest: string;
}

/** An address of an HTTP server. A path that ends in `/` matches everything below it, any other only itself. */
export interface Route {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE' | 'OPTIONS';
  readonly path: string;
  readonly handle: (exchange: Exchange) => void | Promise<void>;
}

/** Looks at a request before the routes do; true when it has answered it. */
export type Gate = (request: IncomingMessage, response: ServerResponse) => boolean;

/** A request body that is larger than the reader allows. */
export class BodyTooLargeError extends Error {}

/** The first route that fits a request, with what its handler needs to know; undefined when none does. */
export function findRoute(
  routes: readonly Route[],
  request: IncomingMessage,
): { route: Route; url: URL; rest: string } | undefined {
  const url = parseUrl(request.url ?? '/');
  const route = routes.find(
    ({ method, path }) => method === request.method && url && isBelow(url.pathname, path),
  );
  const rest = route && url && decodePath(url.pathname.slice(route.path.length));
  return route && url && rest !== undefined ? { route, url, rest } : undefined;
}

function isBelow(pathname: string, path: string): boolean {
  return path.endsWith('/') && path !== '/' ? pathname.startsWith(path) : pathname === path;
}

/** Undefined when a client sends what is no path: that must not end the process. */
function parseUrl(text: string): URL | undefined {
  try {
    return new URL(`http://127.0.0.1${text}`);
  } catch {
    return undefined;
  }
}

function decodePath(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** {@link readBytes} as text. */
export const readText = async (request: IncomingMessage, bytesMax: number): Promise<string> =>
  (await readBytes(request, bytesMax)).toString('utf8');

/**
 * Reads a whole body. Rejects with {@link BodyTooLargeError} as soon as it exceeds the limit; the rest is then read
 * and thrown away, since closing the connection at once would lose the answer.
 */
export function readBytes(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bytesMax) return chunks.push(chunk);
      chunks.length = 0;
      return reject(new BodyTooLargeError(`the body is larger than ${bytesMax} bytes`));
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', reject);
  });
}

/** Answers with JSON text that is there already. */
export function sendJsonText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJsonText(response, status, JSON.stringify(value), headers);
}
