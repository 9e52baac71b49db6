import * as fc from 'fast-check';
import { maskName, readPersonName, toNormalName } from '../../cloudfunctions/shared/domain/person-name';

describe('readPersonName', () => {
  test.each([
    ['张三', '张三'],
    ['  张三\u3000', '张三'],
    ['\u200b张三\ufeff', '张三'],
    ['张 三', '张三'],
    ['张\u3000三', '张三'],
    ['张\u00a0三', '张三'],
    ['张\u2003 \u202f三', '张三'],
    ['张\t三', '张三'],
    ['欧阳\n修', '欧阳修'],
    ['欧 阳 娜 娜', '欧阳娜娜'],
    ['𠮷 田', '𠮷田'],
    ['张\u180e三', '张三'],
    ['王\u00ad五', '王五'],
    ['赵六\u0085', '赵六'],
    ['张\u0007三', '张三'],
    ['葛\u{e0100}', '葛'],
    ['\u2066张三\u2069', '张三'],
    ['李〇', '李〇'],
    ['李○', '李〇'],
    ['李◯', '李〇'],
    ['买买提•艾力', '买买提·艾力'],
    ['买买提・艾力', '买买提·艾力'],
    ['古丽．艾合买提', '古丽·艾合买提'],
    ['古丽‧艾合买提', '古丽·艾合买提'],
    ['古丽.艾合买提', '古丽·艾合买提'],
    ['古丽∙艾合买提', '古丽·艾合买提'],
    ['古丽\u2e31艾合买提', '古丽·艾合买提'],
    ['古丽。艾合买提', '古丽·艾合买提'],
    ['古丽—艾合买提', '古丽·艾合买提'],
    ['古丽-艾合买提', '古丽·艾合买提'],
    ['古丽･艾合买提', '古丽·艾合买提'],
    ['马. 克', '马·克'],
    ['李 · 四', '李·四'],
    ['阿卜杜拉 · 买买提', '阿卜杜拉·买买提'],
    ['张三.', '张三'],
    ['⼼⽂', '心文'],
    ['\u2fbc\u2f42', '高文'],
    ['张\u2f29明', '张小明'],
    ['\u2ee2超', '马超'],
    ['\u2ed3\u2ed4', '长门'],
    ['\uf9d1小', '六小'],
    ['刘\ue863', '刘䶮'],
    ['刘\ue816', '刘𠂇'],
    ['John  Smith', 'John Smith'],
    ['ＳＭＩＴＨ　ＪＯＨＮ', 'SMITH JOHN'],
    ['SMITH , JOHN', 'SMITH, JOHN'],
    ['SMITH，JOHN', 'SMITH, JOHN'],
    ['O’NEIL MARY', "O'NEIL MARY"],
    ['O´NEIL MARY', "O'NEIL MARY"],
    ['ANNE—MARIE', 'ANNE-MARIE'],
    ['John A. Smith', 'John A. Smith'],
    ['Jose\u0301', 'José'],
    ['李 Lee', '李 Lee'],
    ['ᠪᠠᠲᠤ', 'ᠪᠠᠲᠤ'],
    ['བསོད་ནམས', 'བསོད་ནམས'],
    ['བསོད་ནམས་', 'བསོད་ནམས'],
    ['مۇھەممەت', 'مۇھەممەت'],
    ['阿依古丽', '阿依古丽'],
    ['张'.repeat(50), '张'.repeat(50)],
    [[...'张'.repeat(50)].join(' '), '张'.repeat(50)],
  ])('%j is the name %j', (text, name) => {
    expect(readPersonName(text)).toEqual({ ok: true, data: name });
  });

  test.each(['', ' \u3000 ', '·', '-', ' ’ ', '\u200b', '\u0301'])('%j is no name', text => {
    expect(readPersonName(text)).toEqual({ ok: false, error: { code: 'name_missing' } });
  });

  test('more than 50 characters are too long', () => {
    expect(readPersonName('张'.repeat(51))).toEqual({ ok: false, error: { code: 'cell_too_long' } });
  });

  test.each([
    ['王芳1', 'U+0030'],
    ['11010519491231002X', 'U+0030'],
    ['张①', 'U+0030'],
    ['王芳（女）', 'U+FF08 U+FF09'],
    ['刘?', 'U+003F'],
    ['刘\ufffd', 'U+FFFD'],
    ['刘\ue5e5', 'U+E5E5'],
    ['刘\u{f0000}', 'U+F0000'],
    ['刘⿰氵恩', 'U+2FF0'],
    ['王芳😀', 'U+1F600'],
    ['=张三', 'U+003D'],
    ['#N/A', 'U+0023 U+002F'],
    ['<b>张三</b>', 'U+003C U+003E U+002F'],
    ['张三、李四', 'U+3001'],
    ['张\ud83d', 'U+D83D'],
    ['张℃', 'U+2103'],
  ])('names what cannot be used in %j', (text, codePoints) => {
    expect(readPersonName(text)).toEqual({
      ok: false,
      error: { code: 'name_character_unusable', data: { codePoints } },
    });
  });
});

