/** What the engine knows about a collection, and how that maps to SQL names. */
import type { IndexDefinition } from './admin-protocol';
import { columnValue, readPath, TYPE, type Document, type SqlValue } from './document-values';
import { toEjson } from './ejson';

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
  const [value, type] = columnValue(readPath(document, path.parts));
  if ((path.mask | type) !== path.mask) {
    path.mask |= type;
    collection.isWidened = true;
  }
  return value;
}

/**
 * The key of a document in a unique index, as text, or null when a sparse index leaves the document out, which MongoDB
 * does only when none of the keys exists. An array is one key here, while MongoDB makes each of its elements one.
 */
export function uniqueKey(index: Index, document: Document): string | null {
  const values = index.keys.map(([path]) => readPath(document, path.split('.')).value);
  if (index.sparse && values.every(value => value === undefined)) return null;
  return toEjson(values.map(value => value ?? null));
}

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
