import * as fc from 'fast-check';
import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX } from '../../miniprogram/contract/imports';
import { rowProblemText } from '../../miniprogram/text/row-problem-text';
import { refusalText } from '../../miniprogram/text/refusal-text';
import { completeIdNumber } from '../../cloudfunctions/shared/domain/id-number';
import {
  parseRosterRows,
  ROSTER_COLUMNS,
  type RosterRows,
} from '../../cloudfunctions/shared/domain/roster-rows';
import { readTable, type Table } from '../../cloudfunctions/shared/imports/table';
import {
  aCsv,
  aRawXlsx,
  encodeText,
  hiddenRow,
  textCell,
  textRow,
  withZip64End,
  type RawSheet,
  type RawWorkbook,
} from '../support/sheets';

const TABLE = { columns: ROSTER_COLUMNS, rowsMax: IMPORT_ROWS_MAX, bytesMax: IMPORT_BYTES_MAX };
const HEADER = ['序号', '姓名', '身份证号', '手机号', '是否签订劳动合同', '是否缴纳企业养老保险'];
const idNumberOf = (person: number): string => completeIdNumber(`3799001988010170${person}`.slice(0, 17));
const person = (number: number): string[] => [
  `${number}`,
  `赵${'一二三四五六七八九'.charAt(number - 1)}`,
  idNumberOf(number),
  `1380000000${number}`,
  '是',
  '是',
];
const HEADER_ROW = textRow(...HEADER);
const rowsOf = (...people: number[]): string => people.map(number => textRow(...person(number))).join('');

const read = (bytes: Uint8Array) => readTable(bytes, TABLE);
const readSheet = (sheet: RawSheet, workbook: Omit<RawWorkbook, 'sheets'> = {}) =>
  read(aRawXlsx({ ...workbook, sheets: [sheet] }));
const readText = (...lines: string[]) => read(encodeText(lines.join('\r\n'), 'utf-8'));

type Read = Awaited<ReturnType<typeof read>>;
const tableOf = (read_: Read): Table => {
  if (!read_.ok) throw new Error(JSON.stringify(read_.error));
  return read_.data;
};
const rosterOf = (read_: Read): RosterRows => parseRosterRows(tableOf(read_).rows, '2026-11-28');
const namesOf = (read_: Read): string[] => rosterOf(read_).people.map(({ name }) => name);
const refusalOf = (read_: Read) => (read_.ok ? undefined : read_.error);
const sentenceOf = (read_: Read): string => (read_.ok ? '' : refusalText(read_.error));

describe('what the sender does not see', () => {
  test('rows hidden by a filter are left out and counted', async () => {
    const filtered = await readSheet({
      before: '<sheetPr filterMode="1"/>',
      rows: HEADER_ROW + rowsOf(1) + hiddenRow(...person(2)) + hiddenRow('', '') + rowsOf(3),
    });

    expect(namesOf(filtered)).toEqual(['赵一', '赵三']);
    expect(tableOf(filtered).source).toMatchObject({ hiddenRows: 1 });
  });

  test('a row without height is hidden', async () => {
    const flat = rowsOf(2).replace('<row>', '<row ht="0" customHeight="1">');
    const table = await readSheet({ rows: HEADER_ROW + rowsOf(1) + flat });

    expect(namesOf(table)).toEqual(['赵一']);
    expect(tableOf(table).source.hiddenRows).toBe(1);
  });

  test('a hidden row is no header, and the one below it is', async () => {
    expect(namesOf(await readSheet({ rows: hiddenRow(...HEADER) + HEADER_ROW + rowsOf(1) }))).toEqual([
      '赵一',
    ]);
  });

  test('where all rows are hidden, that is said', async () => {
    const table = await readSheet({ rows: HEADER_ROW + hiddenRow(...person(1)) + hiddenRow(...person(2)) });

    expect(refusalOf(table)).toEqual({ code: 'file_has_no_rows', data: { hiddenRows: 2 } });
    expect(sentenceOf(table)).toContain('2行都被隐藏或筛选掉了');
  });

  test.each(['hidden="1" width="9"', 'hidden="true"', 'width="0" customWidth="1"'])(
    'a second header in a column that is <col %s> does not count, and is named',
    async attributes => {
      const table = await readSheet({
        before: `<cols><col min="7" max="7" ${attributes}/></cols>`,
        rows: textRow(...HEADER, '手机号') + textRow(...person(1), '13900000000'),
      });

      expect(rosterOf(table).people[0]?.phone).toBe('13800000001');
      expect(tableOf(table).source.hiddenColumns).toEqual(['手机号']);
    },
  );

  test('a required column that is hidden is asked for by name', async () => {
    const table = await readSheet({
      before: '<cols><col min="3" max="3" hidden="1"/></cols>',
      rows: HEADER_ROW + rowsOf(1),
    });

    expect(refusalOf(table)).toEqual({
      code: 'file_column_missing',
      data: { columns: ['身份证号'], hidden: ['身份证号'] },
    });
    expect(sentenceOf(table)).toContain('“身份证号”列被隐藏了');
  });

  test('columns hidden to the end of the sheet cost nothing', async () => {
    const table = await readSheet({
      before: '<cols><col min="7" max="16384" hidden="1"/></cols>',
      rows: HEADER_ROW + rowsOf(1),
    });

    expect(namesOf(table)).toEqual(['赵一']);
  });

  test('a table in a hidden sheet alone is asked for by its name', async () => {
    const bytes = aRawXlsx({
      sheets: [
        { name: '说明', rows: textRow('请如实填写') },
        { name: '名册', rows: HEADER_ROW + rowsOf(1), state: 'hidden' },
      ],
    });

    expect(refusalOf(await read(bytes))).toEqual({ code: 'file_sheet_hidden', data: { sheet: '名册' } });
  });
});

