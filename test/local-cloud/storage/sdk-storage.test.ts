import tcb from '@cloudbase/node-sdk';
import { createReadStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startTestCloud, stopTestCloud, type TestCloud } from '../cloud/test-cloud';
import { until } from '../until';

const DAY_MS = 24 * 3600 * 1000;
/** Writes, reads back and removes a file inside a function, as a report is made there. */
const REPORT = `
  const tcb = require('@cloudbase/node-sdk');
  const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV });
  exports.main = async () => {
    const { fileID } = await app.uploadFile({ cloudPath: 'reports/2026.csv', fileContent: Buffer.from('a,b') });
    const { fileContent } = await app.downloadFile({ fileID });
    await app.deleteFile({ fileList: [fileID] });
    return { fileID, text: fileContent.toString() };
  };
`;

let cloud: TestCloud;
let app: ReturnType<typeof tcb.init>;

beforeAll(async () => {
  process.env.TENCENTCLOUD = 'true';
  cloud = await startTestCloud({ report: { source: REPORT } });
  app = tcb.init({ env: 'local-env', ...cloud.credentials, serviceUrl: cloud.adminUrl });
});

afterAll(() => stopTestCloud(cloud));

async function upload(cloudPath: string, text: string): Promise<string> {
  const { fileID } = await app.uploadFile({ cloudPath, fileContent: Buffer.from(text) });
  return fileID;
}

async function download(fileID: string): Promise<string> {
  const { fileContent } = await app.downloadFile({ fileID });
  return String(fileContent);
}

async function linkTo(fileID: string, maxAge = 60): Promise<string> {
  const { fileList } = await app.getTempFileURL({ fileList: [{ fileID, maxAge }] });
  return (fileList[0] as { tempFileURL: string }).tempFileURL;
}

const storageDir = (): string => join(cloud.dir, 'data/storage');

describe('the SDK', () => {
  it('uploads and downloads a buffer', async () => {
    const fileID = await upload('rosters/济南 2026 (1).csv', '姓名');

    expect(fileID).toMatch(/^cloud:\/\/local-env\.[\w-]+\/rosters\/济南 2026 \(1\)\.csv$/);
    expect(await download(fileID)).toBe('姓名');
  });

  it('uploads a stream of several megabytes and downloads it to a file', async () => {
    const [source, target] = [join(cloud.dir, 'large.bin'), join(cloud.dir, 'copy.bin')];
    writeFileSync(source, Buffer.alloc(5 * 1024 * 1024 + 3, 'x1y2z3'));

    const { fileID } = await app.uploadFile({
      cloudPath: 'large.bin',
      fileContent: createReadStream(source),
    });
    await app.downloadFile({ fileID, tempFilePath: target });

    // the SDK does not wait for its own file
    await until(() => isSame(source, target));
    expect(isSame(source, target)).toBe(true);
  });

  it('replaces a file and leaves no trace of the old content', async () => {
    const before = readdirSync(join(storageDir(), 'objects')).length;

    const fileID = await upload('notes/a.txt', 'first');
    await upload('notes/a.txt', 'second');

    expect(await download(fileID)).toBe('second');
    expect(readdirSync(join(storageDir(), 'objects'))).toHaveLength(before + 1);
  });

  it('deletes files, and is told which did not exist', async () => {
    const fileID = await upload('notes/gone.txt', 'x');

    const { fileList } = await app.deleteFile({
      fileList: [fileID, fileID, 'cloud://local-env.other/notes/a.txt'],
    });

    expect(fileList.map(({ code }) => code)).toEqual([
      'SUCCESS',
      'STORAGE_FILE_NONEXIST',
      'STORAGE_FILE_NONEXIST',
    ]);
    await expect(app.downloadFile({ fileID })).rejects.toMatchObject({ code: 'STORAGE_FILE_NONEXIST' });
  });

  it('copies and moves files, and reads their size and type', async () => {
    await upload('in/table.csv', 'a,b,c');

    const { fileList } = await app.copyFile({
      fileList: [
        { srcPath: 'in/table.csv', dstPath: 'out/table.csv', removeOriginal: true, overwrite: true },
      ],
    });
    const moved = (fileList[0] as { fileId: string }).fileId;
    const info = await app.getFileInfo({ fileList: [moved] });

    expect(await download(moved)).toBe('a,b,c');
    expect(info.fileList[0]).toMatchObject({ code: 'SUCCESS', size: 5, mime: 'text/csv' });
    await expect(app.downloadFile({ fileID: moved.replace('out/', 'in/') })).rejects.toMatchObject({
      code: 'STORAGE_FILE_NONEXIST',
    });
  });

  it('works the same inside a function, whose files do not count as database requests', async () => {
    const { result, databaseRequests } = await cloud.callFunction('report', {});

    expect(result).toMatchObject({ text: 'a,b' });
    expect(databaseRequests).toBe(0);
  });
});

