import type { BatchView } from '../../contract/settlement';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import type { Answer } from '../../view/failure';
import { batchLines, type StepLineView } from '../../view/history';
import {
  batchActions,
  reviewQuestion,
  toBatchPage,
  toItemRow,
  type BatchActions,
  type BatchPage,
  type ReviewQuestion,
} from '../view/batches';

const approveBatch = caller('settlement.approveBatch');
const getBatch = caller('settlement.getBatch');
const listBatchItems = caller('settlement.listItems');
const removeBatchItem = caller('settlement.removeItem');
const returnBatch = caller('settlement.returnBatch');
const reviewBatch = caller('settlement.reviewBatch');

type Reasoned = WechatMiniprogram.CustomEvent<{ reason: string }>;

const list = listPage({ ask: listBatchItems, toRow: toItemRow, owner: { batchId: '' }, whenNone: 'keep' });

export default Page({
  ...list,
  data: {
    ...list.data,
    batch: null as BatchPage | null,
    actions: null as BatchActions | null,
    question: null as ReviewQuestion | null,
    lines: [] as StepLineView[],
    /** Write-off after payment, or the release of the vouchers of a returned batch. */
    jobId: '',
    asking: '' as '' | 'pass' | 'return' | 'remove',
    removing: { id: '', name: '' },
  },

  isFirstReview: true,

  onLoad({ batchId = '' }) {
    this.owner = { batchId };
  },

  async load() {
    await knowSession();
    const [batch] = await Promise.all([getBatch(this.owner), this.loadRows()]);
    this.show(batch);
  },

  show(answer: Answer<BatchView>) {
    if (!answer.ok) return showFailure(this, answer.error);
    const batch = answer.data;
    const hasJob = batch.status === 'paid' || batch.status === 'settled' || batch.status === 'returned';
    this.isFirstReview = batch.status === 'submitted';
    this.setData({
      state: 'ready',
      refusal: null,
      asking: '',
      batch: toBatchPage(batch),
      actions: batchActions(batch, currentGrants()),
      question: reviewQuestion(batch),
      lines: batchLines(batch.history),
      jobId: hasJob ? (batch.jobId ?? '') : '',
    });
  },

  /** The state follows the end of the job; 'settled' is written with it. */
  onJobEnd() {
    if (this.data.batch?.isWritingOff) void this.load();
  },

  onMainPress() {
    if (this.data.actions?.main !== 'pay') return this.ask('pass');
    void openPage(cityUrl('payment', this.owner));
  },
  onReturnPress() {
    this.ask('return');
  },
  onRemoveTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.setData({ removing: currentTarget.dataset as { id: string; name: string } });
    this.ask('remove');
  },
  ask(asking: 'pass' | 'return' | 'remove') {
    this.setData({ asking, refusal: null });
  },
  onCancel() {
    this.setData({ asking: '' });
  },

  async onPassConfirm() {
    const pass = this.isFirstReview ? reviewBatch : approveBatch;
    await once(this, async () => this.show(await pass(this.owner)));
  },
  async onReasonConfirm({ detail: { reason } }: Reasoned) {
    await once(this, () => (this.data.asking === 'remove' ? this.remove(reason) : this.sendBack(reason)));
  },
  async sendBack(reason: string) {
    this.show(await returnBatch({ ...this.owner, reason }));
    await this.loadRows();
  },
  async remove(reason: string) {
    const input = { ...this.owner, voucherId: this.data.removing.id, reason };
    const answer = await removeBatchItem(input);
    if (!answer.ok) return showFailure(this, answer.error);
    await this.load();
  },
});
