import { CODE_COLUMNS, parseCodeRows } from '../../cloudfunctions/shared/domain/code-rows';
import { makeVoucherCode } from '../../cloudfunctions/shared/domain/voucher-code';
import { readTable } from '../../cloudfunctions/shared/imports/table';
import { aCsv, aRawXlsx, hiddenRow, textCell, textRow } from '../support/sheets';

/** What holds of a roster holds of a file of 券码: they have one reader. */
const TABLE = { columns: CODE_COLUMNS, rowsMax: 100, bytesMax: 1_000_000 };
const codeOf = (number: number): string =>
  makeVoucherCode({ cityCode: '3701', year: 2026, random: String(number).padStart(10, '0') });

const read = async (bytes: Uint8Array) => {
  const table = await readTable(bytes, TABLE);
  if (!table.ok) return table.error;
  const { codes, problems } = parseCodeRows(table.data.rows);
  return {
    codes: codes.map(({ code }) => code),
    problems: problems.map(({ row, code }) => [row, code]),
    source: table.data.source,
  };
};
const readRows = (rows: string) =>
  read(aRawXlsx({ sheets: [{ name: '券码', rows: textRow('券码') + rows }] }));

test.each(['券码（19位）', '1.券码', '职业培训券号', '培训券号（必填）'])(
  '%s is the column',
  async header => {
    expect(await read(aCsv([[header], [codeOf(1)]]))).toMatchObject({ codes: [codeOf(1)] });
  },
);

test('the very name goes before its synonyms', async () => {
  const rows = [
    ['券号', '券码'],
    ['第1号', codeOf(1)],
  ];

  expect(await read(aCsv(rows))).toMatchObject({ codes: [codeOf(1)], problems: [] });
});

test('hidden rows are left out, the sheet is named', async () => {
  expect(await readRows(textRow(codeOf(1)) + hiddenRow(codeOf(2)))).toEqual({
    codes: [codeOf(1)],
    problems: [],
    source: { sheet: '券码', hiddenRows: 1, hiddenColumns: [], otherSheets: [] },
  });
});

test('a code that was stored as a number, a formula without result and a failed one have their causes', async () => {
  const rows = ['<c><v>3701202600000000100</v></c>', '<c><f>A1</f><v>0</v></c>', '<c t="e"><v>#N/A</v></c>'];

  expect(await readRows(rows.map(cell => `<row>${cell}</row>`).join('') + textRow('券'))).toMatchObject({
    codes: [],
    problems: [
      [2, 'number_rounded'],
      [3, 'cell_not_calculated'],
      [4, 'cell_formula_failed'],
      [5, 'voucher_code_malformed'],
    ],
  });
});

test('codes that end in zeros in bulk are refused with the cause', async () => {
  const rounded = ['3701202612345670000', '3701202698765430000', '3701202611223340000'];

  expect(await readRows(rounded.map(code => textRow(code)).join(''))).toEqual({
    code: 'file_numbers_rounded',
    data: { columns: ['券码'] },
  });
});

test('one among good ones is refused by itself, and takes one that passes the check with it', async () => {
  const passing = Array.from({ length: 200 }, (_, number) => codeOf(number * 1_000)).find(code =>
    code.endsWith('0000'),
  );
  const good = [1, 2, 3, 4].map(number => [textCell(codeOf(number))]);
  const both = [...good, [textCell(passing ?? '')], [textCell('3701202612345670000')]];
  const rowsOf = (cells: string[][]) => cells.map(cell => `<row>${cell.join('')}</row>`).join('');

  expect(await readRows(rowsOf(both))).toMatchObject({
    problems: [
      [6, 'number_rounded'],
      [7, 'number_rounded'],
    ],
  });
  expect(await readRows(rowsOf(both.slice(0, -1)))).toMatchObject({ problems: [] });
});
