import type { ApiClientId } from '../../miniprogram/contract/ids';
import { apiClients, type ApiClient } from '../shared/store/api-clients';

/** Clients that this instance remembers, each for so long. */
const REMEMBERED_MS = 30_000;
const REMEMBERED_MAX = 500;

const known = new Map<ApiClientId, { client: ApiClient; untilMs: number }>();

/**
 * A client as it was read a moment ago, its keys among it. That it has not changed since, by a revocation for instance, is
 * a condition of the write that takes up the call.
 */
export async function findClient(id: ApiClientId, nowMs: number): Promise<ApiClient | undefined> {
  const found = known.get(id);
  return found && nowMs < found.untilMs ? found.client : readClient(id, nowMs);
}

/** The same as it is now. */
export async function readClient(id: ApiClientId, nowMs: number): Promise<ApiClient | undefined> {
  const client = await apiClients.find(id);
  known.delete(id);
  if (client) known.set(id, { client, untilMs: nowMs + REMEMBERED_MS });
  const [oldest] = known.keys();
  if (known.size > REMEMBERED_MAX && oldest !== undefined) known.delete(oldest);
  return client;
}
