/** Applies writes to rows: at once, outside of transactions, or into a transaction's overlay. */
import { uniqueIndexes, uniqueKey, type Collection } from './collection';
import { storedText, type DocumentId, type DocumentTable } from './document-table';
import type { Document } from './document-values';
import { parseStored } from './ejson';
import { documentLock, uniqueLock, type LockTable } from './locks';
import { documentOf, type FoundRow } from './reader';
import type { Transaction } from './transactions';

/** Returns the changed document; may change its argument. */
export type ChangeDocument = (document: Document) => Document;

export interface ModifyResult {
  readonly matched: number;
  /** Documents that really changed: writing an equal value does not count (reported by users of the service). */
  readonly updated: number;
  readonly upsertId: DocumentId | null;
  /** Text of the last matched document as it is now. */
  readonly text: string | null;
}

/** Each method writes all of its documents or none. @throws LockHeld when a transaction holds what it would write */
export class DocumentWriter {
  constructor(
    readonly table: DocumentTable,
    readonly locks: LockTable,
  ) {}

  /** @throws AdminError E11000 */
  insert(collection: Collection, documents: readonly Document[]): void {
    this.table.atomically([collection], () => {
      for (const document of documents) {
        this.locks.assertFree(documentLock(collection.name, document._id as DocumentId));
        this.#assertKeysFree(collection, document);
        this.table.insert(collection, document);
      }
    });
  }

  /** @param rows as they are now @throws AdminError E11000, and for types that do not fit */
  modify(collection: Collection, rows: readonly FoundRow[], change: ChangeDocument): ModifyResult {
    return this.table.atomically([collection], () =>
      modifyEach(rows, change, {
        prepare: ({ id }) => this.locks.assertFree(documentLock(collection.name, id)),
        write: (row, after) => {
          this.#assertKeysFree(collection, after);
          this.table.update(collection, documentOf(row), after);
        },
      }),
    );
  }

  /** Returns how many rows it removed. */
  remove(collection: Collection, rows: readonly FoundRow[]): number {
    this.table.atomically([], () => {
      for (const { id } of rows) {
        this.locks.assertFree(documentLock(collection.name, id));
        this.table.remove(collection, id);
      }
    });
    return rows.length;
  }

  #assertKeysFree(collection: Collection, document: Document): void {
    if (this.locks.size === 0) return;
    for (const index of uniqueIndexes(collection)) {
      const key = uniqueKey(index, document);
      if (key !== null) this.locks.assertFree(uniqueLock(collection.name, index.name, key));
    }
  }
}

/** The same changes inside a transaction, which checks and keeps them. @throws AdminError DATABASE_TRANSACTION_CONFLICT */
export function modifyInTransaction(
  transaction: Transaction,
  collection: Collection,
  rows: readonly FoundRow[],
  change: ChangeDocument,
): ModifyResult {
  return modifyEach(rows, change, {
    prepare: ({ id }) => transaction.lockDocument(collection, id),
    write: (_row, after) => transaction.write(collection, after),
  });
}

/** Returns how many rows it removed. @throws AdminError DATABASE_TRANSACTION_CONFLICT */
export function removeInTransaction(
  transaction: Transaction,
  collection: Collection,
  rows: readonly FoundRow[],
): number {
  for (const { id } of rows) {
    transaction.lockDocument(collection, id);
    transaction.remove(collection, id);
  }
  return rows.length;
}

interface RowSteps {
  readonly prepare: (row: FoundRow) => void;
  readonly write: (row: FoundRow, after: Document) => void;
}

function modifyEach(rows: readonly FoundRow[], change: ChangeDocument, steps: RowSteps): ModifyResult {
  let updated = 0;
  let text: string | null = null;
  for (const row of rows) {
    steps.prepare(row);
    const after = change(parseStored(row.doc));
    text = storedText(after);
    if (text === row.doc) continue;
    steps.write(row, after);
    updated++;
  }
  return { matched: rows.length, updated, upsertId: null, text };
}
