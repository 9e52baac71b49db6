import * as fc from 'fast-check';
import { readTable } from '../../cloudfunctions/shared/imports/table';
import { anXlsx, aRawXlsx, textRow, type RawWorkbook } from '../support/sheets';
import { aNameTable, cellsOf, NAMES } from './tables';

const read = (bytes: Uint8Array) => readTable(bytes, NAMES);
const readRaw = (rows: string, workbook: Omit<RawWorkbook, 'sheets'> = {}) =>
  read(aRawXlsx({ ...workbook, sheets: [{ rows: textRow('姓名', '备注') + rows }] }));

/** The text that a cell written so becomes. */
const readCell = async (
  cell: string,
  workbook: Omit<RawWorkbook, 'sheets'> = {},
): Promise<string | undefined> => {
  const table = await readRaw(`<row><c t="inlineStr"><is><t>张三</t></is></c>${cell}</row>`, workbook);
  return table.ok ? table.data.rows[0]?.cells.note : table.error.code;
};

test('reads a workbook of a common library', async () => {
  const bytes = await anXlsx([
    ['姓名', '备注'],
    ['张三', 13800000000],
    ['李四', true],
    ['王五', new Date('2021-08-31T00:00:00Z')],
  ]);

  expect(await read(bytes)).toEqual(
    aNameTable([2, '张三', '13800000000'], [3, '李四', 'TRUE'], [4, '王五', '2021-08-31']),
  );
});

describe('numbers', () => {
  test.each([
    ['a phone number', '13800000000', '13800000000'],
    ['a phone number in scientific notation', '1.38E10', '13800000000'],
    ['zero', '0', '0'],
    ['a fraction', '0.5', '0.5'],
    ['a whole number with a point', '1.0', '1'],
    ['an ID number that Excel has rounded', '3.7010219900101199E+17', '3.7010219900101199E+17'],
    [
      'an ID number written out, whose last digits cannot be trusted',
      '370102199001012345',
      '3.70102199001012E+17',
    ],
    ['something that is no number', 'abc', 'abc'],
    ['nothing', '', ''],
  ])('%s: %s', async (_, stored, text) => {
    expect(await readCell(`<c><v>${stored}</v></c>`)).toBe(text);
  });
});

describe('cells of other types', () => {
  const sharedStrings =
    '<si><t>姓</t></si><si><r><rPr><b/></rPr><t>济</t></r><r><t xml:space="preserve">南 </t></r><rPh><t>jǐ</t></rPh></si>' +
    '<si><t>A&amp;B &#x5F20;</t></si><si><t>上_x000A_下</t></si><si/>';

  test.each([
    ['shared text', '<c t="s"><v>0</v></c>', '姓'],
    ['rich text without its readings', '<c t="s"><v>1</v></c>', '济南'],
    ['entities', '<c t="s"><v>2</v></c>', 'A&B 张'],
    ['an escaped line break', '<c t="s"><v>3</v></c>', '上\n下'],
    ['an empty shared text', '<c t="s"><v>4</v></c>', ''],
    ['a shared text that does not exist', '<c t="s"><v>5</v></c>', 'file_corrupt'],
    ['rich inline text', '<c t="inlineStr"><is><r><t>青</t></r><r><t>岛</t></r></is></c>', '青岛'],
    ['text in CDATA', '<c t="inlineStr"><is><t><![CDATA[<青岛>]]></t></is></c>', '<青岛>'],
    ['the last value of a formula', '<c t="str"><f>A1&amp;"x"</f><v>淄博</v></c>', '淄博'],
    ['the last number of a formula', '<c><f>1+1</f><v>2</v></c>', '2'],
    ['true', '<c t="b"><v>1</v></c>', 'TRUE'],
    ['false', '<c t="b"><v>0</v></c>', 'FALSE'],
    ['an error, which is not an empty cell', '<c t="e"><v>#N/A</v></c>', '#N/A'],
    ['an ISO date', '<c t="d"><v>2021-08-31</v></c>', '2021-08-31'],
  ])('%s', async (_, cell, text) => {
    expect(await readCell(cell, { sharedStrings })).toBe(text);
  });
});

