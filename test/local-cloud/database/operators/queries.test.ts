/** What queries find: (query, ids found, source). */
import { expectOutcome, fill, findIds, refused, useDatabase, type Source } from './case-table';

useDatabase();

type Case = readonly [query: Record<string, unknown>, expected: unknown, source: Source];

const NULLS = [
  { _id: 1, a: {} },
  { _id: 2, a: null },
  { _id: 3, a: 4 },
  { _id: 4, a: { b: 'hi' } },
  { _id: 5, a: { b: null } },
  { _id: 6 },
  { _id: 7, a: [[]] },
  { _id: 8, a: [] },
  { _id: 9, a: [{ b: null }, { b: null }, {}] },
  { _id: 10, a: [{ b: 1 }, { b: 3 }, { b: 'string' }] },
  { _id: 11, a: [{ b: null }, { b: 3 }, { b: null }] },
  { _id: 12, a: [{ b: 3 }, {}] },
  { _id: 13, a: [null, null] },
  { _id: 14, a: [1, 'string', 4] },
  { _id: 15, a: [1, 'string', null, 4] },
];
const NULL_SOURCE = 'mongodb/mongo jstests/core/null_query_semantics.js';
const NULL_CASES: readonly Case[] = [
  [{ a: null }, [2, 6, 13, 15], NULL_SOURCE],
  [{ a: { $eq: null } }, [2, 6, 13, 15], NULL_SOURCE],
  [{ a: { $ne: null } }, [1, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14], NULL_SOURCE],
  [{ a: { $gte: null } }, [2, 6, 13, 15], NULL_SOURCE],
  [{ a: { $lte: null } }, [2, 6, 13, 15], NULL_SOURCE],
  [{ a: { $gt: null } }, [], NULL_SOURCE],
  [{ a: { $lt: null } }, [], NULL_SOURCE],
  [{ a: { $not: { $gte: null } } }, [1, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14], NULL_SOURCE],
  [{ a: { $in: [null, 4] } }, [2, 3, 6, 13, 14, 15], NULL_SOURCE],
  [{ a: { $nin: [null, 4] } }, [1, 4, 5, 7, 8, 9, 10, 11, 12], NULL_SOURCE],
  [{ a: { $exists: false } }, [6], NULL_SOURCE],
  [{ a: { $exists: true } }, [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15], NULL_SOURCE],
  [{ a: { $elemMatch: { $eq: null } } }, [13, 15], NULL_SOURCE],
  [{ a: { $elemMatch: { $ne: null } } }, [7, 9, 10, 11, 12, 14, 15], NULL_SOURCE],
  [{ a: { $type: 'null' } }, [2, 13, 15], NULL_SOURCE],
  [{ 'a.b': { $eq: null } }, [1, 2, 3, 5, 6, 9, 11, 12], NULL_SOURCE],
  [{ 'a.b': { $ne: null } }, [4, 7, 8, 10, 13, 14, 15], NULL_SOURCE],
  [{ 'a.b': { $gte: null } }, [1, 2, 3, 5, 6, 9, 11, 12], NULL_SOURCE],
  [{ 'a.b': { $in: [null, 75] } }, [1, 2, 3, 5, 6, 9, 11, 12], NULL_SOURCE],
  [{ 'a.b': { $nin: [null, 75] } }, [4, 7, 8, 10, 13, 14, 15], NULL_SOURCE],
  [{ 'a.b': { $nin: [null, /^str.*/] } }, [4, 7, 8, 13, 14, 15], NULL_SOURCE],
  [{ $or: [{ 'a.b': null }, { 'a.b': 75 }] }, [1, 2, 3, 5, 6, 9, 11, 12], NULL_SOURCE],
  [{ $nor: [{ 'a.b': null }, { 'a.b': 75 }] }, [4, 7, 8, 10, 13, 14, 15], NULL_SOURCE],
  [{ 'a.b': { $exists: false } }, [1, 2, 3, 6, 7, 8, 13, 14, 15], NULL_SOURCE],
  [{ 'a.b': { $exists: true } }, [4, 5, 9, 10, 11, 12], NULL_SOURCE],
  [{ 'a.b': { $elemMatch: { $eq: null } } }, [], NULL_SOURCE],
  [{ 'a.b': { $elemMatch: { $ne: null } } }, [], NULL_SOURCE],
  [{ a: { $elemMatch: { b: { $eq: null } } } }, [7, 9, 11, 12], NULL_SOURCE],
  [{ a: { $elemMatch: { b: { $ne: null } } } }, [10, 11, 12], NULL_SOURCE],
  [{ a: { $elemMatch: { b: { $exists: false } } } }, [7, 9, 12], NULL_SOURCE],
];

