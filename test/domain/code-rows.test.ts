import { CODE_COLUMNS, parseCodeRows } from '../../cloudfunctions/shared/domain/code-rows';
import { makeVoucherCode } from '../../cloudfunctions/shared/domain/voucher-code';

const FIRST = makeVoucherCode({ cityCode: '3701', year: 2021, random: '0000000001' });
const SECOND = makeVoucherCode({ cityCode: '3702', year: 2021, random: '0000000002' });

const rowsOf = (...codes: string[]) => codes.map((code, at) => ({ row: at + 2, cells: { code } }));

test('codes are read in normal form, with their rows', () => {
  expect(parseCodeRows(rowsOf(FIRST, ` ${SECOND.slice(0, 4)}-${SECOND.slice(4)} `.toLowerCase()))).toEqual({
    codes: [
      { row: 2, code: FIRST },
      { row: 3, code: SECOND },
    ],
    problems: [],
  });
});

test('what is no code is named by its row', () => {
  expect(parseCodeRows(rowsOf(FIRST, '123', '', '3.70120210123457E+18')).problems).toEqual(
    [3, 4, 5].map(row => ({ row, column: '券码', code: 'voucher_code_malformed' })),
  );
});

test('the first row with a code counts, later ones are doubles of it', () => {
  const { codes, problems } = parseCodeRows(rowsOf(FIRST, SECOND, FIRST, ` ${FIRST}`));

  expect(codes.map(({ row }) => row)).toEqual([2, 3]);
  expect(problems).toEqual(
    [4, 5].map(row => ({ row, column: '券码', code: 'duplicate_in_file', data: { firstRow: 2 } })),
  );
});

test('the one column is required', () => {
  expect(CODE_COLUMNS).toMatchObject([{ key: 'code', required: true }]);
  expect(CODE_COLUMNS[0]?.headers).toEqual(expect.arrayContaining(['券码', '职业培训券', '券号']));
});
