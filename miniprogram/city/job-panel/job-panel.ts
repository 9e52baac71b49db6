import type { JobRefusal, JobView } from '../../contract/jobs';
import type { Page, PageInput } from '../../contract/paging';
import { Polling } from '../../page-behaviour/polling';
import { caller } from '../../services/cloud';
import { failureText, type Answer } from '../../view/failure';
import { jobRefusalLines } from '../../view/import-report';
import { toJobProgress, type JobProgressView } from '../../view/job';

const getSettlementJob = caller('settlement.getJob');
const listSettlementJobRefusals = caller('settlement.listJobRefusals');
const getVoucherJob = caller('voucher.getJob');
const listVoucherJobRefusals = caller('voucher.listJobRefusals');

type JobInput = { jobId: string };

interface Source {
  get: (input: JobInput) => Promise<Answer<JobView>>;
  refusals: (input: JobInput & PageInput) => Promise<Answer<Page<JobRefusal>>>;
}

/** The function that started a job is the one that knows it. */
const SOURCES: Record<string, Source> = {
  voucher: { get: getVoucherJob, refusals: listVoucherJobRefusals },
  settlement: { get: getSettlementJob, refusals: listSettlementJobRefusals },
};

const ASK_EVERY_MS = 1_500;
const pollings = new WeakMap<object, Polling>();

/** Follows a long job while its page is in front: progress, then what was refused. Emits `end` with { job, wasSeen: it ran while it was followed }. */
export default Component({
  properties: {
    jobId: { type: String, value: '' },
    source: { type: String, value: 'voucher' as 'voucher' | 'settlement' },
  },

  data: {
    watchedId: '',
    job: null as JobProgressView | null,
    trouble: '',
    lines: [] as string[],
    cursor: '',
    hasMore: false,
    loadingMore: false,
  },

  observers: {
    // Told whenever the page sets it, also to what it was.
    jobId(jobId: string) {
      if (jobId === this.data.watchedId) return;
      this.rest();
      this.setData({ watchedId: jobId, job: null, trouble: '', lines: [], cursor: '', hasMore: false });
      if (jobId !== '') this.watch();
    },
  },

  lifetimes: {
    detached() {
      this.rest();
    },
  },

  pageLifetimes: {
    show() {
      if (this.data.jobId !== '' && this.data.job?.running !== false) this.watch();
    },
    hide() {
      this.rest();
    },
  },

  methods: {
    watch() {
      if (pollings.has(this)) return;
      const polling = new Polling(ASK_EVERY_MS, () => this.ask());
      pollings.set(this, polling);
      // At once, not after the first wait; unless the page was left meanwhile, it goes on from there.
      void this.ask().then(said => {
        if (said === 'again' && pollings.get(this) === polling) polling.start();
      });
    },
    rest() {
      pollings.get(this)?.stop();
      pollings.delete(this);
    },

    /** A failure to ask says nothing about the job: it is said, and asked again. */
    async ask(): Promise<'again' | 'stop'> {
      const { jobId } = this.data;
      const source = SOURCES[this.data.source];
      if (!source || jobId === '') return 'stop';
      const answer = await source.get({ jobId });
      if (jobId !== this.data.jobId) return 'stop';
      if (!answer.ok) {
        this.setData({ trouble: failureText(answer.error) });
        return answer.error.code === 'job_not_found' ? 'stop' : 'again';
      }
      const job = answer.data;
      const wasSeen = this.data.job?.running === true;
      this.setData({ job: toJobProgress(job), trouble: '' });
      if (job.status === 'running') return 'again';
      this.triggerEvent('end', { job, wasSeen });
      if (job.refused > 0) await this.loadLines();
      return 'stop';
    },

    async loadLines() {
      const { jobId, cursor } = this.data;
      const source = SOURCES[this.data.source];
      if (!source || this.data.loadingMore) return;
      this.setData({ loadingMore: true });
      const answer = await source.refusals({ jobId, ...(cursor !== '' && { cursor }) });
      this.setData({ loadingMore: false });
      if (!answer.ok) return this.setData({ trouble: failureText(answer.error) });
      // An issue job's refusals name neither row nor code: their reasons are already counted above.
      const named = answer.data.items.filter(({ row, voucherCode }) => row >= 1 || voucherCode !== undefined);
      this.setData({
        lines: [...this.data.lines, ...jobRefusalLines(named)],
        cursor: answer.data.nextCursor ?? '',
        hasMore: answer.data.nextCursor !== undefined,
      });
    },

    onMore() {
      void this.loadLines();
    },
    onAgainTap() {
      this.rest();
      this.watch();
    },
  },
});
