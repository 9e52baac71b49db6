import type { AccountView } from '../../miniprogram/contract/accounts';
import type * as Launch from '../../miniprogram/phone/launch';
import type * as SessionService from '../../miniprogram/session/session';
import type * as SignIn from '../../miniprogram/session/sign-in';
import { answer, installFakeWx, refuse, type FakeWx } from '../services/fake-wx';
import { branded } from '../support/branded';

let fake: FakeWx;
let session: typeof SessionService;
let signIn: typeof SignIn;
let launch: typeof Launch;

const account = branded<AccountView>({
  name: '张*三',
  grants: [{ role: 'administrator', cityCode: '3701', institutionId: 'institution-1' }],
  consentVersion: '2026-11-01',
  signedInUntilMs: 4_000_000_000_000,
});
const start = { esscAppId: 'wx-essc', esscPath: 'pages/auth', extraData: { ticket: 't' } };
const returned = { referrerInfo: { appId: 'wx-essc', extraData: { authCode: 'code-1' } } };
const navigate = jest.fn(async (_target: unknown) => ({}));

async function loadServices(): Promise<void> {
  jest.resetModules();
  session = await import('../../miniprogram/session/session');
  signIn = await import('../../miniprogram/session/sign-in');
  launch = await import('../../miniprogram/phone/launch');
}

beforeEach(async () => {
  navigate.mockReset().mockResolvedValue({});
  fake = installFakeWx({ navigateToMiniProgram: navigate });
  await loadServices();
});

test('signing in: consent, the e-SSC, the code it hands back, the account', async () => {
  fake.answers = [answer(start), answer(account)];

  signIn.askToSignIn();
  await signIn.openEssc();
  await signIn.receiveReturn(returned);

  expect(navigate).toHaveBeenCalledWith({ appId: 'wx-essc', path: 'pages/auth', extraData: { ticket: 't' } });
  expect(fake.calls[1]?.data).toMatchObject({
    operation: 'account.signIn',
    input: { authCode: 'code-1', consentVersion: '2026-11-01' },
  });
  expect(session.session.value).toEqual({ state: 'signed_in', account });
  expect(signIn.signInState.value).toEqual({ step: 'idle' });
});

test('the phone may close the app while the e-SSC is in front', async () => {
  fake.answers = [answer(start)];
  await signIn.openEssc();
  await loadServices();
  fake.answers = [answer(account)];

  await signIn.receiveReturn(returned);

  expect(session.session.value.state).toBe('signed_in');
});

test('the channel that led here goes along', async () => {
  launch.keepLaunchChannel({ channel: '3701000001' });
  fake.answers = [answer(start), answer(account)];

  await signIn.openEssc();
  await signIn.receiveReturn(returned);

  expect(fake.calls.map(({ data }) => data.input)).toEqual([
    { channelNumber: '3701000001' },
    { authCode: 'code-1', consentVersion: '2026-11-01', channelNumber: '3701000001' },
  ]);
});

test('coming back without a code offers to begin again', async () => {
  fake.answers = [answer(start)];
  await signIn.openEssc();

  await signIn.receiveReturn({ referrerInfo: { appId: 'wx-essc', extraData: {} } });

  expect(signIn.signInState.value).toEqual({ step: 'asking', failure: { code: 'essc_not_authorised' } });
});

test('a code from another mini-program is not taken', async () => {
  fake.answers = [answer(start)];
  await signIn.openEssc();

  await signIn.receiveReturn({ referrerInfo: { appId: 'wx-other', extraData: { authCode: 'stolen' } } });

  expect(fake.calls.filter(({ data }) => data.operation === 'account.signIn')).toEqual([]);
});

test('a code that nobody asked for is not taken', async () => {
  await signIn.receiveReturn(returned);

  expect(fake.calls).toEqual([]);
});

test('an e-SSC that does not open is told', async () => {
  fake.answers = [answer(start)];
  navigate.mockRejectedValue({ errMsg: 'navigateToMiniProgram:fail cancel' });

  await signIn.openEssc();

  expect(signIn.signInState.value).toEqual({ step: 'asking', failure: { code: 'essc_not_opened' } });
});

test('a refused sign-in leaves the sheet open with its reason', async () => {
  fake.answers = [answer(start), refuse('essc_card_not_valid')];
  await signIn.openEssc();

  await signIn.receiveReturn(returned);

  expect(signIn.signInState.value).toEqual({ step: 'asking', failure: { code: 'essc_card_not_valid' } });
});

test('an ended sign-in signs out, whichever call it comes with', async () => {
  session.enter(account);
  fake.answers = [refuse('sign_in_required')];
  const { caller } = await import('../../miniprogram/services/cloud');

  await caller('voucher.listMine')({});

  expect(session.session.value).toEqual({ state: 'signed_out' });
  expect(fake.storage.has('account')).toBe(false);
});

