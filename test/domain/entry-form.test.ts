import {
  EMPTY_FORM,
  findFaults,
  maskEmail,
  maskPhone,
  maskPinyin,
  mergeDraft,
  toNormalForm,
  type AccountRow,
  type EntryForm,
} from '../../cloudfunctions/shared/domain/entry-form';
import { parseContactPhone } from '../../cloudfunctions/shared/domain/contact-phone';
import { scanKindOf } from '../../cloudfunctions/shared/domain/scan-kind';
import { completeUscc } from '../../cloudfunctions/shared/domain/uscc';
import { anIdNumber } from '../support/people';

const TODAY = '2026-11-28';

const A_ROW: AccountRow = {
  rowKey: 'row1',
  countyCode: '370102',
  name: '张三丰',
  namePinyin: 'zhang sanfeng',
  phone: '13800001234',
  idNumber: anIdNumber(1),
};
const A_FORM: EntryForm = {
  ...EMPTY_FORM,
  filledOn: '2026-08-10',
  applicantName: '济南市人力资源和社会保障局',
  applicantUscc: completeUscc('11370100004000001'),
  channelName: '人社服务号',
  channelNumber: '3701000001',
  issueModes: ['targeted'],
  functionModes: ['face_value'],
  contactName: '王联系',
  contactPhone: '13900001234',
  contactEmail: 'entry@example.com',
  interfaces: ['scanVoucher'],
  adminAccounts: [A_ROW],
};

const faultsOf = (over: Partial<EntryForm>) => findFaults({ ...A_FORM, ...over }, '3701', TODAY);
const faultsOfRow = (over: Partial<AccountRow>) => faultsOf({ adminAccounts: [{ ...A_ROW, ...over }] });

test('a form that is filled in has no fault; one without interfaces or accounts has none either', () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ interfaces: [], adminAccounts: [] })).toEqual([]);
});

test('an empty form names what is missing, in the order of the form', () => {
  expect(findFaults(EMPTY_FORM, '3701', TODAY)).toEqual(
    [
      'filledOn',
      'applicantName',
      'applicantUscc',
      'channelName',
      'channelNumber',
      'contactName',
      'contactPhone',
      'contactEmail',
      'issueModes',
      'functionModes',
    ].map(field => ({ field, code: 'entry_field_missing' })),
  );
});

test.each<[keyof EntryForm, string, string]>([
  ['filledOn', '2026-02-30', 'entry_field_missing'],
  ['applicantName', '局'.repeat(61), 'cell_too_long'],
  ['applicantUscc', '91350100M000100Y4Z', 'uscc_invalid'],
  ['channelName', ' \u200b', 'entry_field_missing'],
  ['channelNumber', '370100000', 'channel_number_invalid'],
  ['channelNumber', '37010000011', 'channel_number_invalid'],
  ['contactName', '王5', 'name_character_unusable'],
  ['contactPhone', '12345', 'phone_invalid'],
  ['contactEmail', 'entry@', 'email_invalid'],
  ['contactEmail', '张@example', 'email_invalid'],
])('%s: %p is %s', (field, text, code) => {
  expect(faultsOf({ [field]: text })).toEqual([{ field, code }]);
});

test.each<[keyof AccountRow, string, string]>([
  ['countyCode', '370202', 'entry_account_elsewhere'],
  ['countyCode', '3701', 'entry_account_elsewhere'],
  ['name', '', 'entry_field_missing'],
  ['name', '··', 'name_missing'],
  ['namePinyin', '张三', 'pinyin_invalid'],
  ['namePinyin', 'zhang san 3', 'pinyin_invalid'],
  ['phone', '1380000123', 'phone_invalid'],
  ['idNumber', '11010519491231002Y', 'id_number_invalid'],
  ['idNumber', '110105', 'id_number_invalid'],
])('a row with %s %p: %s', (field, text, code) => {
  expect(faultsOfRow({ [field]: text })).toEqual([{ field, rowKey: 'row1', code }]);
});

