import type { Plain } from '../../../miniprogram/contract/brand';
import { LIMITS } from '../../../miniprogram/contract/limits';
import type { BatchView } from '../../../miniprogram/contract/settlement';
import type { ClassView, RosterEntryView } from '../../../miniprogram/contract/training';
import {
  UNDO_WINDOW_MS,
  type VerificationView,
  type VoucherView,
} from '../../../miniprogram/contract/vouchers';
import { toBatchPage, toBatchRow } from '../../../miniprogram/institution/view/batch';
import { importButton, importedText } from '../../../miniprogram/view/import-step';
import { areComplete, cleanDigits } from '../../../miniprogram/institution/view/manual-code';
import {
  classChoices,
  areAllPicked,
  toggleAll,
  toggleOne,
  toPickRow,
} from '../../../miniprogram/institution/view/pick';
import { toRosterRow } from '../../../miniprogram/institution/view/roster-row';
import { toVerificationRow } from '../../../miniprogram/institution/view/verification-row';
import { findRows, toVoucherRow } from '../../../miniprogram/institution/view/voucher-row';
import { toClassRow } from '../../../miniprogram/pages/classes/class-row';
import { branded } from '../../support/branded';

/** 2026-11-24 10:05 in Shanghai. */
const NOW_MS = Date.UTC(2026, 10, 24, 2, 5);

const voucher = branded<VoucherView>({
  id: 'v1',
  code: '3701202613877337392',
  status: 'claimed',
  issueMode: 'targeted',
  functionMode: 'face_value',
  projectId: 'skill_upgrade',
  cityCode: '3701',
  holderName: '张*三',
  issuedAtMs: NOW_MS,
  claimUntilMs: NOW_MS,
  expiresAtMs: NOW_MS,
});

const aClass = (more: Partial<Plain<ClassView>>): ClassView =>
  branded({
    id: 'c1',
    templateId: 't1',
    name: '电工班',
    place: '经十路1号',
    startsOn: '2026-11-24',
    endsOn: '2026-12-04',
    hours: 40,
    status: 'running',
    projectId: 'skill_upgrade',
    cityCode: '3701',
    institutionId: 'i1',
    institutionName: '泉城学校',
    amountFen: 120_000,
    ...more,
  });

const aBatch = (more: Partial<Plain<BatchView>>): BatchView =>
  branded({
    id: 'b1',
    number: 'JS-3701-20261124-7K2M',
    title: '第一期',
    status: 'draft',
    cityCode: '3701',
    institutionId: 'i1',
    institutionName: '泉城学校',
    projectId: 'skill_upgrade',
    count: 0,
    totalFen: 0,
    history: [],
    ...more,
  });

describe('classes', () => {
  test('a row says the days and the next step', () => {
    expect(toClassRow(aClass({}))).toMatchObject({
      days: '2026年11月24日 至 2026年12月4日',
      statusText: '开班中',
      next: '正在上课，可以扫码核验',
    });
  });

  test('only classes of the batch’s project that have begun have vouchers to pick', () => {
    const classes = [
      aClass({}),
      aClass({ id: 'c2', status: 'finished' }),
      aClass({ id: 'c3', status: 'approved' }),
      aClass({ id: 'c4', projectId: 'pre_job' }),
    ];

    expect(classChoices(classes, 'skill_upgrade').map(({ id }) => id)).toEqual(['c1', 'c2']);
  });

  test('somebody without a voucher reads so', () => {
    const entry = branded<RosterEntryView>({
      id: 'e1',
      name: '张*三',
      idNumber: '3701**********002X',
      addedAtMs: NOW_MS,
    });

    expect(toRosterRow(entry).statusText).toBe('未发券');
    expect(toRosterRow({ ...entry, voucherStatus: 'used' }).statusText).toBe('已使用');
  });
});

describe('typed digits', () => {
  test('spaces and full-width digits are taken, nothing beyond six', () => {
    expect(cleanDigits('４8 2-9133')).toBe('482913');
    expect(cleanDigits('48291377')).toBe('482913');
    expect(areComplete('48291')).toBe(false);
    expect(areComplete('482913')).toBe(true);
  });

  test('people are found by a name or a part of the code', () => {
    const row = toVoucherRow(voucher, NOW_MS);
    const rows = [row, { ...row, id: 'v2', name: '李*', code: '3701 9' }];

    expect(findRows(rows, ' 张')).toHaveLength(1);
    expect(findRows(rows, '37019').map(({ id }) => id)).toEqual(['v2']);
    expect(findRows(rows, '')).toHaveLength(2);
  });
});

