import * as fc from 'fast-check';
import {
  ageYearsOn,
  birthDateOf,
  completeForeignerCard,
  completeIdNumber,
  maskIdNumber,
  parseIdNumber,
  readIdNumber,
} from '../../cloudfunctions/shared/domain/id-number';

/** The example of GB 11643-1999. */
const ID_NUMBER = '11010519491231002X';

const first17 = fc
  .tuple(
    fc.integer({ min: 110000, max: 659999 }),
    fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(
    ([place, born, order]) =>
      `${place}${born.toISOString().slice(0, 10).replaceAll('-', '')}${String(order).padStart(3, '0')}`,
  );

describe('parseIdNumber', () => {
  test.each([
    ['the example of the standard', ID_NUMBER],
    ['a small x', '11010519491231002x'],
    ['spaces around it', '  11010519491231002X\n'],
    ['full-width digits', '１１０１０５１９４９１２３１００２Ｘ'],
    ['invisible marks around it', '\ufeff\u202d11010519491231002X\u202c'],
    ['blanks between', '110105 19491231 002X'],
    ['wide blanks', '110105\u300019491231\u00a0002X'],
    ['hyphens', '110105-19491231-002X'],
    ['dashes', '110105–19491231—002X'],
    ['a line break', '11010519491231\r\n002X'],
    ['quotes', '“11010519491231002X”'],
    ['an apostrophe before it', "'11010519491231002X"],
    ['a curly apostrophe before it', '’11010519491231002X'],
    ['a full stop behind it', '11010519491231002X。'],
    ['brackets around it', '（11010519491231002X）'],
    ['the Roman ten', '11010519491231002Ⅹ'],
    ['a small Roman ten', '11010519491231002ⅹ'],
    ['a Cyrillic Kha', '11010519491231002Х'],
    ['a small Cyrillic Kha', '11010519491231002х'],
    ['a times sign', '11010519491231002×'],
    ['a soft hyphen', '110105\u00ad19491231002X'],
    ['isolates', '\u206611010519491231002X\u2069'],
    ['a variation selector', '11010519491231002X\ufe0f'],
    ['an Arabic letter mark', '\u061c11010519491231002X'],
    ['a zero-width blank within', '110105\u200b19491231002X'],
    ['a bell', '11010519491231002X\u0007'],
    ['the next-line control', '11010519491231002X\u0085'],
  ])('takes %s', (_, text) => {
    expect(parseIdNumber(text)).toBe(ID_NUMBER);
  });

  test('takes a number that a program has written as a decimal one', () => {
    expect(parseIdNumber('379900198801017150.0')).toBe('379900198801017150');
  });

  test('takes no point within for a slip of the hand', () => {
    expect(parseIdNumber('1.1010519491231002X')).toBeUndefined();
  });

  test('does not check the place: 3712 (莱芜) is gone, its people are not', () => {
    const idNumber = completeIdNumber('37120219900101123');

    expect(parseIdNumber(idNumber)).toBe(idNumber);
  });

  test.each([
    ['nothing', ''],
    ['17 digits', '11010519491231002'],
    ['15 digits, invalid since 2013', '110105491231002'],
    ['a wrong check character', '110105194912310021'],
    ['an X in the middle', '1101051949123100X2'],
    ['a number that Excel has rounded', '1.1010519491231E+17'],
    ['digits of another script', '١١٠١٠٥١٩٤٩١٢٣١٠٠٢X'],
    ['29 February of a common year', completeIdNumber('11010519490229002')],
    ['29 February of 1900', completeIdNumber('11010519000229002')],
    ['31 April', completeIdNumber('11010519490431002')],
    ['month 13', completeIdNumber('11010519491301002')],
    ['month 0', completeIdNumber('11010519490001002')],
    ['day 0', completeIdNumber('11010519491200002')],
    ['year 0', completeIdNumber('11010500001231002')],
  ])('refuses %s', (_, text) => {
    expect(parseIdNumber(text)).toBeUndefined();
  });

  test('takes 29 February of a leap year', () => {
    expect(parseIdNumber(completeIdNumber('11010520000229002'))).toBeDefined();
  });

  test('takes every number that is complete', () => {
    fc.assert(fc.property(first17, body => parseIdNumber(completeIdNumber(body)) === completeIdNumber(body)));
  });

  test('notices every single wrong character', () => {
    const wrong = fc.tuple(first17, fc.nat(17), fc.constantFrom(...'0123456789X'));
    fc.assert(
      fc.property(wrong, ([body, at, character]) => {
        const right = completeIdNumber(body);
        fc.pre(right[at] !== character);

        return parseIdNumber(right.slice(0, at) + character + right.slice(at + 1)) === undefined;
      }),
    );
  });

  test('notices every swap of neighbours', () => {
    fc.assert(
      fc.property(first17, fc.nat(16), (body, at) => {
        const [...characters] = completeIdNumber(body);
        const [left = '', right = ''] = characters.slice(at, at + 2);
        fc.pre(left !== right);
        characters.splice(at, 2, right, left);

        return parseIdNumber(characters.join('')) === undefined;
      }),
    );
  });
});

test('completeIdNumber takes 17 digits only', () => {
  expect(completeIdNumber('11010519491231002')).toBe(ID_NUMBER);
  expect(() => completeIdNumber('1101051949123100')).toThrow(RangeError);
  expect(() => completeIdNumber('1101051949123100X')).toThrow(RangeError);
});

test('birthDateOf reads the day of birth', () => {
  expect(birthDateOf(ID_NUMBER, '2026-11-28')).toBe('1949-12-31');
});

describe('ageYearsOn', () => {
  test.each([
    ['the day before the birthday', '2009-12-30', 59],
    ['the birthday', '2009-12-31', 60],
    ['the day of birth', '1949-12-31', 0],
    ['the day before birth', '1949-12-30', -1],
  ])('on %s (%s) it is %i', (_, on, years) => {
    expect(ageYearsOn(ID_NUMBER, on)).toBe(years);
  });

  test('who was born on 29 February gains the year on 1 March of a common year', () => {
    const leapling = completeIdNumber('11010520000229002');

    expect(ageYearsOn(leapling, '2021-02-28')).toBe(20);
    expect(ageYearsOn(leapling, '2021-03-01')).toBe(21);
    expect(ageYearsOn(leapling, '2024-02-29')).toBe(24);
  });
});

describe('readIdNumber, on 2026-11-28', () => {
  const read = (text: string) => readIdNumber(text, '2026-11-28');

  test.each([
    ['Hong Kong', '810000199003071237'],
    ['Macao', '820000199003071239'],
    ['Taiwan', '830000199003071230'],
    ['abroad, by the card of 2023', '937840198805050036'],
    ['abroad, by the old card', 'USA370088010111'],
    ['abroad, by the old card, in small letters', 'kaz110090123105'],
    ['today', completeIdNumber('37010220261128001')],
    ['120 years ago', completeIdNumber('37010219061128001')],
  ])('takes somebody from %s', (_, text) => {
    expect(read(text)).toEqual({ ok: true, data: text.toUpperCase() });
  });

  test.each([
    ['missing', ' \u3000'],
    ['missing', '-'],
    ['fifteen_digits', '110105491231002'],
    ['rounded', '1.1010519491231E+17'],
    ['form', '11010519491231002'],
    ['form', 'E12345678'],
    ['form', '11010519491231002X 11010519491231002X'],
    ['check_character', '110105194912310021'],
    ['check_character', 'USA370088010112'],
    ['birth_day', completeIdNumber('11010519490229002')],
    ['birth_day', completeForeignerCard('USA37008802301')],
    ['birth_in_future', completeIdNumber('37010220261129001')],
    ['birth_in_future', completeIdNumber('37990020990101712')],
    ['birth_too_long_ago', completeIdNumber('37990018500101712')],
    ['birth_too_long_ago', completeIdNumber('37010219051128001')],
  ])('says %s of %s', (fault, text) => {
    expect(read(text)).toEqual({ ok: false, error: { code: 'id_number_invalid', data: { fault } } });
  });

  test('the old card of foreigners has no century: the latest day that is not to come', () => {
    const born = (digits: string) => birthDateOf(completeForeignerCard(`USA3700${digits}1`), '2026-11-28');

    expect(['880101', '261128', '261129', '000229'].map(born)).toEqual([
      '1988-01-01',
      '2026-11-28',
      '1926-11-29',
      '2000-02-29',
    ]);
    expect(ageYearsOn('USA370088010111', '2026-11-28')).toBe(38);
  });

  test('notices every wrong digit of an old card', () => {
    const right = 'USA370088010111';
    for (let at = 3; at < right.length; at++) {
      for (const digit of '0123456789') {
        if (digit !== right[at])
          expect(read(right.slice(0, at) + digit + right.slice(at + 1)).ok).toBe(false);
      }
    }
  });
});

test('maskIdNumber shows the first and last four, and nothing of what is no ID number', () => {
  expect(maskIdNumber(ID_NUMBER)).toBe('1101**********002X');
  expect(maskIdNumber('USA370088010111')).toBe('USA**********11');
  expect(maskIdNumber('张三')).toBe('**');
});
