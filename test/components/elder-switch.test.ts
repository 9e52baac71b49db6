/** @jest-environment jsdom */
import { installWx } from '../../local/preview/harness/base-wx';
import { display } from '../../miniprogram/phone/display';
import { toDisplayView } from '../../miniprogram/view/display';
import { describeComponent } from './support/simulate';

const NAME = '长辈版，大字';

describeComponent('components/elder-switch/elder-switch', render => {
  const setStorageSync = jest.fn((_key: string, _value: unknown) => undefined);

  beforeEach(() => {
    setStorageSync.mockClear();
    installWx({ setStorageSync });
    display.set(toDisplayView(false));
  });

  test('off: offers elder mode', () => {
    const toggle = render();

    expect(toggle.text).toContain('长辈版');
    expect(toggle.labelled(NAME).attributes).toMatchObject({ ariaRole: 'switch', ariaChecked: false });
  });

  test('a tap turns it on for the whole app and keeps it', async () => {
    const toggle = render();

    await toggle.labelled(NAME).tap();

    expect(display.value.elder).toBe(true);
    expect(setStorageSync.mock.calls).toEqual([['elder-mode', true]]);
    expect(toggle.text).toContain('回到标准版');
    expect(toggle.labelled(NAME).attributes).toMatchObject({ ariaChecked: true });
  });

  test('another tap turns it off', async () => {
    const toggle = render();

    await toggle.labelled(NAME).tap();
    await toggle.labelled(NAME).tap();

    expect(display.value.elder).toBe(false);
    expect(setStorageSync).toHaveBeenLastCalledWith('elder-mode', false);
    expect(toggle.text).not.toContain('回到标准版');
  });

  test('follows what another page has set', () => {
    const toggle = render();

    display.set(toDisplayView(true));

    expect(toggle.text).toContain('回到标准版');
  });

  test('no longer follows once it is gone', () => {
    const toggle = render();

    toggle.detach();
    display.set(toDisplayView(true));

    expect(toggle.text).not.toContain('回到标准版');
  });
});
