import { createCast, type Cast } from '../../support/callers';
import { aDraftClass } from '../../support/classes';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { aCsv, anXlsx, aRawXlsx, aZipBomb, encodeText, hiddenRow, textRow } from '../../support/sheets';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { aRoster, aRosterOf, ROSTER_HEADER, rosterRow } from '../../support/uploads';

const MIB = 1024 * 1024;

let cloud: TestCloud;
let cast: Cast;
let classId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
  ({ classId } = await aDraftClass(cloud, cast));
});
afterAll(() => cloud.stop());

it.each([
  ['file_empty', () => new Uint8Array(0)],
  ['file_too_large', () => new Uint8Array(10 * MIB + 1).fill(0x31)],
  ['file_type_unsupported', () => encodeText('%PDF-1.7 not a table', 'utf-8')],
  ['file_corrupt', async () => (await anXlsx([ROSTER_HEADER, rosterRow(aPerson(0))])).subarray(0, 900)],
  ['file_expands_too_much', () => aZipBomb(70 * MIB)],
  ['file_rows_too_many', () => aRoster(10_001)],
  ['file_has_no_rows', () => aRosterOf([])],
  ['file_column_missing', () => aCsv([['姓名'], ['张三']])],
  ['file_column_repeated', () => aCsv([[...ROSTER_HEADER, '姓名'], rosterRow(aPerson(0))])],
  ['file_sheet_hidden', () => aRawXlsx({ sheets: [{ rows: textRow(...ROSTER_HEADER), state: 'hidden' }] })],
  [
    'file_numbers_rounded',
    () => aRosterOf([1, 2].map(number => ['张三', `37010219900101${number}000`, '', '是', '是'])),
  ],
] as const)(
  '%s is answered, whatever the file is called, and nothing is stored',
  async (code, make) => {
    const fileId = await cloud.uploadFile(cast.administrator.openid, await make(), '名册.xlsx');

    const checked = await cloud.ask('training.checkRoster', { classId, fileId }, cast.administrator);
    const imported = await cloud.ask('training.importRoster', { classId, fileId }, cast.administrator);

    expect(checked).toEqual(refused(code));
    expect(imported).toEqual(refused(code));
    expect(await cloud.documents('rosterEntries')).toEqual([]);
    expect(await cloud.documents('people')).toHaveLength(cast.workers.length + 6);
  },
  20_000,
);

it.each(['cloud://local-env.6c6f-local-env/uploads/none.csv', 'cloud://elsewhere.bucket/x.csv'])(
  'file_not_found is answered for %s',
  async fileId => {
    for (const name of ['training.checkRoster', 'training.importRoster'] as const) {
      expect(await cloud.ask(name, { classId, fileId }, cast.administrator)).toEqual(
        refused('file_not_found'),
      );
    }
  },
);

it('a dry run and the import leave out the same, and say so', async () => {
  const rows = [ROSTER_HEADER, rosterRow(aPerson(20)), rosterRow(aPerson(21))].map(cells =>
    textRow(...cells),
  );
  const workbook = aRawXlsx({
    sheets: [
      { name: '填写说明', rows: textRow('一人一行') },
      { name: '名册', rows: [...rows, hiddenRow(...rosterRow(aPerson(22)))].join('') },
    ],
  });
  const fileId = await cloud.uploadFile(cast.administrator.openid, workbook, '名册.XLSX');

  const checked = await cloud.must('training.checkRoster', { classId, fileId }, cast.administrator);
  const imported = await cloud.must('training.importRoster', { classId, fileId }, cast.administrator);

  expect(imported).toMatchObject({ rows: 2, added: 2 });
  for (const { source } of [checked, imported]) {
    expect(source).toEqual({ sheet: '名册', hiddenRows: 1, hiddenColumns: [], otherSheets: [] });
  }
});

it('a workbook is read like a CSV', async () => {
  const workbook = await anXlsx([ROSTER_HEADER, rosterRow(aPerson(0)), rosterRow(aPerson(1))]);
  const fileId = await cloud.uploadFile(cast.administrator.openid, workbook, 'roster');

  const report = await cloud.must('training.importRoster', { classId, fileId }, cast.administrator);

  expect(report).toMatchObject({ rows: 2, added: 2 });
});
