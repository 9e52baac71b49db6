import { askingPage } from '../../page-behaviour/asking-page';
import { listPage } from '../../page-behaviour/list-page';
import { openPage } from '../../page-behaviour/navigate';
import { showFailure } from '../../page-behaviour/page-state';
import { pollingPage } from '../../page-behaviour/polling-page';
import { caller } from '../../services/cloud';
import { toJobProgress, type JobProgressView } from '../../view/job';
import { parameter } from '../parameter';
import {
  jobUrl,
  toBatchItemRow,
  toBatchPage,
  type BatchItemRowView,
  type BatchPageView,
} from '../view/batch';

const getBatch = caller('settlement.getBatch');
const listBatchItems = caller('settlement.listItems');
const removeBatchItem = caller('settlement.removeItem');
const submitBatch = caller('settlement.submitBatch');

const ASK_EVERY_MS = 3_000;

const list = listPage({
  ask: listBatchItems,
  toRow: toBatchItemRow,
  owner: { batchId: '' },
  whenNone: 'ready',
});

const sheets = askingPage<'submit' | 'remove'>();

export default Page({
  ...list,
  ...pollingPage(ASK_EVERY_MS),
  ...sheets,
  data: {
    ...list.data,
    ...sheets.data,
    id: '',
    batch: null as BatchPageView | null,
    /** The last long piece of work on this batch, while it runs or when it stopped. */
    job: null as JobProgressView | null,
    jobUrl: '',
    removing: null as BatchItemRowView | null,
  },

  onLoad(query) {
    const batchId = parameter(query, 'id');
    this.owner = { batchId };
    this.setData({ id: batchId });
  },

  /** @returns whether something is under way, so that it is worth asking again. */
  async query(): Promise<boolean> {
    const answer = await getBatch(this.owner);
    if (!answer.ok) {
      showFailure(this, answer.error);
      return false;
    }
    const { job } = answer.data;
    const batch = toBatchPage(answer.data);
    this.setData({
      batch,
      job: job && job.status !== 'finished' ? toJobProgress(job) : null,
      jobUrl: job ? jobUrl(job.id) : '',
    });
    await this.loadRows();
    return batch.isMoving || job?.status === 'running';
  },

  onSubmitPress() {
    this.ask('submit');
  },
  onRemoveTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { id } = currentTarget.dataset as { id: string };
    this.setData({ removing: this.data.rows.find(row => row.id === id) ?? null });
    this.ask('remove');
  },
  async onSubmitConfirm() {
    await this.act(
      () => submitBatch(this.owner),
      () => this.load(),
    );
  },
  async onRemoveConfirm({ detail }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    const { removing } = this.data;
    if (!removing) return;
    await this.act(
      () => removeBatchItem({ ...this.owner, voucherId: removing.id, reason: detail.reason }),
      () => this.load(),
    );
  },

  onPickPress() {
    void openPage(`/institution/batch-pick/batch-pick?id=${encodeURIComponent(this.data.id)}`);
  },
});
