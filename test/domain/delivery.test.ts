import type { Delivery } from '../../cloudfunctions/shared/domain/delivery-notes';
import {
  acceptRefusal,
  judgeAnswer,
  messageIdOf,
  nextMessage,
  pauseAfter,
  resend,
  restNotes,
  STUCK_ATTEMPTS,
  type Answer,
} from '../../cloudfunctions/shared/domain/delivery';
import type { EntryOf, Voucher } from '../../cloudfunctions/shared/domain/voucher';
import { branded } from '../support/branded';
import { aVoucher, CLERK, NOW_MS, WORKER } from './a-voucher';

const BY = { by: WORKER, requestId: 'request' };
const ORDERED = branded<EntryOf<'order'>>({ command: 'order', from: 'none', to: 'making', atMs: 1, ...BY });
const DELIVERED = branded<EntryOf<'deliver'>>({
  command: 'deliver',
  from: 'making',
  to: 'issued',
  atMs: 2,
  ...BY,
});
const CLAIMED = branded<EntryOf<'claim'>>({
  command: 'claim',
  from: 'issued',
  to: 'claimed',
  atMs: 3,
  channelNumber: '1000000001',
  ...BY,
});
const USED = branded<EntryOf<'use'>>({ command: 'use', from: 'claimed', to: 'used', atMs: 4, ...BY });
const HELD: Delivery = { nextPosition: 0, attempts: 0, heldUntilMs: NOW_MS, heldBy: 'token' };
const CONTEXT = { nowMs: NOW_MS, random: 0.5, token: 'token' };

const making = (given: object = {}): Voucher =>
  aVoucher({ status: 'making', history: [ORDERED], delivery: HELD, ...given });
const claimed = (given: object = {}): Voucher =>
  aVoucher({
    status: 'claimed',
    history: [ORDERED, DELIVERED, CLAIMED],
    delivery: { ...HELD, nextPosition: 1 },
    ...given,
  });

function answerTo(voucher: Voucher, answer: Answer) {
  const message = nextMessage(voucher);
  if (!message) throw new Error('nothing to answer');
  return judgeAnswer(voucher, message, answer, CONTEXT);
}

const REFUSED = { kind: 'refused', reason: 'other' } as const;
const DISPUTE = { position: 2, command: 'claim', problem: REFUSED, atMs: NOW_MS } as const;

describe('the messages of a voucher', () => {
  it('are its history but for what the platform has brought about itself, each under its place', () => {
    const message = nextMessage(claimed());

    expect(message).toEqual({ position: 2, entry: CLAIMED });
    expect(message && messageIdOf(claimed(), message)).toBe('class-worker:2');
    expect(nextMessage(aVoucher())).toBeUndefined();
  });

  it('rest when all are told, and while somebody has to decide', () => {
    expect(restNotes(claimed())).toBeUndefined();
    expect(restNotes(claimed({ dispute: DISPUTE }))).toEqual({ relayAtMs: undefined });
    expect(restNotes(claimed({ delivery: { ...HELD, nextPosition: 3 } }))).toEqual({
      relayAtMs: undefined,
      undeliveredSinceMs: undefined,
    });
  });
});

