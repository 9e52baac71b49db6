/** @jest-environment jsdom */
import { installWx } from '../../local/preview/harness/base-wx';
import { describeComponent } from './support/simulate';

describeComponent('components/menu-row/menu-row', render => {
  const navigateTo = jest.fn((_target: { url: string }) => Promise.resolve());

  beforeEach(() => {
    navigateTo.mockClear();
    installWx({ navigateTo });
  });

  test('with an address it leads there and tells nobody', async () => {
    const row = render({ title: '常见问题', url: '/worker/help/help' });
    const opened = row.listen('open');

    await row.labelled('常见问题').tap();

    expect(navigateTo.mock.calls).toEqual([[{ url: '/worker/help/help' }]]);
    expect(opened).toEqual([]);
  });

  test('without one it leaves it to the page', async () => {
    const row = render({ title: '退出登录' });
    const opened = row.listen('open');

    await row.labelled('退出登录').tap();

    expect(opened).toHaveLength(1);
    expect(navigateTo).not.toHaveBeenCalled();
  });

  test('note and value stand beside the title, the note in the name too', () => {
    const row = render({ title: '班期', note: '待审核', value: '3' });

    expect(row.text).toBe('班期待审核3');
    expect(row.labels).toEqual(['班期，待审核']);
  });

  test('neither note nor value: the title alone, and nothing empty', () => {
    const row = render({ title: '班期' });

    expect(row.text).toBe('班期');
    expect([...row.classed('small'), ...row.classed('value')]).toEqual([]);
  });

  test('a line above it only where asked for', () => {
    expect(render({ title: '班期' }).classed('divided')).toEqual([]);
    expect(render({ title: '班期', divided: true }).classed('divided')).toHaveLength(1);
  });
});
