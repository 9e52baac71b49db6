import type { CollectionName } from './collections';
import type { Transaction } from './database';
import { fromRecord, type Stored } from './query';

/** A document as a transaction sees it. The SDK answers with the document itself, or null. */
export async function readInTransaction<T extends Stored>(
  transaction: Transaction,
  name: CollectionName,
  id: string,
): Promise<T | undefined> {
  const { data } = (await transaction.collection(name).doc(id).get()) as {
    data: Record<string, unknown> | null;
  };
  return data ? fromRecord<T>(data) : undefined;
}
