import { FEN_MAX, formatYuan, groupCount, minusFen, NO_FEN, toFen } from '../../../miniprogram/contract/fen';
import { percentOf, readWholeNumber, readYuan, toYuanInput } from '../../../miniprogram/city/view/numbers';

test.each([
  ['1200', 120_000],
  ['1200.5', 120_050],
  ['1,200.50', 120_050],
  ['0.01', 1],
  ['.5', undefined],
  ['007.10', 710],
  ['1200.', 120_000],
  ['１２００．５', 120_050],
  ['1，200。50', 120_050],
  [' 1 200 元', 120_000],
  ['10000000000', FEN_MAX],
  ['10000000000.01', undefined],
  ['99999999999999999999', undefined],
  ['1,20', undefined],
  ['12,00.5', undefined],
  ['1.005', undefined],
  ['1.2.3', undefined],
  ['-5', undefined],
  ['1e3', undefined],
  ['0', undefined],
  ['0.00', undefined],
  ['', undefined],
  ['一千', undefined],
])('%j typed in yuan is %p fen', (text, fen) => {
  const read = readYuan(text);

  expect(read.ok ? read.value : undefined).toBe(fen);
});

test('amounts that binary fractions cannot hold are exact to the fen', () => {
  const texts = ['0.07', '0.29', '1.15', '4.35', '8.41', '1000.10', '4503599627.37'];

  expect(texts.map(text => readYuan(text))).toEqual(
    [7, 29, 115, 435, 841, 100_010, 450_359_962_737].map(value => ({ ok: true, value })),
  );
});

test('every amount of fen survives being shown and typed again', () => {
  for (const fen of [1, 10, 99, 100, 101, 120_050, 123_456_789, FEN_MAX - 1, FEN_MAX]) {
    expect(readYuan(formatYuan(fen))).toEqual({ ok: true, value: fen });
    expect(readYuan(toYuanInput(toFen(fen)))).toEqual({ ok: true, value: fen });
  }
});

test('what is wrong with an amount is said', () => {
  const errors = ['', 'abc', '1.234', '99999999999', '0'].map(text => {
    const read = readYuan(text);
    return read.ok ? '' : read.error;
  });

  expect(errors).toEqual([
    '请填写金额',
    '金额只能是数字，例如 1200 或 1200.50',
    '金额最多到分，小数点后最多两位',
    '金额太大，请核对',
    '金额要大于 0',
  ]);
});

test('figures are grouped by three', () => {
  expect([0, 999, 1_000, 1_234_567].map(groupCount)).toEqual(['0', '999', '1,000', '1,234,567']);
  expect([1, 99_999, 100_000, 123_456_789].map(formatYuan)).toEqual([
    '0.01',
    '999.99',
    '1,000.00',
    '1,234,567.89',
  ]);
});

test('more than there is cannot be taken away', () => {
  expect(minusFen(toFen(120_000), toFen(120_000))).toBe(NO_FEN);
  expect(() => minusFen(toFen(1), toFen(2))).toThrow(RangeError);
});

test('whole numbers stay within their range', () => {
  const read = (text: string) => readWholeNumber(text, { min: 1, max: 500, unit: '张' });

  expect(read('1')).toEqual({ ok: true, value: 1 });
  expect(read('５00')).toEqual({ ok: true, value: 500 });
  expect(read('0')).toEqual({ ok: false, error: '不能少于 1 张' });
  expect(read('501')).toEqual({ ok: false, error: '不能超过 500 张' });
  expect(read('1.5')).toEqual({ ok: false, error: '只能填整数' });
  expect(read('')).toEqual({ ok: false, error: '请填写这一项' });
});

test('a bar is full only when all is used', () => {
  expect([percentOf(0, 10), percentOf(999, 1_000), percentOf(10, 10), percentOf(5, 0)]).toEqual([
    0, 99, 100, 0,
  ]);
});
