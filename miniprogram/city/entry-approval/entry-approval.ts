import { askingPage } from '../../page-behaviour/asking-page';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { loadingPage } from '../../page-behaviour/loading-page';
import { goBack } from '../../page-behaviour/navigate';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import type { Fact } from '../../view/voucher';
import {
  ACCOUNT_ROLES,
  approvalFacts,
  isRoleChoice,
  toAccountChoices,
  type AccountChoice,
} from '../view/entry-approval';

const approveApplication = caller('entry.approveApplication');
const getApplication = caller('entry.getApplication');

const sheets = askingPage<'approve'>();

/** The ministry has approved: the province says for each account row which role it gets, or none. */
export default Page({
  ...loadingPage({ once: true }),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    title: '',
    rows: [] as AccountChoice[],
    roles: ACCOUNT_ROLES,
    facts: [] as Fact[],
    errorText: '',
  },

  applicationId: '',

  onLoad({ applicationId = '' }) {
    this.applicationId = applicationId;
  },

  async load() {
    const answer = await getApplication({ applicationId: this.applicationId });
    if (!answer.ok) return showFailure(this, answer.error);
    const entry = answer.data;
    this.setData({
      state: 'ready',
      title: entry.applicantName ?? '',
      rows: toAccountChoices(entry),
      facts: approvalFacts(entry),
    });
  },

  onRoleChange({ detail: { name, value } }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>) {
    const index = this.data.rows.findIndex(({ rowKey }) => rowKey === name);
    if (index < 0 || !isRoleChoice(value)) return;
    this.setData({ [`rows[${index}].role`]: value, [`rows[${index}].error`]: '', errorText: '' });
    confirmLeave(true);
  },

  onApprovePress() {
    const { rows } = this.data;
    const missing = rows.filter(({ role }) => role === '').length;
    if (missing === 0) return this.ask('approve');
    this.setData({
      rows: rows.map(row => ({ ...row, error: row.role === '' ? '请选择角色，或选择“不开通”' : '' })),
      errorText: `还有 ${missing} 个账号没有选角色`,
    });
  },
  async onApproveConfirm() {
    const { applicationId } = this;
    const roles = this.data.rows.flatMap(({ rowKey, role }) => (role === '' ? [] : [{ rowKey, role }]));
    await this.act(
      () => approveApplication({ applicationId, roles }),
      () => {
        confirmLeave(false);
        return goBack();
      },
    );
  },
});
