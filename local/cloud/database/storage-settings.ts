/** How SQLite keeps its file. WAL survives a killed process; FULL survives a power cut too, and costs a disk flush per write. */

export type Synchronous = 'FULL' | 'NORMAL';

const MAIN_CACHE_KIB = 131_072;
const SNAPSHOT_CACHE_KIB = 16_384;
const MAPPED_BYTES = 1024 ** 3;
/** Pages between checkpoints, about 64 MB. */
const CHECKPOINT_PAGES = 16_000;

export const mainPragmas = (synchronous: Synchronous) => `
  PRAGMA journal_mode=WAL;
  PRAGMA synchronous=${synchronous};
  PRAGMA cache_size=-${MAIN_CACHE_KIB};
  PRAGMA mmap_size=${MAPPED_BYTES};
  PRAGMA temp_store=MEMORY;
  PRAGMA wal_autocheckpoint=${CHECKPOINT_PAGES}`;

/** For connections that only read. */
export const SNAPSHOT_PRAGMAS = `
  PRAGMA query_only=1;
  PRAGMA cache_size=-${SNAPSHOT_CACHE_KIB};
  PRAGMA mmap_size=${MAPPED_BYTES};
  PRAGMA temp_store=MEMORY`;
