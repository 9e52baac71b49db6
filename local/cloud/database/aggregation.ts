/** Runs aggregations: what an index can do is done by the reader, the rest by mingo. */
import { findPath, isUsable } from './collection';
import { isPlainObject, type Document } from './document-values';
import { databaseErrors } from './errors';
import { lookupOperator } from './lookup';
import { createStageRunner, type RunStages } from './mongo-operators';
import type { SortKeys } from './planner';
import { documentOf, type FindRequest, type Reader } from './reader';

/** The stages of the SDK's builder. Whether the service accepts any other is unknown, so others are refused. */
const STAGES = new Set(
  '$addFields $bucket $bucketAuto $count $group $limit $lookup $match $project $replaceRoot $sample $skip $sort $sortByCount $unwind'.split(
    ' ',
  ),
);

/** @throws AdminError for a stage that the SDK's builder does not have, or that cannot be done here */
export function assertStage(name: string): void {
  if (name === '$geoNear')
    throw databaseErrors.operationFailed('$geoNear is not supported by the local database');
  if (!STAGES.has(name)) throw databaseErrors.operationFailed(`Unrecognized pipeline stage name: '${name}'`);
}

type DocumentIterator = Iterator<Document> & Iterable<Document>;

/** The leading stages that amount to reading a part of the collection, and what follows them. */
export function splitStages(stages: readonly Document[]): { request: FindRequest; rest: Document[] } {
  const rest = [...stages];
  const take = (name: string) => (rest[0] && name in rest[0] ? rest.shift()?.[name] : undefined);
  const query = take('$match') as Document | undefined;
  const sort = take('$sort') as SortKeys | undefined;
  const skip = take('$skip') as number | undefined;
  const limit = take('$limit') as number | undefined;
  const request = {
    query: query ?? {},
    ...(sort && { sort }),
    ...(skip && { skip }),
    ...(limit && { limit }),
  };
  return { request, rest };
}

/** Runs aggregations over what a reader sees. */
export class Aggregation {
  readonly #reader: Reader;
  readonly #runStages: RunStages;

  constructor(reader: Reader) {
    this.#reader = reader;
    this.#runStages = createStageRunner(lookupOperator(reader));
  }

  /** Runs a whole pipeline. @throws AdminError, MingoError */
  run(name: string, stages: readonly Document[]): Document[] {
    const { request, rest } = splitStages(stages);
    const source = this.#source(name, request, rest);
    try {
      return this.#runStages(rest, source);
    } finally {
      // mingo leaves its source open on an error and when it stops early
      source.return?.();
    }
  }

  /** True when a pipeline reads so little that it need not go to a worker thread. */
  isShort(name: string, stages: readonly Document[]): boolean {
    const { request, rest } = splitStages(stages);
    const lookups = rest.flatMap(stage => ('$lookup' in stage ? [stage.$lookup as Document] : []));
    return lookups.every(lookup => this.#isIndexedLookup(lookup)) && this.#reader.isShort(name, request);
  }

  #isIndexedLookup({ from, foreignField }: Document): boolean {
    if (typeof from !== 'string' || typeof foreignField !== 'string') return false;
    const collection = this.#reader.collectionOf(from);
    const leads =
      foreignField === '_id' || collection.indexes.some(({ keys }) => keys[0]?.[0] === foreignField);
    return leads && isUsable(findPath(collection, foreignField));
  }

  #source(name: string, request: FindRequest, rest: readonly Document[]): DocumentIterator {
    const isPartial = request.sort || request.skip || request.limit;
    if (isPartial) return this.#reader.find(name, request).map(documentOf).values();
    const fields = rest[0]?.$group ? fieldsReadBy(rest[0].$group) : null;
    return this.#reader.stream(name, request.query, fields);
  }
}

/** The top-level fields an expression reads, or null for all: mingo's `$group` buffers its input, so it should be small. */
function fieldsReadBy(expression: unknown): string[] | null {
  const references = stringsIn(expression).filter(text => text.startsWith('$'));
  if (references.some(text => /^\$\$(ROOT|CURRENT)/.test(text))) return null;
  const fields = references
    .filter(text => !text.startsWith('$$'))
    .map(text => text.slice(1).split('.')[0] ?? '');
  return [...new Set(fields)];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(stringsIn);
  return isPlainObject(value) ? Object.values(value).flatMap(stringsIn) : [];
}