/** Texts in which names, signs and oddities meet more often than by chance. */
const odd = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ..."张三阿·力〇Aé ,.-'’´•。○",
      '\u3000',
      '\u00a0',
      '\u0301',
      '\u0f0b',
      '\u2ee2',
      '\ue863',
      '\u200d',
      '\n',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 30,
});

describe('the normal form', () => {
  test('of a normal form is itself', () => {
    fc.assert(
      fc.property(odd, text => toNormalName(toNormalName(text)) === toNormalName(text)),
      {
        numRuns: 5_000,
      },
    );
  });

  test('of a name on a roster is that of the same name from the e-SSC, however its blanks and dots are written', () => {
    const part = fc.string({ unit: fc.constantFrom(...'张三阿力买提艾〇𠮷'), minLength: 1, maxLength: 6 });
    const blanks = fc.string({
      unit: fc.constantFrom(' ', '\u3000', '\u00a0', '\u2002', '\u200b'),
      maxLength: 3,
    });
    const dot = fc.constantFrom(...'·•・．.‧∙。-—');
    const written = fc.tuple(part, part, blanks, blanks, dot);
    fc.assert(
      fc.property(written, ([given, family, before, after, sign]) => {
        const spaced = [...given].join(before);
        const roster = readPersonName(`${after}${spaced}${before}${sign}${after}${family}`);

        expect(roster).toEqual({ ok: true, data: toNormalName(`${given}·${family}`) });
      }),
    );
  });

  test('of whatever is a name is a name again', () => {
    fc.assert(
      fc.property(odd, text => {
        const read = readPersonName(text);
        fc.pre(read.ok);

        expect(readPersonName(read.data)).toEqual(read);
      }),
    );
  });
});

describe('maskName', () => {
  test.each([
    ['张三丰', '张*丰'],
    ['张三', '张*'],
    ['张 三', '张*'],
    ['张\u3000三', '张*'],
    ['张', '*'],
    ['艾·力', '艾·*'],
    ['马. 克', '马·*'],
    ['阿·卜·杜', '阿·*·杜'],
    ['欧阳', '欧*'],
    ['欧阳娜娜', '欧**娜'],
    ['𠮷野家', '𠮷*家'],
    ['葛\u{e0100}', '*'],
    ['李〇', '李*'],
    ['买买提·艾力', '买**·*力'],
    ['John Smith', 'J*** ****h'],
    ['A B', 'A *'],
    ["O'NEIL", "O'***L"],
    ['SMITH, JOHN', 'S****, ***N'],
    ['张'.repeat(60), `张${'*'.repeat(58)}张`],
    ['', ''],
  ])('of %j is %j', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });

  test('never shows all of a name, whatever is in it', () => {
    fc.assert(
      fc.property(odd, text => {
        const name = toNormalName(text);
        fc.pre(/[\p{L}\u3007]/u.test(name));

        const masked = maskName(text);
        expect(masked).toContain('*');
        expect(masked).not.toContain(name);
        expect([...masked].filter(character => /[\p{L}\u3007]/u.test(character)).length).toBeLessThanOrEqual(
          2,
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