test.each(['zhang sanfeng', 'ZHANG SAN', 'lǚ dòngbīn', "xi'an", 'ouyang-xiu', 'Aili·Maimaiti'])(
  'takes the pinyin %s',
  namePinyin => {
    expect(faultsOfRow({ namePinyin })).toEqual([]);
  },
);

test('a person has one account at a place, and may have others elsewhere', () => {
  const same = { ...A_ROW, rowKey: 'row2', idNumber: A_ROW.idNumber.toLowerCase() };

  expect(faultsOf({ adminAccounts: [A_ROW, same] })).toEqual([
    { field: 'idNumber', rowKey: 'row2', code: 'entry_account_repeated' },
  ]);
  expect(faultsOf({ adminAccounts: [A_ROW, { ...same, countyCode: '370103' }] })).toEqual([]);
});

test('a saving changes what it gives, and of the rows only what was typed anew', () => {
  const merged = mergeDraft(A_FORM, {
    contactName: '',
    issueModes: ['general'],
    adminAccounts: [
      { rowKey: 'row1', phone: '13700001234' },
      { rowKey: 'new', name: '李' },
    ],
  });

  expect(merged).toEqual({
    ...A_FORM,
    contactName: '',
    issueModes: ['general'],
    adminAccounts: [
      { ...A_ROW, phone: '13700001234' },
      { rowKey: 'new', countyCode: '', name: '李', namePinyin: '', phone: '', idNumber: '' },
    ],
  });
  expect(mergeDraft(A_FORM, { adminAccounts: [] }).adminAccounts).toEqual([]);
  expect(mergeDraft(A_FORM, {})).toEqual(A_FORM);
});

test('what can be read is kept in its normal form, what is half typed as it was typed', () => {
  const typed = {
    ...A_FORM,
    applicantUscc: ' 9135 0100 m000100y43',
    channelNumber: '３７０１０００００１',
    contactPhone: '+86 139-0000-1234',
    contactEmail: ' entry@example.com ',
    contactName: '1',
    adminAccounts: [{ ...A_ROW, idNumber: '110105 19491231 002x', name: '张 三 丰' }],
  };

  expect(toNormalForm(typed, '3701', TODAY)).toEqual({
    ...A_FORM,
    applicantUscc: '91350100M000100Y43',
    contactName: '1',
    adminAccounts: [{ ...A_ROW, idNumber: '11010519491231002X' }],
  });
});

test('masks tell as little as a mask may', () => {
  expect(maskEmail('zhang@example.com')).toBe('z****@example.com');
  expect(maskEmail('zhang')).toBe('*****');
  expect(maskEmail('@example.com')).toBe('************');
  expect(maskPhone('13800001234')).toBe('138****1234');
  expect(maskPhone('0531-12345678')).toBe('*********5678');
  expect(maskPhone('1380')).toBe('****');
  expect(maskPinyin('zhang sanfeng')).toBe('z****');
  expect(maskPinyin('z')).toBe('****');
});

test.each([
  ['13800001234', '13800001234'],
  ['+86 138 0000 1234', '13800001234'],
  ['0531-12345678', '0531-12345678'],
  ['（0531）12345678', '0531-12345678'],
  ['0531 1234567 转 801', '0531-1234567-801'],
  ['12345678', undefined],
  ['电话', undefined],
])('a contact is reached by %p: %p', (typed, phone) => {
  expect(parseContactPhone(typed)).toBe(phone);
});

test('a scan is known by what it begins with', () => {
  expect(scanKindOf(Buffer.from('%PDF-1.7'))).toBe('pdf');
  expect(scanKindOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpg');
  expect(scanKindOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]))).toBe('png');
  for (const text of ['', '%PD', 'PK\u0003\u0004', '<html>'])
    expect(scanKindOf(Buffer.from(text))).toBeUndefined();
});
