import type { JobView } from '../../contract/jobs';
import type { BatchDetailView } from '../../contract/settlement';
import { askingPage } from '../../page-behaviour/asking-page';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession } from '../../session/session';
import { cityUrl } from '../../view/city-url';
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
const sheets = askingPage<'pass' | 'return' | 'remove'>();

export default Page({
  ...list,
  ...sheets,
  data: {
    ...list.data,
    ...sheets.data,
    batch: null as BatchPage | null,
    actions: null as BatchActions | null,
    question: null as ReviewQuestion | null,
    lines: [] as StepLineView[],
    /** Write-off after payment, or the release of the vouchers of a returned batch. */
    jobId: '',
    job: null as JobView | null,
    removing: { id: '', name: '' },
  },

  isFirstReview: true,

  onLoad({ batchId = '' }) {
    this.owner = { batchId };
  },

  async load() {
    await knowSession();
    const [batch] = await Promise.all([getBatch(this.owner), this.loadRows()]);
    if (!batch.ok) return showFailure(this, batch.error);
    this.show(batch.data);
  },

  show(batch: BatchDetailView) {
    const hasJob = batch.status === 'paid' || batch.status === 'settled' || batch.status === 'returned';
    this.isFirstReview = batch.status === 'submitted';
    this.setData({
      state: 'ready',
      refusal: null,
      batch: toBatchPage(batch),
      actions: batchActions(batch, currentGrants()),
      question: reviewQuestion(batch),
      lines: batchLines(batch),
      jobId: hasJob ? (batch.jobId ?? '') : '',
      job: batch.job ?? null,
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

  async onPassConfirm() {
    const pass = this.isFirstReview ? reviewBatch : approveBatch;
    await this.act(
      () => pass(this.owner),
      batch => this.show(batch),
    );
  },
  async onReasonConfirm({ detail: { reason } }: Reasoned) {
    const voucherId = this.data.removing.id;
    if (this.data.asking === 'remove')
      return this.act(
        () => removeBatchItem({ ...this.owner, voucherId, reason }),
        () => this.load(),
      );
    await this.act(
      () => returnBatch({ ...this.owner, reason }),
      batch => {
        this.show(batch);
        return this.loadRows();
      },
    );
  },
});
