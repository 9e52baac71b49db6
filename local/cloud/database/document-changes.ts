/** Turns what a request wants written into documents, or refuses it before anything is touched. */
import { randomBytes } from 'node:crypto';
import { isPlainObject, type Document } from './document-values';
import type { DocumentChange } from './document-writer';
import { databaseErrors } from './errors';
import { assertFieldNames, compileUpdate } from './operators/update';
import { areEqual, bsonTypeOf } from './operators/values';

/** Generated ids look like the service's: 32 hexadecimal digits. */
const newId = () => randomBytes(16).toString('hex');

/** A document to insert, `_id` first. @throws AdminError for names and ids that are not accepted */
export function withId(document: Document): Document {
  if (!isPlainObject(document)) throw databaseErrors.invalidParameter('a document must be an object');
  assertFieldNames(document);
  const { _id = newId(), ...fields } = document;
  if (Array.isArray(_id) || _id instanceof RegExp || Number.isNaN(_id))
    throw databaseErrors.operationFailed(`The '_id' value cannot be of type ${bsonTypeOf(_id)}`);
  return { _id, ...fields };
}

/** A change by update operators to what `query` finds. @throws AdminError DATABASE_REQUEST_FAILED */
export function toUpdater(change: Document, query: Document): DocumentChange {
  const update = compileUpdate(change, query);
  const apply = (document: Document) => {
    update(document);
    return document;
  };
  return { apply, isAlwaysCounted: false };
}

/** A change that puts a whole document in place of the old one. @throws AdminError DATABASE_REQUEST_FAILED */
export function toReplacer(change: Document): DocumentChange {
  assertFieldNames(change);
  const apply = ({ _id }: Document) => {
    if (change._id !== undefined && !areEqual(change._id, _id)) {
      throw databaseErrors.updateRefused("the field '_id' is immutable");
    }
    return { _id, ...change };
  };
  return { apply, isAlwaysCounted: true };
}
