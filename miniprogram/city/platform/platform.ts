import { askingPage } from '../../page-behaviour/asking-page';
import { listPage } from '../../page-behaviour/list-page';
import { needSession } from '../../page-behaviour/need-session';
import { once } from '../../page-behaviour/once';
import { showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import { canAct, isProvince } from '../../view/grants';
import {
  acceptQuestion,
  toPlatformView,
  toStuckRow,
  type PlatformView,
  type StuckRow,
} from '../view/platform';

const countUndelivered = caller('voucher.countUndelivered');
const listUndelivered = caller('voucher.listUndelivered');
const resend = caller('voucher.resend');
const acceptRefusal = caller('voucher.acceptRefusal');

const list = listPage({
  ask: listUndelivered,
  toRow: stuck =>
    toStuckRow(stuck, {
      nowMs: Date.now(),
      isClerk: canAct(currentGrants(), 'clerk', stuck),
      showsCity: isProvince(currentGrants()),
    }),
  whenNone: 'ready',
});
const sheets = askingPage<'accept'>();

/** The ministry's platform: who makes the codes, how long messages wait, and what cannot be delivered. */
export default Page({
  ...list,
  ...sheets,
  data: {
    ...list.data,
    ...sheets.data,
    platform: null as PlatformView | null,
    question: null as ReturnType<typeof acceptQuestion> | null,
  },

  chosen: undefined as StuckRow | undefined,

  async load() {
    if (!(await needSession(this))) return;
    const [answer] = await Promise.all([countUndelivered({}), this.loadRows()]);
    if (!answer.ok) return showFailure(this, answer.error);
    this.setData({ platform: toPlatformView(answer.data, Date.now()) });
  },

  rowOf({ currentTarget }: WechatMiniprogram.TouchEvent): StuckRow | undefined {
    const { id } = currentTarget.dataset as { id: string };
    return this.data.rows.find(row => row.id === id);
  },

  async onResendTap(event: WechatMiniprogram.TouchEvent) {
    const row = this.rowOf(event);
    if (!row) return;
    await once(this, async () => {
      const answer = await resend({ voucherId: row.id });
      if (!answer.ok) return showFailure(this, answer.error);
      await this.load();
    });
  },

  onAcceptTap(event: WechatMiniprogram.TouchEvent) {
    this.chosen = this.rowOf(event);
    if (!this.chosen) return;
    this.setData({ question: acceptQuestion(this.chosen) });
    this.ask('accept');
  },

  async onConfirm() {
    const { chosen } = this;
    if (!chosen) return;
    await this.act(
      () => acceptRefusal({ voucherId: chosen.id }),
      () => this.load(),
    );
  },
});
