import { makeVoucherCode } from '../../../cloudfunctions/shared/domain/voucher-code';
import { LIMITS } from '../../../miniprogram/contract/limits';
import { readCodes } from '../../../miniprogram/city/view/codes';

const code = (number: number): string =>
  makeVoucherCode({ cityCode: '3701', year: 2026, random: String(number).padStart(10, '0') });

const lines = (count: number): string => Array.from({ length: count }, (_, i) => code(i)).join('\n');

test('one code a line, blank lines and Windows line ends do not matter', () => {
  const read = readCodes(`${code(1)}\r\n\r\n ${code(2)} \n`);

  expect(read).toEqual({
    codes: [code(1), code(2)],
    summary: '共 2 个券码，格式都对',
    problems: [],
    ok: true,
  });
});

test('a malformed line and a double are named by their line', () => {
  const read = readCodes(`${code(1)}\n12345\n${code(1)}`);

  expect(read.ok).toBe(false);
  expect(read.summary).toBe('共 3 行，有 2 处要改');
  expect(read.problems).toEqual(['第 2 行：券码格式不对，可能少了或多了字符', '第 3 行：与第 1 行重复']);
});

test('five hundred codes are taken, one more is refused', () => {
  expect(readCodes(lines(LIMITS.voidCodesMax)).ok).toBe(true);

  const read = readCodes(lines(LIMITS.voidCodesMax + 1));
  expect(read.ok).toBe(false);
  expect(read.problems).toEqual(['一次最多 500 个券码，现在有 501 个。请分几次办理。']);
});

test('nothing typed is no mistake and nothing to void', () => {
  expect(readCodes(' \n ')).toEqual({ codes: [], summary: '', problems: [], ok: false });
});

test('a page full of rubbish is not listed line by line', () => {
  const { problems } = readCodes(Array.from({ length: 50 }, () => 'x').join('\n'));

  expect(problems).toHaveLength(21);
  expect(problems.at(-1)).toBe('还有 30 处没有列出');
});
