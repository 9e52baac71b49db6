import { listPage } from '../../page-behaviour/list-page';
import { goBack } from '../../page-behaviour/navigate';
import { showFailure } from '../../page-behaviour/page-state';
import { pollingPage } from '../../page-behaviour/polling-page';
import { caller } from '../../services/cloud';
import { jobRefusalText } from '../../text/row-problem-text';
import { toJobProgress, type JobProgressView } from '../../view/job';
import { parameter } from '../parameter';

const getSettlementJob = caller('settlement.getJob');
const listSettlementJobRefusals = caller('settlement.listJobRefusals');

const ASK_EVERY_MS = 2_000;

const list = listPage({
  ask: listSettlementJobRefusals,
  toRow: jobRefusalText,
  owner: { jobId: '' },
  whenNone: 'ready',
});

/** Follows an import of codes to its end, then says what was refused and why. */
export default Page({
  ...list,
  ...pollingPage(ASK_EVERY_MS),
  data: { ...list.data, job: null as JobProgressView | null },

  onLoad(query) {
    this.owner = { jobId: parameter(query, 'job') };
  },

  /** @returns whether it still runs. A failed question is no end: the next one may be answered. */
  async query(): Promise<boolean> {
    const answer = await getSettlementJob(this.owner);
    if (!answer.ok) {
      showFailure(this, answer.error);
      return this.data.job?.running ?? false;
    }
    const job = toJobProgress(answer.data);
    this.setData({ state: 'ready', refusal: null, job });
    if (!job.running && answer.data.refused > 0) await this.loadRows();
    return job.running;
  },

  onBackPress() {
    void goBack();
  },
});