test('a role taken away changes the roles at once', async () => {
  session.enter(account);
  const worker = { ...account, grants: [] };
  fake.answers = [refuse('role_not_allowed'), answer(worker)];
  const { caller } = await import('../../miniprogram/services/cloud');

  await caller('verification.countToday')({ institutionId: 'institution-1' });
  await new Promise(resolve => setImmediate(resolve));

  expect(session.currentRoles()).toEqual(['worker']);
});

test('the last account is shown at the next start until the server has answered', async () => {
  session.enter(account);
  await loadServices();

  session.readSession();

  expect(session.session.value.account?.name).toBe('张*三');
});

test('signing out forgets the account, and only when it is done', async () => {
  session.enter(account);
  fake.answers = [refuse('operation_unknown')];
  await session.endSession();
  expect(session.session.value.state).toBe('signed_in');

  fake.answers = [answer({})];
  await session.endSession();

  expect(session.session.value).toEqual({ state: 'signed_out' });
});

test('only a channel number is kept, from a link or a poster', () => {
  launch.keepLaunchChannel({ channel: 'javascript:1' });
  expect(launch.findLaunchChannel()).toBeUndefined();

  launch.keepLaunchChannel({ scene: encodeURIComponent('channel=3702000001') });
  expect(launch.findLaunchChannel()).toBe('3702000001');

  launch.keepLaunchChannel({});
  expect(launch.findClaimChannel('3701')).toBe('3702000001');
});

describe('a phone whose storage throws', () => {
  const full = (): never => {
    throw new Error('setStorageSync:fail exceed storage max size');
  };
  const BROKEN = [
    ['when it is written', { setStorageSync: full }],
    ['when it is read', { getStorageSync: full }],
    ['always', { setStorageSync: full, getStorageSync: full, removeStorageSync: full }],
  ] as const;

  test.each(BROKEN)('%s: signing in goes on from memory', async (_, members) => {
    fake = installFakeWx({ navigateToMiniProgram: navigate, ...members });
    await loadServices();
    fake.answers = [answer(start), answer(account)];

    session.readSession();
    launch.keepLaunchChannel({ channel: '3701000001' });
    signIn.askToSignIn();
    await signIn.openEssc();
    await signIn.receiveReturn(returned);

    expect(session.session.value).toEqual({ state: 'signed_in', account });
    expect(signIn.signInState.value).toEqual({ step: 'idle' });
    expect(launch.findLaunchChannel()).toBe('3701000001');
    expect(fake.calls[1]?.data.input).toMatchObject({ channelNumber: '3701000001' });
  });

  test('when something is to be forgotten: it is forgotten all the same', async () => {
    fake = installFakeWx({ navigateToMiniProgram: navigate, removeStorageSync: full });
    await loadServices();
    fake.answers = [answer(start), answer(account), refuse('sign_in_failed')];
    await signIn.openEssc();
    await signIn.receiveReturn(returned);

    await signIn.receiveReturn(returned);

    expect(fake.calls).toHaveLength(2);
  });

  test('a write that works again is followed', async () => {
    let isFull = true;
    fake = installFakeWx({
      setStorageSync: (key: string, value: unknown) => void (isFull ? full() : fake.storage.set(key, value)),
    });
    await loadServices();
    launch.keepLaunchChannel({ channel: '3701000001' });
    isFull = false;
    launch.keepLaunchChannel({ channel: '3701000002' });

    expect(launch.findLaunchChannel()).toBe('3701000002');
    expect([...fake.storage.values()]).toEqual(['3701000002']);
  });
});

describe('what the app is opened with', () => {
  test.each([
    ['a broken % in the scene', { scene: '%' }, undefined],
    ['a broken % in the channel', { channel: '37%E4%A' }, undefined],
    ['half a character', { scene: '%E4%BD' }, undefined],
    ['no query', undefined, undefined],
    ['null', null, undefined],
    ['a number', { scene: 1011, channel: 3701000001 }, undefined],
    ['a broken scene beside a channel', { scene: '%', channel: '3701000001' }, '3701000001'],
    ['an encoded scene', { scene: 'channel%3D3701000001' }, '3701000001'],
  ])('%s stops nothing', (_, query, channel) => {
    launch.keepLaunchChannel(query as Record<string, unknown>);

    expect(launch.findLaunchChannel()).toBe(channel);
  });

  test.each([null, 7, 'text', [], { authCode: 7 }])(
    'another mini-program that hands back %p has given no code',
    async extraData => {
      fake.answers = [answer(start)];
      await signIn.openEssc();

      await signIn.receiveReturn({ referrerInfo: { appId: 'wx-essc', extraData } });
      await signIn.receiveReturn({ referrerInfo: null });

      expect(signIn.signInState.value).toMatchObject({ failure: { code: 'essc_not_authorised' } });
    },
  );
});