describe('headers', () => {
  const withHeader = (place: number, header: string) => HEADER.with(place, header);
  const readHeader = (header: readonly string[], ...cells: string[]) =>
    read(aCsv([[...header], [...person(1), ...cells]]));

  test.each([
    '身份证号（18位）',
    '身份证号(必填，文本格式)',
    '身份证号【本人】',
    '身份证号码（社会保障号码）',
    '身份证号/社会保障号',
    '居民身份证号码',
    '社会保障号码',
    '公民身份号码',
    '3.身份证号',
    '身份证号（例：370102…）',
    '身份证号（如370102…）',
    '身份证号\ufe0e',
    '\u2068身份证号\u2069',
  ])('%s is the ID number', async header => {
    expect(namesOf(await readHeader(withHeader(2, header)))).toEqual(['赵一']);
  });

  test.each([
    '身份证号（2）',
    '身份证号（如无填监护人）',
    '身份证号（配偶）',
    '身份证号【监护人】',
    '身份证号[法人]',
    '配偶身份证号',
    '身份证号/护照号',
  ])('%s may be another’s: it is not taken, and asked for', async header => {
    const table = await readHeader(withHeader(2, header));

    expect(refusalOf(table)).toEqual({
      code: 'file_column_missing',
      data: { columns: ['身份证号'], similar: [header] },
    });
    expect(sentenceOf(table)).toContain(`认不准“${header}”是不是`);
  });

  test('of a synonym and another person’s, the synonym', async () => {
    const table = await readHeader([...withHeader(2, '居民身份证号码'), '身份证号（配偶）'], idNumberOf(2));

    expect(rosterOf(table).people[0]?.idNumber).toBe(idNumberOf(1));
  });

  test('the very name of a column goes before its synonyms, wherever they stand', async () => {
    const table = await readHeader([...HEADER, '联系电话'], '0531-88888888');

    expect(rosterOf(table).people[0]?.phone).toBe('13800000001');
  });

  test('of two synonyms neither is taken: both are named', async () => {
    const table = await readHeader([...withHeader(3, '联系电话'), '移动电话'], '13900000000');

    expect(refusalOf(table)).toEqual({
      code: 'file_column_repeated',
      data: { columns: ['手机号'], candidates: ['联系电话（D列）', '移动电话（G列）'] },
    });
    expect(sentenceOf(table)).toContain('联系电话（D列）、移动电话（G列）');
  });

  test('the name of a column wins whatever stands around it, seen or not', async () => {
    const others = ['联系电话', '手机', '手机号（配偶）', '手机号（紧急联系人）', '联系方式', '备注'];
    const arrangement = fc.shuffledSubarray(others).chain(some =>
      fc.record({
        header: fc.shuffledSubarray([...HEADER, ...some], { minLength: HEADER.length + some.length }),
        hiddenAt: fc.option(fc.nat(HEADER.length), { nil: undefined }),
      }),
    );

    await fc.assert(
      fc.asyncProperty(arrangement, async ({ header, hiddenAt }) => {
        const values = new Map(HEADER.map((name, place) => [name, person(1)[place] ?? '']));
        const names = [...header];
        const cells = header.map(name => values.get(name) ?? '13911111111');
        if (hiddenAt !== undefined) {
          names.splice(hiddenAt, 0, '手机号');
          cells.splice(hiddenAt, 0, '13922222222');
        }
        const place = (hiddenAt ?? -1) + 1;
        const table = await readSheet({
          before: place > 0 ? `<cols><col min="${place}" max="${place}" hidden="1"/></cols>` : '',
          rows: textRow(...names) + textRow(...cells),
        });

        expect(rosterOf(table).people[0]?.phone).toBe('13800000001');
        expect(tableOf(table).source.hiddenColumns).toEqual(place > 0 ? ['手机号'] : []);
      }),
      { numRuns: 50 },
    );
  });

  test('two rows of header: the lower names count', async () => {
    const table = await readSheet({
      rows:
        textRow('2026年名册') +
        textRow('序号', '姓名', '身份证号', '手机号', '参保情况') +
        textRow('', '', '', '', '是否签订劳动合同', '是否缴纳企业养老保险') +
        rowsOf(1, 2),
      behind:
        '<mergeCells count="5"><mergeCell ref="A2:A3"/><mergeCell ref="B2:B3"/><mergeCell ref="C2:C3"/>' +
        '<mergeCell ref="D2:D3"/><mergeCell ref="E2:F2"/></mergeCells>',
    });

    expect(namesOf(table)).toEqual(['赵一', '赵二']);
    expect(tableOf(table).rows[0]?.row).toBe(4);
  });

  test('two rows of header of which the upper one would do: the lower names count all the same', async () => {
    const table = await readSheet({
      rows:
        textRow(...HEADER.with(3, '联系方式'), '') +
        textRow('', '', '', '座机', '', '', '手机号') +
        textRow(...person(1).with(3, '0531-88888888'), '13800000001'),
    });

    expect(rosterOf(table)).toMatchObject({ people: [{ row: 3, phone: '13800000001' }], problems: [] });
  });

  test('a header that reaches down to a row of remarks: that is no row of the table', async () => {
    const merged = ['A1:A2', 'B1:B2', 'C1:C2', 'D1:D2', 'E1:E1', 'F1:G1'];
    const table = await readSheet({
      rows:
        textRow('序号', '姓名', '身份证号', '手机号', '劳动合同', '养老保险', '') +
        textRow('', '', '', '', '是否签订', '是否缴纳', '起缴年月') +
        textRow(...person(1), '2020-01'),
      behind: `<mergeCells>${merged.map(area => `<mergeCell ref="${area}"/>`).join('')}</mergeCells>`,
    });

    expect(rosterOf(table)).toMatchObject({ people: [{ row: 3, name: '赵一' }], problems: [] });
  });

  test('a person is never taken for a part of the header', async () => {
    const table = await readSheet({
      rows: HEADER_ROW + rowsOf(1),
      behind: '<mergeCells><mergeCell ref="B1:B2"/></mergeCells>',
    });

    expect(tableOf(table).rows).toMatchObject([{ row: 2 }]);
  });

  test('a person whose first row answers in the words of a header is no header', async () => {
    const table = await readHeader(HEADER);
    const worded = await read(aCsv([HEADER, person(1).with(4, '签订劳动合同')]));

    expect(namesOf(table)).toEqual(['赵一']);
    expect(tableOf(worded).rows).toHaveLength(1);
  });
});

