/** The document is made of the schemas that check, can be read without a network, and gives the types of the tests' own client. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INTERFACES } from '../../../cloudfunctions/openapi/interfaces';
import { projectRoot } from '../../../local/stage/project-root';
import { ERROR_CODES } from '../../../miniprogram/contract/error-codes';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

const TYPES_FILE = 'test/support/open-api-types.ts';
const HEAD =
  '/** What the served document says, by openapi-typescript: RECORD=1 npx jest test/functions/openapi/document. */\n';

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.stop());

const get = (path: string) => fetch(`${cloud.cloud.url}${path}`);

/** Both are modules of a kind that a test cannot load itself. */
function typesOf(document: string): string {
  const run = (program: string, args: string[], input?: string) =>
    execFileSync(process.execPath, [join('node_modules', program), ...args], {
      cwd: projectRoot(),
      encoding: 'utf8',
      input,
    });
  const dir = mkdtempSync(join(tmpdir(), 'open-api-'));
  try {
    writeFileSync(join(dir, 'document.json'), document);
    run('openapi-typescript/bin/cli.js', [join(dir, 'document.json'), '-o', join(dir, 'types.ts')]);
    const types = HEAD + readFileSync(join(dir, 'types.ts'), 'utf8');
    return run('prettier/bin/prettier.cjs', ['--stdin-filepath', TYPES_FILE], types);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

describe('the document', () => {
  it('is served to anybody, without a request to the database', async () => {
    const answer = await get('/openapi/document');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(answer.headers.get('x-db-requests')).toBe('0');
    expect(await answer.json()).toMatchObject({ openapi: '3.1.0' });
  });

  it('is what the types of the generated client were made of', async () => {
    const types = typesOf(await (await get('/openapi/document')).text());
    if (process.env['RECORD']) writeFileSync(join(projectRoot(), TYPES_FILE), types);
    expect(types).toBe(readFileSync(join(projectRoot(), TYPES_FILE), 'utf8'));
  });

  it('describes every field that is taken', async () => {
    const text = await (await get('/openapi/document')).text();
    const { paths } = JSON.parse(text) as {
      paths: Record<
        string,
        { post: { requestBody: { content: { 'application/json': { schema: Schema } } } } }
      >;
    };
    interface Schema {
      additionalProperties?: boolean;
      properties?: Record<string, { description?: string }>;
    }
    for (const [path, { post }] of Object.entries(paths)) {
      const schema = post.requestBody.content['application/json'].schema;
      expect([path, schema.additionalProperties]).toEqual([path, false]);
      for (const [field, { description = '' }] of Object.entries(schema.properties ?? {}))
        expect(`${path} ${field}: ${description}`).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});

describe('the page', () => {
  it('tells every interface and every code, and needs nothing from elsewhere', async () => {
    const answer = await get('/openapi');
    const text = await answer.text();
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    for (const { name, rowErrors, errors } of INTERFACES) {
      expect(text).toContain(`<h2 id="${name}">`);
      for (const code of [...errors, ...rowErrors]) expect(text).toContain(`id="${code}"`);
    }
    expect(text).not.toMatch(/<script|<link|<img|(src|href)="(https?:)?\/\//);
    expect(Object.keys(ERROR_CODES).length).toBeGreaterThan(0);
  });

  it('is read, not called', async () => {
    const answer = await fetch(`${cloud.cloud.url}/openapi/document`, { method: 'POST', body: '{}' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
  });
});
