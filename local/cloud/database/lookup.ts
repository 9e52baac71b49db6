/** `$lookup` that asks the other collection's index for the documents it needs, instead of loading the collection. */
import { evalExpr } from 'mingo/core';
import { Lazy, type Iterator } from 'mingo/lazy';
import * as pipeline from 'mingo/operators/pipeline';
import type { AnyObject, Options } from 'mingo/types';
import { readPath, type Document } from './document-values';
import { parseStored, toEjson } from './ejson';
import { databaseErrors } from './errors';
import { splitStages } from './leading-stages';
import { bindQuery } from './let-variables';
import type { PipelineOperator } from './mongo-operators';
import type { FindRequest, Reader } from './reader';

/** Local documents served by one query to the other collection. */
const BATCH_ROWS = 500;

interface EqualityLookup {
  readonly from: string;
  readonly localField: string;
  readonly foreignField: string;
  readonly as: string;
}

/** The form with `let` and `pipeline`. */
export interface PipelineLookup {
  readonly from: string;
  readonly let?: Document;
  readonly pipeline: readonly Document[];
  readonly as: string;
}

const areTexts = (lookup: Document, keys: readonly string[]) =>
  keys.every(key => typeof lookup[key] === 'string');

const isEqualityLookup = (lookup: AnyObject): boolean =>
  areTexts(lookup, ['from', 'localField', 'foreignField', 'as']) && !('pipeline' in lookup);

export const isPipelineLookup = (lookup: AnyObject): boolean =>
  areTexts(lookup, ['from', 'as']) &&
  Array.isArray(lookup.pipeline) &&
  !('localField' in lookup || 'foreignField' in lookup);

/** The `$lookup` stage for a pipeline that reads through `reader`. */
export function lookupOperator(reader: Reader): PipelineOperator {
  return (input, expr, options) => {
    if (isEqualityLookup(expr)) return Lazy(joined(reader, input, expr as unknown as EqualityLookup));
    if (isPipelineLookup(expr))
      return Lazy(joinedByPipeline(reader, input, expr as unknown as PipelineLookup, options));
    throw databaseErrors.operationFailed(
      "$lookup needs 'from', 'as' and either 'localField' and 'foreignField' or 'pipeline'",
    );
  };
}

/** What a lookup reads for one local document: a request to the reader, and the stages that follow it. */
export function requestFor(lookup: PipelineLookup, document: Document, options: Options) {
  const variables = evalExpr(document, lookup.let ?? {}, options) as Document;
  return splitStages(lookup.pipeline, match => bindQuery(match, variables));
}

function* joinedByPipeline(
  reader: Reader,
  input: Iterator,
  lookup: PipelineLookup,
  options: Options,
): Generator<Document, void> {
  const read = rememberReads(reader, lookup.from);
  for (let next = input.next(); !next.done; next = input.next()) {
    const document = next.value as Document;
    const { request, rest } = requestFor(lookup, document, options);
    const found = read(request);
    if (rest.length === 0) yield { ...document, [lookup.as]: found };
    else yield* runRest(document, { ...lookup, pipeline: rest }, found, options);
  }
}

/** Many local documents may ask for the same; each gets its own copy, because later stages may change it. */
function rememberReads(reader: Reader, from: string): (request: FindRequest) => Document[] {
  const textsByRequest = new Map<string, string[]>();
  return request => {
    const key = toEjson(request);
    const texts = textsByRequest.get(key) ?? reader.find(from, request).map(({ doc }) => doc);
    textsByRequest.set(key, texts);
    return texts.map(parseStored);
  };
}

/** mingo runs the stages that follow the read, and knows the variables in them. */
function runRest(
  document: Document,
  lookup: PipelineLookup,
  found: Document[],
  options: Options,
): Iterable<Document> {
  const collectionResolver = () => found;
  return pipeline
    .$lookup(Lazy([document]), lookup as never, { ...plainOptions(options), collectionResolver })
    .collect<Document>();
}

/** mingo hands its operators an object with getters, which a spread would lose. */
const plainOptions = (options: Options): Options => ({
  idKey: options.idKey,
  processingMode: options.processingMode,
  useStrictMode: options.useStrictMode,
  scriptEnabled: options.scriptEnabled,
  failOnError: options.failOnError,
  context: options.context,
  ...(options.variables && { variables: options.variables }),
});

function* joined(reader: Reader, input: Iterator, lookup: EqualityLookup): Generator<Document, void> {
  for (const batch of batches(input)) {
    const matches = matchesOf(reader, lookup, batch);
    for (const document of batch) yield { ...document, [lookup.as]: matches(document) };
  }
}

function* batches(input: Iterator): Generator<Document[], void> {
  let batch: Document[] = [];
  for (let next = input.next(); !next.done; next = input.next()) {
    batch.push(next.value as Document);
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length) yield batch;
}

/** The values that a field stands for in an equality: an array stands for itself and its elements, missing for null. */
function valuesOf(document: Document, field: string): unknown[] {
  const { value } = readPath(document, field.split('.'));
  if (value === undefined) return [null];
  return Array.isArray(value) ? [...(value as unknown[]), value] : [value];
}

/** Reads the foreign documents of a batch and returns the function that picks those of one local document. */
function matchesOf(
  reader: Reader,
  lookup: EqualityLookup,
  batch: readonly Document[],
): (local: Document) => Document[] {
  const { localField, foreignField } = lookup;
  const wanted = new Map(
    batch.flatMap(document => valuesOf(document, localField)).map(value => [toEjson(value), value]),
  );
  const textsByKey = new Map<string, Set<string>>();
  for (const text of foreignTexts(reader, lookup, [...wanted.values()])) {
    for (const value of valuesOf(parseStored(text), foreignField)) addTo(textsByKey, toEjson(value), text);
  }
  return local => {
    const texts = valuesOf(local, localField).flatMap(value => [...(textsByKey.get(toEjson(value)) ?? [])]);
    // parsed anew for each, because later stages may change what they are given
    return [...new Set(texts)].map(parseStored);
  };
}

function addTo(sets: Map<string, Set<string>>, key: string, text: string): void {
  const texts = sets.get(key);
  if (texts) texts.add(text);
  else sets.set(key, new Set([text]));
}

/** Null is asked for on its own, because it would keep the list from using an index. */
function foreignTexts(
  reader: Reader,
  { from, foreignField }: EqualityLookup,
  values: readonly unknown[],
): string[] {
  const present = values.filter(value => value !== null);
  const find = (wanted: unknown) =>
    reader.find(from, { query: { [foreignField]: wanted } }).map(({ doc }) => doc);
  return [
    ...(present.length ? find({ $in: present }) : []),
    ...(present.length < values.length ? find(null) : []),
  ];
}
