import {
  BATCH_JOB_KINDS,
  isRunning,
  toJob,
  totalOf,
  type NewJobOf,
} from '../../cloudfunctions/shared/domain/job';
import { branded } from '../support/branded';
import { CLERK, NOW_MS } from './a-voucher';

describe('a job that is started', () => {
  const order = branded<NewJobOf<'void'>>({
    id: 'job',
    kind: 'void',
    cityCode: '3701',
    startedBy: CLERK,
    startedAtMs: NOW_MS,
    total: 3,
    reason: '名单有误',
  });

  it('runs, has done nothing, and may be taken up by anybody at once', () => {
    expect(toJob(order)).toEqual({
      ...order,
      version: 1,
      status: 'running',
      done: 0,
      refused: 0,
      refusedByCode: {},
      cursor: '',
      leaseUntilMs: 0,
    });
  });

  it('runs until it has ended, well or badly', () => {
    expect((['running', 'finished', 'failed'] as const).filter(status => isRunning({ status }))).toEqual([
      'running',
    ]);
  });

  it.each([
    ['running', 4, 10],
    ['running', 12, 12],
    ['failed', 4, 10],
    ['finished', 4, 4],
    ['finished', 12, 12],
  ] as const)('that is %s after %d items out of ten has a total of %d', (status, worked, total) => {
    expect(totalOf(10, { status, worked })).toBe(total);
  });

  it('is a batch’s own when it fills, empties or writes one off', () => {
    expect(BATCH_JOB_KINDS).toEqual(['import_codes', 'unbatch', 'settle']);
  });
});
