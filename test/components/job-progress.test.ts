/** @jest-environment jsdom */
import type { Plain } from '../../miniprogram/contract/brand';
import type { JobView } from '../../miniprogram/contract/jobs';
import { refusalText } from '../../miniprogram/text/refusal-text';
import { toJobProgress } from '../../miniprogram/view/job';
import { describeComponent } from './support/simulate';
import { branded } from '../support/branded';

const LEAVE = '可以离开这一页';

describeComponent('components/job-progress/job-progress', render => {
  const aJob = (fields: Partial<Plain<JobView>> = {}) =>
    toJobProgress(
      branded({
        id: 'job-1',
        kind: 'issue',
        status: 'running',
        total: 200,
        done: 40,
        refused: 10,
        refusedByCode: {},
        startedAtMs: 0,
        ...fields,
      }),
    );

  test('running: how far it is, in figures and as a length, and that nobody need wait', () => {
    const progress = render({ job: aJob() });

    expect(progress.text).toContain('已办成40，未办成10，共200');
    expect(progress.text).toContain(LEAVE);
    expect(progress.labelled('进度25%').attributes['ariaRole']).toBe('progressbar');
    expect(progress.classed('t-progress__inner')[0]?.attributes['style']).toContain('width: 25%');
  });

  test('figures that change are read out', () => {
    const progress = render({ job: aJob() });

    progress.set({ job: aJob({ done: 90 }) });

    expect(progress.labels).toContain('进度50%');
    expect(progress.classed('digits')[0]).toMatchObject({
      text: '已办成90，未办成10，共200',
      attributes: { ariaLive: 'polite' },
    });
  });

  test('finished: no more waiting, and why some were refused, the most frequent first', () => {
    const progress = render({
      job: aJob({
        status: 'finished',
        done: 190,
        refusedByCode: { person_not_found: 3, voucher_not_found: 7 },
      }),
    });

    expect(progress.text).not.toContain(LEAVE);
    expect(progress.classed('reason').map(({ text }) => text)).toEqual([
      `7 条${refusalText({ code: 'voucher_not_found' })}`,
      `3 条${refusalText({ code: 'person_not_found' })}`,
    ]);
  });

  test('stopped for good: why', () => {
    const progress = render({ job: aJob({ status: 'failed', failureCode: 'template_not_found' }) });

    expect(progress.classed('failure').map(({ text }) => text)).toEqual([
      refusalText({ code: 'template_not_found' }),
    ]);
  });

  test('nothing went wrong: neither reasons nor a failure', () => {
    const progress = render({ job: aJob() });

    expect([...progress.classed('reason'), ...progress.classed('failure')]).toEqual([]);
  });

  test.each([undefined, null])('no job (%p): nothing', job => {
    expect(render({ job }).text).toBe('');
  });
});