describe('an answer', () => {
  it('that brings the code makes the voucher, whose days begin then', () => {
    const later = NOW_MS + 3 * 24 * 60 * 60 * 1000;
    const voucher = making({ issuedAtMs: NOW_MS });
    const message = nextMessage(voucher);
    const context = { ...CONTEXT, nowMs: later };

    const answered = message && judgeAnswer(voucher, message, { kind: 'accepted', code: 'C' }, context);

    const { claimUntilMs, expiresAtMs } = voucher;
    const lateMs = later - NOW_MS;
    expect(answered?.decision?.next).toMatchObject({
      status: 'issued',
      code: 'C',
      issuedAtMs: later,
      claimUntilMs: claimUntilMs + lateMs,
      expiresAtMs: expiresAtMs + lateMs,
    });
    expect(answered?.notes).toMatchObject({ delivery: { nextPosition: 1 }, relayAtMs: undefined });
  });

  it('leads on to the next message, which is due at once', () => {
    const voucher = claimed({ history: [ORDERED, DELIVERED, CLAIMED, USED] });

    expect(answerTo(voucher, { kind: 'accepted' })?.notes).toMatchObject({
      delivery: { nextPosition: 3, attempts: 0 },
      undeliveredSinceMs: 4,
      relayAtMs: NOW_MS,
    });
  });

  it.each([
    ['the voucher is held by somebody else by now', { delivery: { ...HELD, heldBy: 'other' } }],
    ['the message has been told by now', { delivery: { ...HELD, nextPosition: 3 } }],
  ])('that comes late changes nothing: %s', (_, changed) => {
    const message = nextMessage(claimed());

    expect(message && judgeAnswer(claimed(changed), message, { kind: 'accepted' }, CONTEXT)).toBeUndefined();
  });

  it('that fails leaves the message where it is, due after a pause', () => {
    const answered = answerTo(claimed(), { kind: 'failed', reason: 'no_answer' });

    expect(answered?.notes).toEqual({
      delivery: {
        nextPosition: 1,
        attempts: 1,
        heldUntilMs: 0,
        problem: { kind: 'failed', reason: 'no_answer' },
      },
      relayAtMs: NOW_MS + 3_750,
    });
  });

  it('that has failed often shows the message as stuck, since then', () => {
    const delivery = { ...HELD, nextPosition: 1, attempts: STUCK_ATTEMPTS - 1 };
    const failed = { kind: 'failed', reason: 'no_answer' } as const;

    expect(answerTo(claimed({ delivery }), failed)?.notes.stuckSinceMs).toBe(NOW_MS);
    expect(answerTo(claimed({ delivery, stuckSinceMs: 7 }), failed)?.notes.stuckSinceMs).toBe(7);
  });

  it('that refuses is a dispute, and nothing is sent before somebody decides', () => {
    const answered = answerTo(claimed(), { ...REFUSED, platformCode: '7' });

    const problem = { ...REFUSED, platformCode: '7' };
    expect(answered?.decision).toBeUndefined();
    expect(answered?.notes).toMatchObject({
      dispute: { position: 2, command: 'claim', problem },
      stuckSinceMs: NOW_MS,
    });
    expect(answered?.notes).toHaveProperty('relayAtMs', undefined);
  });
});

test('the pauses double up to half an hour, half of each by chance', () => {
  expect([1, 2, 3].map(attempts => pauseAfter(attempts, 1))).toEqual([5_000, 10_000, 20_000]);
  expect(pauseAfter(1, 0)).toBe(2_500);
  expect(pauseAfter(500, 1)).toBe(30 * 60 * 1000);
});

describe('whoever decides', () => {
  const context = { by: CLERK, nowMs: NOW_MS, requestId: 'request' };

  it('sends the message again as if it were new', () => {
    expect(resend(claimed({ dispute: DISPUTE }), NOW_MS)).toMatchObject({
      ok: true,
      data: { delivery: { nextPosition: 1, attempts: 0 }, relayAtMs: NOW_MS, dispute: undefined },
    });
    expect(resend(aVoucher(), NOW_MS)).toMatchObject({ error: { code: 'voucher_not_undelivered' } });
  });

  it('accepts the platform’s word: the voucher ends, and the platform learns of the end alone', () => {
    const conceded = acceptRefusal(claimed({ dispute: DISPUTE }), context);

    expect(conceded).toMatchObject({
      ok: true,
      data: {
        decision: { entry: { command: 'concede', from: 'claimed', refused: 'claim' } },
        notes: { delivery: { nextPosition: 3 }, relayAtMs: NOW_MS, dispute: undefined },
      },
    });
    expect(acceptRefusal(claimed(), context)).toMatchObject({ error: { code: 'voucher_not_disputed' } });
  });

  it('leaves a voucher in a batch to whoever takes it out', () => {
    expect(acceptRefusal(aVoucher({ status: 'batched', dispute: DISPUTE }), context)).toMatchObject({
      error: { code: 'voucher_in_batch' },
    });
  });
});
