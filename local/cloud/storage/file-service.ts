import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { ActionHandlers } from '../database/admin-protocol';
import { findRoute } from '../http-exchange';
import { FileStore } from './file-store';
import { LinkSigner } from './link-signer';
import { storageHandlers, type Storage } from './storage-handlers';
import { transferRoutes } from './transfer-routes';

/** File storage as the database process serves it. */
export interface FileService {
  /** The `storage.*` actions. */
  readonly handlers: ActionHandlers;
  /** Answers a transfer; returns false when the request is for something else. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean;
}

/** Opens the storage under a data folder, with the time and the origin that its links are made for. */
export function openFileService(
  dataDir: string,
  { getNowMs, getOrigin }: Pick<Storage, 'getNowMs' | 'getOrigin'>,
): FileService {
  const dir = join(dataDir, 'storage');
  const signer = new LinkSigner(join(dir, 'secret'));
  const storage: Storage = { store: new FileStore(dir), signer, getNowMs, getOrigin };
  const routes = transferRoutes(storage);
  return {
    handlers: storageHandlers(storage),
    handle: (request, response) => {
      const found = findRoute(routes, request);
      if (!found) return false;
      const exchange = { request, response, url: found.url, rest: found.rest };
      // A transfer fails when its sender or receiver goes away: nothing is left to answer then.
      Promise.resolve(found.route.handle(exchange)).catch(() => response.destroy());
      return true;
    },
  };
}
