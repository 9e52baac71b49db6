import type { ClassStatus } from '../../miniprogram/contract/training';
import {
  CLASS_TRANSITIONS,
  isClassEditable,
  isClassOpen,
  moveClass,
  type ClassCommand,
} from '../../cloudfunctions/shared/domain/class-status';

const STATUSES: ClassStatus[] = ['draft', 'submitted', 'approved', 'returned', 'running', 'finished'];
const COMMANDS = Object.keys(CLASS_TRANSITIONS) as ClassCommand[];

const LEGAL: Record<ClassCommand, Partial<Record<ClassStatus, ClassStatus>>> = {
  create: {},
  submit: { draft: 'submitted', returned: 'submitted' },
  approve: { submitted: 'approved' },
  return: { submitted: 'returned' },
  start: { approved: 'running' },
  finish: { running: 'finished' },
};

const REFUSALS: Record<ClassCommand, string> = {
  create: 'class_not_editable',
  submit: 'class_not_editable',
  approve: 'class_not_submitted',
  return: 'class_not_submitted',
  start: 'class_not_approved',
  finish: 'class_not_running',
};

describe('every command in every state of a class', () => {
  it.each(COMMANDS.flatMap(command => STATUSES.map(status => [command, status] as const)))(
    '%s of a class that is %s',
    (command, status) => {
      const moved = moveClass(command, status);

      const to = LEGAL[command][status];
      expect(moved).toEqual(
        to === undefined
          ? { ok: false, error: { code: REFUSALS[command], data: { status } } }
          : { ok: true, data: to },
      );
    },
  );

  it('reaches every state, and every one but the last has a way out', () => {
    const reached = COMMANDS.map(command => CLASS_TRANSITIONS[command].to);
    const left = COMMANDS.flatMap((command): readonly ClassStatus[] => CLASS_TRANSITIONS[command].from);

    expect(new Set(reached)).toEqual(new Set(STATUSES));
    expect(new Set(left)).toEqual(new Set(STATUSES.filter(status => status !== 'finished')));
  });
});

describe('what a class is open for', () => {
  it('may be edited only before the city looks at it', () => {
    expect(STATUSES.filter(isClassEditable)).toEqual(['draft', 'returned']);
  });

  it('may have vouchers made only after its opening review (notice 三(三))', () => {
    expect(STATUSES.filter(isClassOpen)).toEqual(['approved', 'running']);
  });
});
