import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';

/** Longer than any client keeps a connection idle, so that none is cut just as it is used again. */
const KEEP_ALIVE_MS = 75_000;
/** The names of this machine that nobody else can let point here, with any port: it may be forwarded. */
const OWN_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/i;
/** What the browser says of a page that is not the server's own. */
const FOREIGN_SITES: readonly unknown[] = ['cross-site', 'same-site'];

/**
 * An HTTP server for programs of this machine and for the pages that it serves itself. A browser lends its way into the
 * machine to every page that it shows: those of other sites, of other servers here, and of names that an attacker lets
 * point here are all turned away, whatever they ask for.
 *
 * @param admits says which requests of other sites are let in all the same: the listener serves them nothing else.
 */
export function createLocalServer(
  listener: RequestListener,
  admits: (request: IncomingMessage) => boolean = () => false,
): Server {
  const server = createServer((request, response) => {
    if (comesFromHere(request) || (namesThisMachine(request) && admits(request)))
      return void listener(request, response);
    request.resume();
    response.writeHead(403, { 'content-type': 'application/json; charset=utf-8' });
    response.end('{"errCode":-501008,"errMsg":"only for programs and pages of this machine"}');
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.headersTimeout = KEEP_ALIVE_MS + 1000;
  return server;
}

const namesThisMachine = ({ headers: { host = '' } }: Pick<IncomingMessage, 'headers'>): boolean =>
  OWN_HOST.test(host);

/** Whether a page of another site asks. */
export const isForeign = (request: IncomingMessage): boolean => !comesFromHere(request);

function comesFromHere({ headers, method }: IncomingMessage): boolean {
  const { host = '', origin, 'sec-fetch-site': site, 'sec-fetch-mode': mode } = headers;
  if (!namesThisMachine({ headers })) return false;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  // Without an origin a browser asks for what a page embeds, and for what somebody opens: only that may be linked to.
  const isOpened = method === 'GET' && mode === 'navigate';
  return !FOREIGN_SITES.includes(site) || isOpened;
}
