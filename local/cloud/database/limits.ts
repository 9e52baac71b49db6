/** Limits of the service that the emulator enforces. Where documents conflict, the stricter value was taken. */

/** Rows of `get()` without `limit()` (SDK source). */
export const GET_ROWS_DEFAULT = 100;
/** Rows of `get()` at most (SDK source, CloudBase documentation). */
export const GET_ROWS_MAX = 1000;
/** Rows of an aggregation without `$limit` (reported by users of the service). */
export const AGGREGATE_ROWS_DEFAULT = 20;
/** Rows of an aggregation at most (reported by users of the service). */
export const AGGREGATE_ROWS_MAX = 10_000;
/** One document (answer of the service's staff). */
export const DOCUMENT_BYTES_MAX = 16 * 1024 * 1024;
/** One write request of a function (measured by a developer of the service). */
export const WRITE_BYTES_MAX = 5 * 1024 * 1024;
/** One answer to a function (measured by a developer of the service). */
export const READ_BYTES_MAX = 50 * 1024 * 1024;
/** CloudBase documentation names 10, 20 and 100 on different pages, `_id` included. */
export const INDEXES_PER_COLLECTION_MAX = 20;
/** CloudBase documentation. */
export const FIELDS_PER_INDEX_MAX = 31;
/** A transaction has to end within this time (SDK tests). */
export const TRANSACTION_TTL_MS = 30_000;
/** Operations in one transaction. */
export const TRANSACTION_OPERATIONS_MAX = 100;
/** A plain write waits this long for a document locked by a transaction, then fails. */
export const LOCK_WAIT_MS = 10_000;

/** A read of at most so many rows is done at once; a longer one goes to a worker thread. */
export const SHORT_READ_ROWS = 2000;
/** A pipeline that is run for more local documents than this by `$lookup` goes to a worker thread. */
export const SHORT_LOOKUPS = 100;
/** A write that touches more documents is done in steps of this size, so that other requests get their turn. */
export const WRITE_STEP_ROWS = 500;
/** A scan without an index is reported from here on. */
export const UNINDEXED_ROWS_REPORTED = 1000;