describe('merged cells', () => {
  const merged = (...areas: string[]) =>
    `<mergeCells>${areas.map(area => `<mergeCell ref="${area}"/>`).join('')}</mergeCells>`;
  const bare = (number: number) => textRow(...person(number).slice(0, 4));

  test('hold for all rows that they cover', async () => {
    const table = await readSheet({
      rows: HEADER_ROW + rowsOf(1) + bare(2) + bare(3) + bare(4),
      behind: merged('E2:E4', 'F2:F4'),
    });

    expect(namesOf(table)).toEqual(['赵一', '赵二', '赵三']);
    expect(rosterOf(table).problems).toMatchObject([{ row: 5, code: 'cell_not_yes_or_no' }]);
  });

  test('hold for all columns that they cover, and begin in a hidden row as well', async () => {
    const table = await readSheet({
      rows: HEADER_ROW + hiddenRow(...person(1).slice(0, 5)) + bare(2),
      behind: merged('E2:F3'),
    });

    expect(namesOf(table)).toEqual(['赵二']);
  });

  test('make no row where there is none, and take nothing from a cell of its own', async () => {
    const table = await readSheet({
      rows: HEADER_ROW + rowsOf(1) + textRow(...person(2).with(4, '否')),
      behind: merged('E2:E9'),
    });

    expect(rosterOf(table).people).toMatchObject([{ labourContract: true }, { labourContract: false }]);
  });

  test('a result that is missing is missing in all of them', async () => {
    const formula = '<c><f>1=1</f></c>';
    const rows =
      HEADER_ROW + `<row>${person(1).slice(0, 4).map(textCell).join('')}${formula}${textCell('是')}</row>`;
    const table = await readSheet({
      rows: rows + textRow(...person(2).with(4, '')),
      behind: merged('E2:E3'),
    });

    expect(rosterOf(table).problems).toMatchObject(
      [2, 3].map(row => ({ row, column: '是否签订劳动合同', code: 'cell_not_calculated' })),
    );
  });

  test('areas that no sheet can have are corrupt', async () => {
    const areas = Array.from({ length: 50 }, () => 'E2:F4');

    expect(
      refusalOf(await readSheet({ rows: HEADER_ROW + rowsOf(1, 2, 3), behind: merged(...areas) })),
    ).toEqual({
      code: 'file_corrupt',
    });
    expect(refusalOf(await readSheet({ rows: HEADER_ROW + rowsOf(1), behind: merged('2E') }))).toEqual({
      code: 'file_corrupt',
    });
  });
});

