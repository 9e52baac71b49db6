/** @jest-environment jsdom */
import { describeComponent } from './support/simulate';

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
