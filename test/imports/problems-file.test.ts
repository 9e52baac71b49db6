import { parse } from 'csv-parse/sync';
import { writeProblemsCsv, type ProblemLine } from '../../cloudfunctions/shared/imports/problems-file';

const linesOf = (problems: ProblemLine[]): string[] =>
  new TextDecoder().decode(writeProblemsCsv(problems)).trimEnd().split('\r\n');

test('it begins with the byte-order mark that Excel needs', () => {
  expect([...writeProblemsCsv([]).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
});

test('it names row, column and reason; a row as a whole has no column', () => {
  expect(
    linesOf([
      { row: 2, column: '身份证号', reason: '身份证号有误' },
      { row: 7, reason: '已在名册中' },
    ]),
  ).toEqual(['行号,列,原因', '2,身份证号,身份证号有误', '7,,已在名册中']);
});

test('commas, quotes and line breaks survive', () => {
  const reason = '第一,"第二"\n第三';

  const [, line] = parse(Buffer.from(writeProblemsCsv([{ row: 2, reason }])), { bom: true }) as string[][];

  expect(line).toEqual(['2', '', reason]);
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '＝1+1'])(
  'the cell %j cannot run as a formula',
  reason => {
    expect(linesOf([{ row: 2, column: reason, reason }])[1]).not.toMatch(/(^|,)"?[=+\-@\t＝]/);
  },
);
