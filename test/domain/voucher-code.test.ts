import * as fc from 'fast-check';
import { CITY_CODES } from '../../miniprogram/contract/areas';
import { makeVoucherCode, parseVoucherCode } from '../../cloudfunctions/shared/domain/voucher-code';

const CODE = '370120210123456789X';

const code = fc
  .record({
    cityCode: fc.constantFrom(...CITY_CODES),
    year: fc.integer({ min: 2021, max: 2099 }),
    random: fc.integer({ min: 0, max: 9_999_999_999 }).map(number => String(number).padStart(10, '0')),
  })
  .map(makeVoucherCode);

test('a code is city, year, ten random digits and a check character', () => {
  expect(makeVoucherCode({ cityCode: '3701', year: 2021, random: '0123456789' })).toBe(CODE);
});

test('malformed parts are a bug, not a code', () => {
  expect(() => makeVoucherCode({ cityCode: '3701', year: 2021, random: '123' })).toThrow(RangeError);
  expect(() => makeVoucherCode({ cityCode: '3701', year: 21, random: '0123456789' })).toThrow(RangeError);
  expect(() => makeVoucherCode({ cityCode: '3701', year: 2021, random: '012345678X' })).toThrow(RangeError);
});

test.each([
  ['as it is', CODE],
  ['with a small x', CODE.toLowerCase()],
  ['in groups', '3701 2021 01234 56789 X'],
  ['with hyphens', '3701-2021-01234–56789—X'],
  ['full-width', '３７０１２０２１０１２３４５６７８９Ｘ'],
  ['with spaces around and between', '\u00a0 37012021\u30000123456789X\t'],
])('a code is read %s', (_, text) => {
  expect(parseVoucherCode(text)).toBe(CODE);
});

test.each([
  ['nothing', ''],
  ['a wrong check character', '3701202101234567891'],
  ['too few digits', '37012021012345678X'],
  ['too many digits', '3701202101234567890X'],
  ['an ID number', '11010519491231002X'],
  ['a number that Excel has rounded', '3.70120210123457E+18'],
  ['an X elsewhere', 'X701202101234567893'],
])('%s is no code', (_, text) => {
  expect(parseVoucherCode(text)).toBeUndefined();
});

test('every code that is made is read back', () => {
  fc.assert(fc.property(code, made => parseVoucherCode(made) === made));
});

test('every single wrong character is noticed', () => {
  fc.assert(
    fc.property(code, fc.nat(18), fc.constantFrom(...'0123456789X'), (made, at, character) => {
      fc.pre(made[at] !== character);

      return parseVoucherCode(made.slice(0, at) + character + made.slice(at + 1)) === undefined;
    }),
  );
});

test('every swap of neighbours is noticed', () => {
  fc.assert(
    fc.property(code, fc.nat(17), (made, at) => {
      const [left, right] = [made.charAt(at), made.charAt(at + 1)];
      fc.pre(left !== right);

      return parseVoucherCode(made.slice(0, at) + right + left + made.slice(at + 2)) === undefined;
    }),
  );
});