describe('sheets', () => {
  test('the one with the header is read and named, instructions are not', async () => {
    const bytes = aRawXlsx({
      sheets: [
        { name: '填写说明', rows: textRow('填写说明') + textRow('1. 姓名须与身份证一致') },
        { name: '名册', rows: HEADER_ROW + rowsOf(1, 2) },
      ],
    });

    expect(namesOf(await read(bytes))).toEqual(['赵一', '赵二']);
    expect(tableOf(await read(bytes)).source).toMatchObject({ sheet: '名册', otherSheets: [] });
  });

  test('an empty form in front does not hide the table', async () => {
    const bytes = aRawXlsx({
      sheets: [
        { name: '空表', rows: HEADER_ROW },
        { name: '二班', rows: HEADER_ROW + rowsOf(1) },
      ],
    });

    expect(tableOf(await read(bytes)).source).toMatchObject({ sheet: '二班', otherSheets: ['空表'] });
  });

  test('others that could have been meant are named, hidden ones as well', async () => {
    const bytes = aRawXlsx({
      sheets: [
        { name: '一班', rows: HEADER_ROW + rowsOf(1) },
        { name: '二班', rows: HEADER_ROW + rowsOf(2) },
        { name: '统计', rows: textRow('人数', '2') },
        { name: '旧名册', rows: HEADER_ROW + rowsOf(3), state: 'veryHidden' },
        { name: '坏', rows: '<row r="5"/><row r="5"/>' },
      ],
    });

    expect(namesOf(await read(bytes))).toEqual(['赵一']);
    expect(tableOf(await read(bytes)).source).toMatchObject({
      sheet: '一班',
      otherSheets: ['二班', '旧名册'],
    });
  });

  test('where none has the header, the one that comes nearest says what is missing', async () => {
    const bytes = aRawXlsx({
      sheets: [
        { rows: textRow('说明') },
        { rows: textRow(...HEADER.slice(0, 5)) + textRow(...person(1)) },
        { rows: textRow('合计', '1') },
      ],
    });

    expect(refusalOf(await read(bytes))).toMatchObject({ data: { columns: ['是否缴纳企业养老保险'] } });
  });
});

