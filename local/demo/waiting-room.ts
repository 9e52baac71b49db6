import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendJson } from '../cloud/http-exchange';
import { FILES_PATH, UPLOADS_PATH } from '../cloud/storage/storage-handlers';

/** How far something is: what is done now, and which part of all is done, from 0 to 1. */
export type Progress = (text: string, part: number) => void;

/** wx-server-sdk's number for a failure of the platform itself, after which a call may be repeated. */
const SYSTEM_ERROR = -501001;
const PASS_HEADER = 'x-waiting-room';
const REFRESH_SECONDS = 1;
/** What functions and the database ask of the front while the data is made. */
const OWN_PATHS = [FILES_PATH, UPLOADS_PATH, '/internal/'];

/** Holds back everybody but the seeding until the stage is set, so that nobody meets a world that is half made. */
export class WaitingRoom {
  #isOpen = false;
  #text = '';
  #part = 0;
  readonly #pass = randomUUID();

  /** What a request carries to be let through. */
  get headers(): Record<string, string> {
    return { [PASS_HEADER]: this.#pass };
  }

  readonly show: Progress = (text, part) => {
    this.#text = text;
    this.#part = part;
  };

  /** Lets everybody through from now on. */
  open(): void {
    this.#isOpen = true;
  }

  /** True for a request that was answered here: a page with the progress, or a failure of the platform. */
  readonly gate = (request: IncomingMessage, response: ServerResponse): boolean => {
    if (this.#isOpen || this.#mayPass(request)) return false;
    const headers = { 'retry-after': String(REFRESH_SECONDS), 'cache-control': 'no-store' };
    if (request.method === 'GET') {
      response.writeHead(503, { ...headers, 'content-type': 'text/html; charset=utf-8' });
      response.end(pageOf(this.#text, Math.floor(this.#part * 100)));
    } else {
      sendJson(response, 503, { errCode: SYSTEM_ERROR, errMsg: 'still being prepared, try again' }, headers);
    }
    return true;
  };

  #mayPass({ headers, url = '' }: IncomingMessage): boolean {
    return headers[PASS_HEADER] === this.#pass || OWN_PATHS.some(path => url.startsWith(path));
  }
}

const pageOf = (text: string, percent: number): string => `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="refresh" content="${REFRESH_SECONDS}">
    <title>准备中</title>
    <style>body { font: 16px/1.75 sans-serif; max-width: 24em; margin: 20vh auto; padding: 0 1em } progress { width: 100% }</style>
  </head>
  <body>
    <h1>准备中</h1>
    <p>${text}</p>
    <progress value="${percent}" max="100"></progress>
    <p>已完成 ${percent}%。准备好后，本页会自动打开。</p>
  </body>
</html>
`;
