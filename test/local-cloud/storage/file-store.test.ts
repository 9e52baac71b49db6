import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FILE_BYTES_MAX, FileStore, FileTooLargeError } from '../../../local/cloud/storage/file-store';

let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'local-cloud-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

const objects = (): string[] => readdirSync(join(dir, 'objects'));

function* repeat(chunk: Buffer, times: number): Generator<Buffer> {
  for (let sent = 0; sent < times; sent++) yield chunk;
}

describe('the file store', () => {
  it('knows its files again after a restart', async () => {
    const stored = await new FileStore(dir).put('a/b.txt', Readable.from([Buffer.from('hello')]), 1000);

    const reopened = new FileStore(dir).find('a/b.txt');

    expect(reopened).toEqual(stored);
    expect(stored).toMatchObject({ sizeBytes: 5, uploadedAtMs: 1000 });
  });

  it('removes at its start what it left unfinished itself, and nothing else', () => {
    new FileStore(dir);
    const left = [`entries/${'0'.repeat(64)}.json.tmp`, 'objects/00000000-0000-4000-8000-000000000000'];
    const foreign = ['entries/thesis.docx', 'entries/notes.json', 'objects/photo.jpg'];
    for (const name of [...left, ...foreign]) writeFileSync(join(dir, name), name);

    new FileStore(dir);

    expect(readdirSync(join(dir, 'entries')).sort()).toEqual(['notes.json', 'thesis.docx']);
    expect(objects()).toEqual(['photo.jpg']);
  });

  it('keeps nothing of a file above 100 MB, and the earlier file of that path', async () => {
    const store = new FileStore(dir);
    await store.put('a', Readable.from([Buffer.from('small')]), 0);
    const chunk = Buffer.alloc(1024 * 1024);
    const chunks = repeat(chunk, FILE_BYTES_MAX / chunk.length + 1);

    await expect(store.put('a', Readable.from(chunks), 0)).rejects.toThrow(FileTooLargeError);

    expect(store.find('a')?.sizeBytes).toBe(5);
    expect(objects()).toHaveLength(1);
  });

  it('keeps nothing of an upload that breaks off', async () => {
    const store = new FileStore(dir);
    const putHalf = (): Promise<unknown> => {
      const broken = new Readable({ read: () => {} });
      broken.push('half');
      setImmediate(() => broken.destroy(new Error('the sender went away')));
      return store.put('a', broken, 0);
    };

    for (let upload = 0; upload < 200; upload++) {
      await expect(putHalf()).rejects.toThrow('the sender went away');
    }

    expect(store.find('a')).toBeUndefined();
    expect(objects()).toHaveLength(0);
  });
});
