import type { JobRefusal, JobView } from '../../contract/jobs';
import type { Page, PageInput } from '../../contract/paging';
import { Polling } from '../../page-behaviour/polling';
import { caller } from '../../services/cloud';
import { failureText, isSignInMissing, type Answer } from '../../view/failure';
import { jobRefusalLines } from '../../view/import-report';
import { toJobProgress, type JobProgressView } from '../../view/job';

const getEntryJob = caller('entry.getJob');
const listEntryJobRefusals = caller('entry.listJobRefusals');
const getSettlementJob = caller('settlement.getJob');
const listSettlementJobRefusals = caller('settlement.listJobRefusals');
const getTrainingJob = caller('training.getJob');
const listTrainingJobRefusals = caller('training.listJobRefusals');
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
  entry: { get: getEntryJob, refusals: listEntryJobRefusals },
  settlement: { get: getSettlementJob, refusals: listSettlementJobRefusals },
  training: { get: getTrainingJob, refusals: listTrainingJobRefusals },
};

const ASK_EVERY_MS = 1_500;
const pollings = new WeakMap<object, Polling>();

/** Follows a long job while its page is in front: progress, then what was refused. Emits `end` with { job, wasSeen: it ran while it was followed }. */
export default Component({
  properties: {
    jobId: { type: String, value: '' },
    source: { type: String, value: 'voucher' as 'voucher' | 'settlement' | 'entry' | 'training' },
    /** The job as the page was told of it: then it is asked for only while it runs. */
    known: { type: null, value: null as JobView | null },
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
      void this.look().then(said => {
        if (said === 'again' && pollings.get(this) === polling) polling.start();
      });
    },
    rest() {
      pollings.get(this)?.stop();
      pollings.delete(this);
    },

    /** The first look at a job. */
    look(): Promise<'again' | 'stop'> {
      const { jobId, known, job } = this.data;
      return !job && known?.id === jobId ? this.take(known) : this.ask();
    },

    /** A failure to ask says nothing about the job: it is said, and asked again. */
    async ask(): Promise<'again' | 'stop'> {
      const { jobId } = this.data;
      const source = SOURCES[this.data.source];
      if (!source || jobId === '') return 'stop';
      const answer = await source.get({ jobId });
      if (jobId !== this.data.jobId) return 'stop';
      if (!answer.ok) {
        // That a sign-in has ended is said by the page.
        this.setData({ trouble: isSignInMissing(answer.error) ? '' : failureText(answer.error) });
        return answer.error.code === 'job_not_found' ? 'stop' : 'again';
      }
      return this.take(answer.data);
    },

    async take(job: JobView): Promise<'again' | 'stop'> {
      const wasSeen = this.data.job?.running === true;
      this.setData({ job: toJobProgress(job), trouble: '' });
      if (job.status === 'running') return 'again';
      this.triggerEvent('end', { job, wasSeen });
      // Why vouchers were not issued is counted above; such refusals name neither row nor code.
      if (job.refused > 0 && job.kind !== 'issue') await this.loadLines();
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
      this.setData({
        lines: [...this.data.lines, ...jobRefusalLines(answer.data.items)],
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
