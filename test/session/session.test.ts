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

const listMine = async () =>
  (await import('../../miniprogram/services/cloud')).caller('voucher.listMine')({});

describe('a sign-in that has ended', () => {
  test.each([
    ['an administrator', account],
    ['a worker', { ...account, grants: [] }],
  ])('%s is told so, whichever call it comes with, and stays known', async (_who, known) => {
    session.enter(known);
    fake.answers = [refuse('sign_in_required')];

    const told = await listMine();

    expect(told).toEqual({ ok: false, error: { code: 'sign_in_ended' } });
    expect(session.session.value).toEqual({ state: 'ended', account: known });
    expect(fake.storage.get('account')).toEqual(known);
  });

  test('is told again by every later call, but is the same end', async () => {
    session.enter(account);
    fake.answers = [refuse('sign_in_required')];
    const states: string[] = [];
    session.session.observe(({ state }) => states.push(state));

    await listMine();
    const told = await listMine();

    expect(told).toMatchObject({ error: { code: 'sign_in_ended' } });
    expect(states).toEqual(['signed_in', 'ended']);
  });

  test('is told at the next start of the app, too', async () => {
    session.enter(account);
    await loadServices();
    session.readSession();
    fake.answers = [refuse('sign_in_required')];

    expect(await listMine()).toMatchObject({ error: { code: 'sign_in_ended' } });
  });

  test('goes on with the next sign-in', async () => {
    session.enter(account);
    fake.answers = [refuse('sign_in_required'), answer(start), answer(account)];
    await listMine();

    await signIn.openEssc();
    await signIn.receiveReturn(returned);

    expect(session.session.value).toEqual({ state: 'signed_in', account });
  });

  test('has not ended if an answer says otherwise that only somebody signed in is given', async () => {
    session.enter(account);
    fake.answers = [refuse('sign_in_required'), answer({ channels: [] }), answer({ items: [] })];
    await listMine();
    const { caller } = await import('../../miniprogram/services/cloud');

    await caller('entry.listChannels')({ cityCode: '3701' });
    expect(session.session.value.state).toBe('ended');
    await listMine();

    expect(session.session.value).toEqual({ state: 'signed_in', account });
  });

  test('goes on by itself where the person has signed in on another device', async () => {
    session.enter(account);
    fake.answers = [refuse('sign_in_required'), answer(account)];
    await listMine();

    expect(await session.knowSession()).toBeUndefined();
    expect(session.session.value.state).toBe('signed_in');
  });

  test('can be signed out of, which forgets the account', async () => {
    session.enter(account);
    fake.answers = [refuse('sign_in_required')];
    await listMine();

    expect((await session.endSession()).ok).toBe(true);
    expect(session.session.value).toEqual({ state: 'signed_out' });
    expect(fake.storage.has('account')).toBe(false);
  });

  test('is nothing that somebody hears who never signed in here', async () => {
    fake.answers = [refuse('sign_in_required')];

    expect(await listMine()).toMatchObject({ error: { code: 'sign_in_required' } });
    expect(session.session.value).toEqual({ state: 'signed_out' });
    expect(await session.knowSession()).toEqual({ code: 'sign_in_required' });
  });
});

test('a role taken away changes the roles at once', async () => {
  session.enter(account);
  const worker = { ...account, grants: [] };
  fake.answers = [refuse('role_not_allowed'), answer(worker)];
  const { caller } = await import('../../miniprogram/services/cloud');

  const told = await caller('verification.countToday')({ institutionId: 'institution-1' });
  await new Promise(resolve => setImmediate(resolve));

  expect(told).toMatchObject({ error: { code: 'role_not_allowed' } });
  expect(session.session.value.state).toBe('signed_in');
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
