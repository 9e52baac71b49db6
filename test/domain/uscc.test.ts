import * as fc from 'fast-check';
import { completeUscc, parseUscc } from '../../cloudfunctions/shared/domain/uscc';

const USCC = '91350100M000100Y43';
const ALPHABET = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];

const characters = (count: number) =>
  fc.array(fc.constantFrom(...ALPHABET), { minLength: count, maxLength: count }).map(all => all.join(''));
const first17 = fc
  .tuple(characters(2), fc.integer({ min: 100000, max: 999999 }), characters(9))
  .map(parts => parts.join(''));

test.each([
  ['a valid code', USCC],
  ['small letters', '91350100m000100y43'],
  ['full-width characters and spaces around', ' ９１３５０１００Ｍ０００１００Ｙ４３ '],
])('parseUscc takes %s', (_, text) => {
  expect(parseUscc(text)).toBe(USCC);
});

test.each([
  ['nothing', ''],
  ['a check character outside the alphabet', '91350100M000100Y4Z'],
  ['a wrong check character', '91350100M000100Y44'],
  ['17 characters', '91350100M000100Y4'],
  ['19 characters', '91350100M000100Y433'],
  ['a letter outside the alphabet', '91350100I000100Y43'],
  ['a letter among the digits of the place', '9135A100M000100Y43'],
  ['an ID number', '11010519491231002X'],
])('parseUscc refuses %s', (_, text) => {
  expect(parseUscc(text)).toBeUndefined();
});

test('parseUscc takes every code that is complete and notices every single wrong character', () => {
  fc.assert(
    fc.property(first17, fc.nat(17), fc.constantFrom(...ALPHABET), (body, at, character) => {
      const right = completeUscc(body);
      const other = right.slice(0, at) + character + right.slice(at + 1);

      expect(parseUscc(other)).toBe(other === right ? right : undefined);
    }),
  );
});

test('completeUscc takes 17 characters of the alphabet only', () => {
  expect(completeUscc('91350100M000100Y4')).toBe(USCC);
  expect(() => completeUscc('91350100M000100Y')).toThrow(RangeError);
  expect(() => completeUscc('91350100Z000100Y4')).toThrow(RangeError);
});
