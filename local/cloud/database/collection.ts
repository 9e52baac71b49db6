/** What the engine knows about a collection, and how that maps to SQL names. */
import type { IndexDefinition } from './admin-protocol';
import {
  columnValue,
  isPlainId,
  readPath,
  TYPE,
  type Document,
  type PathValue,
  type SqlValue,
} from './document-values';
import { idColumn, toEjson } from './ejson';
import { databaseErrors } from './errors';
import { pathValues } from './operators/paths';

/** A path with a column of its own. */
export interface IndexedPath {
  readonly path: string;
  readonly parts: readonly string[];
  /** Union of the type bits of every value the path ever had. */
  mask: number;
}

export interface Index extends IndexDefinition {
  readonly unique: boolean;
  readonly sparse: boolean;
}

export interface Collection {
  readonly name: string;
  /** `_id`, whose column is always there. */
  readonly id: IndexedPath;
  paths: IndexedPath[];
  indexes: Index[];
  /** A mask was widened and is not saved yet. */
  isWidened: boolean;
}

/** The row of a document: its EJSON text, and a revision that grows with every write. */
export interface StoredRow {
  readonly id: string | number;
  readonly doc: string;
  readonly rev: number;
}

export const quote = (name: string) => `"${name.replaceAll('"', '""')}"`;
export const tableOf = (collection: { name: string }) => quote(`c_${collection.name}`);
export const pathColumn = (path: string) => (path === '_id' ? 'id' : quote(`k:${path}`));
/** Holds the text of a unique index's key, or NULL where the index leaves the document out. */
export const uniqueColumn = (index: IndexDefinition) => quote(`u:${index.name}`);
export const indexSqlName = (collection: { name: string }, index: { name: string }) =>
  `x_${collection.name}_${index.name}`;
export const uniqueSqlName = (collection: { name: string }, index: { name: string }) =>
  `u_${collection.name}_${index.name}`;

export const ID_INDEX: Index = { name: '_id_', keys: [['_id', 1]], unique: true, sparse: false };

export const toIndexedPath = (path: string, mask = 0): IndexedPath => ({
  path,
  parts: path.split('.'),
  mask,
});

export const findPath = (collection: Collection, path: string): IndexedPath | undefined =>
  path === '_id' ? collection.id : collection.paths.find(known => known.path === path);

/** The column value of a path in a document; widens the path's type mask by what it meets. */
export function indexValue(collection: Collection, path: IndexedPath, document: Document): SqlValue {
  const [value, type] = path.path === '_id' ? idValue(document) : columnValue(readPath(document, path.parts));
  if ((path.mask | type) !== path.mask) {
    path.mask |= type;
    collection.isWidened = true;
  }
  return value;
}

function idValue({ _id }: Document): [SqlValue, number] {
  return isPlainId(_id) ? columnValue({ value: _id, isMultiple: false }) : [idColumn(_id), TYPE.opaque];
}

/** What MongoDB's index holds for an array without elements. */
const EMPTY_ARRAY = { $undefined: true };

/**
 * The keys of a document in a unique index, as texts: one for each element of an array. None when a sparse index leaves
 * the document out, which MongoDB does only when none of the keys exists.
 * @throws AdminError for arrays in two of the index's fields
 */
export function uniqueKeys(index: Index, document: Document): string[] {
  const found = keyValues(index, document);
  const arrays = found.filter(({ isMultiple }) => isMultiple).map(({ path }) => path);
  if (arrays.length > 1)
    throw databaseErrors.operationFailed(`cannot index parallel arrays [${arrays[0]}] [${arrays[1]}]`);
  const [array] = arrays;
  if (array === undefined) return [plainKey(index, found)].filter(key => key !== null);
  const keys = elementsAt(document, array).map(element =>
    toEjson(found.map(({ value, isMultiple }) => (isMultiple ? element : (value ?? null)))),
  );
  return [...new Set(keys)];
}

type KeyValue = PathValue & { readonly path: string };

const keyValues = (index: Index, document: Document): KeyValue[] =>
  index.keys.map(([path]) => {
    const { value, isMultiple } = readPath(document, path.split('.'));
    return { path, value, isMultiple };
  });

/** The key of a document without arrays in it. */
function plainKey(index: Index, found: readonly KeyValue[]): string | null {
  if (index.sparse && found.every(({ value }) => value === undefined)) return null;
  return toEjson(found.map(({ value }) => value ?? null));
}

function elementsAt(document: Document, path: string): unknown[] {
  const values = pathValues(document, path).map(value => value ?? null);
  return values.length ? values : [EMPTY_ARRAY];
}

const leadsThroughArray = (found: readonly KeyValue[]) => found.some(({ isMultiple }) => isMultiple);

/** What the unique column holds: the key, or null for a document without one or with several, which are kept apart. */
export function uniqueColumnValue(index: Index, document: Document): string | null {
  const found = keyValues(index, document);
  return leadsThroughArray(found) ? null : plainKey(index, found);
}

/** The keys that are kept apart. */
export const elementKeys = (index: Index, document: Document): string[] =>
  leadsThroughArray(keyValues(index, document)) ? uniqueKeys(index, document) : [];

/** Whether some document ever had several keys in a unique index. */
export const isMultikey = (collection: Collection, index: Index): boolean =>
  index.keys.some(([path]) => ((findPath(collection, path)?.mask ?? 0) & TYPE.array) !== 0);

/** The table of the keys that are kept apart, for all collections. */
export const MULTIKEYS = '_multikeys';

/** A key as MongoDB prints it in a duplicate key error. */
export function printKey(index: Index, document: Document): string {
  const print = ([path]: readonly [string, number]) =>
    `${path}: ${toEjson(readPath(document, path.split('.')).value ?? null)}`;
  return `{ ${index.keys.map(print).join(', ')} }`;
}

export const uniqueIndexes = (collection: Collection) => collection.indexes.filter(index => index.unique);

/** The single type a path holds besides null, or 0 when it holds several or one that columns cannot represent. */
export function singleType(path: IndexedPath): number {
  const types = path.mask & ~TYPE.null;
  const isSingle = (types & (types - 1)) === 0;
  return isSingle && (types & (TYPE.array | TYPE.opaque)) === 0 ? types : 0;
}

/** False once a path has held an array: then its column says nothing about some documents. */
export const isUsable = (path: IndexedPath | undefined): path is IndexedPath =>
  path !== undefined && (path.mask & TYPE.array) === 0;

/** SQL order equals MongoDB's only while a path holds one type besides null. */
export const isSortable = (path: IndexedPath | undefined): boolean =>
  path !== undefined && (singleType(path) !== 0 || (path.mask & ~TYPE.null) === 0);
