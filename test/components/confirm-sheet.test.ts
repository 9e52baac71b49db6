/** @jest-environment jsdom */
import { toFailureView } from '../../miniprogram/view/failure';
import { describeComponent } from './support/simulate';

describeComponent('components/confirm-sheet/confirm-sheet', render => {
  const open = (properties: Record<string, unknown> = {}) =>
    render({ visible: true, title: '作废这张券？', ...properties });

  test('closed: nothing on the screen', () => {
    expect(render({ title: '作废这张券？' }).text).toBe('');
  });

  test('open: the question, what it is about, and both ways out', () => {
    const sheet = open({ text: '作废后不能恢复。', facts: [{ label: '券码', value: '3701' }] });

    expect(sheet.text).toBe('作废这张券？作废后不能恢复。券码3701确定再想想');
    expect(sheet.labels).toEqual(['作废这张券？', '券码：3701', '确定', '再想想', '关闭']);
    expect(sheet.labelled('作废这张券？').attributes).toMatchObject({ ariaRole: 'dialog', ariaModal: true });
  });

  test('confirmed without a reason where none is asked for', async () => {
    const sheet = open({ confirmText: '作废', kind: 'danger' });
    const confirmed = sheet.listen('confirm');

    await sheet.labelled('作废').tap();

    expect(confirmed).toEqual([{ reason: '' }]);
    expect(sheet.classed('danger')).toHaveLength(1);
  });

  test.each(['', '   '])('a reason that is asked for cannot be left out (%j)', async reason => {
    const sheet = open({ reasonLabel: '作废原因' });
    const confirmed = sheet.listen('confirm');

    await sheet.labelled('作废原因').emit('input', { value: reason });
    await sheet.labelled('确定').tap();

    expect(confirmed).toEqual([]);
    expect(sheet.text).toContain('请填写作废原因');
  });

  test('typing takes the complaint away, and the reason goes along without the blanks around it', async () => {
    const sheet = open({ reasonLabel: '作废原因' });
    const confirmed = sheet.listen('confirm');
    await sheet.labelled('确定').tap();

    await sheet.labelled('作废原因').emit('input', { value: ' 重复发放 ' });
    expect(sheet.text).not.toContain('请填写');
    await sheet.labelled('确定').tap();

    expect(confirmed).toEqual([{ reason: '重复发放' }]);
  });

  test('thinking again cancels', async () => {
    const sheet = open();
    const [confirmed, cancelled] = [sheet.listen('confirm'), sheet.listen('cancel')];

    await sheet.labelled('再想想').tap();

    expect([confirmed.length, cancelled.length]).toEqual([0, 1]);
  });

  test('a tap beside the sheet cancels', async () => {
    const sheet = open();
    const cancelled = sheet.listen('cancel');

    await sheet.labelled('关闭').tap();

    expect(cancelled).toHaveLength(1);
  });

  test('busy: it can neither be confirmed twice nor left', async () => {
    const sheet = open({ busy: true });
    const [confirmed, cancelled] = [sheet.listen('confirm'), sheet.listen('cancel')];

    for (const name of ['请稍候…', '再想想', '关闭']) await sheet.labelled(name).tap();

    expect([confirmed.length, cancelled.length]).toEqual([0, 0]);
  });

  test('a refusal stands in the sheet; what was typed stays, and trying again sends it once more', async () => {
    const sheet = open({ reasonLabel: '作废原因' });
    const [confirmed, dismissed] = [sheet.listen('confirm'), sheet.listen('dismiss')];
    await sheet.labelled('作废原因').emit('input', { value: '重复发放' });

    sheet.set({ refusal: toFailureView({ code: 'offline' }) });
    await sheet.labelled('再试一次').tap();

    expect(sheet.labelled('作废原因').attributes['value']).toBe('重复发放');
    expect(confirmed).toEqual([{ reason: '重复发放' }]);
    expect(dismissed).toHaveLength(1);
  });

  test('a refusal that is closed is only dismissed', async () => {
    const sheet = open({ refusal: toFailureView({ code: 'offline' }) });
    const [confirmed, dismissed] = [sheet.listen('confirm'), sheet.listen('dismiss')];

    await sheet.labelled('收起提示').tap();

    expect([confirmed.length, dismissed.length]).toEqual([0, 1]);
  });

  test('opened for another thing, it has forgotten the reason and the complaint', async () => {
    const sheet = open({ reasonLabel: '作废原因' });
    await sheet.labelled('作废原因').emit('input', { value: '重复发放' });
    sheet.set({ visible: false });
    sheet.set({ visible: true });
    await sheet.labelled('确定').tap();
    expect(sheet.text).toContain('请填写作废原因');

    sheet.set({ visible: false });
    sheet.set({ visible: true });

    expect(sheet.text).not.toContain('请填写作废原因');
    expect(sheet.labelled('作废原因').attributes['value']).toBe('');
  });
});
