/** @jest-environment jsdom */
import { describeComponent } from './support/simulate';

describeComponent('components/big-button/big-button', render => {
  test('says what it does, and is pressed once a tap', async () => {
    const button = render({ text: '提交' });
    const presses = button.listen('press');

    await button.labelled('提交').tap();

    expect(button.text).toBe('提交');
    expect(presses).toHaveLength(1);
  });

  test('a tap is the button’s own: whatever lies around it hears none', async () => {
    const button = render({ text: '提交' });
    const taps = button.listen('tap');

    await button.labelled('提交').tap();

    expect(taps).toEqual([]);
  });

  test('busy: it says that it works, in place of text and icon, and takes no tap', async () => {
    const button = render({ text: '提交', icon: '/assets/icons/scan-white.svg' });
    const presses = button.listen('press');

    button.set({ busy: true });
    await button.labelled('请稍候…').tap();

    expect(button.text).toBe('请稍候…');
    expect(button.classed('icon')).toEqual([]);
    expect(button.labelled('请稍候…').attributes).toMatchObject({ disabled: true, ariaDisabled: true });
    expect(presses).toEqual([]);
  });

  test('busy with words of its own', () => {
    expect(render({ text: '登录', busy: true, busyText: '正在登录…' }).text).toBe('正在登录…');
  });

  test('no longer busy, it can be pressed again', async () => {
    const button = render({ text: '提交', busy: true });
    const presses = button.listen('press');

    button.set({ busy: false });
    await button.labelled('提交').tap();

    expect(presses).toHaveLength(1);
  });

  test('disabled: the same words, no press', async () => {
    const button = render({ text: '提交', disabled: true });
    const presses = button.listen('press');

    await button.labelled('提交').tap();

    expect(button.labelled('提交').attributes).toMatchObject({ disabled: true, ariaDisabled: true });
    expect(presses).toEqual([]);
  });

  test.each(['main', 'outline', 'danger', 'plain'])('kind %s has a look of its own', kind => {
    expect(render({ text: '提交', kind }).classed(kind)).toHaveLength(1);
  });

  test('an icon is a picture that a screen reader passes over', () => {
    const [icon] = render({ text: '扫码', icon: '/assets/icons/scan-white.svg' }).classed('icon');

    expect(icon?.attributes).toMatchObject({ src: '/assets/icons/scan-white.svg', ariaHidden: true });
  });
});
