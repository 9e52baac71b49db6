import * as fc from 'fast-check';
import { readTable } from '../../cloudfunctions/shared/imports/table';
import { aCsv, encodeText, type CsvOptions, type TextEncodingName } from '../support/sheets';
import { CODES, NAMES, aNameTable, cellsOf } from './tables';

const read = (bytes: Uint8Array) => readTable(bytes, NAMES);
const readText = (text: string) => read(encodeText(text, 'utf-8'));

describe('encodings and delimiters', () => {
  const encodings: TextEncodingName[] = ['utf-8', 'utf-8-bom', 'gb18030', 'utf-16le'];
  const delimiters = [',', ';', '\t'] as const;
  const newlines = ['\n', '\r\n'] as const;
  const all = encodings.flatMap(encoding =>
    delimiters.flatMap(delimiter =>
      newlines.map((newline): Required<CsvOptions> => ({ encoding, delimiter, newline })),
    ),
  );

  test.each(all)('reads %j', async options => {
    const bytes = aCsv(
      [
        ['姓名', '备注'],
        ['张三', '济南,青岛;"淄博"\t枣庄'],
        ['欧阳娜娜', '第一行\n第二行'],
      ],
      options,
    );

    expect(await read(bytes)).toEqual(
      aNameTable([2, '张三', '济南,青岛;"淄博"\t枣庄'], [3, '欧阳娜娜', '第一行\n第二行']),
    );
  });

  test('reads a character beyond the basic plane in GB18030', async () => {
    expect(await read(aCsv([['姓名'], ['𠮷野']], { encoding: 'gb18030' }))).toEqual(aNameTable([2, '𠮷野']));
  });

  test('reads big-endian UTF-16', async () => {
    const bytes = Buffer.from('\ufeff姓名\n张三', 'utf16le').swap16();

    expect(await read(new Uint8Array(bytes))).toEqual(aNameTable([2, '张三']));
  });

  test('finds the delimiter below a title with another one in it', async () => {
    expect(await readText('名册,2021\n姓名;备注;电话\n张三;无;1')).toEqual(aNameTable([3, '张三', '无']));
  });

  test('a file of one column needs no delimiter', async () => {
    const table = await readTable(encodeText('券码\n1\n2', 'utf-8'), CODES);

    expect(table).toMatchObject({
      ok: true,
      data: { rows: [{ cells: { code: '1' } }, { cells: { code: '2' } }] },
    });
  });
});

describe('cells', () => {
  test.each([
    ['a formula that yields text', '="370102199001011234"'],
    ['such a formula in quotes', '"=""370102199001011234"""'],
    ['a leading tab', '"\t370102199001011234"'],
    ['a leading apostrophe', "'370102199001011234"],
    ['blanks around it', '  370102199001011234  '],
  ])('takes the digits out of %s', async (_, cell) => {
    expect(await readText(`姓名,备注\n张三,${cell}`)).toEqual(aNameTable([2, '张三', '370102199001011234']));
  });

  test('a header of two lines in a file of mixed line ends', async () => {
    expect(await readText('"姓\n名",备注\r\n张三,甲\n李四,乙\r王五,丙')).toEqual(
      aNameTable([2, '张三', '甲'], [3, '李四', '乙'], [4, '王五', '丙']),
    );
  });

  test('a quote inside a bare field stays', async () => {
    expect(await readText('姓名,备注\n张三,5"管')).toEqual(aNameTable([2, '张三', '5"管']));
  });

  test('short and long records are read as far as the header goes', async () => {
    expect(await readText('姓名,备注\n张三\n李四,有,多,余')).toEqual(
      aNameTable([2, '张三'], [3, '李四', '有']),
    );
  });

  test('empty records keep their number, and a record of two lines has one', async () => {
    expect(await readText('姓名,备注\n\n张三,"上\n下"\n,\n李四,')).toEqual(
      aNameTable([3, '张三', '上\n下'], [5, '李四']),
    );
  });
});

describe('refusals', () => {
  test.each([
    ['NUL bytes', Uint8Array.of(0x61, 0x2c, 0x62, 0x0a, 0x00, 0x31)],
    ['UTF-16 without its mark', encodeText('姓名,备注', 'utf-16le').slice(2)],
    ['bytes of no encoding', Uint8Array.of(0x61, 0x2c, 0xff, 0xff, 0x0a)],
    ['UTF-8 broken after its mark', Uint8Array.of(0xef, 0xbb, 0xbf, 0xd5, 0xc5)],
    ['half a surrogate in UTF-16', Uint8Array.of(0xff, 0xfe, 0x00, 0xd8)],
    ['a quote that is never closed', encodeText('姓名,备注\n"张三,无\n李四,无', 'utf-8')],
    ['a line of commas without end', encodeText(`姓名\n${','.repeat(100_000)}尾`, 'utf-8')],
  ])('%s make the file corrupt', async (_, bytes) => {
    expect(await read(bytes)).toEqual({ ok: false, error: { code: 'file_corrupt' } });
  });
});

test('what is written as CSV is read back the same', async () => {
  const plain = /^[^\0\ufeff\ud800-\udfff'=]*$/;
  const cell = fc.string({ unit: 'grapheme-ascii', maxLength: 12 }).filter(text => plain.test(text));
  const name = fc.constantFrom('张三', '李四', '买买提·艾力', '𠮷野');
  const options = fc.record({
    delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const),
    encoding: fc.constantFrom<TextEncodingName>('utf-8', 'utf-8-bom', 'gb18030', 'utf-16le'),
  });

  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(name, cell), { minLength: 1 }), options, async (rows, how) => {
      const bytes = aCsv([['姓名', '备注'], ...rows], how);

      expect(cellsOf(await read(bytes))).toEqual(rows.map(([name_, note]) => [name_, note.trim()]));
    }),
  );
});
