import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createFront } from '../../local/cloud/front';
import { readText, sendJson, type Route } from '../../local/cloud/http-exchange';
import { openPreview, type LivePreview, type LivePreviewOptions } from '../../local/preview/serve';
import type { Persona } from '../../local/preview/shared/preview-api';
import { SAMPLE_APP } from './sample-preview-root';

const PERSONAS: Persona[] = [
  { id: 'w1', role: 'worker', name: '王小芳', openid: 'o-worker', description: '有券待领取' },
  { id: 'w2', role: 'worker', name: '李建国', openid: 'o-other', description: '已领取' },
  { id: 'i1', role: 'institution', name: '赵敏', openid: 'o-school', description: '样例学校' },
  { id: 'c1', role: 'city', name: '孙涛', openid: 'o-city', description: '经办人员' },
];

/** A preview of the sample app with a cloud that only repeats what it is told. */
export interface SamplePreview {
  url: string;
  live: LivePreview;
  /** Calls that arrived, lost answers included. */
  calls: { openid: unknown; name: string; event: unknown }[];
  authorised: string[];
  close(): Promise<void>;
}

export async function openSamplePreview(
  options: Partial<Pick<LivePreviewOptions, 'miniprogramRoot' | 'watch' | 'outDir'>> = {},
): Promise<SamplePreview> {
  const outDir = options.outDir ?? mkdtempSync(join(tmpdir(), 'preview-'));
  const calls: SamplePreview['calls'] = [];
  const authorised: string[] = [];
  const clock = { offsetMs: 0 };
  const live = await openPreview({
    miniprogramRoot: SAMPLE_APP,
    ...options,
    outDir,
    personas: () => PERSONAS,
    channels: () => [{ id: '3701000001', name: '人社服务号', description: '已开通' }],
    authorise: personaId => {
      authorised.push(personaId);
      return `code-${personaId}`;
    },
    clock: {
      offsetMs: () => clock.offsetMs,
      setOffsetMs: offsetMs => {
        clock.offsetMs = offsetMs;
      },
    },
    fileLinks: fileIds =>
      fileIds.map(fileID => ({ fileID, tempFileURL: '/storage/x', status: 0, errMsg: 'ok' })),
  });
  const server = await serveRoutes([...live.routes, echoRoute(calls)]);
  const close = async (): Promise<void> => {
    await live.close();
    await server.close();
    rmSync(outDir, { recursive: true });
  };
  return { url: server.url, live, calls, authorised, close };
}

/** Serves routes alone, without a cloud. @returns its address and a way to end it */
async function serveRoutes(routes: readonly Route[]): Promise<{ url: string; close(): Promise<void> }> {
  const server = createFront(() => routes);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise(resolve => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, close };
}

/** Stands for `POST /functions/<name>`; `fail` answers as a crashed function does. */
const echoRoute = (calls: SamplePreview['calls']): Route => ({
  method: 'POST',
  path: '/functions/',
  handle: async ({ request, response, rest }) => {
    const event: unknown = JSON.parse(await readText(request, 100_000));
    calls.push({ openid: request.headers['x-wx-openid'], name: rest, event });
    if (rest === 'fail') return sendJson(response, 502, { errCode: -504002, errMsg: 'function failed' });
    return sendJson(response, 200, { ok: true, data: event }, { 'x-request-id': 'r1' });
  },
});
