import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX } from '../../miniprogram/contract/imports';
import { completeIdNumber } from '../../cloudfunctions/shared/domain/id-number';
import {
  parseRosterRows,
  ROSTER_COLUMNS,
  type RosterRows,
} from '../../cloudfunctions/shared/domain/roster-rows';
import { readTable } from '../../cloudfunctions/shared/imports/table';
import { aCsv, anXlsx, aRawXlsx, textCell, textRow } from '../support/sheets';

const TABLE = { columns: ROSTER_COLUMNS, rowsMax: IMPORT_ROWS_MAX, bytesMax: IMPORT_BYTES_MAX };
const TITLE = ['济南市职业技能培训人员名册'];
const HEADER = ['序号', '姓名*', '公民身份号码', '联系电话', '是否签订劳动合同（是/否）', '企业养老保险'];

const idNumberOf = (person: number): string => {
  const day = String(1 + (person % 28)).padStart(2, '0');
  const order = String(Math.floor(person / 28)).padStart(3, '0');
  return completeIdNumber(`370102199001${day}${order}`);
};
const personRow = (person: number): string[] => [
  `${person + 1}`,
  '张三',
  idNumberOf(person),
  `${13800000000 + person}`,
  '是',
  '√',
];
const rosterRows = (people: number): string[][] => [
  TITLE,
  HEADER,
  ...Array.from({ length: people }, (_, person) => personRow(person)),
];

const readRoster = async (bytes: Uint8Array): Promise<RosterRows> => {
  const table = await readTable(bytes, TABLE);
  if (!table.ok) throw new Error(table.error.code);
  return parseRosterRows(table.data.rows, '2026-11-28');
};

describe.each([
  ['XLSX', anXlsx],
  ['CSV', async (rows: string[][]) => aCsv(rows, { encoding: 'gb18030' })],
])('a large roster as %s', (_, write) => {
  test('of ten thousand rows is read to the last, and one bad row among them is named', async () => {
    const rows = rosterRows(IMPORT_ROWS_MAX);
    const badRow = 7_777;
    rows[badRow - 1] = personRow(0).with(2, '370102199001010010');

    const { people, problems } = await readRoster(await write(rows));

    expect(people).toHaveLength(IMPORT_ROWS_MAX - 1);
    expect(people.at(-1)).toMatchObject({ row: 10_002, idNumber: idNumberOf(9_999), phone: '13800009999' });
    expect(problems).toEqual([
      { row: badRow, column: '身份证号', code: 'id_number_invalid', data: { fault: 'check_character' } },
    ]);
  });

  test('of ten thousand and one rows is refused', async () => {
    const table = await readTable(await write(rosterRows(IMPORT_ROWS_MAX + 1)), TABLE);

    expect(table).toEqual({
      ok: false,
      error: { code: 'file_rows_too_many', data: { rowsMax: IMPORT_ROWS_MAX } },
    });
  });
});

test('an ID number stored as a number is refused, a phone stored as a number is read', async () => {
  const facts = textCell('是').repeat(2);
  const typed = (idNumber: string) =>
    `<row>${textCell('张三')}${idNumber}<c><v>1.38E10</v></c>${facts}</row>`;
  const rows =
    textRow('姓名', '身份证号', '手机号', '劳动合同', '养老保险') +
    typed('<c><v>3.7010219900101001E+17</v></c>') +
    // Written out in full by a library: Excel would show it rounded, and may have rounded it already.
    typed(`<c><v>${idNumberOf(0).replace('X', '0')}</v></c>`) +
    typed(textCell(idNumberOf(0)));

  const { people, problems } = await readRoster(aRawXlsx({ sheets: [{ rows }] }));

  expect(people).toMatchObject([{ row: 4, idNumber: idNumberOf(0), phone: '13800000000' }]);
  expect(problems).toEqual([2, 3].map(row => ({ row, column: '身份证号', code: 'number_rounded' })));
});

test('a roster without its facts is refused by the names of their columns', async () => {
  expect(
    await readTable(
      aCsv([
        ['姓名', '身份证号'],
        ['张三', idNumberOf(0)],
      ]),
      TABLE,
    ),
  ).toEqual({
    ok: false,
    error: { code: 'file_column_missing', data: { columns: ['是否签订劳动合同', '是否缴纳企业养老保险'] } },
  });
});
