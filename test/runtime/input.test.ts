import * as v from 'valibot';
import type { OfAreas } from '../../miniprogram/contract/counties';
import { Line, LineOrNone, wishOf } from '../../cloudfunctions/shared/runtime/input';

const read = (schema: v.GenericSchema<unknown, string>, typed: unknown): string | undefined => {
  const result = v.safeParse(schema, typed);
  return result.success ? result.output : undefined;
};

test.each([
  [' 山海学校 ', '山海学校'],
  ['山海\r\n学校', '山海 学校'],
  ['\u202e山\u200b海\u2066', '山海'],
  ['山\u0007海', '山海'],
  ['字'.repeat(10), '字'.repeat(10)],
  [`${'字'.repeat(10)}\n\u200b`, '字'.repeat(10)],
  ['字'.repeat(11), undefined],
  ['\u200b'.repeat(101), undefined],
  ['', undefined],
  ['\u200b\n\u3000\u202e', undefined],
  [7, undefined],
])('a line of ten characters at most reads %j as %j', (typed, line) => {
  expect(read(Line(10), typed)).toBe(line);
});

test('a line that may be empty is empty when nothing visible was typed', () => {
  expect(['', ' \n', '\u202e'].map(typed => read(LineOrNone(10), typed))).toEqual(['', '', '']);
  expect(read(LineOrNone(10), '字'.repeat(11))).toBeUndefined();
});

describe('what a list is asked for', () => {
  it.each<[string, OfAreas, object]>([
    [
      'is the areas that it names',
      { cityCodes: ['3701'], countyCodes: ['370281'] },
      { cityCodes: ['3701'], countyCodes: ['370281'] },
    ],
    [
      'is narrowed to a city of them',
      { cityCodes: ['3701', '3702'], cityCode: '3702' },
      { cityCodes: ['3702'] },
    ],
    [
      'is narrowed to the counties of a city',
      { countyCodes: ['370112', '370281'], cityCode: '3702' },
      { countyCodes: ['370281'] },
    ],
    [
      'is the whole city where that is named too',
      { cityCodes: ['3702'], countyCodes: ['370281'], cityCode: '3702' },
      { cityCodes: ['3702'] },
    ],
  ])('%s', (_what, asked, wish) => {
    expect(wishOf(asked)).toEqual(wish);
  });
});
