import * as voucherText from '../../miniprogram/text/voucher-text';
import { formatShanghaiDay, formatShanghaiMinute } from '../../miniprogram/text/shanghai-time';

const { audienceRuleText, ...names } = voucherText;

describe('the words of the field', () => {
  test.each(Object.entries(names))('%s are Chinese and differ from one another', (_, table) => {
    const words = Object.values(table);

    expect(words.every(word => /^[一-龥，]+$/.test(word))).toBe(true);
    expect(new Set(words).size).toBe(words.length);
  });

  test('the scan is 核验 and the write-off is 核销, never the other way round', () => {
    expect(names.VOUCHER_COMMAND_NAMES.use).toBe('核验');
    expect(names.VOUCHER_COMMAND_NAMES.settle).toBe('核销');
  });

  test('the kinds are those that Annex 2 prints', () => {
    expect(names.ISSUE_MODE_NAMES).toEqual({ general: '通用券', targeted: '定向券' });
    expect(names.FUNCTION_MODE_NAMES).toEqual({ face_value: '面值券', credit: '抵用券' });
  });

  test('each rule on the holders reads as a condition', () => {
    expect(audienceRuleText({ kind: 'labour_contract' })).toBe('已签订劳动合同');
    expect(audienceRuleText({ kind: 'enterprise_pension' })).toBe('已缴纳企业养老保险');
    expect(audienceRuleText({ kind: 'age_between', minYears: 18, maxYears: 59 })).toBe('年满18至59周岁');
  });
});

describe('days', () => {
  test('are those of Shanghai whatever the zone of the phone', () => {
    expect(formatShanghaiDay(Date.UTC(2026, 1, 28, 15, 59))).toBe('2026年2月28日');
    expect(formatShanghaiDay(Date.UTC(2026, 1, 28, 16, 0))).toBe('2026年3月1日');
    expect(formatShanghaiMinute(Date.UTC(2026, 1, 28, 16, 7))).toBe('2026年3月1日 00:07');
  });
});
