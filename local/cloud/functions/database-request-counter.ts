import { subscribe } from 'node:diagnostics_channel';
import { errorMonitor } from 'node:events';
import type { ClientRequest, IncomingMessage } from 'node:http';

/** The database server marks its replies with this header; other actions of the same server do not count. */
const MARK = 'x-database-request';

/** What a call asked of the database. */
export interface DatabaseUse {
  /** All requests. */
  readonly databaseRequests: number;
  /** The longest chain of requests of which each began after the former had ended: what the caller waited for in turn. */
  readonly databaseTrips: number;
}

interface BegunRequest {
  /** Its place in the longest chain that it continues, from 1 on. */
  readonly trip: number;
  readonly of: CallUse;
}

/** One call's requests. */
class CallUse implements DatabaseUse {
  databaseRequests = 0;
  databaseTrips = 0;
  /** The longest chain that has ended, so that a request that begins now continues it. */
  #ended = 0;

  begin(): BegunRequest {
    return { trip: this.#ended + 1, of: this };
  }

  count(trip: number): void {
    this.databaseRequests++;
    this.databaseTrips = Math.max(this.databaseTrips, trip);
  }

  end(trip: number): void {
    this.#ended = Math.max(this.#ended, trip);
  }
}

/**
 * Counts this thread's requests to the database server: replies that carry the mark, and requests that failed without a
 * reply (whether those were database requests cannot be known, so all of them count). A request belongs to the call that
 * began it. Returns a function that gives what was used since its last call.
 */
export function countDatabaseRequests(databaseHost: string): () => DatabaseUse {
  let use = new CallUse();
  const begun = new WeakMap<ClientRequest, BegunRequest>();
  subscribe('http.client.request.start', message => {
    const { request } = message as { request: ClientRequest };
    if (request.getHeader('host') !== databaseHost) return;
    const { trip, of } = use.begin();
    begun.set(request, { trip, of });
    request.once(errorMonitor, () => {
      if (!begun.delete(request)) return;
      of.count(trip);
      of.end(trip);
    });
  });
  // told when the head of a reply is there, before anybody can read it: so this hears first that it has ended
  subscribe('http.client.response.finish', message => {
    const { request, response } = message as { request: ClientRequest; response: IncomingMessage };
    const { trip = 0, of } = begun.get(request) ?? {};
    begun.delete(request);
    if (!of || response.headers[MARK] !== '1') return;
    of.count(trip);
    const end = () => of.end(trip);
    response.once('end', end);
    response.once(errorMonitor, end);
  });
  return () => {
    const taken = use;
    use = new CallUse();
    return taken;
  };
}
