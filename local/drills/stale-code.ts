import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { CODE_WINDOW_MS } from '../../cloudfunctions/shared/domain/qr-token';
import type { PlainInputOf } from '../../miniprogram/contract/operations';
import type { Result } from '../../miniprogram/contract/result';
import type { VoucherReceipt } from '../../miniprogram/contract/vouchers';
import { isUsed, planFor } from '../loop/plan';
import {
  claimVouchers,
  issueVouchers,
  setTheStage,
  startPlay,
  type HeldVoucher,
  type Play,
} from '../loop/play';
import { addToTally, type Tally } from '../loop/tally';
import { withStage, type Drill } from './drill';

const PEOPLE = 100;
const VOUCHERS = 30;
/** More than an account remembers. */
const OTHER_WRITES = 17;
const DAY_MS = 24 * 60 * 60 * 1000;

type UseInput = PlainInputOf<'verification.use'>;
type Answer = Result<VoucherReceipt>;

interface Request {
  input: UseInput;
  requestId: string;
}

/** What the institution has sent in, to be sent once more. */
interface Sent extends HeldVoucher {
  /** Accepted, and taken back afterwards. */
  accepted: Request & { answer: Answer };
  /** Refused, since the voucher had just been used: by another picture of the same window, and by digits. */
  refused: Request[];
}

/**
 * Codes that come again, after an undo, in their window and days later: under the requests that were refused with them and under
 * new ones. None of them is worth anything; only a request that has succeeded gets its success again.
 */
export const staleCode: Drill = () =>
  withStage({}, async stage => {
    const play = startPlay(stage, planFor(PEOPLE));
    await setTheStage(play);
    await issueVouchers(play);
    const held = (await claimVouchers(play))
      .filter(({ person }) => isUsed(person.destiny))
      .slice(0, VOUCHERS);
    const found = { refused: {} as Tally, accepted: 0, repeated: 0, different: 0 };

    const note = (answer: Answer): void => {
      if (answer.ok) found.accepted++;
      else addToTally(found.refused, answer.error.code);
    };
    const replay = async (sent: Sent): Promise<void> => {
      for (const request of sent.refused) note(await send(play, sent, request));
      for (const { input } of [sent.accepted, ...sent.refused]) note(await send(play, sent, asNew(input)));
    };
    const repeat = async (sent: Sent): Promise<void> => {
      found.repeated++;
      if (!isDeepStrictEqual(await send(play, sent, sent.accepted), sent.accepted.answer)) found.different++;
    };

    const all: Sent[] = [];
    for (const voucher of held) {
      const sent = await useAndTakeBack(play, voucher);
      all.push(sent);
      // Still in its window.
      note(await send(play, voucher, asNew(sent.accepted.input)));
      note(await typeTwice(play, voucher));
    }
    for (const { staged } of all.slice(0, 1)) await writeOften(play, staged.institution.administrator);
    await advance(play, 2 * CODE_WINDOW_MS + CODE_WINDOW_MS / 2);
    for (const sent of all) await repeat(sent);
    for (const sent of all) await replay(sent);
    await advance(play, 3 * DAY_MS);
    await signInAgain(play);
    for (const sent of all) await repeat(sent);
    for (const sent of all) await replay(sent);

    const tried = Object.values(found.refused).reduce((sum, count) => sum + count, 0);
    const ok =
      held.length === VOUCHERS &&
      found.accepted === 0 &&
      found.different === 0 &&
      found.repeated === 2 * VOUCHERS &&
      found.refused.code_replayed === 2 * VOUCHERS;
    return { name: 'stale-code', ok, vouchers: held.length, tried, ...found };
  });

const asNew = (input: UseInput): Request => ({ input, requestId: randomUUID() });

const send = ({ stage }: Play, { staged }: HeldVoucher, { input, requestId }: Request): Promise<Answer> =>
  stage.caller.call('verification.use', input, { openid: staged.institution.administrator, requestId });

/** One picture counts and is taken back; what else was on the phone meanwhile is refused, and kept for later. */
async function useAndTakeBack(play: Play, voucher: HeldVoucher): Promise<Sent> {
  const { voucherId, openid, staged } = voucher;
  await toWindowStart(play);
  const show = () => play.acts.must('voucher.showCode', { voucherId }, openid);
  const [{ qrText }, other] = [await show(), await show()];
  const accepted = asNew({ qrText });
  const answer = await send(play, voucher, accepted);
  const refused = [asNew({ qrText: other.qrText }), asNew({ voucherId, digits: other.digits })];
  for (const request of refused) await send(play, voucher, request);
  await takeBack(play, voucherId, staged.institution.administrator);
  return { ...voucher, accepted: { ...accepted, answer }, refused };
}

/** Digits count, are taken back, and are typed again in their window. */
async function typeTwice(play: Play, voucher: HeldVoucher): Promise<Answer> {
  const { voucherId, openid, staged } = voucher;
  await toWindowStart(play);
  const { digits } = await play.acts.must('voucher.showCode', { voucherId }, openid);
  const first = await send(play, voucher, asNew({ voucherId, digits }));
  if (!first.ok) throw new Error(`fresh digits were refused: ${first.error.code}`);
  await takeBack(play, voucherId, staged.institution.administrator);
  return send(play, voucher, asNew({ voucherId, digits }));
}

const takeBack = ({ acts }: Play, voucherId: string, administrator: string) =>
  acts.must('verification.reverse', { voucherId, reason: '扫错学员' }, administrator);

async function writeOften({ stage }: Play, openid: string): Promise<void> {
  for (let call = 0; call < OTHER_WRITES; call++)
    await stage.caller.call('verification.use', { qrText: `other${call}` }, { openid });
}

const advance = ({ stage: { cloud } }: Play, ms: number): Promise<void> =>
  cloud.setClockOffsetMs(cloud.clockOffsetMs + ms);

/** What follows happens in one window. */
const toWindowStart = (play: Play): Promise<void> => {
  const nowMs = Date.now() + play.stage.cloud.clockOffsetMs;
  return advance(play, CODE_WINDOW_MS - (nowMs % CODE_WINDOW_MS));
};

async function signInAgain({ acts, plan }: Play): Promise<void> {
  for (const { administrator } of plan.institutions) await acts.signIn(administrator);
}
