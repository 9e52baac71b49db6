import { makeVoucherCode } from '../../../cloudfunctions/shared/domain/voucher-code';
import { completeUscc } from '../../../cloudfunctions/shared/domain/uscc';
import {
  parseCode,
  readChannelNumber,
  readIdNumber,
  readLine,
  readUscc,
} from '../../../miniprogram/city/view/identifiers';

test('the example of GB 11643 is an ID number, also with a small x, and a slip is noticed', () => {
  expect(readIdNumber('11010519491231002X')).toEqual({ ok: true, value: '11010519491231002X' });
  expect(readIdNumber(' 110105 19491231 002x ')).toEqual({ ok: true, value: '11010519491231002X' });
  expect(readIdNumber('110105194912310021').ok).toBe(false);
  expect(readIdNumber('1101051949123100').ok).toBe(false);
});

test('USCC by GB 32100-2015: the valid example passes, its twin with a letter that the alphabet lacks fails', () => {
  expect(readUscc('91350100M000100Y43')).toEqual({ ok: true, value: '91350100M000100Y43' });
  expect(readUscc('91350100m000100y43')).toEqual({ ok: true, value: '91350100M000100Y43' });
  expect(readUscc('91350100M000100Y4Z').ok).toBe(false);
  expect(readUscc('91350100M000100Y44').ok).toBe(false);
  expect(readUscc('9135')).toEqual({ ok: false, error: '统一社会信用代码应为 18 位，现在是 4 位' });
});

test('what the functions accept as USCC and voucher code, the pages accept as well', () => {
  const usccs = ['0001', '0777', '1234'].map(end => completeUscc(`91370100MA3LP${end}`));
  const codes = ['0000000000', '1234567890', '9999999999'].map(random =>
    makeVoucherCode({ cityCode: '3701', year: 2026, random }),
  );

  expect(usccs.map(uscc => readUscc(uscc).ok)).toEqual([true, true, true]);
  expect(codes.map(parseCode)).toEqual(codes);
});

test('a voucher code is read with spaces and hyphens, and not with a wrong digit', () => {
  const code = makeVoucherCode({ cityCode: '3701', year: 2026, random: '0123456789' });
  const wrong = code.slice(0, 8) + String((Number(code[8]) + 1) % 10) + code.slice(9);

  expect(parseCode(code.replace(/(.{4})/g, '$1 '))).toBe(code);
  expect(parseCode(code.replace(/(.{4})/g, '$1-'))).toBe(code);
  expect(parseCode(wrong)).toBeUndefined();
  expect(parseCode('')).toBeUndefined();
});

test('channel numbers have ten digits, lines are trimmed and bounded', () => {
  expect(readChannelNumber('3701000001')).toEqual({ ok: true, value: '3701000001' });
  expect(readChannelNumber('370100001').ok).toBe(false);
  expect(readLine('  山海学校 ', '名称', 10)).toEqual({ ok: true, value: '山海学校' });
  expect(readLine('   ', '名称', 10)).toEqual({ ok: false, error: '请填写名称' });
  expect(readLine('字'.repeat(11), '名称', 10)).toEqual({ ok: false, error: '名称最多 10 个字' });
});
