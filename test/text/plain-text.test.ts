import * as fc from 'fast-check';
import { toCodeText, toHalfWidth, toOneLine } from '../../miniprogram/contract/plain-text';

const characters = Array.from({ length: 0x110000 }, (_, codePoint) => codePoint)
  .filter(codePoint => codePoint < 0xd800 || codePoint > 0xdfff)
  .map(codePoint => String.fromCodePoint(codePoint));

test('every character that Unicode lets be ignored is taken out, and no other but controls and blanks', () => {
  const kept = new Set(characters.filter(character => toOneLine(`中${character}文`).length > 2));

  expect(characters.filter(c => /\p{Default_Ignorable_Code_Point}/u.test(c) && kept.has(c))).toEqual([]);
  expect(
    characters.filter(c => !kept.has(c) && !/[\p{Default_Ignorable_Code_Point}\p{Cc}\ufff9-\ufffb]/u.test(c)),
  ).toEqual([]);
});

test.each([
  ['山海\r\n学校', '山海 学校'],
  ['山海\u2028学校\u2029', '山海 学校'],
  ['山海\u0085学校', '山海 学校'],
  ['\t山海\u000b\f学校\u3000\u00a0', '山海 学校'],
  ['\u202e山海\u2066学校\u2069', '山海学校'],
  ['山\u200b海\u00ad学\ufe0f校', '山海学校'],
  ['山海\u0000\u001f\u007f学校', '山海学校'],
  ['\u3164\u2800\u115f', ''],
])('toOneLine(%j) is %j', (text, line) => {
  expect(toOneLine(text)).toBe(line);
});

test('what was made one line stays as it is', () => {
  const text = fc.string({ unit: 'binary', maxLength: 30 });

  fc.assert(
    fc.property(text, typed => toOneLine(toOneLine(typed)) === toOneLine(typed)),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(text, typed => toHalfWidth(toHalfWidth(typed)) === toHalfWidth(typed)),
    { numRuns: 2_000 },
  );
  fc.assert(
    fc.property(text, typed => /^[^\r\n\t\u0085\u2028\u2029]*$/.test(toOneLine(typed))),
    { numRuns: 2_000 },
  );
});

test('codes are read without what people put around and between', () => {
  const typed = [' 37-01 '].concat(
    '“3701”',
    "'3701",
    '３７０１',
    '3701。',
    '（3701）',
    '37\n01',
    '\u20663701\u2069',
  );

  expect(typed.map(toCodeText)).toEqual(typed.map(() => '3701'));
  expect(['x', 'Ⅹ', 'х', 'Χ', '×'].map(toCodeText)).toEqual(['X', 'X', 'X', 'X', 'X']);
});
