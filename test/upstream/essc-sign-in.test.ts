import { setUp, ZHANG_SAN } from './essc-setup';
import type { Setup } from './essc-setup';

const MINUTE_MS = 60_000;
let setup: Setup;

beforeEach(async () => {
  setup = await setUp();
});
afterEach(() => setup.simulator.close());

describe('starting a sign-in', () => {
  test('tells how to open the e-SSC mini-program, with a ticket of the gateway', async () => {
    const started = await setup.gatewayWith().startSignIn({});

    expect(started).toEqual({
      ok: true,
      data: {
        esscAppId: 'wx-essc-simulator',
        esscPath: 'pages/authorise/authorise',
        extraData: { channelNo: '3701000001', signTicket: expect.stringMatching(/^[0-9a-f]{24}$/) as string },
      },
    });
  });

  test('carries the channel that the worker came through', async () => {
    const started = await setup.gatewayWith().startSignIn({ channelNumber: '3702000009' });

    expect(started).toMatchObject({ ok: true, data: { extraData: { channelNo: '3702000009' } } });
  });

  test('calls nobody when the gateway needs no start call', async () => {
    const gateway = setup.gatewayWith({ config: { apis: { exchangeAuthCode: 'auth_encrypt' } } });

    const started = await gateway.startSignIn({});

    expect(started).toMatchObject({ ok: true, data: { extraData: { channelNo: '3701000001' } } });
    expect(setup.simulator.callCount()).toBe(0);
  });
});

describe('exchanging an auth code', () => {
  test('gives the person whose identity the e-SSC has checked', async () => {
    const authCode = setup.simulator.authorise(ZHANG_SAN.idNumber);

    const person = await setup.gatewayWith().exchangeAuthCode(authCode);

    expect(person).toEqual({ ok: true, data: { ...ZHANG_SAN, cardValid: true } });
    expect(setup.failures).toEqual([]);
  });

  test('leaves out what the gateway does not say, and a region outside the province', async () => {
    setup.simulator.addPerson({ name: '李四', idNumber: ZHANG_SAN.idNumber, cityCode: '3712' as '3701' });

    const authCode = setup.simulator.authorise(ZHANG_SAN.idNumber);

    expect(await setup.gatewayWith().exchangeAuthCode(authCode)).toEqual({
      ok: true,
      data: { name: '李四', idNumber: ZHANG_SAN.idNumber, cardValid: true },
    });
  });

  test('says when the card is not valid', async () => {
    setup.simulator.addPerson({ ...ZHANG_SAN, cardValid: false });

    const authCode = setup.simulator.authorise(ZHANG_SAN.idNumber);

    expect(await setup.gatewayWith().exchangeAuthCode(authCode)).toMatchObject({
      data: { cardValid: false },
    });
  });

  test('works once: a replayed code is refused', async () => {
    const gateway = setup.gatewayWith();
    const authCode = setup.simulator.authorise(ZHANG_SAN.idNumber);
    await gateway.exchangeAuthCode(authCode);

    const replayed = await gateway.exchangeAuthCode(authCode);

    expect(replayed).toEqual({ ok: false, error: { code: 'sign_in_failed' } });
  });

  test('one of many at the same time gets the person', async () => {
    const gateway = setup.gatewayWith({ config: { attemptTimeoutMs: 4000 } });
    const authCode = setup.simulator.authorise(ZHANG_SAN.idNumber);

    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.exchangeAuthCode(authCode)));

    expect(answers.filter(answer => answer.ok)).toHaveLength(1);
  });

  test('is refused five minutes after the consent, not a moment earlier', async () => {
    const gateway = setup.gatewayWith();
    const [inTime, tooLate] = [1, 2].map(() => setup.simulator.authorise(ZHANG_SAN.idNumber)) as [
      string,
      string,
    ];

    setup.clock.nowMs += 5 * MINUTE_MS - 1;
    const first = await gateway.exchangeAuthCode(inTime);
    setup.clock.nowMs += 1;
    const second = await gateway.exchangeAuthCode(tooLate);

    expect(first.ok).toBe(true);
    expect(second).toEqual({ ok: false, error: { code: 'sign_in_failed' } });
  });

  test.each(['', 'nobody-made-this', 'x'.repeat(600)])('of an unknown code is refused', async authCode => {
    const answer = await setup.gatewayWith().exchangeAuthCode(authCode);

    expect(answer).toEqual({ ok: false, error: { code: 'sign_in_failed' } });
  });
});

describe('an answer that the configuration does not fit', () => {
  test.each([
    ['a wrong field name', { idNumber: 'aac999' }],
    ['a wrong card state field', { cardState: 'aaz999' }],
    ['an ID number that is none', { idNumber: 'aac003' }],
  ])('%s is an outage, reported, never half a person', async (_, change) => {
    const replyFields = {
      idNumber: 'aac002',
      name: 'aac003',
      cardState: 'aaz502',
      launchTicket: 'signTicket',
    };
    const gateway = setup.gatewayWith({ config: { replyFields: { ...replyFields, ...change } } });

    const answer = await gateway.exchangeAuthCode(setup.simulator.authorise(ZHANG_SAN.idNumber));

    expect(answer).toEqual({ ok: false, error: { code: 'gateway_unavailable' } });
    expect(setup.failures).toMatchObject([{ cause: 'answer_unusable', msgCode: '000000' }]);
  });

  test('a msgCode that nobody configured is an outage, reported by its number', async () => {
    const gateway = setup.gatewayWith({ config: { refusedMsgCodes: [] } });

    const answer = await gateway.exchangeAuthCode('nobody-made-this');

    expect(answer).toEqual({ ok: false, error: { code: 'gateway_unavailable' } });
    expect(setup.failures).toMatchObject([{ cause: 'answer_unusable', msgCode: '110001' }]);
  });
});
