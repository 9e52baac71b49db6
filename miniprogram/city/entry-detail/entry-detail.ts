import type { EntryApplicationView, SealBlock } from '../../contract/entry';
import { askingPage } from '../../page-behaviour/asking-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { openPage } from '../../page-behaviour/navigate';
import { needSession } from '../../page-behaviour/need-session';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { openFile } from '../../services/files';
import { currentGrants } from '../../session/session';
import { cityUrl } from '../../view/city-url';
import type { StepLineView } from '../../view/history';
import { entryActions, entryLines, toEntryPage, type EntryActions, type EntryPage } from '../view/entry';

const getApplication = caller('entry.getApplication');
const openScan = caller('entry.openScan');
const returnApplication = caller('entry.returnApplication');
const sendApplication = caller('entry.sendApplication');

const sheets = askingPage<'send' | 'return' | 'scan'>();

/** How far an application for network entry is, who did what, and the next step for whoever may take it. */
export default Page({
  ...loadingPage(),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    entry: null as EntryPage | null,
    actions: null as EntryActions | null,
    lines: [] as StepLineView[],
    jobId: '',
    sheetUrl: '',
  },

  applicationId: '',
  block: undefined as SealBlock | undefined,

  onLoad({ applicationId = '' }) {
    this.applicationId = applicationId;
    this.setData({ sheetUrl: cityUrl('entry-sheet', { applicationId }) });
  },

  async load() {
    if (!(await needSession(this))) return;
    const answer = await getApplication({ applicationId: this.applicationId });
    if (!answer.ok) return showFailure(this, answer.error);
    this.show(answer.data);
  },

  show(entry: EntryApplicationView) {
    this.setData({
      state: 'ready',
      refusal: null,
      entry: toEntryPage(entry, currentGrants()),
      actions: entryActions(entry, currentGrants()),
      lines: entryLines(entry),
      jobId: entry.approvalJobId ?? '',
    });
  },

  onMainPress() {
    const { applicationId } = this;
    const { main, block } = this.data.actions ?? {};
    if (main === 'send') return this.ask('send');
    if (main === 'fill') void openPage(cityUrl('entry-form', { applicationId }));
    if (main === 'seal' && block) void openPage(cityUrl('entry-seal', { applicationId, block }));
    if (main === 'approve') void openPage(cityUrl('entry-approval', { applicationId }));
  },
  onSealTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    const { block } = currentTarget.dataset as { block: SealBlock };
    void openPage(cityUrl('entry-seal', { applicationId: this.applicationId, block }));
  },
  onReturnPress() {
    this.ask('return');
  },
  async onSendConfirm() {
    const { applicationId } = this;
    await this.act(
      () => sendApplication({ applicationId }),
      entry => this.show(entry),
    );
  },
  async onReturnConfirm({ detail: { reason } }: WechatMiniprogram.CustomEvent<{ reason: string }>) {
    const { applicationId } = this;
    await this.act(
      () => returnApplication({ applicationId, reason }),
      entry => this.show(entry),
    );
  },

  /** A scan shows ID numbers: who opens it is told that it is noted. */
  onScanTap({ currentTarget }: WechatMiniprogram.TouchEvent) {
    this.block = (currentTarget.dataset as { block: SealBlock }).block;
    this.ask('scan');
  },
  async onScanConfirm() {
    const { applicationId, block } = this;
    if (!block) return;
    await this.act(
      async () => {
        const answer = await openScan({ applicationId, block });
        return answer.ok ? openFile(answer.data.fileUrl) : answer;
      },
      () => this.load(),
    );
  },

  /** Channel, accounts and client are there now. */
  onJobEnd({ detail }: WechatMiniprogram.CustomEvent<{ wasSeen: boolean }>) {
    if (detail.wasSeen) void this.load();
  },
});
