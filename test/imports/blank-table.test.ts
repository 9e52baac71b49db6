import { strFromU8, unzipSync } from 'fflate';
import { IMPORT_BYTES_MAX, IMPORT_ROWS_MAX } from '../../miniprogram/contract/imports';
import { ROSTER_COLUMNS } from '../../cloudfunctions/shared/domain/roster-rows';
import { writeBlankTable } from '../../cloudfunctions/shared/imports/blank-table';
import { readTable } from '../../cloudfunctions/shared/imports/table';
import { cellsOf } from '../support/sheets';

test('it has the headers that messages use', async () => {
  const [header] = cellsOf(await writeBlankTable(ROSTER_COLUMNS));

  expect(header).toEqual(['姓名', '身份证号', '手机号', '是否签订劳动合同', '是否缴纳企业养老保险']);
});

test('what is typed into it stays text: as a number an ID number would lose digits', async () => {
  const parts = unzipSync(await writeBlankTable(ROSTER_COLUMNS));
  const [sheet = '', styles = ''] = ['xl/worksheets/sheet1.xml', 'xl/styles.xml'].map(path =>
    strFromU8(parts[path] ?? new Uint8Array()),
  );

  const [, style = ''] = /<c r="B2"[^>]* s="(\d+)"/.exec(sheet) ?? [];
  const [, cellFormats = ''] = /<cellXfs[^>]*>(.*?)<\/cellXfs>/s.exec(styles) ?? [];
  const cellFormat = [...cellFormats.matchAll(/<xf [^>]*>/g)][Number(style)]?.[0];
  const [, formatOfText] = /<numFmt [^>]*numFmtId="(\d+)"[^>]*formatCode="@"/.exec(styles) ?? [];

  expect(formatOfText).toBeDefined();
  expect(cellFormat).toContain(`numFmtId="${formatOfText}"`);
});

test('read back without a word in it, it has no rows', async () => {
  const bounds = { columns: ROSTER_COLUMNS, rowsMax: IMPORT_ROWS_MAX, bytesMax: IMPORT_BYTES_MAX };

  const table = await readTable(await writeBlankTable(ROSTER_COLUMNS), bounds);

  expect(table.ok ? table.data.rows : table.error.code).toEqual('file_has_no_rows');
});
