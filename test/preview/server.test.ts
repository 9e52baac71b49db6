import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { openSamplePreview, type SamplePreview } from './sample-preview';

jest.setTimeout(30_000);

let preview: SamplePreview;

beforeAll(async () => {
  preview = await openSamplePreview();
});

afterAll(() => preview.close());

const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(preview.url + path, { headers });

const post = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(preview.url + path, { method: 'POST', body: JSON.stringify(body), headers });

test('pages and scripts are served, sources are not', async () => {
  expect((await get('/phones.html')).headers.get('content-type')).toContain('text/html');
  expect((await get('/phone.js')).status).toBe(200);
  expect((await get('/mp/app.ts')).status).toBe(404);
  expect((await get('/mp/%2e%2e/sample-preview.ts')).status).toBe(404);
});

test('the folder of the build may be named from where the program was started', async () => {
  const outDir = relative(process.cwd(), mkdtempSync(join(tmpdir(), 'preview-')));
  const elsewhere = await openSamplePreview({ outDir });
  try {
    expect((await fetch(`${elsewhere.url}/phones.html`)).status).toBe(200);
  } finally {
    await elsewhere.close();
  }
});

test('the clock is moved by days and set back', async () => {
  const moved = (await (await post('/preview/clock', { addDays: 7 })).json()) as { offsetMs: number };
  const reset = (await (await post('/preview/clock', { offsetMs: 0 })).json()) as { offsetMs: number };

  expect(moved.offsetMs).toBe(7 * 24 * 3600 * 1000);
  expect(reset.offsetMs).toBe(0);
  expect((await post('/preview/clock', { addDays: 'x' })).status).toBe(400);
});

test('a persona’s consent is answered with a code', async () => {
  expect(await (await post('/preview/authorise', { personaId: 'w1' })).json()).toEqual({
    authCode: 'code-w1',
  });
});

test('links to files are given for a short list', async () => {
  const { fileList } = (await (await post('/preview/file-links', { fileIds: ['cloud://a'] })).json()) as {
    fileList: unknown[];
  };

  expect(fileList).toHaveLength(1);
  expect((await post('/preview/file-links', { fileIds: 'cloud://a' })).status).toBe(400);
});

test.each(['https://evil.example', 'http://localhost:1', 'null'])(
  'pages of %s are turned away, its own are not',
  async origin => {
    const answer = await post('/preview/authorise', { personaId: 'w1' }, { origin });
    const own = await post('/preview/clock', { addDays: 0 }, { origin: preview.url });

    expect(answer.status).toBe(403);
    expect(own.status).toBe(200);
  },
);
