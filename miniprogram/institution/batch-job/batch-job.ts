import type { JobRefusal } from '../../contract/jobs';
import { growRows, listData, showRows } from '../../services/list-page';
import { PagedList } from '../../services/paged-list';
import { pageData, showFailure } from '../../services/page-state';
import { Polling } from '../../services/polling';
import { getSettlementJob, listSettlementJobRefusals } from '../../services/settlement';
import { jobRefusalText } from '../../text/row-problem-text';
import { toJobProgress, type JobProgressView } from '../../view/job';
import { parameter } from '../parameter';

const ASK_EVERY_MS = 2_000;

/** Follows an import of codes to its end, then says what was refused and why. */
export default Page({
  data: { ...pageData(), ...listData<string>(), job: null as JobProgressView | null },

  jobId: '',
  list: undefined as PagedList<JobRefusal> | undefined,
  polling: undefined as Polling | undefined,

  onLoad(query) {
    const jobId = parameter(query, 'job');
    this.jobId = jobId;
    this.list = new PagedList(page => listSettlementJobRefusals({ jobId, ...page }));
    this.polling = new Polling(ASK_EVERY_MS, async () => ((await this.load()) ? 'again' : 'stop'));
  },
  onShow() {
    void this.refresh();
  },
  onHide() {
    this.polling?.stop();
  },
  onUnload() {
    this.polling?.stop();
  },
  async onPullDownRefresh() {
    await this.refresh();
    void wx.stopPullDownRefresh();
  },

  async refresh() {
    this.polling?.stop();
    if (await this.load()) this.polling?.start();
  },

  /** @returns whether it still runs. A failed question is no end: the next one may be answered. */
  async load(): Promise<boolean> {
    const answer = await getSettlementJob({ jobId: this.jobId });
    if (!answer.ok) {
      showFailure(this, answer.error);
      return this.data.job?.running ?? false;
    }
    const job = toJobProgress(answer.data);
    this.setData({ state: 'ready', refusal: null, job });
    if (!job.running && answer.data.refused > 0 && this.list)
      await showRows(this, { list: this.list, toRow: jobRefusalText, whenNone: 'ready' });
    return job.running;
  },

  onMore() {
    if (this.list) void growRows(this, { list: this.list, toRow: jobRefusalText });
  },
  onReachBottom() {
    this.onMore();
  },
  onBackPress() {
    void wx.navigateBack();
  },
  onRetry() {
    void this.refresh();
  },
  onDismiss() {
    this.setData({ refusal: null });
  },
});
