/** `$jsonSchema` (MongoDB manual, "$jsonSchema": JSON Schema draft 4 with `bsonType`). */
import { isPlainObject, type Document } from '../document-values';
import { compileRegExp } from './regular-expressions';
import { notSupported, refuse } from './refuse';
import { isOfType, typeNames, type ValueTest } from './value-tests';
import { areEqual, distinct } from './values';

type Keyword = (operand: never, schema: Document) => ValueTest;

/** Compiles a schema into a test. @throws AdminError for unknown keywords and wrong operands */
export function compileJsonSchema(schema: unknown): ValueTest {
  if (!isPlainObject(schema)) throw refuse('$jsonSchema must be an object');
  const tests = Object.entries(schema).map(([name, operand]) => keywordTest(name, operand, schema));
  return value => tests.every(test => test(value));
}

const IGNORED = new Set(['title', 'description', 'exclusiveMinimum', 'exclusiveMaximum', 'additionalItems']);
const ABSENT = new Set(['$ref', '$schema', 'default', 'definitions', 'format', 'id']);

function keywordTest(name: string, operand: unknown, schema: Document): ValueTest {
  if (IGNORED.has(name)) return () => true;
  if (ABSENT.has(name)) throw refuse(`$jsonSchema keyword '${name}' is not currently supported`);
  const keyword = Object.hasOwn(KEYWORDS, name) ? KEYWORDS[name] : undefined;
  if (!keyword) throw refuse(`Unknown $jsonSchema keyword: ${name}`);
  assertOperand(name, operand);
  return keyword(operand as never, schema);
}

const NUMBERS = ['minimum', 'maximum', 'multipleOf'];
const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties'];
const LISTS = ['required', 'enum', 'allOf', 'anyOf', 'oneOf'];
const OBJECTS = ['properties', 'patternProperties', 'dependencies', 'not'];

function assertOperand(name: string, operand: unknown): void {
  const isRight =
    (!NUMBERS.includes(name) || typeof operand === 'number') &&
    (!COUNTS.includes(name) || (Number.isInteger(operand) && Number(operand) >= 0)) &&
    (!LISTS.includes(name) || (Array.isArray(operand) && operand.length > 0)) &&
    (!OBJECTS.includes(name) || isPlainObject(operand));
  if (!isRight) throw refuse(`$jsonSchema keyword '${name}' has an operand of the wrong type`);
}

/** A keyword says nothing about values of another type than its own. */
const onObjects =
  (test: (value: Document) => boolean): ValueTest =>
  value =>
    !isPlainObject(value) || test(value);
const onArrays =
  (test: (value: unknown[]) => boolean): ValueTest =>
  value =>
    !Array.isArray(value) || test(value);
const onNumbers =
  (test: (value: number) => boolean): ValueTest =>
  value =>
    typeof value !== 'number' || test(value);
const onStrings =
  (test: (value: string) => boolean): ValueTest =>
  value =>
    typeof value !== 'string' || test(value);

const lengthOf = (text: string) => [...text].length;

