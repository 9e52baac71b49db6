import { readText, sendJson, type Exchange, type Route } from '../../cloud/http-exchange';
import type { Preview } from '../build/build-preview';
import type { Channel, ClockState, Persona } from '../shared/preview-api';
import type { LiveEvents } from './live-events';
import { ASSET_TYPES, sendFile } from './static-files';

type MaybePromise<T> = T | Promise<T>;

/** What `wx.cloud.getTempFileURL` answers for one file. */
export interface FileLink {
  fileID: string;
  tempFileURL: string;
  status: number;
  errMsg: string;
}

export interface PreviewOptions {
  preview: Pick<Preview, 'outDir' | 'miniprogramRoot'>;
  events: LiveEvents;
  personas(): MaybePromise<readonly Persona[]>;
  channels(): MaybePromise<readonly Channel[]>;
  /** The persona agrees in the simulated e-SSC. @returns a code to sign in with. @throws Error when the gateway refuses */
  authorise(personaId: string): MaybePromise<string>;
  clock: {
    offsetMs(): number;
    setOffsetMs(offsetMs: number): MaybePromise<void>;
  };
  fileLinks(fileIds: readonly string[]): MaybePromise<readonly FileLink[]>;
}

const BODY_BYTES_MAX = 64 * 1024;
const DAY_MS = 24 * 60 * 60 * 1000;
const FILE_IDS_MAX = 50;

/** Addresses of the preview, to hang on the local cloud's front: `/phones.html`, what it loads, and `/preview/*`. */
export function previewRoutes(options: PreviewOptions): Route[] {
  const { preview, events } = options;
  const get = (path: string, handle: Route['handle']): Route => ({ method: 'GET', path, handle });
  const post = (path: string, answer: (body: Body) => Promise<unknown>): Route => ({
    method: 'POST',
    path,
    handle: exchange => answerPost(exchange, answer),
  });
  return [
    get('/', ({ response }) => void response.writeHead(302, { location: '/phones.html' }).end()),
    get('/preview/personas', async ({ response }) => sendJson(response, 200, await options.personas())),
    get('/preview/channels', async ({ response }) => sendJson(response, 200, await options.channels())),
    get('/preview/clock', ({ response }) => sendJson(response, 200, clockState(options))),
    get('/preview/events', exchange => events.subscribe(exchange)),
    post('/preview/clock', body => moveClock(options, body)),
    post('/preview/authorise', async ({ personaId }) => ({
      authCode: await options.authorise(String(personaId)),
    })),
    post('/preview/file-links', async ({ fileIds }) => ({
      fileList: await options.fileLinks(toFileIds(fileIds)),
    })),
    get('/mp/', exchange =>
      sendFile(exchange, { dir: preview.miniprogramRoot, types: ASSET_TYPES }, exchange.rest),
    ),
    ...BUILT_FILES.map(name =>
      get(`/${name}`, exchange => sendFile(exchange, { dir: preview.outDir }, name)),
    ),
  ];
}

const PAGES = ['phone.html', 'phones.html', 'base.css', 'frame.css', 'overlays.css', 'phones.css'];
const SCRIPTS = ['phone.js', 'phone.js.map', 'phones.js', 'phones.js.map', 'templates.js', 'styles.js'];
/** By name: the front serves other things below `/` too, and a route for `/` would hide them. */
const BUILT_FILES = [...PAGES, ...SCRIPTS];

type Body = Record<string, unknown>;

async function answerPost(
  { request, response }: Exchange,
  answer: (body: Body) => Promise<unknown>,
): Promise<void> {
  try {
    const body = JSON.parse((await readText(request, BODY_BYTES_MAX)) || '{}') as Body;
    sendJson(response, 200, await answer(body));
  } catch (error) {
    sendJson(response, 400, { error: error instanceof Error ? error.message : 'failed' });
  }
}

function clockState({ clock }: PreviewOptions): ClockState {
  return { nowMs: Date.now() + clock.offsetMs(), offsetMs: clock.offsetMs() };
}

/** `{ addDays }` moves the clock on, `{ offsetMs }` sets it. */
async function moveClock(options: PreviewOptions, { addDays, offsetMs }: Body): Promise<ClockState> {
  const target = Number.isSafeInteger(offsetMs)
    ? (offsetMs as number)
    : options.clock.offsetMs() + Number(addDays) * DAY_MS;
  if (!Number.isSafeInteger(target)) throw new Error('addDays or offsetMs must be a whole number');
  await options.clock.setOffsetMs(target);
  return clockState(options);
}

function toFileIds(value: unknown): string[] {
  if (!Array.isArray(value) || value.length > FILE_IDS_MAX) throw new Error('fileIds must be a short list');
  return value.map(String);
}
