import { ERROR_CODES, isRetryable } from '../../miniprogram/contract/error-codes';
import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import type { RefusalData } from '../../miniprogram/contract/result';
import { REFUSAL_TEXTS, refusalText } from '../../miniprogram/text/refusal-text';

// 2026-11-24T02:05:00Z, 10:05 in Shanghai
const USED_AT_MS = Date.UTC(2026, 10, 24, 2, 5);
// 2026-12-31T16:00:00Z, the first minute of 2027 in Shanghai
const NEW_YEAR_MS = Date.UTC(2026, 11, 31, 16);

const codes = Object.keys(ERROR_CODES) as ErrorCode[];

/** Facts of every code that takes some, complete. */
const FACTS: Partial<Record<ErrorCode, RefusalData>> = {
  channel_not_open: { openChannels: ['爱济南', '济南人社'] },
  voucher_in_batch: { batchNumber: 'JS-3701-20261124-7K2M' },
  claim_deadline_passed: { claimUntilMs: NEW_YEAR_MS },
  voucher_expired: { expiresAtMs: NEW_YEAR_MS },
  duplicate_in_file: { firstRow: 3 },
  file_rows_too_many: { rows: 12_345, rowsMax: 10_000 },
  file_column_missing: { columns: ['姓名', '身份证号'] },
  id_number_invalid: { fault: 'fifteen_digits' },
  file_column_repeated: { columns: ['姓名'], candidates: ['姓名（B列）', '姓名（F列）'] },
  file_type_unsupported: { kind: 'xls' },
  file_has_no_rows: { hiddenRows: 12 },
  file_sheet_hidden: { sheet: '名册' },
  file_numbers_rounded: { columns: ['身份证号'] },
  template_quota_exceeded: { leftCount: 8, neededCount: 20 },
  paid_amount_differs: { totalFen: 1_234_050 },
  voucher_already_used: { usedAtMs: USED_AT_MS, mine: false },
  digits_wrong: { triesLeft: 2 },
  age_out_of_range: { minYears: 18, maxYears: 59 },
  batch_full: { itemsMax: 10_000 },
  batch_empty: { underReview: true },
  batch_same_person: { did: 'review', needs: 'approve' },
  payment_day_out_of_range: { approvedOn: '2026-11-20', today: '2026-11-24' },
  payment_reference_used: { batchNumber: 'JS-3701-20261124-7K2M' },
};

const plainTexts = codes.map(code => [code, refusalText({ code })] as const);
const madeTexts = codes.map(code => [code, refusalText({ code, data: FACTS[code] ?? {} })] as const);

/**
 * Names of programs and endings of files that office people know are no jargon, nor letters of columns; batch numbers are
 * printed as they are; and who writes a program for the open interfaces reads the words of its trade.
 */
const withoutKnownLatin = (text: string): string =>
  text.replace(
    /application\/json|UTF-8|JSON|POST|Idempotency-Key|Excel|CSV|WPS|Numbers|PDF|XML|RTF|\.(xlsb|xlsx?|et|ods|zip|slk|dif|dbf)|（[A-Z]列）|JS-3701-20261124-7K2M/g,
    '',
  );

describe('the text of a refusal', () => {
  test('is there for every code and for nothing else', () => {
    expect(Object.keys(REFUSAL_TEXTS).sort()).toEqual([...codes].sort());
  });

  test.each([...plainTexts, ...madeTexts])(
    '%s is plain Chinese: no code name, no gap, a full stop',
    (_, text) => {
      expect(withoutKnownLatin(text)).not.toMatch(/[A-Za-z_{}$]/);
      expect(text).not.toMatch(/undefined|NaN|null|（）|“”/);
      expect(text).toMatch(/^[一-龥“].*。$/);
    },
  );

  test.each(plainTexts)('%s is one or two short sentences', (_, text) => {
    expect(text.length).toBeLessThanOrEqual(50);
    expect(text.split('。').length - 1).toBeLessThanOrEqual(2);
  });

  test.each(plainTexts.filter(([code]) => !isRetryable(code)))(
    '%s, being final, says what to do next',
    (_, text) => {
      expect(text).toMatch(/请/);
    },
  );

  test.each(plainTexts.filter(([code]) => isRetryable(code)))(
    '%s, being retryable, says to try again',
    (_, text) => {
      expect(text).toMatch(/再/);
    },
  );

  test('differs from code to code, so that a caller on the telephone can name it', () => {
    const texts = plainTexts.map(([, text]) => text);

    expect(new Set(texts).size).toBe(texts.length);
  });

  test('falls back to the general one for a code that this version does not know', () => {
    const code = 'made_later' as ErrorCode;

    expect(refusalText({ code })).toBe(refusalText({ code: 'internal' }));
    expect(refusalText({ code: 'toString' as ErrorCode })).toBe(refusalText({ code: 'internal' }));
  });
});

