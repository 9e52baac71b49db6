import {
  toInstitutionPage,
  toInstitutionRow,
  toPersonRow,
} from '../../../miniprogram/city/view/institutions';
import { ROLE_OPTIONS, toStaffRow } from '../../../miniprogram/city/view/staff';
import { toVoucherRow, voucherActions } from '../../../miniprogram/city/view/vouchers';
import type { InstitutionView } from '../../../miniprogram/contract/training';
import type { VoucherStatus, VoucherView } from '../../../miniprogram/contract/vouchers';
import { CLERK, COUNTY_CLERK, REVIEWER } from './samples';
import { branded } from '../../support/branded';

const institution = branded<InstitutionView>({
  id: 'institution-1',
  name: '泉城职业培训学校',
  uscc: '91350100M000100Y43',
  cityCode: '3701',
  active: false,
});

test('an institution is changed by its city’s clerk only', () => {
  expect(toInstitutionRow(institution)).toMatchObject({ statusText: '已停用', tone: 'dead' });
  expect(toInstitutionPage(institution, CLERK).canChange).toBe(true);
  expect(toInstitutionPage(institution, REVIEWER).canChange).toBe(false);
  expect(toInstitutionPage(institution, COUNTY_CLERK).canChange).toBe(false);
  expect(toInstitutionPage({ ...institution, countyCode: '370112' }, COUNTY_CLERK)).toMatchObject({
    canChange: true,
    canPlace: false,
  });
});

test('an administrator has a name and a day', () => {
  const grantedAtMs = Date.UTC(2026, 10, 24, 2);

  expect(toPersonRow(branded({ personId: 'p', name: '张*三', grantedAtMs }))).toEqual({
    id: 'p',
    name: '张*三',
    note: '2026年11月24日开通',
  });
});

test('staff are listed with the roles that can be taken back', () => {
  const row = toStaffRow(
    branded({
      personId: 'p',
      name: '李*',
      grants: [
        { role: 'clerk', cityCode: '3701' },
        { role: 'payer', cityCode: '3701' },
      ],
    }),
  );

  expect(row.roles.map(({ text }) => text)).toEqual(['市级经办人员', '市级拨付人员']);
  expect(ROLE_OPTIONS).toHaveLength(3);
});

const voucher = (status: VoucherStatus): VoucherView =>
  branded({
    id: 'v',
    code: '3701202600000000010',
    status,
    issueMode: 'targeted',
    functionMode: 'face_value',
    projectId: 'skill_upgrade',
    cityCode: '3701',
    holderName: '张*三',
    issuedAtMs: 0,
    claimUntilMs: 0,
    expiresAtMs: 0,
  });

test('unused vouchers can be voided, used ones taken back, the rest only looked at', () => {
  const allowed = (['issued', 'claimed', 'used', 'batched', 'settled', 'voided', 'expired'] as const).map(
    status => Object.values(voucherActions(voucher(status), CLERK)).join(),
  );

  expect(allowed).toEqual([
    'true,false',
    'true,false',
    'false,true',
    'false,false',
    'false,false',
    'false,false',
    'false,false',
  ]);
  expect(voucherActions(voucher('issued'), REVIEWER).canVoid).toBe(false);
});

test('a code is shown in groups', () => {
  expect(toVoucherRow(voucher('issued'), 0).lines).toEqual(['券码 3701 2026 0000 0000 010']);
});
