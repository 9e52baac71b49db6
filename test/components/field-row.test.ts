/** @jest-environment jsdom */
import { describeComponent } from './support/simulate';
import type { RenderedComponent, RenderedNode } from './support/rendered-component';

const CHOICES = [
  { id: 'face_value', text: '面值券' },
  { id: 'credit', text: '抵用券' },
];

function pickerOf(row: RenderedComponent): RenderedNode {
  const [picker, ...others] = row.tagged('picker');
  if (!picker || others.length > 0) throw new Error('there is not one picker');
  return picker;
}

describeComponent('components/field-row/field-row', render => {
  test.each(['text', 'number', 'digit', 'idcard'])('kind %s: a line to type in, with its keyboard', kind => {
    const row = render({ label: '姓名', kind, value: '张', placeholder: '请输入', lengthMax: 30 });

    expect(row.labelled('姓名').attributes).toMatchObject({
      type: kind,
      value: '张',
      placeholder: '请输入',
      maxlength: 30,
      disabled: false,
    });
  });

  test.each(['text', 'area'])('typing into kind %s emits its name and what is typed', async kind => {
    const row = render({ name: 'place', label: '地点', kind });
    const changes = row.listen('change');

    await row.labelled('地点').emit('input', { value: '历下区' });

    expect(changes).toEqual([{ name: 'place', value: '历下区' }]);
  });

  test('area: Enter and pasted breaks become blanks, for it is one line', async () => {
    const row = render({ name: 'place', label: '地点', kind: 'area' });
    const changes = row.listen('change');

    await row.labelled('地点').emit('input', { value: '历下区\r\n1号\n三楼\u2028东' });

    expect(changes).toEqual([{ name: 'place', value: '历下区 1号 三楼 东' }]);
  });

  test('lines: several lines stay', async () => {
    const row = render({ name: 'codes', label: '券码', kind: 'lines' });
    const changes = row.listen('change');

    await row.labelled('券码').emit('input', { value: '1\n2' });

    expect(row.classed('area')).toHaveLength(1);
    expect(changes).toEqual([{ name: 'codes', value: '1\n2' }]);
  });

  test('area: shown in several lines, as long as is allowed', () => {
    const row = render({ label: '原因', kind: 'area', value: '不清楚', lengthMax: 200 });

    expect(row.classed('area')).toHaveLength(1);
    expect(row.labelled('原因').attributes).toMatchObject({
      value: '不清楚',
      maxlength: 200,
      autoHeight: true,
    });
  });

  test('choice: nothing chosen yet', () => {
    const row = render({ label: '模式', kind: 'choice', choices: CHOICES });

    expect(row.labels).toEqual(['模式，未选择']);
    expect(row.text).toBe('模式请选择');
  });

  test('choice: shows the words of the chosen id, and opens the list there', () => {
    const row = render({ label: '模式', kind: 'choice', choices: CHOICES, value: 'credit' });

    expect(row.labels).toEqual(['模式，抵用券']);
    expect(row.text).toBe('模式抵用券');
    expect(pickerOf(row).attributes).toMatchObject({ mode: 'selector', value: 1, rangeKey: 'text' });
  });

  test('choice: choices that come later than the value', () => {
    const row = render({ label: '模式', kind: 'choice', value: 'credit' });

    row.set({ choices: CHOICES });

    expect(row.text).toBe('模式抵用券');
  });

  test.each([1, '1'])('choice: the list’s line %p is emitted as its id', async line => {
    const row = render({ name: 'mode', label: '模式', kind: 'choice', choices: CHOICES });
    const changes = row.listen('change');

    await pickerOf(row).emit('change', { value: line });

    expect(changes).toEqual([{ name: 'mode', value: 'credit' }]);
  });

  test('choice: a line that the list no longer has is no choice', async () => {
    const row = render({ name: 'mode', kind: 'choice', choices: CHOICES });
    const changes = row.listen('change');

    await pickerOf(row).emit('change', { value: 7 });

    expect(changes).toEqual([]);
  });

  test('day: none before the first allowed one', async () => {
    const row = render({ name: 'startsOn', label: '开课日期', kind: 'day', dayFrom: '2026-11-24' });
    const changes = row.listen('change');

    expect(row.text).toBe('开课日期请选择日期');
    expect(pickerOf(row).attributes).toMatchObject({ mode: 'date', start: '2026-11-24' });
    await pickerOf(row).emit('change', { value: '2026-12-01' });

    expect(changes).toEqual([{ name: 'startsOn', value: '2026-12-01' }]);
  });

  test('day: the chosen one', () => {
    const row = render({ label: '开课日期', kind: 'day', value: '2026-12-01' });

    expect(row.text).toBe('开课日期2026-12-01');
    expect(row.labels).toEqual(['开课日期，2026-12-01']);
  });

  test('a placeholder replaces the usual words', () => {
    expect(render({ label: '城市', kind: 'choice', placeholder: '请选择城市' }).text).toBe('城市请选择城市');
    expect(render({ label: '日期', kind: 'day', placeholder: '哪一天' }).text).toBe('日期哪一天');
  });

  test.each(['text', 'area'])('disabled: kind %s takes nothing in', kind => {
    expect(render({ label: '姓名', kind, disabled: true }).labelled('姓名').attributes['disabled']).toBe(
      true,
    );
  });

  test.each(['choice', 'day'])('disabled: kind %s opens nothing', kind => {
    expect(pickerOf(render({ label: '日期', kind, disabled: true })).attributes['disabled']).toBe(true);
  });

  test('a hint, until something is wrong: then the error in its place, read out', () => {
    const row = render({ label: '金额', hint: '单位：元' });
    expect(row.text).toBe('金额单位：元');

    row.set({ error: '金额不对' });

    expect(row.text).toBe('金额金额不对');
    expect(row.classed('wrong')).toHaveLength(1);
    expect(row.classed('error')[0]?.attributes['ariaRole']).toBe('alert');
  });

  test('put right: the hint is back', () => {
    const row = render({ label: '金额', hint: '单位：元', error: '金额不对' });

    row.set({ error: '' });

    expect(row.text).toBe('金额单位：元');
    expect(row.classed('wrong')).toEqual([]);
  });

  test('says what may be left out', () => {
    expect(render({ label: '备注', optional: true }).text).toBe('备注（可不填）');
  });
});
