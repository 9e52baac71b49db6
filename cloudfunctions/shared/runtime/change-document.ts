import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { CollectionName } from '../store/collections';
import type { DocumentCollection } from '../store/document-collection';
import type { Stored } from '../store/query';

const ATTEMPTS = 3;

/** A document that remembers which requests have changed it. */
export interface WithHistory extends Stored {
  history: readonly { requestId: string }[];
}

type Changes<T> = Partial<Omit<T, 'id' | 'version'>>;

/**
 * decide → save for a document other than a voucher. `decide` returns the fields to write, the new history included;
 * what it reads elsewhere, it reads after the document, so that the write fails if the document has changed since.
 * @returns the document as it now is; at a repetition, as the first request left it or later ones changed it;
 * the decision's refusal; or write_conflict when the document kept changing.
 */
export async function changeDocument<T extends WithHistory, Name extends CollectionName>(
  collection: DocumentCollection<T, Name>,
  read: T,
  requestId: string,
  decide: (document: T) => Result<Changes<T>> | Promise<Result<Changes<T>>>,
): Promise<Result<T>> {
  let document: T | undefined = read;
  for (let attempt = 0; document && attempt < ATTEMPTS; attempt++) {
    if (document.history.some(step => step.requestId === requestId)) return ok(document);
    const changes = await decide(document);
    if (!changes.ok) return changes;
    if (await collection.save(document, changes.data)) {
      return ok({ ...document, ...changes.data, version: document.version + 1 });
    }
    document = await collection.find(document.id);
  }
  return fail('write_conflict');
}
