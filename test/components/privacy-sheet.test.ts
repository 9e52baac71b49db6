/** @jest-environment jsdom */
import { installWx } from '../../local/preview/harness/base-wx';
import { privacyAsked, watchPrivacy } from '../../miniprogram/phone/privacy';
import { describeComponent } from './support/simulate';

type Resolve = (answer: { event: string; buttonId?: string }) => void;

describeComponent('components/privacy-sheet/privacy-sheet', render => {
  const openPrivacyContract = jest.fn();
  let needPrivacy: (resolve: Resolve) => void = () => undefined;

  beforeEach(() => {
    openPrivacyContract.mockReset();
    installWx({
      openPrivacyContract,
      onNeedPrivacyAuthorization: (listener: typeof needPrivacy) => {
        needPrivacy = listener;
      },
    });
    watchPrivacy();
    privacyAsked.set(false);
  });

  const ask = (...resolves: Resolve[]) => {
    const sheet = render();
    for (const resolve of resolves) needPrivacy(resolve);
    return sheet;
  };

  test('nothing needs consent: nothing on the screen', () => {
    expect(render().text).toBe('');
  });

  test('asked: says what for, tells WeChat that it is shown, and waits', () => {
    const resolve = jest.fn();

    const sheet = ask(resolve);

    expect(sheet.text).toContain('用户隐私保护指引');
    expect(resolve.mock.calls).toEqual([[{ event: 'exposureAuthorization' }]]);
  });

  test('the guide can be read first', async () => {
    await ask(jest.fn()).labelled('查看用户隐私保护指引').tap();

    expect(openPrivacyContract).toHaveBeenCalledTimes(1);
    expect(privacyAsked.value).toBe(true);
  });

  test('agreeing names the tapped button, to all that wait', async () => {
    const [one, other] = [jest.fn(), jest.fn()];
    const sheet = ask(one, other);
    const [button] = sheet.tagged('button').filter(({ text }) => text === '同意');

    await button?.emit('agreeprivacyauthorization', {});

    expect(button?.attributes).toMatchObject({ openType: 'agreePrivacyAuthorization' });
    for (const resolve of [one, other])
      expect(resolve).toHaveBeenLastCalledWith({ event: 'agree', buttonId: 'agree-to-privacy' });
    expect(privacyAsked.value).toBe(false);
  });

  test.each(['不同意', '关闭'])('%s: what was called fails', async name => {
    const resolve = jest.fn();

    await ask(resolve).labelled(name).tap();

    expect(resolve).toHaveBeenLastCalledWith({ event: 'disagree' });
    expect(privacyAsked.value).toBe(false);
  });
});
