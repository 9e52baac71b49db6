import { parseEsscGatewayConfig } from '../../cloudfunctions/shared/gateways/essc-gateway';
import { esscGatewayConfigFor, simulatorKeys } from '../../local/upstream/essc-gateway-simulator';

const keys = simulatorKeys();
type Json = Record<string, unknown>;

/** A good configuration with top-level entries replaced; undefined removes one. */
const configWith = (change: Json): string => {
  const good = JSON.parse(esscGatewayConfigFor('https://essc.example/gateway', keys)) as Json;
  return JSON.stringify({ ...good, ...change });
};

function messageOf(json: string): string {
  try {
    parseEsscGatewayConfig(json);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
}

const secretKeys = {
  encryptionKeyHex: keys.encryptionKeyHex,
  envelopeMacKeyHex: keys.envelopeMacKeyHex,
  signatureKeyHex: keys.signatureKeyHex,
};

describe('a good configuration', () => {
  test('is read, with defaults where a value may be left out', () => {
    const config = parseEsscGatewayConfig(configWith({ repeatable: undefined, headers: undefined }));

    expect(config.attemptTimeoutMs).toBe(4000);
    expect(config.repeatable).toEqual({ msgCodes: [], httpStatuses: [] });
    expect(config.headers.apiName).toBe('_api_name');
    expect(config.replyFields.idNumber).toBe('aac002');
  });

  test('may name a gateway on this machine without https', () => {
    expect(messageOf(configWith({ url: 'http://127.0.0.1:4010/gateway' }))).toBe('accepted');
  });

  test('may have no start call, and then needs no ticket', () => {
    const json = configWith({
      apis: { exchangeAuthCode: 'auth_encrypt' },
      launch: { appId: 'wx1', path: 'p', channelNumberKey: 'channelNo' },
    });

    expect(messageOf(json)).toBe('accepted');
  });
});

describe('a wrong configuration', () => {
  test.each<[string, Json, string]>([
    ['missing address', { url: undefined }, 'url: missing'],
    ['plain http elsewhere', { url: 'http://essc.example/gateway' }, 'url: must be an https address'],
    ['a password in the address', { url: 'https://u:p@essc.example/' }, 'url: must be an https address'],
    ['no address at all', { url: 'essc' }, 'url: must be an https address'],
    ['an unknown key', { adress: 'x' }, 'adress: unknown key'],
    ['keys that are no object', { keys: 'x' }, 'keys: must be an object'],
    [
      'a missing field name',
      { requestFields: { channelNumber: 'a', accessNumber: 'b' } },
      'requestFields.authCode',
    ],
    ['a short channel number', { channelNumber: '123' }, 'channelNumber: must be ten digits'],
    ['no valid card state', { validCardStates: [] }, 'validCardStates: must not be empty'],
    ['a time-out too long', { attemptTimeoutMs: 4001 }, 'attemptTimeoutMs: must be at most 4000'],
    [
      'a status that is none',
      { repeatable: { httpStatuses: [200] } },
      'repeatable.httpStatuses.0: must be 400',
    ],
    [
      'a start call without a place for its ticket',
      { launch: { appId: 'wx1', path: 'p', channelNumberKey: 'channelNo' } },
      'launch.launchTicketKey: needed with apis.startSignIn',
    ],
  ])('with %s says which key is wrong', (_, change, expected) => {
    expect(messageOf(configWith(change))).toContain(expected);
  });

  test('names every wrong key at once', () => {
    const message = messageOf(configWith({ channelNumber: 1, accessKey: '' }));

    expect(message).toContain('channelNumber: must be ten digits');
    expect(message).toContain('accessKey: must be a non-empty text');
  });

  test('that uses one key twice is refused', () => {
    const twice = { ...secretKeys, signatureKeyHex: secretKeys.envelopeMacKeyHex };

    expect(messageOf(configWith({ keys: twice }))).toContain('keys: must be three different keys');
  });

  test('never shows a key, not even a wrong one or that of a broken text', () => {
    const secret = 'f00dfeedf00dfeed';
    const broken = configWith({}).replace('"keys"', 'keys');

    const messages = [
      messageOf(configWith({ keys: { ...secretKeys, encryptionKeyHex: secret } })),
      messageOf(configWith({ keys: { ...secretKeys, signatureKeyHex: secret } })),
      messageOf(configWith({ keys: secret })),
      messageOf(broken),
    ];

    expect(messages[0]).toContain('keys.encryptionKeyHex: must be 16 bytes as 32 hex digits');
    expect(messages[3]).toBe('e-SSC gateway configuration: not valid JSON');
    for (const message of messages) {
      for (const value of [secret, ...Object.values(secretKeys)]) expect(message).not.toContain(value);
    }
  });
});
