import {
  BATCH_STATUS_NAMES,
  type BatchCommand,
  type BatchStatus,
} from '../../miniprogram/contract/settlement';
import {
  BATCH_TRANSITIONS,
  checkAnotherPerson,
  moveBatch,
} from '../../cloudfunctions/shared/domain/batch-status';

const STATUSES = Object.keys(BATCH_STATUS_NAMES) as BatchStatus[];
const COMMANDS = Object.keys(BATCH_TRANSITIONS) as BatchCommand[];

const LEGAL: Record<BatchCommand, Partial<Record<BatchStatus, BatchStatus>>> = {
  create: {},
  submit: { draft: 'submitted' },
  review: { submitted: 'reviewed' },
  approve: { reviewed: 'approved' },
  pay: { approved: 'paid' },
  settle: { paid: 'settled' },
  return: { submitted: 'returned', reviewed: 'returned' },
};

const REFUSALS: Record<BatchCommand, string> = {
  create: 'batch_not_draft',
  submit: 'batch_not_draft',
  review: 'batch_not_submitted',
  approve: 'batch_not_reviewed',
  pay: 'batch_not_approved',
  settle: 'batch_not_approved',
  return: 'batch_not_returnable',
};

describe('every command in every state of a batch', () => {
  it.each(COMMANDS.flatMap(command => STATUSES.map(status => [command, status] as const)))(
    '%s of a batch that is %s',
    (command, status) => {
      const moved = moveBatch(command, status);

      const to = LEGAL[command][status];
      expect(moved).toEqual(
        to === undefined
          ? { ok: false, error: { code: REFUSALS[command], data: { status } } }
          : { ok: true, data: to },
      );
    },
  );

  it('reaches every state, and every one that is not final has a way out', () => {
    const reached = COMMANDS.map(command => BATCH_TRANSITIONS[command].to);
    const left = COMMANDS.flatMap((command): readonly BatchStatus[] => BATCH_TRANSITIONS[command].from);

    expect(new Set(reached)).toEqual(new Set(STATUSES));
    expect(new Set(left)).toEqual(
      new Set(STATUSES.filter(status => !['settled', 'returned'].includes(status))),
    );
  });

  it('never goes back behind the payment', () => {
    for (const status of ['approved', 'paid', 'settled'] as const)
      expect(moveBatch('return', status).ok).toBe(false);
  });
});

describe('another person', () => {
  const history = [{ by: { personKey: 'maker' } }, { by: { personKey: 'reviewer' } }, { by: {} }];

  it('is anybody who has taken no step yet', () => {
    expect(checkAnotherPerson(history, 'payer').ok).toBe(true);
  });

  it.each(['maker', 'reviewer'])('is not the %s again', personKey => {
    expect(checkAnotherPerson(history, personKey)).toEqual({
      ok: false,
      error: { code: 'batch_same_person' },
    });
  });
});