describe('dates', () => {
  const styles =
    '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>' +
    '<numFmt numFmtId="171" formatCode="0.00&quot;days&quot;"/></numFmts>' +
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/><xf numFmtId="31"/></cellXfs>';

  test.each([
    ['no date format', '0', '44439', '44439'],
    ['a built-in one', '1', '44439', '2021-08-31'],
    ['a custom one', '2', '44439', '2021-08-31'],
    ['letters in quotes only', '3', '44439', '44439'],
    ['a Chinese one', '4', '44439', '2021-08-31'],
    ['a time of day', '1', '44439.5', '2021-08-31 12:00:00'],
    ['a number beyond all dates', '1', '370102199001', '370102199001'],
  ])('%s', async (_, style, stored, text) => {
    expect(await readCell(`<c s="${style}"><v>${stored}</v></c>`, { styles })).toBe(text);
  });

  test('counts from 1904 where the workbook says so', async () => {
    expect(await readCell('<c s="1"><v>42977</v></c>', { styles, dates1904: true })).toBe('2021-08-31');
  });
});

describe('places', () => {
  test('rows and cells keep their declared places', async () => {
    const cells = '<c r="A7" t="inlineStr"><is><t>张三</t></is></c><c r="B7"><v>1</v></c>';

    expect(await readRaw(`<row r="7">${cells}</row>${textRow('李四')}`)).toEqual(
      aNameTable([7, '张三', '1'], [8, '李四']),
    );
  });

  test('a cell far to the right costs nothing', async () => {
    const cells = '<c t="inlineStr"><is><t>张三</t></is></c><c r="XFD2"><v>1</v></c>';

    expect(await readRaw(`<row>${cells}</row>`)).toEqual(aNameTable([2, '张三']));
  });

  test.each([
    ['a row that goes backwards', '<row r="5"/><row r="5"/>'],
    ['a row beyond all sheets', '<row r="2000000000"/>'],
    ['a row that is no number', '<row r="x"/>'],
    ['a cell that goes backwards', '<row r="2"><c r="B2"/><c r="A2"/></row>'],
    ['a cell that is nowhere', '<row r="2"><c r="2B"/></row>'],
  ])('%s makes the file corrupt', async (_, rows) => {
    expect(await readRaw(rows)).toEqual({ ok: false, error: { code: 'file_corrupt' } });
  });

  test('tags may carry a prefix', async () => {
    const sheet =
      '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="str"><x:v>姓名</x:v></x:c></x:row>' +
      '<x:row><x:c t="str"><x:v>张三</x:v></x:c></x:row></x:sheetData></x:worksheet>';
    const bytes = aRawXlsx({ sheets: [{ rows: '' }], entries: { 'xl/worksheets/sheet1.xml': sheet } });

    expect(await read(bytes)).toEqual(aNameTable([2, '张三']));
  });
});

describe('sheets', () => {
  const roster = (name: string): string => textRow('姓名') + textRow(name);

  test('the first sheet with content is read', async () => {
    const blank = '<row><c/><c t="inlineStr"><is><t> </t></is></c></row>';
    const bytes = aRawXlsx({
      sheets: [{ rows: '' }, { rows: blank }, { rows: roster('张三') }, { rows: roster('李四') }],
    });

    expect(await read(bytes)).toEqual(aNameTable([2, '张三']));
  });

  test('hidden sheets are not read', async () => {
    const bytes = aRawXlsx({
      sheets: [
        { rows: roster('甲'), state: 'hidden' },
        { rows: roster('乙'), state: 'veryHidden' },
        { rows: roster('张三') },
      ],
    });

    expect(await read(bytes)).toEqual(aNameTable([2, '张三']));
  });

  test('a workbook without shared texts and styles can be read', async () => {
    const bytes = aRawXlsx({
      sheets: [{ rows: roster('张三') }],
      entries: {
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="s1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="worksheets/Sheet1.xml"/></Relationships>',
      },
    });

    expect(await read(bytes)).toEqual(aNameTable([2, '张三']));
  });
});

test('what is written as XLSX is read back the same', async () => {
  // The writer leaves out U+FFFD, which no text has that was decoded well.
  const text = fc
    .string({ unit: 'grapheme-composite', maxLength: 12 })
    .filter(value => /^[^\p{C}'＇‘’“=_\uFFFD]*$/u.test(value) && !(value in {}));
  const cell = fc.oneof(text, fc.integer({ min: 0, max: 99_999_999_999 }));

  await fc.assert(
    fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 20 }), async cells => {
      const bytes = await anXlsx([['姓名', '备注'], ...cells.map(value => ['张三', value] as const)]);

      expect(cellsOf(await read(bytes))).toEqual(cells.map(value => ['张三', String(value).trim()]));
    }),
    { numRuns: 50 },
  );
});
