/** @jest-environment jsdom */
import { describeComponent } from './support/simulate';

describeComponent('components/data-table/data-table', render => {
  const columns = [{ title: '城市' }, { title: '张数', numeric: true }];
  const rows = [
    ['济南', '120'],
    ['青岛', '80'],
  ];

  test('a head of titles, then a line for each row', () => {
    const table = render({ label: '各市发放', columns, rows });

    expect(table.classed('row').map(({ text }) => text)).toEqual(['城市张数', '济南120', '青岛80']);
  });

  test('a screen reader says each figure with its column', () => {
    expect(render({ label: '各市发放', columns, rows }).labels).toEqual([
      '各市发放',
      '城市：济南',
      '张数：120',
      '城市：青岛',
      '张数：80',
    ]);
  });

  test('figures stand in line, words do not', () => {
    const numeric = render({ columns, rows }).classed('numeric');

    expect(numeric.map(({ text }) => text)).toEqual(['张数', '120', '80']);
  });

  test('other columns name the same rows anew', () => {
    const table = render({ columns, rows });

    table.set({ columns: [{ title: '地市' }, { title: '人数' }] });

    expect(table.labels).toContain('人数：120');
    expect(table.classed('numeric')).toEqual([]);
  });

  test('a row that is longer than the head keeps its figures', () => {
    expect(render({ columns: [{ title: '城市' }], rows }).classed('row')[1]?.text).toBe('济南120');
  });

  test('no rows: the head alone', () => {
    expect(render({ columns, rows: [] }).classed('row')).toHaveLength(1);
  });
});

describeComponent('components/bar-chart/bar-chart', render => {
  const bars = [
    { label: '济南', value: '120 张', percent: 100, tone: 'done' },
    { label: '青岛', value: '30 张', percent: 25, markPercent: 60 },
  ];

  test('each bar says its exact figure, to eyes and to ears', () => {
    const chart = render({ label: '各市发放', bars });

    expect(chart.classed('words').map(({ text }) => text)).toEqual(['济南120 张', '青岛30 张']);
    expect(chart.labels).toEqual(['各市发放', '济南：120 张', '青岛：30 张']);
  });

  test('lengths are the shares, and only a target has a mark', () => {
    const chart = render({ bars });

    expect(chart.classed('filled').map(({ attributes }) => attributes['style'])).toEqual([
      'width: 100%',
      'width: 25%',
    ]);
    expect(chart.classed('mark').map(({ attributes }) => attributes['style'])).toEqual(['left: 60%']);
  });

  test('a bar without a tone has the usual one', () => {
    expect(
      render({ bars })
        .classed('filled')
        .map(({ attributes }) => attributes['class']),
    ).toEqual(['filled done', 'filled act']);
  });
});