describe('the faults of names and ID numbers', () => {
  test.each([
    ['U+FF08 U+FF09', '不能有“（”、“）”。'],
    ['U+0030', '不能有数字。'],
    ['U+E5E5', '不能有无法显示的字（U+E5E5）。'],
    ['U+F0000', '不能有无法显示的字（U+F0000）。'],
    ['U+FFFD', '不能有无法显示的字（U+FFFD）。'],
    ['U+D83D', '不能有无法显示的字（U+D83D）。'],
    ['U+1F600', '不能有“😀”。'],
    ['nonsense U+110000', '姓名里有不能用的字符。'],
  ])('a name with %s: the character is named', (codePoints, expected) => {
    expect(refusalText({ code: 'name_character_unusable', data: { codePoints } })).toContain(expected);
  });

  test.each([
    ['fifteen_digits', '15位的旧身份证号'],
    ['rounded', '科学计数'],
    ['check_character', '有一位不对'],
    ['birth_in_future', '还没有到'],
    ['made_later', '身份证号有误'],
    ['toString', '身份证号有误'],
  ])('an ID number with the fault %s', (fault, expected) => {
    expect(refusalText({ code: 'id_number_invalid', data: { fault } })).toContain(expected);
  });
});

describe('the facts of a refusal', () => {
  test.each<[ErrorCode, string]>([
    ['channel_not_open', '请从以下入口领取：爱济南、济南人社。'],
    ['voucher_in_batch', '批次号JS-3701-20261124-7K2M'],
    ['claim_deadline_passed', '到2026年12月31日为止'],
    ['voucher_expired', '到2026年12月31日为止'],
    ['duplicate_in_file', '与第3行重复'],
    ['file_rows_too_many', '文件有12345行，一次最多10000行'],
    ['file_column_missing', '表格缺少“姓名、身份证号”列'],
    ['file_column_repeated', '“姓名”列有几个：姓名（B列）、姓名（F列）'],
    ['id_number_invalid', '15位的旧身份证号'],
    ['file_type_unsupported', '旧版 Excel 或 WPS 表格文件（.xls、.et）'],
    ['file_has_no_rows', '12行都被隐藏或筛选掉了'],
    ['file_sheet_hidden', '工作表“名册”被隐藏了'],
    ['file_numbers_rounded', '“身份证号”列很多号码的末尾变成了0'],
    ['template_quota_exceeded', '只剩8张，这次需要20张'],
    ['paid_amount_differs', '12,340.50元'],
    ['voucher_already_used', '已于2026年11月24日 10:05核验使用'],
    ['digits_wrong', '还可试2次'],
    ['age_out_of_range', '（18至59周岁）'],
    ['batch_full', '最多10000张券'],
    ['batch_empty', '请退回批次'],
    ['batch_same_person', '您办过这个批次的初审，不能再办复审。请由另一位审核人员办理。'],
    ['payment_day_out_of_range', '2026-11-20至2026-11-24'],
    ['payment_reference_used', 'JS-3701-20261124-7K2M'],
  ])('%s shows them', (code, expected) => {
    expect(refusalText({ code, data: FACTS[code] ?? {} })).toContain(expected);
  });

  test('a scan repeated by the same institution reads as done, not as a failure', () => {
    const data = { usedAtMs: USED_AT_MS, mine: true };

    expect(refusalText({ code: 'voucher_already_used', data })).toBe(
      '这张券已于2026年11月24日 10:05由本机构核验成功，不用再扫。请在核验记录中查看。',
    );
    expect(refusalText({ code: 'voucher_already_used', data: { mine: true } })).toContain(
      '已由本机构核验成功',
    );
  });

  test.each(Object.entries(FACTS) as [ErrorCode, RefusalData][])(
    '%s reads as without facts when they are of the wrong kind',
    (code, facts) => {
      const odd = Object.fromEntries(
        Object.keys(facts).map(key => [key, code === 'file_column_missing' ? 1 : []]),
      );

      expect(refusalText({ code, data: odd })).toBe(refusalText({ code }));
    },
  );

  test.each([
    [{ hidden: ['身份证号'] }, '表格里“身份证号”列被隐藏了，没有读取。请取消隐藏，再重新上传。'],
    [
      { similar: ['身份证号（配偶）'] },
      '表格缺少“身份证号”列，认不准“身份证号（配偶）”是不是。请把要用的表头改成模板里的写法，再重新上传。',
    ],
  ])('a missing column is asked for by what is there: %j', (facts, text) => {
    expect(refusalText({ code: 'file_column_missing', data: { columns: ['身份证号'], ...facts } })).toBe(
      text,
    );
  });

  test('each kind of file says what it is and what to do; an unknown one reads as without', () => {
    const textOf = (kind: string) => refusalText({ code: 'file_type_unsupported', data: { kind } });
    const kinds = [
      'xls',
      'xlsb',
      'ods',
      'numbers',
      'encrypted',
      'html',
      'xml',
      'pdf',
      'image',
      'word',
      'rtf',
    ];
    const others = ['exchange', 'powerpoint', 'archive', 'zip', 'program'];
    const texts = [...kinds, ...others].map(textOf);

    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) {
      expect(withoutKnownLatin(text)).toMatch(/^这[^A-Za-z]+。请[^A-Za-z]+。$/);
    }
    expect(textOf('papyrus')).toBe(refusalText({ code: 'file_type_unsupported' }));
  });

  test.each([NaN, -1, 1.5, 1e20])('a time of %p is not shown', claimUntilMs => {
    const plain = refusalText({ code: 'claim_deadline_passed' });

    expect(refusalText({ code: 'claim_deadline_passed', data: { claimUntilMs } })).toBe(plain);
  });

  test('after the last wrong digits the person is sent to the camera', () => {
    const lastText = refusalText({ code: 'digits_wrong', data: { triesLeft: 0 } });

    expect(lastText).toBe(refusalText({ code: 'digits_locked' }));
  });
});
