/** @jest-environment jsdom */
import { installWx } from '../../local/preview/harness/base-wx';
import { CONSENT_VERSION } from '../../miniprogram/contract/accounts';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { askToSignIn, signInState } from '../../miniprogram/session/sign-in';
import { failureText } from '../../miniprogram/view/failure';
import { describeComponent } from './support/simulate';

const START = { esscAppId: 'wx-essc', esscPath: 'pages/auth', extraData: { ticket: 't' } };

describeComponent('components/sign-in-sheet/sign-in-sheet', render => {
  const navigateTo = jest.fn((_target: { url: string }) => Promise.resolve());
  const navigateToMiniProgram = jest.fn((_target: object) => Promise.resolve());
  let started: Promise<Result<typeof START>>;

  beforeEach(() => {
    jest.clearAllMocks();
    started = Promise.resolve(ok(START));
    installWx({
      navigateTo,
      navigateToMiniProgram,
      getStorageSync: () => '',
      setStorageSync: () => undefined,
      removeStorageSync: () => undefined,
      cloud: { callFunction: async () => ({ result: await started }) },
    });
    signInState.set({ step: 'idle' });
  });

  const ask = () => {
    const sheet = render();
    askToSignIn();
    return sheet;
  };

  test('nobody asks: nothing on the screen', () => {
    expect(render().text).toBe('');
  });

  test('asked: what is taken and why, with the version that is agreed to', () => {
    const sheet = ask();

    expect(sheet.text).toContain(`隐私保护指引 · ${CONSENT_VERSION} 版`);
    expect(sheet.classed('item').map(({ text }) => text)).toEqual([
      expect.stringContaining('身份证号'),
      expect.stringContaining('社保卡状态'),
      expect.stringContaining('手机号'),
    ]);
    expect(navigateToMiniProgram).not.toHaveBeenCalled();
  });

  test('the whole text can be read first', async () => {
    await ask().labelled('查看隐私保护指引全文').tap();

    expect(navigateTo).toHaveBeenCalledWith({ url: '/worker/privacy/privacy' });
  });

  test('agreeing opens the e-SSC', async () => {
    await ask().labelled('同意并登录').tap();

    expect(navigateToMiniProgram).toHaveBeenCalledWith({
      appId: 'wx-essc',
      path: 'pages/auth',
      extraData: { ticket: 't' },
    });
    expect(signInState.value.step).toBe('away');
  });

  test('while it opens there is nothing else to do', async () => {
    const sheet = ask();
    started = new Promise(() => undefined);

    await sheet.labelled('同意并登录').tap();
    for (const name of ['不同意', '关闭']) await sheet.labelled(name).tap();

    expect(sheet.labels).toContain('正在打开电子社保卡…');
    expect(signInState.value.step).toBe('opening');
  });

  test('while the e-SSC hands back, it says that it signs in', () => {
    const sheet = ask();

    signInState.set({ step: 'finishing' });

    expect(sheet.labels).toContain('正在登录…');
  });

  test('a refusal is said in the sheet, and agreeing again is the way on', async () => {
    const sheet = ask();
    started = Promise.resolve(fail('sign_in_failed'));

    await sheet.labelled('同意并登录').tap();

    expect(sheet.classed('failure')[0]).toMatchObject({
      text: failureText({ code: 'sign_in_failed' }),
      attributes: { ariaRole: 'alert' },
    });
    expect(sheet.labels).toContain('同意并登录');
  });

  test('an e-SSC that does not open is said, too', async () => {
    const sheet = ask();
    navigateToMiniProgram.mockRejectedValueOnce({ errMsg: 'navigateToMiniProgram:fail cancel' });

    await sheet.labelled('同意并登录').tap();

    expect(sheet.text).toContain(failureText({ code: 'essc_not_opened' }));
  });

  test.each(['不同意', '关闭'])('%s: nothing is asked of anybody', async name => {
    const sheet = ask();

    await sheet.labelled(name).tap();

    expect(signInState.value).toEqual({ step: 'idle' });
    expect(navigateToMiniProgram).not.toHaveBeenCalled();
  });

  test('no longer follows once it is gone', () => {
    const sheet = render();

    sheet.detach();
    askToSignIn();

    expect(sheet.text).toBe('');
  });
});
