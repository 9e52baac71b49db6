import { issuing, voucherIdOf } from '../../cloudfunctions/shared/domain/issue';
import { CLERK, NOW_MS, TRAINING_CLASS } from './a-voucher';

const TEMPLATE = {
  id: 'template',
  projectId: 'pre_job',
  issueMode: 'targeted',
  functionMode: 'face_value',
  cityCode: '3701',
  amountFen: 50_000,
  claimWindowDays: 30,
  validDays: 90,
  audience: [],
} as const;
const RECIPIENT = { personKey: 'person', holderNameCipher: 'cipher' };
const IDENTITY = { code: '370120261234567890', reference: 'abcdefgh01234567' };
const CONTEXT = { by: CLERK, nowMs: NOW_MS, requestId: 'job', jobId: 'job' };
const template = { ...TEMPLATE, audience: [] };

describe('making a voucher', () => {
  it('binds a 定向券 to its class and names it after class and person', () => {
    const voucher = issuing(template, { ...CONTEXT, trainingClass: TRAINING_CLASS })(RECIPIENT, IDENTITY);

    expect(voucher).toMatchObject({ id: 'class-person', status: 'issued', version: 1, ...TRAINING_CLASS });
    expect(voucher.history).toEqual([
      {
        command: 'issue',
        from: 'none',
        to: 'issued',
        atMs: NOW_MS,
        by: CLERK,
        requestId: 'job',
        classId: 'class',
      },
    ]);
  });

  it('leaves a 通用券 without a class', () => {
    const voucher = issuing({ ...template, issueMode: 'general' }, CONTEXT)(RECIPIENT, IDENTITY);

    expect(voucher.id).toBe('template-person-1');
    expect(voucher.classId).toBeUndefined();
    expect(voucher.institutionId).toBeUndefined();
  });

  it('gives the same person the same id twice, so that a second issue collides', () => {
    expect(voucherIdOf({ classId: 'class' }, 'person')).toBe(voucherIdOf({ classId: 'class' }, 'person'));
    expect(voucherIdOf({ classId: 'class' }, 'person')).not.toBe(
      voucherIdOf({ classId: 'class' }, 'another'),
    );
  });

  it('counts whole days from the day of issue, so that it ends at a midnight', () => {
    const { claimUntilMs, expiresAtMs } = issuing(template, CONTEXT)(RECIPIENT, IDENTITY);

    expect(claimUntilMs).toBe(Date.parse('2026-12-24T00:00:00+08:00'));
    expect(expiresAtMs).toBe(Date.parse('2027-02-22T00:00:00+08:00'));
  });
});
