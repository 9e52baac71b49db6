import { unzipSync, strFromU8 } from 'fflate';
import { writeProblemsFile } from '../../cloudfunctions/shared/imports/problems-file';
import { cellsOf } from '../support/sheets';

test('it names row, column and reason; a row as a whole has no column', async () => {
  const file = await writeProblemsFile([
    { row: 2, column: '身份证号', reason: '身份证号有误' },
    { row: 7, reason: '已在名册中' },
  ]);

  expect(cellsOf(file)).toEqual([
    ['行号', '列', '原因'],
    ['2', '身份证号', '身份证号有误'],
    ['7', '', '已在名册中'],
  ]);
});

test('commas, quotes, brackets and line breaks survive', async () => {
  const reason = '第一,"第二"\n<第三> & 第四';

  expect(cellsOf(await writeProblemsFile([{ row: 2, reason }]))[1]).toEqual(['2', '', reason]);
});

test('nothing in it can run as a formula', async () => {
  const file = await writeProblemsFile([{ row: 2, column: '=1+1', reason: '=HYPERLINK("http://x")' }]);

  const sheet = strFromU8(unzipSync(file)['xl/worksheets/sheet1.xml'] ?? new Uint8Array());

  expect(sheet).toContain('<row');
  expect(sheet).not.toContain('<f');
  expect(cellsOf(file)[1]).toEqual(['2', '=1+1', '=HYPERLINK("http://x")']);
});
