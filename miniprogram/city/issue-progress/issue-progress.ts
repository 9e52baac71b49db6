import type { JobView } from '../../contract/jobs';
import type { Plain } from '../../contract/brand';
import type { RosterOwner } from '../../contract/operations';
import { askingPage } from '../../page-behaviour/asking-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { needSession } from '../../page-behaviour/need-session';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import type { Answer } from '../../view/failure';
import { canAct } from '../../view/grants';
import { toIssuePlan, type IssuePlan, type IssueTarget } from '../view/issue';

const getTemplate = caller('voucher.getTemplate');
const getClass = caller('training.getClass');
const issueVouchers = caller('voucher.issue');

const sheets = askingPage<'issue'>();

/** Issues the vouchers of a class (定向券) or of a template's recipients (通用券), and follows it. */
export default Page({
  ...loadingPage({ once: true }),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    title: '',
    plan: null as IssuePlan | null,
    isClerk: false,
    /** The last issue job: it is found again whenever the page is opened. */
    jobId: '',
    isRunning: false,
    vouchersUrl: '',
  },

  owner: { classId: '' } as Plain<RosterOwner>,
  /** The job that was started here. */
  startedId: '',

  onLoad({ classId, templateId = '' }) {
    this.owner = classId ? { classId } : { templateId };
    this.setData({ vouchersUrl: cityUrl('vouchers', classId ? { classId } : { templateId }) });
  },

  async load() {
    if (!(await needSession(this))) return;
    const answer = await this.findTarget();
    if (!answer.ok) return showFailure(this, answer.error);
    const { title, place, template, issueJobId, counts } = answer.data;
    // The pointer is written after the job has started, so a fresh one may be known here only.
    const jobId = issueJobId ?? this.data.jobId;
    this.setData({
      state: 'ready',
      refusal: null,
      title,
      plan: toIssuePlan(template, counts),
      isClerk: canAct(currentGrants(), 'clerk', place),
      jobId,
      // Until the panel has asked, a job counts as running: nobody shall issue twice by haste.
      isRunning: jobId !== '' && (jobId !== this.data.jobId || this.data.isRunning),
    });
  },

  async findTarget(): Promise<Answer<IssueTarget>> {
    if ('classId' in this.owner) {
      const answer = await getClass(this.owner);
      if (!answer.ok) return answer;
      const { name: title, template, issueJobId, ...counts } = answer.data;
      return { ok: true, data: { title, place: answer.data, template, issueJobId, counts } };
    }
    const answer = await getTemplate(this.owner);
    if (!answer.ok) return answer;
    const { name: title, issueJobId } = answer.data;
    return {
      ok: true,
      data: { title, place: answer.data, template: answer.data, issueJobId, counts: answer.data },
    };
  },

  onIssuePress() {
    this.ask('issue');
  },

  async onConfirm() {
    await this.act(
      () => issueVouchers(this.owner),
      ({ id }) => {
        this.startedId = id;
        this.setData({ refusal: null, jobId: id, isRunning: true });
      },
    );
  },

  /** Quota, budget and people without a voucher have changed with it, unless it had ended before they were read. */
  onJobEnd({ detail: { job, wasSeen } }: WechatMiniprogram.CustomEvent<{ job: JobView; wasSeen: boolean }>) {
    if (job.id !== this.data.jobId || !this.data.isRunning) return;
    this.setData({ isRunning: false });
    if (wasSeen || job.id === this.startedId) void this.load();
  },
});