describe('a temporary link', () => {
  it('is reached through the front without any credentials', async () => {
    const link = await linkTo(await upload('link.json', '{"a":1}'));

    const response = await fetch(link);

    expect(link.startsWith(cloud.url)).toBe(true);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({ a: 1 });
  });

  it('ends with its time, by the clock of the cloud', async () => {
    const link = await linkTo(await upload('link.txt', 'x'), 3600);

    await cloud.setClockOffsetMs(DAY_MS);
    const late = await fetch(link);
    await cloud.setClockOffsetMs(0);

    expect(late.status).toBe(403);
    expect((await fetch(link)).status).toBe(200);
  });

  it('cannot be extended, forged or used for another file', async () => {
    const link = new URL(await linkTo(await upload('mine.txt', 'x')));
    await upload('theirs.txt', 'x');
    const altered = (change: (url: URL) => void): string => {
      const url = new URL(link);
      change(url);
      return url.href;
    };

    const links = [
      altered(url => url.searchParams.set('t', String(Number(url.searchParams.get('t')) + 3600))),
      altered(url => url.searchParams.set('sign', 'A'.repeat(43))),
      altered(url => url.searchParams.delete('sign')),
      altered(url => (url.pathname = url.pathname.replace('mine', 'theirs'))),
    ];

    for (const each of links) expect((await fetch(each)).status).toBe(403);
    expect((await fetch(link, { method: 'PUT', body: 'y' })).status).toBe(404);
    expect(
      (await fetch(link.href.replace('/files/', '/uploads/'), { method: 'PUT', body: 'y' })).status,
    ).toBe(403);
  });

  it('is dead once its file is deleted', async () => {
    const fileID = await upload('short-lived.txt', 'x');
    const link = await linkTo(fileID);

    await app.deleteFile({ fileList: [fileID] });

    expect((await fetch(link)).status).toBe(404);
  });
});

describe('a cloud path', () => {
  it.each([
    '../secret',
    'a/../../b',
    '/etc/passwd',
    'a//b',
    'a/./b',
    'a\\b',
    'a?b',
    'a%2e%2e/b',
    'a\u0000b',
    '',
  ])('that leaves its place or breaks a link is refused: %j', async cloudPath => {
    await expect(upload(cloudPath, 'x')).rejects.toMatchObject({ code: 'INVALID_PARAM' });
  });

  it('is never a path on disk', async () => {
    await upload('storage/secret', 'x');
    await upload('a', '1');
    await upload('a/b', '2');

    expect(existsSync(join(storageDir(), 'objects/a'))).toBe(false);
    expect(readFileSync(join(storageDir(), 'secret'))).toHaveLength(32);
  });
});

describe("a client's upload", () => {
  const send = (path: string, headers: Record<string, string>): Promise<Response> =>
    fetch(`${cloud.url}/storage/upload?path=${encodeURIComponent(path)}`, {
      method: 'POST',
      body: 'row',
      headers,
    });

  it('is stored under its path', async () => {
    const response = await send('uploads/名册.csv', { 'x-wx-openid': 'oAlice' });

    const { fileID } = (await response.json()) as { fileID: string };
    expect(await download(fileID)).toBe('row');
  });

  it('needs a user and a valid path', async () => {
    expect((await send('uploads/a.csv', {})).status).toBe(403);
    expect((await send('../a.csv', { 'x-wx-openid': 'oAlice' })).status).toBe(400);
  });
});

it('files outlive a killed database process, and an upload that it interrupted leaves nothing', async () => {
  const fileID = await upload('kept.txt', 'kept');
  writeFileSync(join(storageDir(), 'objects/00000000-0000-4000-8000-000000000000'), 'hal');

  await cloud.killDatabase();
  await cloud.restartDatabase();

  expect(await download(fileID)).toBe('kept');
  expect(existsSync(join(storageDir(), 'objects/00000000-0000-4000-8000-000000000000'))).toBe(false);
});

function isSame(left: string, right: string): boolean {
  return existsSync(right) && readFileSync(left).equals(readFileSync(right));
}
