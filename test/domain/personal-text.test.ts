import { maskName, parsePersonName, parsePhone } from '../../cloudfunctions/shared/domain/personal-text';

describe('parsePersonName', () => {
  test.each([
    ['张三', '张三'],
    ['  张三\u3000', '张三'],
    ['\u200b张三\ufeff', '张三'],
    ['𠮷野', '𠮷野'],
    ['买买提•艾力', '买买提·艾力'],
    ['买买提・艾力', '买买提·艾力'],
    ['John  Smith', 'John Smith'],
    ['Jose\u0301', 'José'],
    ['阿依古丽', '阿依古丽'],
    ['张'.repeat(50), '张'.repeat(50)],
  ])('%j is the name %j', (text, name) => {
    expect(parsePersonName(text)).toBe(name);
  });

  test.each([
    ['nothing', ''],
    ['blanks', ' \u3000 '],
    ['more than 50 characters', '张'.repeat(51)],
    ['digits', '张3'],
    ['an ID number', '11010519491231002X'],
    ['a line break', '张三\n李四'],
    ['a tab', '张\t三'],
    ['a control character', '张\u0007三'],
    ['markup', '<b>张三</b>'],
    ['a formula', '=张三'],
    ['a dot alone', '·'],
    ['an error of a spreadsheet', '#N/A'],
    ['an emoji', '张😀'],
    ['brackets', '张三（女）'],
  ])('%s is no name', (_, text) => {
    expect(parsePersonName(text)).toBeUndefined();
  });
});

test.each([
  ['张三丰', '张*丰'],
  ['张三', '张*'],
  ['张', '*'],
  ['欧阳', '欧*'],
  ['欧阳娜娜', '欧**娜'],
  ['𠮷野家', '𠮷*家'],
  ['买买提·艾力', '买**·*力'],
  ['John Smith', 'J*** ****h'],
  ['', ''],
])('maskName(%j) is %j', (name, masked) => {
  expect(maskName(name)).toBe(masked);
});

describe('parsePhone', () => {
  test.each([
    '13800000000',
    ' 138 0000 0000 ',
    '138-0000-0000',
    '+8613800000000',
    '8613800000000',
    '００８６１３８００００００００',
  ])('%j is a mobile number', text => {
    expect(parsePhone(text)).toBe('13800000000');
  });

  test.each([
    '',
    '12800000000',
    '1380000000',
    '138000000000',
    '0531-88888888',
    '1.38E10',
    '+85251234567',
    '电话',
  ])('%j is none', text => {
    expect(parsePhone(text)).toBeUndefined();
  });
});
