import { GRACE_DAYS_DEFAULT } from '../../miniprogram/contract/templates';
import {
  isClassEditable,
  isClassOpen,
  type ClassCommand,
  type ClassStatus,
} from '../../miniprogram/contract/training';
import {
  checkDays,
  checkOver,
  checkTaking,
  CLASS_LIFE,
  isImporting,
  toClassOfUse,
  usableUntilMs,
} from '../../cloudfunctions/shared/domain/training-class';
import { CLASS_FIELDS } from '../../cloudfunctions/shared/domain/voucher';
import { aClass } from './a-class';
import { CLASS_OF_USE, NOW_MS } from './a-voucher';
import { refused } from '../support/refused';
import { describeLife } from './describe-life';

const STATUSES = [
  'draft',
  'submitted',
  'approved',
  'returned',
  'running',
  'finished',
] as const satisfies ClassStatus[];

const REFUSALS = {
  create: 'class_not_editable',
  amend: 'class_not_editable',
  note: 'class_not_editable',
  submit: 'class_not_editable',
  approve: 'class_not_submitted',
  return: 'class_not_submitted',
  start: 'class_not_approved',
  finish: 'class_not_running',
} as const satisfies Record<ClassCommand, string>;

describeLife('class', CLASS_LIFE, {
  statuses: STATUSES,
  final: ['finished'],
  begin: { command: 'create', status: 'draft' },
  legal: {
    create: {},
    amend: { draft: 'draft', returned: 'returned' },
    note: { draft: 'draft', submitted: 'submitted', returned: 'returned' },
    submit: { draft: 'submitted', returned: 'submitted' },
    approve: { submitted: 'approved' },
    return: { submitted: 'returned' },
    start: { approved: 'running' },
    finish: { running: 'finished' },
  },
  refusalOf: (command, status) => ({ code: REFUSALS[command], data: { status } }),
});

describe('what a class is open for', () => {
  it('may be edited only before the city looks at it', () => {
    expect(STATUSES.filter(isClassEditable)).toEqual(['draft', 'returned']);
    expect(STATUSES.filter(status => CLASS_LIFE.allows('amend', status))).toEqual(['draft', 'returned']);
  });

  it('may have vouchers made only after its opening review (notice 三(三))', () => {
    expect(STATUSES.filter(isClassOpen)).toEqual(['approved', 'running']);
  });
});

describe('the days of a class', () => {
  it('may be one day, but cannot end before they begin', () => {
    expect(checkDays({ startsOn: '2026-12-31', endsOn: '2026-12-31' }).ok).toBe(true);
    expect(checkDays({ startsOn: '2026-12-31', endsOn: '2027-01-01' }).ok).toBe(true);
    expect(checkDays({ startsOn: '2027-01-01', endsOn: '2026-12-31' })).toEqual({
      ok: false,
      error: { code: 'class_days_contradictory' },
    });
  });

  it('are over on the last day, in Shandong', () => {
    const lastDay = { endsOn: '2026-11-24' };
    const midnightMs = Date.parse('2026-11-24T00:00:00+08:00');

    expect(checkOver(lastDay, midnightMs).ok).toBe(true);
    expect(checkOver(lastDay, midnightMs - 1)).toEqual({
      ok: false,
      error: { code: 'class_not_yet_over', data: lastDay },
    });
  });
});

describe('a class at which a voucher is presented', () => {
  const DAY_MS = 24 * 60 * 60 * 1000;
  const MIDNIGHT_MS = Date.parse('2026-11-25T00:00:00+08:00');
  const entry = (command: 'start' | 'finish') =>
    ({
      command,
      from: 'approved',
      to: 'running',
      atMs: NOW_MS,
      by: { role: 'administrator' },
      requestId: 'r',
    }) as const;

  it('takes it while it runs, whatever its days say', () => {
    expect(checkTaking(aClass({ endsOn: '2020-01-01' }), NOW_MS)).toEqual({ ok: true, data: undefined });
  });

  it.each(['draft', 'submitted', 'returned', 'approved'] as const)(
    'does not yet take it while %s',
    status => {
      expect(checkTaking(aClass({ status }), NOW_MS)).toEqual({
        ok: false,
        error: { code: 'class_not_running', data: { when: 'before' } },
      });
    },
  );

  it('takes it for whole days after the day of its end, as many as the template said then', () => {
    expect(usableUntilMs(NOW_MS, 0)).toBe(MIDNIGHT_MS);
    expect(usableUntilMs(NOW_MS, 3)).toBe(MIDNIGHT_MS + 3 * DAY_MS);
    const over = aClass({ status: 'finished', usableUntilMs: MIDNIGHT_MS });
    expect(checkTaking(over, MIDNIGHT_MS - 1).ok).toBe(true);
    expect(checkTaking(over, MIDNIGHT_MS)).toEqual({
      ok: false,
      error: { code: 'class_not_running', data: { when: 'after', usableUntilMs: MIDNIGHT_MS } },
    });
  });

  it('that ended before this was noted takes it for the usual days after its end', () => {
    const untilMs = MIDNIGHT_MS + GRACE_DAYS_DEFAULT * DAY_MS;
    const ended = aClass({ status: 'finished', history: [entry('start'), entry('finish')] });
    const unknown = aClass({ status: 'finished', endsOn: '2026-11-24', history: [] });

    for (const trainingClass of [ended, unknown]) {
      expect(checkTaking(trainingClass, untilMs - 1).ok).toBe(true);
      expect(checkTaking(trainingClass, untilMs)).toEqual(refused('class_not_running'));
    }
  });
});

describe('what a voucher keeps of its class', () => {
  it('is what the voucher shows of it, and all that a reversal clears', () => {
    expect(toClassOfUse(aClass())).toEqual(CLASS_OF_USE);
    expect(Object.keys(toClassOfUse(aClass({ countyCode: '370112' })))).toEqual(CLASS_FIELDS);
  });
});

describe('an import that is under way', () => {
  const trainingClass = aClass({ rosterImport: { key: 'first', untilMs: NOW_MS } });

  it('keeps others away until its time is over, but not itself', () => {
    expect(isImporting(trainingClass, NOW_MS - 1)).toBe(true);
    expect(isImporting(trainingClass, NOW_MS - 1, 'second')).toBe(true);
    expect(isImporting(trainingClass, NOW_MS - 1, 'first')).toBe(false);
    expect(isImporting(trainingClass, NOW_MS)).toBe(false);
  });

  it('is none where there is none', () => {
    expect(isImporting(aClass(), NOW_MS)).toBe(false);
  });
});
