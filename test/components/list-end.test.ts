/** @jest-environment jsdom */
import { describeComponent } from './support/simulate';

describeComponent('components/list-end/list-end', render => {
  test('more to come: a way to it, once while it is on its way', async () => {
    const end = render({ hasMore: true });
    const asked = end.listen('more');

    await end.labelled('查看更多').tap();
    end.set({ loading: true });
    await end.labelled('正在加载…').tap();

    expect(asked).toHaveLength(1);
  });

  test('full: what follows takes the place, and the way back is told', async () => {
    const end = render({ hasMore: true, full: true });
    const asked = end.listen('more');

    await end.labelled('看后面的').tap();

    expect(asked).toHaveLength(1);
    expect(end.text).toContain('下拉可以回到开头');
  });

  test('nothing there: says what there is none of', () => {
    expect(render({ none: '没有这一类的券' }).text).toBe('没有这一类的券');
  });

  test('the end of a list that has something: nothing', () => {
    expect(render({}).text).toBe('');
  });
});
