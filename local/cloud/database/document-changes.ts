/** Turns what a request wants written into documents, or refuses it before anything is touched. */
import { randomBytes } from 'node:crypto';
import { assertFieldNames, compileUpdate } from './document-updates';
import { isPlainObject, type Document } from './document-values';
import type { ChangeDocument } from './document-writer';
import { databaseErrors } from './errors';

/** Generated ids look like the service's: 32 hexadecimal digits. */
const newId = () => randomBytes(16).toString('hex');

/** A document to insert, `_id` first. @throws AdminError for names and ids that are not accepted */
export function withId(document: Document): Document {
  if (!isPlainObject(document)) throw databaseErrors.invalidParameter('a document must be an object');
  assertFieldNames(document);
  const { _id = newId(), ...fields } = document;
  if (typeof _id !== 'string' && !(typeof _id === 'number' && Number.isFinite(_id))) {
    throw databaseErrors.operationFailed('the local database takes only strings and numbers as _id');
  }
  return { _id, ...fields };
}

/** A change by update operators. @throws AdminError DATABASE_REQUEST_FAILED */
export function toUpdater(change: Document): ChangeDocument {
  const update = compileUpdate(change);
  return document => {
    update(document);
    return document;
  };
}

/** A change that puts a whole document in place of the old one. @throws AdminError DATABASE_REQUEST_FAILED */
export function toReplacer(change: Document): ChangeDocument {
  assertFieldNames(change);
  return ({ _id }) => {
    if (change._id !== undefined && change._id !== _id) {
      throw databaseErrors.updateRefused("the field '_id' is immutable");
    }
    return { _id, ...change };
  };
}
