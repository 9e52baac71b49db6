import * as fc from 'fast-check';
import { parseEjson, parseStored, toEjson } from '../../../local/cloud/database/ejson';

const NOW_MS = Date.UTC(2021, 7, 31);

const scalar = fc.oneof(
  fc.string(),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.date({ noInvalidDate: true }),
);
/** Field names that a document may have. */
const fieldName = fc.string().filter(name => !name.startsWith('$') && name !== '__proto__');
const document = fc.letrec(tie => ({
  value: fc.oneof({ maxDepth: 4 }, scalar, fc.array(tie('value')), fc.dictionary(fieldName, tie('value'))),
})).value;

test('what is stored is read back as it was', () => {
  fc.assert(
    fc.property(fc.dictionary(fieldName, document), stored => {
      // -0 is the one value that JSON cannot hold
      const plain = JSON.parse(JSON.stringify(toEjson(stored)));
      expect(toEjson(parseStored(plain as string))).toBe(toEjson(stored));
      expect(toEjson(parseEjson(plain as string, NOW_MS))).toBe(toEjson(stored));
    }),
  );
});

test('canonical and relaxed forms of the SDK are understood', () => {
  const text = JSON.stringify({
    int: { $numberInt: '5' },
    long: { $numberLong: '1099511627776' },
    double: { $numberDouble: '1.5' },
    infinite: { $numberDouble: '-Infinity' },
    decimal: { $numberDecimal: '2.5' },
    plain: 7,
    canonicalDate: { $date: { $numberLong: '1000' } },
    isoDate: { $date: '1970-01-01T00:00:01.000Z' },
    relaxedDate: { $date: 1000 },
    id: { $oid: '5f1a2b3c4d5e6f7a8b9c0d1e' },
    pattern: { $regularExpression: { pattern: '^a', options: 'ix' } },
    server: { $tcb_server_date: { offset: { $numberInt: '-500' } } },
    gone: { $undefined: true },
    query: { $gt: { $numberInt: '1' } },
  });

  const second = new Date(1000);
  expect(parseEjson(text, NOW_MS)).toEqual({
    int: 5,
    long: 2 ** 40,
    double: 1.5,
    infinite: -Infinity,
    decimal: 2.5,
    plain: 7,
    canonicalDate: second,
    isoDate: second,
    relaxedDate: second,
    id: '5f1a2b3c4d5e6f7a8b9c0d1e',
    pattern: /^a/i,
    server: new Date(NOW_MS - 500),
    query: { $gt: 1 },
  });
});

test('what cannot be stored faithfully is refused', () => {
  expect(() => parseEjson('{"file":{"$binary":{"base64":"","subType":"00"}}}', NOW_MS)).toThrow(
    'not supported',
  );
  expect(() => parseEjson('{"open', NOW_MS)).toThrow('JSON');
  expect(() => parseEjson('5', NOW_MS)).toThrow('EJSON');
});
