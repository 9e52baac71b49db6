import { subscribe } from 'node:diagnostics_channel';
import { errorMonitor } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';

/** The database server marks its replies with this header; other actions of the same server do not count. */
const MARK = 'x-database-request';

/**
 * Counts this thread's requests to the database server: replies that carry the mark, and requests that failed without a
 * reply (whether those were database requests cannot be known, so all of them count). Returns a function that gives the
 * number since its last use.
 */
export function countDatabaseRequests(databaseHost: string): () => number {
  let count = 0;
  const answered = new WeakSet<ClientRequest>();
  subscribe('http.client.request.start', message => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader('host') !== databaseHost) return;
    request.once(errorMonitor, () => {
      if (!answered.has(request)) count++;
    });
  });
  subscribe('http.client.response.finish', message => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    answered.add(request);
    if (request.getHeader('host') === databaseHost && response.headers[MARK] === '1') count++;
  });
  return () => {
    const taken = count;
    count = 0;
    return taken;
  };
}
