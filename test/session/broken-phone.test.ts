import { answer, installFakeWx } from '../services/fake-wx';

interface AppOptions {
  onLaunch(): void;
  onShow(options: unknown): void;
}

/** The app as WeChat starts it, on a phone with these members of wx. */
async function startApp(members: Record<string, unknown>): Promise<AppOptions> {
  jest.resetModules();
  const fake = installFakeWx(members);
  fake.answers = [answer({})];
  let options: AppOptions | undefined;
  Object.assign(globalThis, { App: (given: AppOptions) => (options = given) });
  await import('../../miniprogram/app');
  if (!options) throw new Error('the app did not start');
  return options;
}

const throwing = (): never => {
  throw new Error('fail');
};

const MEMBERS = [
  'getStorageSync',
  'setStorageSync',
  'removeStorageSync',
  'getAppBaseInfo',
  'getUpdateManager',
  'onNeedPrivacyAuthorization',
  'cloud',
];

describe.each([
  ['missing', undefined],
  ['throwing', throwing],
])('with every member of wx %s', (_, member) => {
  test.each([
    ['nothing', {}],
    ['a broken scene', { query: { scene: '%' } }],
    ['no query', { query: null }],
    ['a return without facts', { query: {}, referrerInfo: null }],
  ])('the app starts and comes to the front, opened with %s', async (_opened, options) => {
    const app = await startApp(Object.fromEntries(MEMBERS.map(name => [name, member])));

    expect(() => app.onLaunch()).not.toThrow();
    expect(() => app.onShow(options)).not.toThrow();
  });
});

test('what the screen, sound and vibration refuse stops nothing', async () => {
  jest.resetModules();
  installFakeWx(
    Object.fromEntries(
      [
        'createInnerAudioContext',
        'vibrateShort',
        'vibrateLong',
        'setKeepScreenOn',
        'getScreenBrightness',
      ].map(name => [name, throwing]),
    ),
  );
  const { giveSignal } = await import('../../miniprogram/institution/signals');
  const { brightenScreen, restoreScreen } = await import('../../miniprogram/phone/screen');

  expect(() => giveSignal('accepted')).not.toThrow();
  expect(() => giveSignal('refused')).not.toThrow();
  await expect(brightenScreen()).resolves.toBeUndefined();
  await expect(restoreScreen()).resolves.toBeUndefined();
});
