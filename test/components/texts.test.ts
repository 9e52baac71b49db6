/** @jest-environment jsdom */
import { batchLines } from '../../miniprogram/view/history';
import { describeComponent } from './support/simulate';

describeComponent('components/status-tag/status-tag', render => {
  test('a state in words, which a screen reader calls a state', () => {
    const tag = render({ text: '待领取', tone: 'wait' });

    expect(tag.text).toBe('待领取');
    expect(tag.labels).toEqual(['状态：待领取']);
  });

  test.each(['act', 'wait', 'done', 'dead', 'stop'])('tone %s is its colour', tone => {
    const [tag] = render({ text: '状态', tone }).classed('tag');

    expect(tag?.attributes['class']).toBe(`tag ${tone}`);
  });
});

describeComponent('components/money-text/money-text', render => {
  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [120_050, '1,200.50'],
    [1_000_000_000_000, '10,000,000,000.00'],
  ])('%d fen are %s yuan, every fen of them', (fen, yuan) => {
    const money = render({ fen });

    expect(money.text).toBe(`${yuan}元`);
    expect(money.labels).toEqual([`${yuan}元`]);
  });

  test('follows its amount', () => {
    const money = render({ fen: 100 });

    money.set({ fen: 250 });

    expect(money.text).toBe('2.50元');
  });

  test('is large only where asked to be', () => {
    expect(render({ fen: 1 }).classed('large')).toEqual([]);
    expect(render({ fen: 1, large: true }).classed('large')).toHaveLength(1);
  });
});

describeComponent('components/fact-list/fact-list', render => {
  const facts = [
    { label: '培训班', value: '电工初级班' },
    { label: '上课地点', value: '历下区' },
  ];

  test('each label with its value, in their order', () => {
    const list = render({ facts });

    expect(list.labels).toEqual(['培训班：电工初级班', '上课地点：历下区']);
    expect(list.classed('label').map(({ text }) => text)).toEqual(['培训班', '上课地点']);
    expect(list.classed('value').map(({ text }) => text)).toEqual(['电工初级班', '历下区']);
  });

  test('a value can be selected, to be copied', () => {
    expect(render({ facts }).classed('value')[0]?.attributes['userSelect']).toBe(true);
  });

  test('other facts take the place of the first', () => {
    const list = render({ facts });

    list.set({ facts: [{ label: '券码', value: '1234' }] });

    expect(list.labels).toEqual(['券码：1234']);
  });
});

describeComponent('components/step-line/step-line', render => {
  const lines = batchLines({
    history: [
      { command: 'submit', to: 'submitted', by: 'administrator', atMs: Date.UTC(2026, 10, 2, 1, 30) },
      {
        command: 'return',
        to: 'returned',
        by: 'reviewer',
        atMs: Date.UTC(2026, 10, 3, 2),
        reason: '发票不清楚',
      },
    ],
  });

  test('the newest step comes first, and it alone is marked as the present one', () => {
    const history = render({ lines });

    expect(history.classed('strong').map(({ text }) => text)).toEqual(['退回', '提交']);
    expect(history.classed('dot').map(({ attributes }) => attributes['class'])).toEqual(['dot now', 'dot ']);
  });

  test('says when and who, and a reason where there is one', () => {
    const [returned, submitted] = render({ lines }).classed('words');

    expect(returned?.text).toBe('退回2026年11月3日 10:00 · 市级审核人员原因：发票不清楚');
    expect(submitted?.text).toBe('提交2026年11月2日 09:30 · 培训机构管理员');
  });
});
