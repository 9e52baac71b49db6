import type { Plain } from '../../miniprogram/contract/brand';
import type { VoucherDetailView, VoucherView } from '../../miniprogram/contract/vouchers';
import { branded } from '../support/branded';

/** 2026-11-24 10:00 in Shandong. */
export const NOW_MS = Date.UTC(2026, 10, 24, 2, 0);
const DAY_MS = 24 * 60 * 60 * 1000;
/** Midnight at the end of 2026-11-24 in Shandong. */
export const TONIGHT_MS = Date.UTC(2026, 10, 24, 16, 0);

export const aVoucher = (fields: Partial<Plain<VoucherView>> = {}): VoucherView =>
  branded({
    id: 'class-1-person-1',
    code: '37012026A1B2C3D4',
    status: 'issued',
    issueMode: 'targeted',
    functionMode: 'face_value',
    projectId: 'pre_job',
    cityCode: '3701',
    className: '电工初级班',
    institutionName: '济南技工培训学校',
    place: '历下区解放路1号',
    startsOn: '2026-12-01',
    holderName: '张*三',
    faceValueFen: 80_000,
    issuedAtMs: NOW_MS - DAY_MS,
    claimUntilMs: TONIGHT_MS + 6 * DAY_MS,
    expiresAtMs: TONIGHT_MS + 60 * DAY_MS,
    ...fields,
  });

export const aVoucherDetail = (fields: Partial<Plain<VoucherDetailView>> = {}): VoucherDetailView =>
  branded({
    ...aVoucher(fields),
    history: [{ command: 'issue', to: 'issued', atMs: NOW_MS - DAY_MS, by: 'clerk' }],
    ...fields,
  });