describe('formulas', () => {
  const withCell = (cell: string, place = 4) => {
    const cells = person(1).map(textCell).with(place, cell);
    return readSheet({ rows: `${HEADER_ROW}<row>${cells.join('')}</row>` });
  };
  const problemOf = async (read_: Promise<Read>) => rosterOf(await read_).problems[0]?.code;

  test.each([
    ['the placeholder 0', '<c><f>IF(A2="","","是")</f><v>0</v></c>'],
    ['the placeholder 0 with its type', '<c t="n"><f>1</f><v>0</v></c>'],
    ['no value', '<c><f>1</f></c>'],
    ['an empty value', '<c><f>1</f><v></v></c>'],
    ['no value of a text', '<c t="str"><f>1</f></c>'],
    ['no value of a boolean', '<c t="b"><f>1</f></c>'],
    ['a value of blanks', '<c><f>1</f><v> \n </v></c>'],
    ['a text that is a formula', textCell('=IF(A2=1,&quot;是&quot;,&quot;否&quot;)')],
  ])('%s is not guessed at', async (_, cell) => {
    expect(await problemOf(withCell(cell))).toBe('cell_not_calculated');
    expect(refusalText({ code: 'cell_not_calculated' })).toBe(
      '这一格是公式，没有算出结果，请在 Excel 里打开另存一次。',
    );
  });

  test.each([
    ['a text', '<c t="str"><f>A1</f><v>是</v></c>', true],
    ['1', '<c><f>A1</f><v>1</v></c>', true],
    ['true', '<c t="b"><f>A1</f><v>1</v></c>', true],
    ['false', '<c t="b"><f>A1</f><v>0</v></c>', false],
  ])('the result %s is read', async (_, cell, answer) => {
    expect(rosterOf(await withCell(cell)).people).toMatchObject([{ labourContract: answer }]);
  });

  test('an empty text that Excel has calculated is an empty cell', async () => {
    const empty = '<c t="str"><f>IF(1,"")</f><v></v></c>';
    const table = await readSheet({
      rows: `${HEADER_ROW}${rowsOf(1)}<row>${textCell('2')}${empty.repeat(5)}</row>`,
    });

    expect(tableOf(table).rows).toHaveLength(1);
  });

  test.each([
    ['an error', '<c t="e"><f>A0</f><v>#REF!</v></c>'],
    ['an error without its name', '<c t="e"><f>A0</f></c>'],
    ['an error as text', textCell('#DIV/0!')],
    ['an error of LibreOffice', textCell('Err:508')],
  ])('%s is named as one', async (_, cell) => {
    expect(await problemOf(withCell(cell))).toBe('cell_formula_failed');
    expect(await problemOf(withCell(cell, 2))).toBe('cell_formula_failed');
  });

  test.each(['true', ' true\n', '\n  1\n '])('the boolean %j is true', async value => {
    const cell = `<c t="b"><v>${value}</v></c>`;

    expect(rosterOf(await withCell(cell)).people).toMatchObject([{ labourContract: true }]);
  });

  test.each(['false', ' 0 '])('the boolean %j is false', async value => {
    expect(rosterOf(await withCell(`<c t="b"><v>${value}</v></c>`)).people).toMatchObject([
      { labourContract: false },
    ]);
  });
});

