import type { Plain } from '../../miniprogram/contract/brand';
import type { JobView } from '../../miniprogram/contract/jobs';
import { batchLines, classLines, voucherLines } from '../../miniprogram/view/history';
import { jobRefusalLines, toRowProblems } from '../../miniprogram/view/import-report';
import { toJobProgress } from '../../miniprogram/view/job';
import { toDisplayView } from '../../miniprogram/view/display';
import { NOW_MS } from './vouchers';
import { branded } from '../support/branded';

const aJob = (fields: Partial<Plain<JobView>> = {}): JobView =>
  branded({
    id: 'job-1',
    kind: 'issue',
    status: 'running',
    total: 200,
    done: 100,
    refused: 0,
    refusedByCode: {},
    startedAtMs: NOW_MS,
    ...fields,
  });

test('a running job never looks finished, and one without a total starts at nought', () => {
  expect(toJobProgress(aJob({ done: 200 })).percent).toBe(99);
  expect(toJobProgress(aJob({ total: 0, done: 0 })).percent).toBe(0);
  expect(toJobProgress(aJob({ status: 'finished', done: 200 })).percent).toBe(100);
});

test('reasons come with their counts, the most frequent first', () => {
  const job = toJobProgress(
    aJob({
      status: 'finished',
      refused: 3,
      refusedByCode: { age_out_of_range: 1, already_holds_voucher: 2 },
    }),
  );

  expect(job.reasons.map(({ count }) => count)).toEqual([2, 1]);
  expect(job.tone).toBe('wait');
  expect(job.counts).toBe('已办成100，未办成3，共200');
});

test('a report says how many rows are not listed', () => {
  const view = toRowProblems({
    rows: 10,
    good: 7,
    bad: 3,
    added: 0,
    badByCode: { id_number_invalid: 3 },
    problems: [{ row: 2, column: '身份证号', code: 'id_number_invalid' }],
  });

  expect(view.summary).toBe('共10行，可用7行，有问题3行');
  expect(view.lines).toEqual(['第 2 行 “身份证号”：身份证号有误。请对照身份证，核对18位号码。']);
  expect(view.moreText).toContain('还有2行');
  expect(view.fileUrl).toBe('');
});

test('refused items of a job are named by row or code', () => {
  expect(jobRefusalLines([{ row: 0, code: 'voucher_voided', voucherCode: 'X1' }])[0]).toMatch(/^券码 X1：/);
});

test('a history reads newest first, with its reason', () => {
  const lines = voucherLines([
    { command: 'issue', to: 'issued', atMs: NOW_MS, by: 'clerk' },
    { command: 'void', to: 'voided', atMs: NOW_MS, by: 'clerk', reason: '报错人' },
  ]);

  expect(lines.map(({ title }) => title)).toEqual(['作废', '发券']);
  expect(lines[0]).toMatchObject({ by: '市级经办人员', at: '2026年11月24日 10:00', reason: '报错人' });
  expect(batchLines({ history: [{ command: 'pay', to: 'paid', atMs: NOW_MS, by: 'payer' }] })[0]?.title).toBe(
    '拨付',
  );
});

test('a history names who took each step, and who put vouchers into a batch', () => {
  const lines = batchLines({
    history: [
      { command: 'create', to: 'draft', atMs: NOW_MS, by: 'administrator', byName: '钱*壬' },
      { command: 'review', to: 'reviewed', atMs: NOW_MS + 2, by: 'reviewer', byName: '卫*戊' },
    ],
    fills: [{ atMs: NOW_MS + 1, byName: '赵*' }],
  });

  expect(lines.map(({ title, by }) => `${title} ${by}`)).toEqual([
    '初审通过 市级审核人员 卫*戊',
    '加券 培训机构管理员 赵*',
    '新建 培训机构管理员 钱*壬',
  ]);
  const submitted = { command: 'submit', to: 'submitted', atMs: NOW_MS, by: 'administrator' } as const;
  expect(classLines([submitted])[0]).toMatchObject({ title: '提交', by: '培训机构管理员' });
});

test('text follows the larger of elder mode and WeChat’s own setting, within what fits', () => {
  expect(toDisplayView(false, 1)).toEqual({ elder: false, scaleStyle: '' });
  expect(toDisplayView(true, 1)).toEqual({ elder: true, scaleStyle: '' });
  expect(toDisplayView(false, 1.4).scaleStyle).toBe('--scale: 1.4');
  expect(toDisplayView(true, 1.4).scaleStyle).toBe('--scale: 1.4');
  expect(toDisplayView(true, 3).scaleStyle).toBe('--scale: 1.8');
});
