import { createHash, randomUUID } from 'node:crypto';
import { closeSync, createWriteStream, fsyncSync, openSync } from 'node:fs';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { copyFile, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Transform, type Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import * as v from 'valibot';
import { readSettings } from '../start-error';

/** A stored file's metadata, as it lies on disk. */
export interface StoredFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly uploadedAtMs: number;
  /** Name of the content on disk; a new one with every upload, so that a reader never sees two contents mixed. */
  readonly object: string;
}

const Entry = v.object({
  path: v.string(),
  sizeBytes: v.number(),
  sha256: v.string(),
  uploadedAtMs: v.number(),
  object: v.string(),
});

/** How the store names what it makes: it removes nothing else. */
const ENTRY = /^[0-9a-f]{64}\.json$/;
const UNFINISHED_ENTRY = /^[0-9a-f]{64}\.json\.tmp$/;
const OBJECT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The largest file that a mini-program may upload. */
export const FILE_BYTES_MAX = 100 * 1024 * 1024;

/** An upload that exceeds {@link FILE_BYTES_MAX}; nothing of it is kept. */
export class FileTooLargeError extends Error {}

/**
 * Files under one folder: `objects/` holds contents under random names, `entries/` one JSON file per cloud path that names
 * its content. A content is complete and synced before its entry is replaced by a rename, which is the moment the upload
 * takes place; contents that no entry names are removed at the next start. Cloud paths never become paths on disk.
 */
export class FileStore {
  readonly #objectsDir: string;
  readonly #entriesDir: string;
  readonly #files = new Map<string, StoredFile>();

  /** @throws StartError when an entry is not as it must be */
  constructor(dir: string) {
    this.#objectsDir = join(dir, 'objects');
    this.#entriesDir = join(dir, 'entries');
    mkdirSync(this.#objectsDir, { recursive: true });
    mkdirSync(this.#entriesDir, { recursive: true });
    this.#load();
  }

  find(path: string): StoredFile | undefined {
    return this.#files.get(path);
  }

  /** Path on disk of a stored file's content. */
  contentOf(file: StoredFile): string {
    return join(this.#objectsDir, file.object);
  }

  /** Stores a content, replacing an earlier one. Rejects with {@link FileTooLargeError} or the stream's own error. */
  async put(path: string, content: Readable, uploadedAtMs: number): Promise<StoredFile> {
    const object = randomUUID();
    const target = join(this.#objectsDir, object);
    const meter = new Meter();
    try {
      // Opened at once: a stream that opens by itself may do so after the upload has broken off, and leave a file behind.
      await pipeline(content, meter, createWriteStream(target, { fd: openSync(target, 'wx') }));
      if (meter.bytes > FILE_BYTES_MAX)
        throw new FileTooLargeError(`a file may have ${FILE_BYTES_MAX} bytes`);
      await syncFile(target);
    } catch (error) {
      rmSync(target, { force: true });
      throw error;
    }
    return this.#enter({ path, object, uploadedAtMs, sizeBytes: meter.bytes, sha256: meter.digest() });
  }

  /** Copies a stored file to another path, replacing what is there. */
  async copy(source: StoredFile, path: string): Promise<StoredFile> {
    const object = randomUUID();
    await copyFile(this.contentOf(source), join(this.#objectsDir, object));
    await syncFile(join(this.#objectsDir, object));
    return this.#enter({ ...source, path, object });
  }

  /** Returns false when there was no such file. */
  remove(path: string): boolean {
    const file = this.#files.get(path);
    if (!file) return false;
    rmSync(this.#entryOf(path));
    syncDir(this.#entriesDir);
    this.#files.delete(path);
    rmSync(this.contentOf(file), { force: true });
    return true;
  }

  #enter(file: StoredFile): StoredFile {
    const entry = this.#entryOf(file.path);
    writeFileSync(`${entry}.tmp`, JSON.stringify(file), { flush: true });
    renameSync(`${entry}.tmp`, entry);
    syncDir(this.#entriesDir);
    const replaced = this.#files.get(file.path);
    this.#files.set(file.path, file);
    if (replaced) rmSync(this.contentOf(replaced), { force: true });
    return file;
  }

  #load(): void {
    for (const name of readdirSync(this.#entriesDir)) {
      const entry = join(this.#entriesDir, name);
      if (UNFINISHED_ENTRY.test(name)) rmSync(entry);
      if (!ENTRY.test(name)) continue;
      const file: StoredFile = readSettings(entry, Entry);
      this.#files.set(file.path, file);
    }
    const named = new Set([...this.#files.values()].map(file => file.object));
    for (const object of readdirSync(this.#objectsDir)) {
      if (OBJECT.test(object) && !named.has(object)) rmSync(join(this.#objectsDir, object));
    }
  }

  #entryOf(path: string): string {
    return join(this.#entriesDir, `${createHash('sha256').update(path).digest('hex')}.json`);
  }
}

/** Counts and hashes what passes. What exceeds the limit is swallowed, so that the sender can read the refusal. */
class Meter extends Transform {
  readonly #hash = createHash('sha256');
  bytes = 0;

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    done: (error: null, chunk?: Buffer) => void,
  ): void {
    this.bytes += chunk.length;
    if (this.bytes > FILE_BYTES_MAX) return done(null);
    this.#hash.update(chunk);
    done(null, chunk);
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  await handle.sync();
  await handle.close();
}

/** Makes renames and removals in a folder last. Some systems cannot open a folder; there the file system must do. */
function syncDir(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