describe('numbers that a spreadsheet has rounded', () => {
  /** Eleven people of one day, of whom one passes the check by chance. */
  const rounded = Array.from({ length: 11 }, (_, at) => `37990019720103${at % 10}000`);
  const byChance = Array.from({ length: 900 }, (_, at) => `379900197201${100 + at}000`).find(
    number => completeIdNumber(number.slice(0, 17)) === number && Number(number.slice(12, 14)) <= 28,
  );
  const chance = byChance ?? '';
  const csvOf = (...idNumbers: string[]) =>
    read(aCsv([HEADER, ...idNumbers.map(idNumber => person(1).with(2, idNumber))]));
  const codesOf = async (...idNumbers: string[]) =>
    rosterOf(await csvOf(...idNumbers)).problems.map(({ row, code }) => [row, code]);

  test('in bulk are refused with the cause, those that pass the check included', async () => {
    const table = await csvOf(...rounded, chance, idNumberOf(1));

    expect(refusalOf(table)).toEqual({ code: 'file_numbers_rounded', data: { columns: ['身份证号'] } });
    expect(sentenceOf(table)).toContain('当成数字改掉');
    expect(refusalOf(await csvOf(chance, chance))?.code).toBe('file_numbers_rounded');
  });

  test('here and there are refused row by row, those that pass the check included', async () => {
    const good = [1, 2, 3, 4, 5].map(idNumberOf);

    expect(await codesOf(...good, chance, rounded[0] ?? '')).toEqual([
      [7, 'number_rounded'],
      [8, 'number_rounded'],
    ]);
  });

  test('one that ends so by nature is read', async () => {
    expect(await codesOf(chance)).toEqual([]);
    expect(await codesOf(chance, ...[1, 2, 3].map(idNumberOf))).toEqual([]);
  });

  test.each(['3.79900E+17', '3.799E17', '3.7990019880101702E+17', '３.７９９E+17'])(
    'in scientific notation (%s) say what happened',
    async idNumber => {
      expect(await codesOf(idNumber)).toEqual([[2, 'number_rounded']]);
    },
  );

  test('an ID number of the first cards has its own sentence', async () => {
    const { problems } = rosterOf(await csvOf('379900880101702', '379900 880101 702', '37990088010170'));

    expect(problems.map(rowProblemText)).toEqual([
      '第 2 行 “身份证号”：这是15位的旧身份证号，已经停用。请改填现在身份证上的18位号码。',
      '第 3 行 “身份证号”：这是15位的旧身份证号，已经停用。请改填现在身份证上的18位号码。',
      '第 4 行 “身份证号”：身份证号不是18位。请对照身份证，核对18位号码。',
    ]);
  });
});

describe('workbooks as other programs write them', () => {
  const sheet = { rows: HEADER_ROW + rowsOf(1) };
  const good = aRawXlsx({ sheets: [sheet] });

  test('references may have small letters', async () => {
    const rows = `<row r="1">${HEADER.map((name, at) => textCell(name).replace('<c', `<c r="${'abcdef'.charAt(at)}1"`)).join('')}</row>`;

    expect(namesOf(await readSheet({ rows: rows + rowsOf(1) }))).toEqual(['赵一']);
  });

  test('the end of the archive may be told in a ZIP64 record', async () => {
    const broken = withZip64End(good);
    new DataView(broken.buffer).setUint8(good.length - 22, 0);

    expect(namesOf(await read(withZip64End(good)))).toEqual(['赵一']);
    expect(refusalOf(await read(broken))).toEqual({ code: 'file_corrupt' });
  });

  test.each([
    ['UTF-16', '<?xml version="1.0" encoding="UTF-16"?>', 'utf16le', '\ufeff'],
    ['UTF-16 without its mark', '<?xml version="1.0" encoding="UTF-16"?>', 'utf16le', ''],
    ['UTF-8 that says to be UTF-16', '<?xml version="1.0" encoding="utf-16"?>', 'utf8', ''],
    ['UTF-8 with its mark', '', 'utf8', '\ufeff'],
  ] as const)('parts may be in %s', async (_, declaration, encoding, mark) => {
    const xml = `${mark}${declaration}<worksheet><sheetData>${sheet.rows}</sheetData></worksheet>`;
    const part = new Uint8Array(Buffer.from(xml, encoding));

    expect(namesOf(await readSheet({ rows: '' }, { entries: { 'xl/worksheets/sheet1.xml': part } }))).toEqual(
      ['赵一'],
    );
  });

  test('big-endian UTF-16, GB18030 as declared, and an encoding that nobody knows', async () => {
    const xml = (encoding: string) =>
      `<?xml version="1.0" encoding="${encoding}"?><worksheet><sheetData>${sheet.rows}</sheetData></worksheet>`;
    const readPart = (part: Uint8Array) =>
      readSheet({ rows: '' }, { entries: { 'xl/worksheets/sheet1.xml': part } });

    expect(
      namesOf(await readPart(new Uint8Array(Buffer.from(`\ufeff${xml('UTF-16')}`, 'utf16le').swap16()))),
    ).toEqual(['赵一']);
    expect(namesOf(await readPart(encodeText(xml('GB2312'), 'gb18030')))).toEqual(['赵一']);
    expect(refusalOf(await readPart(encodeText(xml('nosuch'), 'utf-8')))).toEqual({ code: 'file_corrupt' });
  });

  test('what is mentioned and not there is not missed', async () => {
    const entries = { 'xl/styles.xml': undefined, 'xl/sharedStrings.xml': undefined };

    expect(namesOf(await readSheet(sheet, { entries }))).toEqual(['赵一']);
  });

  test('a sheet that is not there is not missed beside one that is', async () => {
    const bytes = aRawXlsx({
      sheets: [{ rows: '' }, sheet],
      entries: { 'xl/worksheets/sheet1.xml': undefined },
    });

    expect(namesOf(await read(bytes))).toEqual(['赵一']);
  });

  test('targets may be written with backslashes and escapes', async () => {
    const moved = aRawXlsx({
      sheets: [{ rows: '' }],
      entries: {
        'xl/worksheets/sheet1.xml': undefined,
        'xl/work sheets/a.xml': `<worksheet><sheetData>${sheet.rows}</sheetData></worksheet>`,
        'xl/_rels/workbook.xml.rels':
          '<Relationships><Relationship Id="s1" Type="x/worksheet" Target="work%20sheets\\a.xml"/></Relationships>',
      },
    });

    expect(namesOf(await read(moved))).toEqual(['赵一']);
  });
});