describe('verifications', () => {
  const accepted = branded<VerificationView>({
    id: 'r1',
    atMs: NOW_MS,
    outcome: 'accepted',
    voucherId: 'v1',
  });
  const row = (verification: VerificationView, passedMs = 0) =>
    toVerificationRow(verification, NOW_MS + passedMs);

  test('a success can be taken back within the window only, and once', () => {
    expect(row(accepted).canReverse).toBe(true);
    expect(row(accepted, UNDO_WINDOW_MS).canReverse).toBe(false);
    expect(row({ ...accepted, reversedAtMs: NOW_MS })).toMatchObject({
      canReverse: false,
      outcomeText: '已撤销',
    });
  });

  test('a refused one says why; a reason that this app does not know leaves no line', () => {
    const refused = branded<VerificationView>({ id: 'r2', atMs: NOW_MS, outcome: 'refused' });

    expect(row({ ...refused, refusalCode: 'voucher_voided' })).toMatchObject({
      outcomeText: '未通过',
      name: '没有认出是谁的券',
      canReverse: false,
    });
    expect(row({ ...refused, refusalCode: 'voucher_voided' }).reason).toContain('作废');
    expect(row({ ...refused, refusalCode: 'from_the_future' }).reason).toBe('');
  });
});

describe('batches', () => {
  test('a draft shows no total, a submitted one what was fixed', () => {
    expect(toBatchRow(aBatch({})).facts).toBe('岗位技能提升培训');
    expect(toBatchRow(aBatch({ status: 'submitted', count: 3, totalFen: 360_000 })).facts).toBe(
      '岗位技能提升培训 · 3张 · 3,600.00元',
    );
  });

  test('what a draft holds so far is what will be handed in; an empty one has no total', () => {
    const draft = toBatchPage(aBatch({ count: 130, totalFen: 15_600_000 }));

    expect(draft.hasTotal).toBe(true);
    expect(draft.totals.map(({ value }) => value)).toEqual(['130张', '156,000.00元']);
    expect(toBatchPage(aBatch({ count: 0, totalFen: 0 })).hasTotal).toBe(false);
  });

  test('a returned batch says why; one in payment is worth asking about again', () => {
    const step = {
      command: 'return',
      to: 'returned',
      atMs: NOW_MS,
      by: 'reviewer',
      reason: '缺考勤',
    } as const;

    expect(toBatchPage(aBatch({ status: 'returned', history: [step] })).returnReason).toBe('缺考勤');
    expect(toBatchPage(aBatch({ status: 'paid' })).isMoving).toBe(true);
    expect(toBatchPage(aBatch({ status: 'settled' })).isMoving).toBe(false);
  });

  test('no more are picked than one request may carry', () => {
    const ids = Array.from({ length: LIMITS.pickedVouchersMax + 5 }, (_, i) => `v${i}`);
    const all = toggleAll(ids, new Set());

    expect(all.size).toBe(LIMITS.pickedVouchersMax);
    expect(toggleOne('v204', all)).toBeUndefined();
    expect(toggleOne('v0', all)?.size).toBe(LIMITS.pickedVouchersMax - 1);
    expect(toPickRow(voucher, new Set(['v1'])).picked).toBe(true);
  });

  test('picking all that are listed keeps what was picked before them, and so does picking none', () => {
    const all = toggleAll(['v1', 'v2'], new Set(['v0', 'v1']));

    expect([...all]).toEqual(['v0', 'v1', 'v2']);
    expect(areAllPicked(['v1', 'v2'], all)).toBe(true);
    expect([...toggleAll(['v1', 'v2'], all)]).toEqual(['v0']);
    expect(areAllPicked([], all)).toBe(false);
  });
});

describe('imports', () => {
  const report = { rows: 5, good: 3, bad: 2, added: 3, badByCode: {}, problems: [] };

  test('the button says how much will be taken in', () => {
    expect(importButton(report, '人')).toEqual({ text: '只导入可用的3人', disabled: false });
    expect(importButton({ ...report, bad: 0 }, '张').text).toBe('导入3张');
    expect(importButton({ ...report, good: 0 }, '人').disabled).toBe(true);
  });

  test('the result counts what was left out', () => {
    expect(importedText(report)).toBe('已导入3人，另有2行没有导入');
    expect(importedText({ ...report, bad: 0 })).toBe('已导入3人');
  });
});