const KEYWORDS: Record<string, Keyword> = {
  bsonType: (names: unknown) => {
    const wanted = typeNames(names);
    return value => isOfType(value, wanted);
  },
  type: (names: unknown) => {
    const wanted = jsonTypes(names);
    return value => isOfType(value, wanted);
  },
  required: (names: string[]) => onObjects(value => names.every(name => Object.hasOwn(value, name))),
  properties: (schemas: Document) => propertiesTest(schemas),
  patternProperties: (schemas: Document) => patternTest(schemas),
  additionalProperties: (allowed: unknown, schema) => additionalTest(allowed, schema),
  dependencies: (needed: Document) => dependenciesTest(needed),
  minProperties: (count: number) => onObjects(value => Object.keys(value).length >= count),
  maxProperties: (count: number) => onObjects(value => Object.keys(value).length <= count),
  items: (items: unknown, schema) => itemsTest(items, schema.additionalItems),
  minItems: (count: number) => onArrays(value => value.length >= count),
  maxItems: (count: number) => onArrays(value => value.length <= count),
  uniqueItems: (isWanted: boolean) => onArrays(value => !isWanted || distinct(value).length === value.length),
  minimum: (least: number, { exclusiveMinimum }) =>
    onNumbers(value => (exclusiveMinimum === true ? value > least : value >= least)),
  maximum: (most: number, { exclusiveMaximum }) =>
    onNumbers(value => (exclusiveMaximum === true ? value < most : value <= most)),
  multipleOf: (divisor: number) => onNumbers(value => Number.isInteger(value / divisor)),
  minLength: (count: number) => onStrings(value => lengthOf(value) >= count),
  maxLength: (count: number) => onStrings(value => lengthOf(value) <= count),
  pattern: (pattern: unknown) => {
    const expression = compileRegExp(pattern);
    return onStrings(value => expression.test(value));
  },
  enum: (values: unknown[]) => value => values.some(item => areEqual(item, value)),
  not: (schema: unknown) => {
    const test = compileJsonSchema(schema);
    return value => !test(value);
  },
  allOf: (schemas: unknown[]) => {
    const tests = schemas.map(compileJsonSchema);
    return value => tests.every(test => test(value));
  },
  anyOf: (schemas: unknown[]) => {
    const tests = schemas.map(compileJsonSchema);
    return value => tests.some(test => test(value));
  },
  oneOf: (schemas: unknown[]) => {
    const tests = schemas.map(compileJsonSchema);
    return value => tests.filter(test => test(value)).length === 1;
  },
};

const JSON_TYPES: Record<string, string> = { boolean: 'bool' };
const KNOWN_JSON_TYPES = new Set(['object', 'array', 'number', 'boolean', 'string', 'null']);

function jsonTypes(names: unknown): string[] {
  const list = Array.isArray(names) ? (names as unknown[]) : [names];
  return list.map(name => {
    if (name === 'integer') throw notSupported("$jsonSchema type 'integer'");
    if (typeof name !== 'string' || !KNOWN_JSON_TYPES.has(name))
      throw refuse(`Unknown type name alias: ${String(name)}`);
    return JSON_TYPES[name] ?? name;
  });
}

const compileEach = (schemas: Document) =>
  Object.entries(schemas).map(([name, schema]) => [name, compileJsonSchema(schema)] as const);

function propertiesTest(schemas: Document): ValueTest {
  const tests = compileEach(schemas);
  return onObjects(value => tests.every(([name, test]) => !Object.hasOwn(value, name) || test(value[name])));
}

function patternTest(schemas: Document): ValueTest {
  const tests = compileEach(schemas).map(([pattern, test]) => [compileRegExp(pattern), test] as const);
  return onObjects(value =>
    Object.entries(value).every(([name, item]) =>
      tests.every(([pattern, test]) => !pattern.test(name) || test(item)),
    ),
  );
}

function additionalTest(allowed: unknown, schema: Document): ValueTest {
  const known = new Set(Object.keys(isPlainObject(schema.properties) ? schema.properties : {}));
  const patterns = Object.keys(isPlainObject(schema.patternProperties) ? schema.patternProperties : {}).map(
    pattern => compileRegExp(pattern),
  );
  const test = typeof allowed === 'boolean' ? () => allowed : compileJsonSchema(allowed);
  return onObjects(value =>
    Object.entries(value).every(
      ([name, item]) => known.has(name) || patterns.some(pattern => pattern.test(name)) || test(item),
    ),
  );
}

function dependenciesTest(needed: Document): ValueTest {
  const tests = Object.entries(needed).map(([name, dependency]) => {
    const schema = Array.isArray(dependency) ? { required: dependency } : dependency;
    return [name, compileJsonSchema(schema)] as const;
  });
  return onObjects(value => tests.every(([name, test]) => !Object.hasOwn(value, name) || test(value)));
}

function itemsTest(items: unknown, additional: unknown): ValueTest {
  if (!Array.isArray(items)) {
    const test = compileJsonSchema(items);
    return onArrays(value => value.every(test));
  }
  const tests = items.map(compileJsonSchema);
  const others = isPlainObject(additional) ? compileJsonSchema(additional) : () => additional !== false;
  return onArrays(value => value.every((item, i) => (tests[i] ?? others)(item)));
}
