/** Runs aggregations: what an index can do is done by the reader, the rest by the stages' operators. */
import { findPath, isUsable } from './collection';
import { isPlainObject, type Document } from './document-values';
import { databaseErrors } from './errors';
import { splitStages } from './leading-stages';
import { SHORT_LOOKUPS, SHORT_READ_ROWS } from './limits';
import { compileLookup, isPipelineLookup, requestFor, type PipelineLookup } from './lookup';
import { compileStages, type StageContext } from './operators/stages';
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

/** Runs aggregations over what a reader sees. */
export class Aggregation {
  readonly #reader: Reader;
  readonly #context: StageContext;

  constructor(reader: Reader) {
    this.#reader = reader;
    this.#context = { variables: [], lookup: spec => compileLookup(reader, spec) };
  }

  /** Runs a whole pipeline. @throws AdminError */
  run(name: string, stages: readonly Document[]): Document[] {
    const { request, rest } = splitStages(stages);
    // the leading stages are read, not run, but must be right all the same
    compileStages(stages.slice(0, stages.length - rest.length), this.#context);
    const run = compileStages(rest, this.#context);
    return [...run(this.#source(name, request, rest), {})];
  }

  /** True when a pipeline reads so little that it need not go to a worker thread. */
  isShort(name: string, stages: readonly Document[]): boolean {
    const { request, rest } = splitStages(stages);
    if (!this.#reader.isShort(name, request)) return false;
    const lookups = lookupsOf(rest);
    const byPipeline = lookups.filter(isPipelineLookup) as unknown as PipelineLookup[];
    return (
      lookups.every(lookup => isPipelineLookup(lookup) || this.#isIndexedLookup(lookup)) &&
      (byPipeline.length === 0 || this.#areShort(byPipeline, name, request))
    );
  }

  /** What a pipeline reads depends on the document that it is run for, so these are looked at, if they are few. */
  #areShort(lookups: readonly PipelineLookup[], name: string, request: FindRequest): boolean {
    const { limit = Infinity } = request;
    const most = Math.floor(SHORT_LOOKUPS / lookups.length);
    const documents = this.#reader
      .find(name, { ...request, limit: Math.min(limit, most + 1) })
      .map(documentOf);
    if (documents.length > most) return false;
    const rowsEach = Math.floor(SHORT_READ_ROWS / Math.max(1, documents.length * lookups.length));
    return documents.every(document =>
      lookups.every(lookup => this.#isShortPipeline(lookup, document, rowsEach)),
    );
  }

  #isShortPipeline(lookup: PipelineLookup, document: Document, rows: number): boolean {
    const { request, rest } = requestFor(lookup, document);
    return lookupsOf(rest).length === 0 && this.#reader.isShort(lookup.from, request, rows);
  }

  #isIndexedLookup({ from, foreignField }: Document): boolean {
    if (typeof from !== 'string' || typeof foreignField !== 'string') return false;
    const collection = this.#reader.collectionOf(from);
    const leads =
      foreignField === '_id' || collection.indexes.some(({ keys }) => keys[0]?.[0] === foreignField);
    return leads && isUsable(findPath(collection, foreignField));
  }

  #source(name: string, request: FindRequest, rest: readonly Document[]): Iterable<Document> {
    const isPartial = request.sort || request.skip || request.limit;
    if (isPartial) return this.#reader.find(name, request).map(documentOf);
    const fields = rest[0]?.$group ? fieldsReadBy(rest[0].$group) : null;
    return this.#reader.stream(name, request.query, fields);
  }
}

const lookupsOf = (stages: readonly Document[]) =>
  stages.flatMap(stage => ('$lookup' in stage ? [stage.$lookup as Document] : []));

/** The top-level fields an expression reads, or null for all: what is not read need not be parsed. */
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
