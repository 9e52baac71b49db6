/** Values inside documents: paths, kinds, and the keys that indexes hold for them. */

export type Document = Record<string, unknown>;
export type Scalar = string | number | boolean | Date | null;
/** What SQLite stores and compares. */
export type SqlValue = string | number | null;

/** Type bits kept per indexed path: they tell the planner how far an index column may be trusted. */
export const TYPE = { null: 1, number: 2, string: 4, boolean: 8, date: 16, opaque: 32, array: 64 } as const;

export const isPlainObject = (value: unknown): value is Document =>
  value !== null &&
  typeof value === 'object' &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !(value instanceof RegExp);

export interface PathValue {
  /** Undefined where the path does not exist. */
  readonly value: unknown;
  /** The path leads through or to an array, so several values may answer to it. */
  readonly isMultiple: boolean;
}

const child = (parent: unknown, part: string): unknown => {
  if (Array.isArray(parent)) return /^\d+$/.test(part) ? (parent as unknown[])[Number(part)] : undefined;
  return isPlainObject(parent) && Object.hasOwn(parent, part) ? parent[part] : undefined;
};

/** Reads a dotted path, given as its parts. */
export function readPath(document: unknown, parts: readonly string[]): PathValue {
  let value = document;
  let isMultiple = false;
  for (const part of parts) {
    isMultiple ||= Array.isArray(value);
    value = child(value, part);
  }
  return { value, isMultiple: isMultiple || Array.isArray(value) };
}

/** The type bit of a value. Objects and NaN are `opaque`: their column value decides nothing. */
export function typeOf(value: unknown): number {
  if (value === undefined || value === null) return TYPE.null;
  if (typeof value === 'number') return Number.isNaN(value) ? TYPE.opaque : TYPE.number;
  if (typeof value === 'string') return TYPE.string;
  if (typeof value === 'boolean') return TYPE.boolean;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? TYPE.opaque : TYPE.date;
  return Array.isArray(value) ? TYPE.array : TYPE.opaque;
}

/** The column value for a scalar. Equal scalars always have equal column values. */
export function scalarColumnValue(value: Scalar): SqlValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return value instanceof Date ? value.getTime() : value;
}

/** The index column value of a path's value, with its type bit. */
export function columnValue({ value, isMultiple }: PathValue): [SqlValue, number] {
  const type = isMultiple ? TYPE.array : typeOf(value);
  const isIndexable = (type & (TYPE.opaque | TYPE.array | TYPE.null)) === 0;
  return [isIndexable ? scalarColumnValue(value as Scalar) : null, type];
}

/** How the column of `_id` holds it: as it is, or as a text that no string begins like. */
export type IdColumn = string | number;

const OTHER_ID = '\0';

/** True for the ids that their column holds as they are. */
export const isPlainId = (id: unknown): id is IdColumn =>
  (typeof id === 'string' && !id.startsWith(OTHER_ID)) || (typeof id === 'number' && Number.isFinite(id));

/** The id as its column holds it. `print` gives the text of a value that is neither a string nor a number. */
export const toIdColumn = (id: unknown, print: (id: unknown) => string): IdColumn =>
  isPlainId(id) ? id : OTHER_ID + print(id);

/** Undoes {@link toIdColumn}. */
export const fromIdColumn = (column: IdColumn, parse: (text: string) => unknown): unknown =>
  typeof column === 'string' && column.startsWith(OTHER_ID) ? parse(column.slice(1)) : column;

/** Scalars that SQL compares as MongoDB does; infinite numbers are left out because JSON lists cannot hold them. */
export const isScalar = (value: unknown): value is Scalar =>
  (typeOf(value) & (TYPE.opaque | TYPE.array)) === 0 &&
  value !== undefined &&
  Math.abs(Number(value)) !== Infinity;
