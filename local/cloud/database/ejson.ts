/**
 * EJSON, the text in which documents and queries travel. The SDK sends canonical EJSON v2 and reads answers with a
 * relaxed parser that accepts `{"$date": <milliseconds>}` (SDK source), so the text stored is the text returned.
 */
import { databaseErrors } from './errors';
import { fromIdColumn, toIdColumn, type Document, type IdColumn } from './document-values';
import { toRegExp } from './operators/regular-expressions';

type Decoder = (inner: never, nowMs: number) => unknown;

const numberOf = (inner: string | number) => Number(inner);

/** The service hands ObjectIds out as hex strings. Decimals and longs beyond 2^53 lose precision here. */
const DECODERS: Record<string, Decoder> = {
  $numberInt: numberOf,
  $numberLong: numberOf,
  $numberDouble: numberOf,
  $numberDecimal: numberOf,
  $oid: (inner: string) => inner,
  $date: (inner: string | number | { $numberLong: string }) =>
    new Date(typeof inner === 'object' ? Number(inner.$numberLong) : inner),
  $regularExpression: (inner: { pattern: string; options?: string }) =>
    toRegExp(inner.pattern, inner.options),
  $tcb_server_date: (inner: { offset?: unknown }, nowMs: number) =>
    new Date(nowMs + Number(decodeValue(inner.offset ?? 0, nowMs))),
  $undefined: () => undefined,
};

const UNSUPPORTED = new Set([
  '$binary',
  '$timestamp',
  '$minKey',
  '$maxKey',
  '$code',
  '$symbol',
  '$dbPointer',
]);

function decodeObject(object: Document, nowMs: number): unknown {
  const keys = Object.keys(object);
  const [only] = keys;
  if (keys.length === 1 && only?.startsWith('$')) {
    if (UNSUPPORTED.has(only))
      throw databaseErrors.operationFailed(`${only} values are not supported by the local database`);
    const decoder = Object.hasOwn(DECODERS, only) ? DECODERS[only] : undefined;
    if (decoder) return decoder(object[only] as never, nowMs);
  }
  const decoded: Document = {};
  for (const key of keys) {
    const value = decodeValue(object[key], nowMs);
    if (value !== undefined) decoded[key] = value;
  }
  return decoded;
}

function decodeValue(value: unknown, nowMs: number): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(item => decodeValue(item, nowMs));
  return decodeObject(value as Document, nowMs);
}

/**
 * Parses EJSON from the SDK, canonical or relaxed.
 * @param nowMs what `db.serverDate()` stands for, milliseconds since 1970
 * @throws AdminError INVALID_PARAM when it is not a JSON object
 */
export function parseEjson(text: string, nowMs: number): Document {
  const value = decodeValue(parseJson(text), nowMs);
  if (value === null || typeof value !== 'object')
    throw databaseErrors.invalidParameter('not an EJSON object');
  return value as Document;
}

/** Like {@link parseEjson}, for stage values, which may be anything ($limit has a number). */
export const parseEjsonValue = (text: string, nowMs: number): unknown => decodeValue(parseJson(text), nowMs);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw databaseErrors.invalidParameter('not valid JSON');
  }
}

function encodeValue(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return { $numberDouble: String(value) };
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return { $date: value.getTime() };
  if (value instanceof RegExp) return { $regularExpression: { pattern: value.source, options: value.flags } };
  if (Array.isArray(value)) return value.map(encodeValue);
  const encoded: Document = {};
  for (const key of Object.keys(value)) encoded[key] = encodeValue((value as Document)[key]);
  return encoded;
}

/** The text stored and handed back to the SDK. */
export const toEjson = (value: unknown): string => JSON.stringify(encodeValue(value));

const storedRegExp = ({ pattern, options }: { pattern: string; options: string }) =>
  toRegExp(pattern, options);

/** Undoes {@link toEjson} in place: only its three wrappers can occur in stored text. */
function reviveStored(value: object): unknown {
  const { $date, $numberDouble, $regularExpression } = value as Document;
  if (typeof $date === 'number') return new Date($date);
  if (typeof $numberDouble === 'string') return Number($numberDouble);
  if ($regularExpression) return storedRegExp($regularExpression as { pattern: string; options: string });
  const container = value as Document;
  for (const key of Object.keys(container)) {
    const item = container[key];
    if (item !== null && typeof item === 'object') container[key] = reviveStored(item);
  }
  return container;
}

/** The column value of an id. */
export const idColumn = (id: unknown): IdColumn => toIdColumn(id, toEjson);

/** The id that a column value stands for. */
export const idOf = (column: IdColumn): unknown =>
  fromIdColumn(column, text => parseStored(`{"id":${text}}`).id);

/** Parses text written by {@link toEjson}. Much cheaper than {@link parseEjson}. */
export function parseStored(text: string): Document {
  const document = JSON.parse(text) as Document;
  return text.includes('{"$') ? (reviveStored(document) as Document) : document;
}

/** Like {@link parseStored}, for some of the top-level fields; spares the others the search for dates. */
export function parseStoredFields(text: string, fields: readonly string[]): Document {
  const document = JSON.parse(text) as Document;
  const picked: Document = {};
  for (const field of fields) {
    const value = document[field];
    if (value !== undefined)
      picked[field] = value !== null && typeof value === 'object' ? reviveStored(value) : value;
  }
  return picked;
}