const ARRAYS = [
  { _id: 1, a: [1, 2, 3] },
  { _id: 2, a: [[1, 2], 3] },
  { _id: 3, a: 2 },
  { _id: 4, a: [2] },
  { _id: 5, a: [{ b: 1, c: 2 }, 7, [2]] },
  { _id: 6, a: [] },
  { _id: 7, a: [1, [3, 2], { b: [[3]] }] },
  { _id: 8, a: [{ b: 1, c: 2 }, { b: 3 }] },
  { _id: 9, a: { b: [1, 2, 3] } },
  { _id: 10, a: [{ b: [1, 2] }, { b: [3] }] },
  { _id: 11, a: { b: 1, c: 2 } },
  { _id: 12, a: { c: 2, b: 1 } },
  { _id: 13 },
];
const QUERY_ARRAY = 'manual: Query an Array';
const ARRAY_CASES: readonly Case[] = [
  [{ 'a.0': 1 }, [1, 7], QUERY_ARRAY],
  [{ 'a.1': 3 }, [2], QUERY_ARRAY],
  [{ 'a.0': [1, 2] }, [2], QUERY_ARRAY],
  [{ 'a.b.0': 1 }, [9, 10], QUERY_ARRAY],
  [{ 'a.b.1': 2 }, [9, 10], QUERY_ARRAY],
  [{ 'a.0.b': 1 }, [5, 8, 10], QUERY_ARRAY],
  [{ 'a.b': 3 }, [8, 9, 10], QUERY_ARRAY],
  [{ a: 2 }, [1, 3, 4], QUERY_ARRAY],
  [{ a: [2] }, [4, 5], 'manual: Query an Array, "Match an Array"'],
  [{ a: { $all: [2] } }, [1, 3, 4], 'manual: $all, "Behavior"'],
  [{ a: { $all: [1, 3] } }, [1], 'manual: $all'],
  [{ a: { $all: [] } }, [], 'manual: $all, "Empty Array"'],
  [{ a: { $all: [[1, 2]] } }, [2], 'manual: $all, "Equivalent to $and Operation"'],
  [
    { a: { $all: [{ $elemMatch: { b: 1, c: 2 } }, { $elemMatch: { b: 3 } }] } },
    [8],
    'manual: $all, "Use $all with $elemMatch"',
  ],
  [{ a: { $elemMatch: { b: 1, c: 2 } } }, [5, 8], 'manual: $elemMatch'],
  [{ a: { $elemMatch: { $gte: 2, $lt: 4 } } }, [1, 2, 4], 'manual: $elemMatch, "Element Match"'],
  [{ a: { $elemMatch: { $size: 2 } } }, [2, 7], 'manual: $elemMatch'],
  [{ a: { $elemMatch: { $in: [7, 8] } } }, [5], 'manual: $elemMatch'],
  [{ a: { $elemMatch: { $or: [{ b: 3 }, { c: 2 }] } } }, [5, 8, 10], 'manual: $elemMatch'],
  [{ a: { $size: 0 } }, [6], 'manual: $size'],
  [{ a: { $size: 3 } }, [1, 5, 7], 'manual: $size'],
  [{ 'a.b': { $size: 2 } }, [10], 'manual: $size'],
  [{ 'a.b': { $size: 3 } }, [9], 'manual: $size'],
  [{ a: { $type: 'number' } }, [1, 2, 3, 4, 5, 7], 'manual: $type, "Arrays"'],
  [{ a: { $type: 'array' } }, [1, 2, 4, 5, 6, 7, 8, 10], 'manual: $type, "Arrays"'],
  [{ a: { $type: ['object', 'int'] } }, [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12], 'manual: $type'],
  [{ a: { $type: 4 } }, [1, 2, 4, 5, 6, 7, 8, 10], 'manual: $type, "Available Types"'],
  [{ a: { $lt: [1] } }, [6], 'manual: Comparison/Sort Order, "Arrays"'],
  [{ a: { $gt: [1, 2] } }, [1, 2, 4, 5, 7, 8, 10], 'manual: Comparison/Sort Order, "Arrays"'],
  [{ a: { $gte: { b: 1, c: 2 } } }, [5, 7, 8, 9, 10, 11, 12], 'manual: Comparison/Sort Order, "Objects"'],
  [
    { a: { b: 1, c: 2 } },
    [5, 8, 11],
    'manual: Query on Embedded Documents, "exact match, including field order"',
  ],
  [{ a: { c: 2, b: 1 } }, [12], 'manual: Query on Embedded Documents, "exact match, including field order"'],
  [{ a: { $eq: { c: 2, b: 1 } } }, [12], 'manual: $eq, "Match an embedded document"'],
  [{ a: { $in: [{ b: 1, c: 2 }, 7] } }, [5, 8, 11], 'manual: $in'],
  [{ a: { $nin: [1, 2, 3, 7] } }, [6, 8, 9, 10, 11, 12, 13], 'manual: $nin'],
  [{ a: { $ne: 2 } }, [2, 5, 6, 7, 8, 9, 10, 11, 12, 13], 'manual: $ne'],
  [{ a: { $not: { $gt: 2 } } }, [3, 4, 6, 7, 8, 9, 10, 11, 12, 13], 'manual: $not'],
  [{ a: { $gt: 2 } }, [1, 2, 5], 'manual: Query an Array, "at least one element"'],
  [{ a: { $gt: 1, $lt: 2 } }, [1], 'manual: Query an Array, "Compound Filter Conditions"'],
];

