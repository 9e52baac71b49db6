/** @jest-environment jsdom */
import type { ImportReport, RowProblem } from '../../miniprogram/contract/imports';
import { refusalText } from '../../miniprogram/text/refusal-text';
import { toRowProblems } from '../../miniprogram/view/import-report';
import { describeComponent } from './support/simulate';

const FILE = '打开完整问题清单';

const problems = (count: number): RowProblem[] =>
  Array.from({ length: count }, (_problem, index) => ({ row: index + 2, code: 'person_not_found' }));

const aReport = (bad: number, fields: Partial<ImportReport> = {}) =>
  toRowProblems({
    rows: bad + 5,
    good: 5,
    bad,
    added: 0,
    badByCode: bad > 0 ? { person_not_found: bad } : {},
    problems: problems(bad),
    ...fields,
  });

describeComponent('components/row-problems/row-problems', render => {
  test('a good file: the counts, and nothing to put right', () => {
    const shown = render({ report: aReport(0) });

    expect(shown.text).toBe('共5行，可用5行，有问题0行');
    expect(shown.labels).toEqual([]);
  });

  test('what was left out of the file, and which sheet was read', () => {
    const source = {
      sheet: '名册',
      hiddenRows: 2,
      hiddenColumns: ['手机号'],
      otherSheets: ['二班', '三班'],
    };
    const shown = render({ report: aReport(0, { source }) });

    expect(shown.classed('line').map(({ text }) => text)).toEqual([
      '读取的工作表：“名册”',
      '有2行被隐藏或筛选掉了，没有读取。需要时请取消隐藏和筛选，再重新上传',
      '隐藏的“手机号”列没有读取',
      '工作表“二班”、“三班”也有这样的表头，没有读取。需要时请另存为单独的文件，再上传',
    ]);
  });

  test('a CSV of which nothing was left out: no word about it', () => {
    const source = { hiddenRows: 0, hiddenColumns: [], otherSheets: [] };

    expect(render({ report: aReport(0, { source }) }).classed('line')).toEqual([]);
  });

  test('a few bad rows: why, how often, and each row', () => {
    const report = aReport(2);
    const shown = render({ report });

    expect(shown.classed('line').map(({ text }) => text)).toEqual([
      `2 行${refusalText({ code: 'person_not_found' })}`,
      ...report.lines,
    ]);
    expect(report.lines).toHaveLength(2);
    expect(shown.labels).toEqual([]);
  });

  test('good rows are shown one by one: twenty at first, a tap brings the rest', async () => {
    const goodRows = Array.from({ length: 23 }, (_row, at) => ({ row: at + 2, text: `张*${at}` }));
    const shown = render({ report: aReport(0, { good: 40, goodRows }) });

    expect(shown.text).toContain('第 2 行：张*0');
    expect(shown.text).not.toContain('张*22');
    await shown.labelled('再显示3行可以导入的').tap();

    expect(shown.text).toContain('第 24 行：张*22');
    expect(shown.text).toContain('还有17行可以导入，没有列出');
  });

  test('what goes in without its phone: a note a row, twenty at first, and the full list', async () => {
    const notes = Array.from({ length: 23 }, (_note, at) => ({
      row: at + 2,
      column: '手机号',
      code: 'phone_left_out' as const,
    }));
    const report = aReport(0, { noted: 40, notes, problemsFileUrl: 'https://files/problems.xlsx' });
    const shown = render({ report });

    expect(shown.text).toContain('有提示40行');
    expect(shown.classed('line')).toHaveLength(20);
    await shown.labelled('再显示3行提示').tap();

    expect(
      shown
        .classed('line')
        .slice(0, 23)
        .map(({ text }) => text),
    ).toEqual(report.noteLines);
    expect(shown.text).toContain('还有17行提示没有列出');
    expect(shown.labels).toEqual([FILE]);
  });

  test('many bad rows: twenty at first, a tap brings the rest', async () => {
    const report = aReport(23);
    const shown = render({ report });
    const lines = () => shown.classed('line').slice(1);

    expect(lines()).toHaveLength(20);
    await shown.labelled('再显示3行').tap();

    expect(lines().map(({ text }) => text)).toEqual(report.lines);
    expect(shown.labels).toEqual([]);
  });

  test('more than were sent: says how many, once all that were are shown', async () => {
    const shown = render({ report: aReport(130, { problems: problems(30) }) });
    const MORE = '还有100行没有列出';

    expect(shown.text).not.toContain(MORE);
    await shown.labelled('再显示10行').tap();

    expect(shown.text).toContain(MORE);
  });

  test('another file starts over with its first rows', async () => {
    const shown = render({ report: aReport(23) });
    await shown.labelled('再显示3行').tap();

    shown.set({ report: aReport(24) });

    expect(shown.labels).toEqual(['再显示4行']);
  });

  test('the full list, where there is one', async () => {
    const shown = render({ report: aReport(1, { problemsFileUrl: 'https://files/problems.csv' }) });
    const files = shown.listen('file');

    await shown.labelled(FILE).tap();

    expect(files).toEqual([{ url: 'https://files/problems.csv' }]);
  });

  test.each([undefined, null])('no report (%p): nothing', report => {
    expect(render({ report }).text).toBe('');
  });
});
