/**
 * mingo gives the query, aggregation and update semantics. Here its gaps are closed, as far as the SDK's own database
 * tests showed them. Left open: `$dateToString` with %U, `{"a.b": null}` on arrays of sub-documents, geo, `$text`, `$jsonSchema`.
 */
import { Aggregator } from 'mingo/aggregator';
import { Context, evalExpr } from 'mingo/core';
import * as accumulator from 'mingo/operators/accumulator';
import * as expression from 'mingo/operators/expression';
import * as pipeline from 'mingo/operators/pipeline';
import * as projection from 'mingo/operators/projection';
import * as query from 'mingo/operators/query';
import { Query } from 'mingo/query';
import type { Iterator, Source } from 'mingo/lazy';
import type { AnyObject, Options } from 'mingo/types';
import { isEqual, resolve } from 'mingo/util';
import { isPlainObject, type Document } from './document-values';

export type PipelineOperator = (input: Iterator, expr: AnyObject, options: Options) => Iterator;
type Test = (document: AnyObject) => boolean;

const MS_PER_DAY = 86_400_000;

/** mingo lets primitive elements satisfy `{field: …}` criteria; MongoDB does not. */
function $elemMatch(selector: string, criteria: unknown, options: Options): Test {
  const test = elementTest(criteria as Document, options);
  return document => {
    const array = resolve(document, selector, { unwrapArray: true });
    return Array.isArray(array) && array.some(test);
  };
}

function elementTest(criteria: Document, options: Options): (item: unknown) => boolean {
  const keys = Object.keys(criteria);
  const isOnValues =
    keys.length > 0 && keys.every(key => key.startsWith('$') && !['$and', '$or', '$nor'].includes(key));
  const matcher = new Query(isOnValues ? { value: criteria } : criteria, options);
  return item => (isOnValues ? matcher.test({ value: item }) : isPlainObject(item) && matcher.test(item));
}

const isString = (value: unknown) => typeof value === 'string';

/** mingo compares each document with each value of the list; lists of ids are long. */
function $in(selector: string, wanted: unknown, options: Options): Test {
  if (!Array.isArray(wanted) || !wanted.every(isString))
    return query.$in(selector, wanted as never, options) as Test;
  const values = new Set<unknown>(wanted);
  return document => {
    const value = resolve(document, selector, { unwrapArray: true });
    return Array.isArray(value) ? value.flat().some(item => values.has(item)) : values.has(value);
  };
}

function $nin(selector: string, wanted: unknown, options: Options): Test {
  const isIn = $in(selector, wanted, options);
  return document => !isIn(document);
}

/** mingo sorts NaN below all numbers and compares so too; in MongoDB NaN is less than nothing. */
const neverNaN =
  (compare: typeof query.$lt) =>
  (selector: string, wanted: unknown, options: Options): Test => {
    const isLess = compare(selector, wanted as never, options) as Test;
    const isNaNWanted = Number.isNaN(wanted);
    return document => isLess(document) && (isNaNWanted || !Number.isNaN(resolve(document, selector)));
  };

const isMissing = (value: unknown): value is null | undefined => value === null || value === undefined;

/** A negative length means "to the end". Counts bytes, as MongoDB's `$substr` does. */
function $substr(document: AnyObject, args: unknown, options: Options): string {
  const [text, start, length] = evalExpr(document, args, options) as [unknown, number, number];
  if (isMissing(text)) return '';
  return Buffer.from(String(text))
    .subarray(start, length < 0 ? undefined : start + length)
    .toString();
}

/** Absent from mingo. */
function $indexOfCP(document: AnyObject, args: unknown, options: Options): number | null {
  const [text, needle, from = 0, to] = evalExpr(document, args, options) as [
    unknown,
    string,
    number?,
    number?,
  ];
  if (isMissing(text)) return null;
  const characters = [...String(text)].slice(0, to);
  const needleLength = [...needle].length;
  return characters.findIndex(
    (_, i) => i >= from && characters.slice(i, i + needleLength).join('') === needle,
  );
}

/** Weeks start on Sunday; mingo is off by one. */
function $week(document: AnyObject, argument: unknown, options: Options): number | null {
  const date = evalExpr(
    document,
    isPlainObject(argument) && argument.date ? argument.date : argument,
    options,
  );
  if (!(date instanceof Date)) return null;
  const dayOfYear = Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / MS_PER_DAY);
  return Math.floor((dayOfYear + 7 - date.getUTCDay()) / 7);
}

/** mingo looks into arrays here and takes a missing field for null; in an expression, MongoDB does neither. */
function $eq(document: AnyObject, args: unknown, options: Options): boolean {
  const [one, other] = evalExpr(document, args, options) as unknown[];
  return isEqual(one, other);
}

const $ne = (document: AnyObject, args: unknown, options: Options) => !$eq(document, args, options);

const own = Context.init({
  query: { $elemMatch, $in, $nin, $lt: neverNaN(query.$lt), $lte: neverNaN(query.$lte) },
  expression: { $eq, $ne, $substr, $substrBytes: $substr, $indexOfCP, $week },
});
/** The first context that has an operator wins. */
const mongoContext = Context.from(
  own,
  Context.init({ accumulator, expression, projection, query, pipeline }),
);

/**
 * Options for mingo with the operators of `context`. mingo copies every operator for each query it compiles, unless it is
 * handed an options object of its own making (measured: 40 µs each); an operator gets to see such an object, so one does.
 */
function reusableOptions(context: Context): Options {
  const seen: Options[] = [];
  const $seeOptions = (_selector: string, _value: unknown, options: Options) => {
    seen.push(options);
    return () => true;
  };
  new Query(
    { field: { $seeOptions: 1 } },
    { context: Context.from(Context.init({ query: { $seeOptions } }), context) },
  );
  const [options] = seen;
  if (!options) throw new Error('mingo did not show its options');
  return options;
}

/** For queries, projections and updates. */
export const mongoOptions = reusableOptions(mongoContext);

/** Compiles a query into a test. The empty query matches everything. */
export function compileQuery(criteria: Document): (document: Document) => boolean {
  if (Object.keys(criteria).length === 0) return () => true;
  const matcher = new Query(criteria, mongoOptions);
  return document => matcher.test(document);
}

/** Applies a projection such as `{code: 1}`. */
export function projectDocuments(documents: Document[], projected: Document): Document[] {
  return new Query({}, mongoOptions).find<Document>(documents, projected).all();
}

/** Sorts in MongoDB's order of types and values. */
export function sortDocuments(documents: Document[], sort: Readonly<Record<string, number>>): Document[] {
  const keys = { ...sort } as Record<string, 1 | -1>;
  return new Query({}, mongoOptions).find<Document>(documents).sort(keys).all();
}

export type RunStages = (stages: Document[], source: Source) => Document[];

/**
 * A runner of pipeline stages. `$lookup` is given to it because it has to know where to read.
 * @throws MingoError when run with an unknown stage, operator or argument
 */
export function createStageRunner($lookup: PipelineOperator): RunStages {
  const options = reusableOptions(Context.from(Context.init({ pipeline: { $lookup } }), mongoContext));
  return (stages, source) => new Aggregator(stages, options).run<Document>(source);
}
