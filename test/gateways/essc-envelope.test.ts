import { createCipheriv, createHash } from 'node:crypto';

import {
  isSameSignature,
  openEnvelope,
  sealEnvelope,
  signCall,
} from '../../cloudfunctions/shared/gateways/essc-envelope';
import type { EnvelopeContext, SignedParts } from '../../cloudfunctions/shared/gateways/essc-envelope';

const keys = { encryptionKeyHex: '01'.repeat(16), envelopeMacKeyHex: '02'.repeat(32) };
const context: EnvelopeContext = { direction: 'reply', apiName: 'auth_encrypt', nonce: 'aa' };
const ivHex = '03'.repeat(16);
const seal = (plaintext: string): string => sealEnvelope(plaintext, { keys, context, ivHex });

describe('the algorithms of this Node', () => {
  test('SM3 gives the sample of GB/T 32905', () => {
    expect(createHash('sm3').update('abc').digest('hex')).toBe(
      '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0',
    );
  });

  test('SM4 gives the sample of GB/T 32907', () => {
    const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
    const cipher = createCipheriv('sm4-ecb', block, null).setAutoPadding(false);

    expect(cipher.update(block).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });
});

describe('an envelope', () => {
  test.each(['', '{}', '{"aac003":"张三"}', 'x'.repeat(5000)])('gives back what was sealed', plaintext => {
    expect(openEnvelope(seal(plaintext), { keys, context })).toBe(plaintext);
  });

  test('does not show what is in it and differs with each start value', () => {
    const other = sealEnvelope('secret', { keys, context, ivHex: '04'.repeat(16) });

    expect(Buffer.from(seal('secret'), 'base64').includes('secret')).toBe(false);
    expect(other).not.toBe(seal('secret'));
  });

  test('does not open when any single byte was changed', () => {
    const bytes = Buffer.from(seal('{"a":1}'), 'base64');

    const opened = [...bytes.keys()].map(index => {
      const forged = Buffer.from(bytes);
      forged[index] = (forged[index] ?? 0) ^ 1;
      return openEnvelope(forged.toString('base64'), { keys, context });
    });

    expect(opened.every(plaintext => plaintext === undefined)).toBe(true);
  });

  test.each<Partial<EnvelopeContext>>([{ direction: 'request' }, { apiName: 'sign_info' }, { nonce: 'bb' }])(
    'does not open for another call: %p',
    change => {
      expect(openEnvelope(seal('{}'), { keys, context: { ...context, ...change } })).toBeUndefined();
    },
  );

  test('does not open under another MAC key', () => {
    const otherKeys = { ...keys, envelopeMacKeyHex: '05'.repeat(32) };

    expect(openEnvelope(seal('{}'), { keys: otherKeys, context })).toBeUndefined();
  });

  test.each(['', 'AAAA', 'no base64 ☃', 'A'.repeat(88)])(
    'that is none is refused, not thrown at: %p',
    text => {
      expect(openEnvelope(text, { keys, context })).toBeUndefined();
    },
  );
});

describe('a signature', () => {
  const parts: SignedParts = {
    path: '/gateway',
    accessKey: 'key',
    apiName: 'auth_encrypt',
    apiVersion: '1.0.0',
    timestamp: '1',
    nonce: 'aa',
    body: '{}',
  };

  test.each(Object.keys(parts) as (keyof SignedParts)[])('covers the %s', part => {
    const changed = signCall({ ...parts, [part]: `${parts[part]}x` }, '06'.repeat(32));

    expect(isSameSignature(changed, signCall(parts, '06'.repeat(32)))).toBe(false);
  });

  test('compares whole texts, shorter ones too', () => {
    expect(isSameSignature('ab', 'ab')).toBe(true);
    expect(isSameSignature('a', 'ab')).toBe(false);
    expect(isSameSignature('', 'ab')).toBe(false);
  });
});