describe('CSV as people send it', () => {
  const line = (delimiter: string, cells: readonly string[]) => cells.join(delimiter);

  test.each([
    ['a title of commas', '济南市历城区,2026年,第1期,焊工,初级,甲班,40课时', ';'],
    ['a title of semicolons', 'a;b;c;d;e;f;g', ','],
    ['a title of Chinese commas', '说明：一，二，三，四，五，六，七，八', ','],
    ['a title of bars', 'a|b|c|d|e|f|g|h', '\t'],
  ])('%s does not decide the delimiter', async (_, title, delimiter) => {
    expect(namesOf(await readText(title, line(delimiter, HEADER), line(delimiter, person(1))))).toEqual([
      '赵一',
    ]);
  });

  test('nor do the cells below', async () => {
    const rows = [line(',', [...HEADER, '备注']), line(',', [...person(1), '电;焊;钳;车;铣;刨;磨;木'])];

    expect(namesOf(await readText(...rows))).toEqual(['赵一']);
  });

  test.each(['|', '，'])('%s may be the delimiter', async delimiter => {
    expect(namesOf(await readText(line(delimiter, HEADER), line(delimiter, person(1))))).toEqual(['赵一']);
  });

  test('Excel’s own line for the delimiter is followed and not counted', async () => {
    const table = await readText('sep=;', line(';', HEADER), line(';', person(1)));

    expect(rosterOf(table).people).toMatchObject([{ row: 2, name: '赵一' }]);
  });

  test.each(['"赵一" ', ' "赵一"', '\u3000"赵一"\u3000', '“赵一”', '"“赵一”"', "'赵一", '"赵一"\t'])(
    'the name may stand as %j',
    async name => {
      const { people } = rosterOf(await readText(line(',', HEADER), line(',', person(1).with(1, name))));

      expect(people).toMatchObject([{ name: '赵一', idNumber: idNumberOf(1) }]);
    },
  );

  test('blanks around quotes with a delimiter in them', async () => {
    const rows = [line(',', ['备注', ...HEADER]), line(',', [' "甲,乙" ', ...person(1)])];

    expect(namesOf(await readText(...rows))).toEqual(['赵一']);
  });

  test('words behind a closing quote are kept, and the rest of the file is read', async () => {
    const rows = [
      line(',', ['备注', ...HEADER]),
      line(',', ['"甲"乙', ...person(1)]),
      line(',', ['"丙" ', ...person(2)]),
    ];

    expect(namesOf(await readText(...rows))).toEqual(['赵一', '赵二']);
  });
});
