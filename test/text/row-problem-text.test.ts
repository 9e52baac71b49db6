import { refusalText } from '../../miniprogram/text/refusal-text';
import { jobRefusalText, rowNoteText, rowProblemText } from '../../miniprogram/text/row-problem-text';

const UNKNOWN_CODE = refusalText({ code: 'voucher_code_unknown' });

describe('the text of a row problem', () => {
  test('names the row and the column before the sentence', () => {
    const text = rowProblemText({ row: 12, column: '身份证号', code: 'id_number_invalid' });

    expect(text).toBe('第 12 行 “身份证号”：身份证号有误。请对照身份证，核对18位号码。');
  });

  test('leaves the column out where the whole row is at fault', () => {
    const text = rowProblemText({ row: 8, code: 'duplicate_in_file', data: { firstRow: 3 } });

    expect(text).toBe('第 8 行：与第3行重复。请删去其中一行。');
  });
});

describe('the text of a note', () => {
  test('says what was left out, and that the person goes in', () => {
    const text = rowNoteText({ row: 5, column: '手机号', code: 'phone_left_out' });

    expect(text).toBe('第 5 行 “手机号”：不是一个11位手机号，没有记下手机号，人员照常导入。');
  });

  test('names the place of one that this version does not know', () => {
    expect(rowNoteText({ row: 5, code: 'made_later' as 'phone_left_out' })).toBe('第 5 行：请留意这一格。');
  });
});

describe('the text of a refused item of a job', () => {
  test('names the row when the item came from a file', () => {
    const text = jobRefusalText({ row: 5, voucherCode: '3701260000012', code: 'voucher_code_unknown' });

    expect(text).toBe(`第 5 行：${UNKNOWN_CODE}`);
  });

  test('names the voucher code when there is no row', () => {
    const text = jobRefusalText({ row: 0, voucherCode: '3701260000012', code: 'voucher_code_unknown' });

    expect(text).toBe(`券码 3701260000012：${UNKNOWN_CODE}`);
  });

  test('is the bare sentence when there is neither', () => {
    expect(jobRefusalText({ row: 0, code: 'voucher_code_unknown' })).toBe(UNKNOWN_CODE);
  });
});
