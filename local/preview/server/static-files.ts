import { createReadStream, existsSync, statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { sendJson, type Exchange } from '../../cloud/http-exchange';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.svg': 'image/svg+xml',
  '.mp3': 'audio/mpeg',
  '.wav': 'audio/wav',
};

/** What of a mini-program's own folder may be fetched: not its sources. */
export const ASSET_TYPES: ReadonlySet<string> = new Set([
  '.png',
  '.jpg',
  '.jpeg',
  '.gif',
  '.svg',
  '.mp3',
  '.wav',
]);

interface StaticFolder {
  dir: string;
  /** File extensions that are served; all known ones when left out. */
  types?: ReadonlySet<string>;
}

/** Answers with a file below a folder, or 404. */
export function sendFile({ response }: Exchange, { dir, types }: StaticFolder, name: string): void {
  const root = resolve(dir);
  const file = join(root, name);
  const type = TYPES[extname(file)];
  const isAllowed = type !== undefined && (types?.has(extname(file)) ?? true) && file.startsWith(root + sep);
  if (!isAllowed || !existsSync(file) || !statSync(file).isFile()) {
    return sendJson(response, 404, { error: 'no such file' });
  }
  // Each build writes the same names anew.
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' });
  createReadStream(file).pipe(response);
}