describe.each(['plain', 'indexed', 'sparse'])('in a collection that is %s', name => {
  describe('null and missing', () => {
    beforeAll(() => fill(NULLS, name));
    test.each(NULL_CASES)('%j finds %j (%s)', async (query, expected) => {
      expect(await findIds(query, name)).toEqual(expected);
    });
  });

  describe('arrays and embedded documents', () => {
    beforeAll(() => fill(ARRAYS, name));
    test.each(ARRAY_CASES)('%j finds %j (%s)', async (query, expected) => {
      expect(await findIds(query, name)).toEqual(expected);
    });
  });
});

describe('values of every type', () => {
  const AT = new Date(1e12);
  const VALUES = [
    { _id: 1, v: 4 },
    { _id: 2, v: 0 },
    { _id: 3, v: -4.5 },
    { _id: 4, v: 12 },
    { _id: 5, v: null },
    { _id: 6 },
    { _id: 7, v: NaN },
    { _id: 8, v: Infinity },
    { _id: 9, v: 'Abc' },
    { _id: 10, v: 'abcd\nline' },
    { _id: 11, v: true },
    { _id: 12, v: AT },
    { _id: 13, v: { x: 1 } },
    { _id: 14, v: '' },
    { _id: 15, v: '😀' },
    { _id: 16, v: 2 ** 40 },
    { _id: 17, v: 1.5 },
  ];
  beforeAll(() => fill(VALUES));

  const CASES: readonly Case[] = [
    [{ v: { $mod: [4, 0] } }, [1, 2, 3, 4, 16], 'manual: $mod'],
    [{ v: { $mod: [4, 1] } }, [17], 'manual: $mod, "Floating Point Arguments": rounded towards zero'],
    [{ v: { $mod: [4.9, 0] } }, [1, 2, 3, 4, 16], 'manual: $mod, "Floating Point Arguments"'],
    [{ v: { $mod: [4] } }, refused(/not enough elements/), 'manual: $mod, "Not Enough Elements Error"'],
    [{ v: { $mod: [4, 0, 1] } }, refused(/too many elements/), 'manual: $mod, "Too Many Elements Error"'],
    [{ v: { $mod: [0, 0] } }, refused(/divisor cannot be 0/), 'server: mod divisor'],
    [{ v: NaN }, [7], 'manual: Comparison/Sort Order; server: NaN equals NaN only'],
    [{ v: { $lt: 0 } }, [3], 'server: NaN is not less in a query'],
    [{ v: { $gte: NaN } }, [7], 'server: NaN'],
    [{ v: { $gt: 100 } }, [8, 16], 'manual: $gt, "Type Bracketing"'],
    [{ v: { $gt: 'a' } }, [10, 15], 'manual: Comparison, "Type Bracketing"'],
    [{ v: { $lt: new Date(2e12) } }, [12], 'manual: Comparison, "Type Bracketing"'],
    [{ v: { $gte: false } }, [11], 'manual: Comparison, "Type Bracketing"'],
    [{ v: 0 }, [2], 'manual: $eq: false and null are not zero'],
    [{ v: { $type: 'int' } }, [1, 2, 4], 'manual: $type'],
    [{ v: { $type: 'long' } }, [16], 'manual: $type'],
    [{ v: { $type: 'double' } }, [3, 7, 8, 17], 'manual: $type'],
    [{ v: { $type: 'number' } }, [1, 2, 3, 4, 7, 8, 16, 17], 'manual: $type'],
    [{ v: { $type: 'string' } }, [9, 10, 14, 15], 'manual: $type'],
    [{ v: { $type: 'date' } }, [12], 'manual: $type'],
    [{ v: { $type: 'bool' } }, [11], 'manual: $type'],
    [{ v: { $type: 'nothing' } }, refused(/Unknown type name alias/), 'server: $type'],
    [{ v: { $type: [] } }, refused(/at least one type/), 'server: $type'],
    [{ v: /^abc/i }, [9, 10], 'manual: $regex, option i'],
    [{ v: { $regex: '^line', $options: 'm' } }, [10], 'manual: $regex, option m'],
    [{ v: { $regex: 'd.line', $options: 's' } }, [10], 'manual: $regex, option s'],
    [{ v: { $regex: ' ^ a b c # comment \n d', $options: 'x' } }, [10], 'manual: $regex, option x'],
    [{ v: { $regex: '(?i)ABC' } }, [9, 10], 'manual: $regex, PCRE inline options'],
    [{ v: { $regex: '^.$' } }, [15], 'manual: $regex, UTF-8'],
    [{ v: { $regex: 'a', $options: 'g' } }, refused(/invalid flag/), 'server: $regex'],
    [{ v: { $regex: '(' } }, refused(/Regular expression is invalid/), 'server: $regex'],
    [{ v: { $regex: 5 } }, refused(/has to be a string/), 'server: $regex'],
    [{ v: { $options: 'i' } }, refused(/needs a \$regex/), 'server: $options'],
    [{ v: { $in: [/^abc/, 12, null] } }, [4, 5, 6, 10], 'manual: $in, "with a Regular Expression"'],
    [
      { v: { $not: /^A/ } },
      [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 17],
      'manual: $not and Regular Expressions',
    ],
    [{ v: { $bitsAllSet: 4 } }, [1, 4], 'manual: $bitsAllSet'],
    [{ v: { $bitsAnySet: [2, 3] } }, [1, 4], 'manual: $bitsAnySet'],
    [{ v: { $bitsAllClear: [0, 1] } }, [1, 2, 4, 16], 'manual: $bitsAllClear'],
    [{ v: { $bitsAnyClear: 12 } }, [1, 2, 16], 'manual: $bitsAnyClear'],
    [{ v: { $bitsAllSet: -1 } }, refused(), 'manual: $bitsAllSet: non-negative'],
    [{ v: { $size: -1 } }, refused(/negative/), 'server: $size'],
    [{ v: { $size: 1.5 } }, refused(/whole number/), 'server: $size'],
    [{ v: { $in: 5 } }, refused(/needs an array/), 'server: $in'],
    [{ v: { $all: 5 } }, refused(/needs an array/), 'server: $all'],
    [{ v: { $elemMatch: 5 } }, refused(/needs an Object/), 'server: $elemMatch'],
    [{ v: { $not: {} } }, refused(/cannot be empty/), 'server: $not'],
    [{ v: { $not: 5 } }, refused(/needs a regex or a document/), 'server: $not'],
    [{ v: { $wrong: 5 } }, refused(/unknown operator: \$wrong/), 'server: unknown operator'],
    [{ $wrong: 5 }, refused(/unknown top level operator: \$wrong/), 'server: unknown operator'],
    [{ $or: [] }, refused(/nonempty array/), 'server: $or'],
    [{ $and: 5 }, refused(/nonempty array/), 'server: $and'],
    [{ $where: 'true' }, refused(/\$where is not supported/), 'local database: what is missing is named'],
    [
      { $text: { $search: 'x' } },
      refused(/\$text is not supported/),
      'local database: what is missing is named',
    ],
    [
      { v: { $near: { $geometry: {} } } },
      refused(/\$near is not supported/),
      'local database: what is missing is named',
    ],
    [
      { v: { $geoWithin: {} } },
      refused(/\$geoWithin is not supported/),
      'local database: what is missing is named',
    ],
    [
      { v: { $geoIntersects: {} } },
      refused(/\$geoIntersects is not supported/),
      'local database: what is missing is named',
    ],
    [
      { $expr: { $gt: ['$v', null] } },
      [1, 2, 3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
      'manual: Comparison/Sort Order',
    ],
    [{ $expr: { $eq: ['$v', null] } }, [5], 'manual: $expr; a missing field is not null'],
    [{ $expr: { $lt: ['$v', 0] } }, [3, 5, 6, 7], 'manual: $lt (aggregation): compares value and type'],
    [
      { $expr: '$v' },
      [1, 3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17],
      'manual: Boolean evaluation of expressions',
    ],
    [{ $expr: { $gt: ['$$nobody', 1] } }, refused(/undefined variable/), 'server: undefined variable'],
    [{ $comment: 'why', v: 12 }, [4], 'manual: $comment'],
  ];
  test.each(CASES)('%j finds %j (%s)', async (query, expected) => {
    await expectOutcome(() => findIds(query), expected);
  });
});

describe('$jsonSchema', () => {
  beforeAll(() =>
    fill([
      { _id: 1, name: 'Li', age: 30, tags: ['a', 'b'], at: { city: 'x' } },
      { _id: 2, name: 'Wang', age: 3.5 },
      { _id: 3, age: 'thirty', tags: ['a', 'a'] },
      { _id: 4, name: 5, extra: true },
    ]),
  );
  const SOURCE = 'manual: $jsonSchema, "Available Keywords"';
  const CASES: readonly Case[] = [
    [{ required: ['name'] }, [1, 2, 4], SOURCE],
    [{ properties: { name: { bsonType: 'string' } } }, [1, 2, 3], SOURCE],
    [{ properties: { age: { bsonType: ['int', 'string'] } } }, [1, 3, 4], SOURCE],
    [{ properties: { age: { type: 'number' } } }, [1, 2, 4], SOURCE],
    [{ properties: { age: { minimum: 3.5 } } }, [1, 2, 3, 4], SOURCE],
    [{ properties: { age: { minimum: 3.5, exclusiveMinimum: true } } }, [1, 3, 4], SOURCE],
    [{ properties: { age: { maximum: 10 } } }, [2, 3, 4], SOURCE],
    [{ properties: { age: { multipleOf: 10 } } }, [1, 3, 4], SOURCE],
    [{ properties: { name: { minLength: 3 } } }, [2, 3, 4], SOURCE],
    [{ properties: { name: { maxLength: 3 } } }, [1, 3, 4], SOURCE],
    [{ properties: { name: { pattern: '^W' } } }, [2, 3, 4], SOURCE],
    [{ properties: { tags: { uniqueItems: true } } }, [1, 2, 4], SOURCE],
    [{ properties: { tags: { items: { enum: ['a'] } } } }, [2, 3, 4], SOURCE],
    [{ properties: { tags: { maxItems: 1 } } }, [2, 4], SOURCE],
    [{ properties: { at: { required: ['street'] } } }, [2, 3, 4], SOURCE],
    [{ additionalProperties: false, properties: { _id: {}, name: {}, age: {} } }, [2], SOURCE],
    [{ patternProperties: { '^ex': { bsonType: 'string' } } }, [1, 2, 3], SOURCE],
    [{ not: { required: ['tags'] } }, [2, 4], SOURCE],
    [{ anyOf: [{ required: ['tags'] }, { required: ['extra'] }] }, [1, 3, 4], SOURCE],
    [{ allOf: [{ required: ['tags'] }, { required: ['name'] }] }, [1], SOURCE],
    [{ oneOf: [{ required: ['tags'] }, { required: ['name'] }] }, [2, 3, 4], SOURCE],
    [{ dependencies: { tags: ['name'] } }, [1, 2, 4], SOURCE],
    [{ minProperties: 4 }, [1], SOURCE],
    [{ wrong: 1 }, refused(/Unknown \$jsonSchema keyword/), 'server: $jsonSchema'],
    [{ required: 'name' }, refused(), 'server: $jsonSchema'],
    [{ $ref: 'x' }, refused(/not currently supported/), 'manual: $jsonSchema, "Omissions"'],
  ];
  test.each(CASES)('%j finds %j (%s)', async (schema, expected) => {
    await expectOutcome(() => findIds({ $jsonSchema: schema }), expected);
  });
});
