/** `$lookup` that asks the other collection's index for the documents it needs, instead of loading the collection. */
import { isPlainObject, type Document } from './document-values';
import { parseStored, toEjson } from './ejson';
import { databaseErrors } from './errors';
import { splitStages } from './leading-stages';
import { bindQuery } from './let-variables';
import { compileExpression } from './operators/expressions/compile';
import { pathValues } from './operators/paths';
import { setAt } from './operators/unwind';
import { compileStages, type StageContext, type StageRun } from './operators/stages';
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

const isEqualityLookup = (lookup: Document): boolean =>
  areTexts(lookup, ['from', 'localField', 'foreignField', 'as']) && !('pipeline' in lookup);

export const isPipelineLookup = (lookup: Document): boolean =>
  areTexts(lookup, ['from', 'as']) &&
  Array.isArray(lookup.pipeline) &&
  !('localField' in lookup || 'foreignField' in lookup);

/**
 * Compiles the `$lookup` stage of a pipeline that reads through `reader`.
 * @param outer variables that are defined around it
 * @throws AdminError for wrong arguments, and for what is wrong in its pipeline
 */
export function compileLookup(reader: Reader, spec: unknown, outer: readonly string[] = []): StageRun {
  if (isPlainObject(spec) && isEqualityLookup(spec)) {
    const lookup = spec as unknown as EqualityLookup;
    return input => joined(reader, input, lookup);
  }
  if (isPlainObject(spec) && isPipelineLookup(spec))
    return compilePipelineLookup(reader, spec as unknown as PipelineLookup, outer);
  throw databaseErrors.operationFailed(
    "$lookup needs 'from', 'as' and either 'localField' and 'foreignField' or 'pipeline'",
  );
}

type Variables = Readonly<Record<string, unknown>>;

/** What a lookup reads for one local document: a request to the reader, and the stages that follow it. */
export function requestFor(lookup: PipelineLookup, document: Document, outer: Variables = {}) {
  const evaluate = compileVariables(lookup, Object.keys(outer));
  const variables = { ...outer, ...evaluate(document, outer) };
  return { variables, ...splitStages(lookup.pipeline, match => bindQuery(match, variables)) };
}

/** The values of the variables of `let`; one whose value is missing is missing too. */
function compileVariables({ let: expressions = {} }: PipelineLookup, outer: readonly string[]) {
  const parts = Object.entries(expressions).map(
    ([name, expression]) => [name, compileExpression(expression, outer)] as const,
  );
  return (root: Document, variables: Variables) =>
    Object.fromEntries(parts.map(([name, evaluate]) => [name, evaluate({ root, variables })]));
}

function compilePipelineLookup(reader: Reader, lookup: PipelineLookup, outer: readonly string[]): StageRun {
  const names = [...outer, ...Object.keys(lookup.let ?? {})];
  const context: StageContext = { variables: names, lookup: spec => compileLookup(reader, spec, names) };
  compileVariables(lookup, outer);
  compileStages(lookup.pipeline, context);
  const runs = new Map<number, StageRun>();
  /** The stages after the read are the last ones of the pipeline, so their number tells them apart. */
  const runOf = (rest: readonly Document[]) => {
    const run = runs.get(rest.length) ?? compileStages(rest, context);
    runs.set(rest.length, run);
    return run;
  };
  return function* (input, values) {
    const read = rememberReads(reader, lookup.from);
    for (const document of input) {
      const { request, rest, variables } = requestFor(lookup, document, values);
      yield setAt(document, lookup.as.split('.'), [...runOf(rest)(read(request), variables)]);
    }
  };
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

function* joined(
  reader: Reader,
  input: Iterable<Document>,
  lookup: EqualityLookup,
): Generator<Document, void> {
  for (const batch of batches(input)) {
    const matches = matchesOf(reader, lookup, batch);
    for (const document of batch) yield setAt(document, lookup.as.split('.'), matches(document));
  }
}

function* batches(input: Iterable<Document>): Generator<Document[], void> {
  let batch: Document[] = [];
  for (const document of input) {
    batch.push(document);
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length) yield batch;
}

/** The values that a field stands for in an equality: an array stands for its elements, and what is missing for null. */
function valuesOf(document: Document, field: string): unknown[] {
  const values = pathValues(document, field).map(value => value ?? null);
  return values.length ? values : [null];
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
