import type { CollectionName, COLLECTIONS } from './collections';
import { command } from './database';

// Queries and updates are typed by the document that they are about: a field that it does not have, a value of another
// kind and a query that no declared index serves do not compile.

/** What every stored document has: its id, and a number that each write raises. */
export interface Stored {
  id: string;
  version: number;
}

type Scalar = string | number | boolean;
type KeyOf<T> = T extends unknown ? keyof T & string : never;
type FieldOf<T, K> = T extends unknown ? (K extends keyof T ? Exclude<T[K], undefined> : never) : never;
type ElementOf<V> = V extends readonly (infer E)[] ? E : V;

type Field<T> = Exclude<KeyOf<T>, 'id'>;
type InnerKey<V> = V extends Scalar ? never : V extends object ? KeyOf<V> : never;
type InnerPath<T, K extends Field<T>> = `${K}.${InnerKey<ElementOf<FieldOf<T, K>>>}`;

/** A field as the database names it: `_id` for the id, a dotted path for a field of an embedded document or of a list of them. */
export type Path<T> = '_id' | Field<T> | { [K in Field<T>]: InnerPath<T, K> }[Field<T>];

type ValueAt<T, P> = P extends '_id'
  ? FieldOf<T, 'id'>
  : P extends `${infer K}.${infer Rest}`
    ? FieldOf<ElementOf<FieldOf<T, K>>, Rest>
    : FieldOf<T, P>;

/** A condition on a field whose values are of type V. Made only by the functions below. */
export class Condition<out V> {
  declare readonly of: V;
  constructor(readonly toCommand: () => unknown) {}
}

export const oneOf = <V extends Scalar>(values: readonly V[]): Condition<V> =>
  new Condition(() => command.in([...values]));
export const not = <V extends Scalar>(value: V): Condition<V> => new Condition(() => command.neq(value));
export const below = <V extends Scalar>(value: V): Condition<V> => new Condition(() => command.lt(value));
export const atMost = <V extends Scalar>(value: V): Condition<V> => new Condition(() => command.lte(value));
export const above = <V extends Scalar>(value: V): Condition<V> => new Condition(() => command.gt(value));
export const atLeast = <V extends Scalar>(value: V): Condition<V> => new Condition(() => command.gte(value));
/** Texts with this one in them, letters as they are. It narrows what an index has found, and never finds by itself. */
export const containing = (text: string): Condition<string> =>
  new Condition(() => new RegExp(text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')));
export const PRESENT = new Condition<never>(() => command.exists(true));
export const ABSENT = new Condition<never>(() => command.exists(false));

/**
 * A condition on the document itself: one of these must hold. The SDK drops the name that it stands under.
 */
export const eitherOf = (...wheres: object[]): { readonly either: Condition<never> } => ({
  either: new Condition(() => command.or(wheres.map(toQuery))),
});

/** Conditions on a document, all of which must hold. */
export type Where<T> = { readonly [P in Path<T>]?: ValueAt<T, P> | Condition<ValueAt<T, P>> };

/** Fields that an index of the collection begins with. */
export type Lead<Name extends CollectionName> = (typeof COLLECTIONS)[Name][number]['keys'][0] | '_id';
type CertainKey<W> = { [K in keyof W]-?: Pick<W, K> extends Required<Pick<W, K>> ? K : never }[keyof W];

/**
 * A query in the way it was put together. Refused are conditions on fields that the document does not have, and a query
 * for which the collection has no index that begins with one of its fields.
 */
export type Query<W, T, Name extends CollectionName> = W & {
  readonly [P in Exclude<KeyOf<W>, Path<T>>]: never;
} & Served<W, Name>;

type Served<W, Name extends CollectionName> = W extends unknown
  ? Extract<CertainKey<W>, Lead<Name>> extends never
    ? { readonly 'no declared index serves this query': never }
    : unknown
  : never;

/** A way to change a value other than setting it. */
export class Change<out V> {
  declare readonly of: V;
  constructor(readonly toCommand: () => unknown) {}
}

export const increasedBy = <V extends number>(by: number): Change<V> => new Change(() => command.inc(by));
/** The lower of the value and what is there; the value where nothing is. */
export const loweredTo = <V extends number>(value: V): Change<V> => new Change(() => command.min(value));
export const extendedBy = <V>(item: V): Change<V[]> => new Change(() => command.push([item]));

type Clearable<T, P> = P extends KeyOf<T> ? (T extends Record<P, unknown> ? never : undefined) : undefined;

/** Values to set; undefined clears a field that may be absent. Id and version are not the caller's to set. */
export type Changes<T> = {
  readonly [P in Exclude<Path<T>, '_id' | 'version'>]?:
    ValueAt<T, P> | Change<ValueAt<T, P>> | Clearable<T, P>;
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Conditions as the SDK wants them.
 * @throws TypeError for an undefined value: the SDK would drop the condition, and the query would match too much.
 */
export function toQuery(where: object): Fields {
  return Object.fromEntries(
    Object.entries(where).map(([path, value]) => {
      if (value === undefined) throw new TypeError(`condition on ${path} is undefined`);
      return [path, value instanceof Condition ? value.toCommand() : value];
    }),
  );
}

const isPlainObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** An update as the SDK wants it: undefined clears a field, an object replaces the old one instead of merging into it. */
export function toUpdate(changes: object): Fields {
  const entries = Object.entries(changes).map(([path, value]: [string, unknown]) => {
    if (value === undefined) return [path, command.remove()];
    if (value instanceof Change) return [path, value.toCommand()];
    return [path, Array.isArray(value) || isPlainObject(value) ? command.set(value) : value];
  });
  return Object.fromEntries(entries) as Fields;
}

type RecordOf<T> = Omit<T, 'id'> & { _id: string };

/** A document as the database keeps it. */
export const toRecord = <T extends Stored>({ id, ...rest }: T): RecordOf<T> => ({ _id: id, ...rest });

/** A document as the functions know it. The database knows nothing of types: what a function wrote is what it reads. */
export const fromRecord = <T extends Stored>({ _id, ...rest }: Fields): T =>
  ({ id: _id, ...rest }) as unknown as T;
