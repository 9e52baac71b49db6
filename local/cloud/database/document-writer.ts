/** Applies writes to rows: at once, outside of transactions, or into a transaction's overlay. */
import { AdminError } from './admin-protocol';
import { uniqueIndexes, uniqueKeys, type Collection } from './collection';
import { storedText, type DocumentTable } from './document-table';
import type { Document } from './document-values';
import { idColumn, parseStored } from './ejson';
import { documentLock, uniqueLock, type LockTable } from './locks';
import { documentOf, type FoundRow } from './reader';
import type { Transaction } from './transactions';

/** What is done to a document. */
export interface DocumentChange {
  /** Returns the changed document; may change its argument. */
  readonly apply: (document: Document) => Document;
  /** Counts as an update although nothing changes, as the replacement of a whole document does (SDK tests). */
  readonly isAlwaysCounted: boolean;
}

export interface ModifyResult {
  readonly matched: number;
  /** Documents that really changed: writing an equal value does not count (reported by users of the service), replacing does. */
  readonly updated: number;
  /** The `_id` of the document that was made, undefined when none was. */
  readonly upsertId: unknown;
  /** Text of the last matched document as it is now. */
  readonly text: string | null;
}

/** Changes are made to all of the documents or to none. @throws LockHeld when a transaction holds what it would write */
export class DocumentWriter {
  constructor(
    readonly table: DocumentTable,
    readonly locks: LockTable,
  ) {}

  /** One after the other: those before a duplicate stay. @throws AdminError E11000 */
  insert(collection: Collection, documents: readonly Document[]): void {
    const refusal = this.table.atomically([collection], () => {
      for (const document of documents) {
        this.locks.assertFree(documentLock(collection.name, idColumn(document._id)));
        this.#assertKeysFree(collection, document);
        const failure = this.#tryInsert(collection, document);
        if (failure) return failure;
      }
      return null;
    });
    if (refusal) throw refusal;
  }

  #tryInsert(collection: Collection, document: Document): AdminError | null {
    try {
      this.table.insert(collection, document);
      return null;
    } catch (error) {
      if (error instanceof AdminError) return error;
      throw error;
    }
  }

  /** @param rows as they are now @throws AdminError E11000, and for types that do not fit */
  modify(collection: Collection, rows: readonly FoundRow[], change: DocumentChange): ModifyResult {
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
      for (const key of uniqueKeys(index, document))
        this.locks.assertFree(uniqueLock(collection.name, index.name, key));
    }
  }
}

/** The same changes inside a transaction, which checks and keeps them. @throws AdminError DATABASE_TRANSACTION_CONFLICT */
export function modifyInTransaction(
  transaction: Transaction,
  collection: Collection,
  rows: readonly FoundRow[],
  change: DocumentChange,
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

function modifyEach(rows: readonly FoundRow[], change: DocumentChange, steps: RowSteps): ModifyResult {
  let updated = 0;
  let text: string | null = null;
  for (const row of rows) {
    steps.prepare(row);
    const after = change.apply(parseStored(row.doc));
    text = storedText(after);
    const isChanged = text !== row.doc;
    if (isChanged) steps.write(row, after);
    if (isChanged || change.isAlwaysCounted) updated++;
  }
  return { matched: rows.length, updated, upsertId: null, text };
}
