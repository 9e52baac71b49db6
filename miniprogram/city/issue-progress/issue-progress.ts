import type { JobView } from '../../contract/jobs';
import type { Plain } from '../../contract/brand';
import type { RosterOwner } from '../../contract/operations';
import { askingPage } from '../../page-behaviour/asking-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { currentGrants, knowSession } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import type { Failure } from '../../view/failure';
import { canAct } from '../../view/grants';
import { readRosterCount } from '../services/count-roster';
import { toIssuePlan, type IssuePlan } from '../view/issue';

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

  onLoad({ classId, templateId = '' }) {
    this.owner = classId ? { classId } : { templateId };
    this.setData({ vouchersUrl: cityUrl('vouchers', classId ? { classId } : { templateId }) });
  },

  async load() {
    await knowSession();
    const target = await this.findTarget();
    if ('code' in target) return showFailure(this, target);
    const [template, count] = await Promise.all([
      getTemplate({ templateId: target.templateId }),
      readRosterCount(this.owner),
    ]);
    if (!template.ok) return showFailure(this, template.error);
    if (!count.ok) return showFailure(this, count.error);
    // The pointer is written after the job has started, so a fresh one may be known here only.
    const jobId = target.jobId ?? template.data.issueJobId ?? this.data.jobId;
    this.setData({
      state: 'ready',
      refusal: null,
      title: target.title ?? template.data.name,
      plan: toIssuePlan(template.data, count.data),
      isClerk: canAct(currentGrants(), 'clerk', template.data.cityCode),
      jobId,
      // Until the panel has asked, a job counts as running: nobody shall issue twice by haste.
      isRunning: jobId !== '' && (jobId !== this.data.jobId || this.data.isRunning),
    });
  },

  async findTarget(): Promise<{ templateId: string; title?: string; jobId?: string } | Failure> {
    if ('templateId' in this.owner) return { templateId: this.owner.templateId };
    const answer = await getClass(this.owner);
    if (!answer.ok) return answer.error;
    const { templateId, name: title, issueJobId: jobId } = answer.data;
    return { templateId, title, ...(jobId !== undefined && { jobId }) };
  },

  onIssuePress() {
    this.ask('issue');
  },

  async onConfirm() {
    await this.act(
      () => issueVouchers(this.owner),
      ({ id }) => this.setData({ refusal: null, jobId: id, isRunning: true }),
    );
  },

  /** Quota, budget and people without a voucher have changed with it. */
  onJobEnd({ detail }: WechatMiniprogram.CustomEvent<{ job: JobView }>) {
    if (detail.job.id !== this.data.jobId || !this.data.isRunning) return;
    this.setData({ isRunning: false });
    void this.load();
  },
});
