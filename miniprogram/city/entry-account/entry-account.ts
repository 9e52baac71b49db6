import type { AccountRowInput, EntryApplicationView } from '../../contract/entry';
import { ACCOUNT_COLUMNS } from '../../text/entry-form-text';
import { askingPage } from '../../page-behaviour/asking-page';
import { confirmLeave } from '../../page-behaviour/confirm-leave';
import { showErrors } from '../../page-behaviour/form-errors';
import { formPage } from '../../page-behaviour/form-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { goBack } from '../../page-behaviour/navigate';
import { once } from '../../page-behaviour/once';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import type { Answer } from '../../view/failure';
import {
  accountErrors,
  accountHints,
  countyChoices,
  newAccountForm,
  newRowKey,
  rowsWith,
  rowsWithout,
  wrongFields,
  type AccountForm,
} from '../view/entry-form';

const getApplication = caller('entry.getApplication');
const saveApplication = caller('entry.saveApplication');
const suggestPinyin = caller('documents.suggestPinyin');

/** A name is read out when the typing has paused. */
const PAUSE_MS = 600;

const form = formPage<AccountForm>(newAccountForm());
const sheets = askingPage<'remove'>();

/** One row of 职业培训券管理后台账号申请. What is stored is shown masked; only what is typed anew is sent. */
export default Page({
  ...form,
  ...loadingPage({ once: true }),
  ...sheets,
  data: {
    ...form.data,
    ...pageData(),
    ...sheets.data,
    labels: ACCOUNT_COLUMNS,
    isNew: true,
    counties: [] as { id: string; text: string }[],
    hints: accountHints(undefined),
    pinyinNote: '',
  },

  applicationId: '',
  rowKey: '',
  revision: 0,
  rowKeys: [] as string[],
  typed: {} as Partial<AccountForm>,
  pause: 0,

  onLoad({ applicationId = '', rowKey = '' }) {
    this.applicationId = applicationId;
    this.rowKey = rowKey || newRowKey(Date.now(), Math.random());
  },
  onUnload() {
    clearTimeout(this.pause);
  },

  async load() {
    const answer = await getApplication({ applicationId: this.applicationId });
    if (!answer.ok) return showFailure(this, answer.error);
    this.show(answer.data);
  },

  /** The row as it is stored, below what was typed. */
  show(entry: EntryApplicationView) {
    const row = entry.adminAccounts.find(({ rowKey }) => rowKey === this.rowKey);
    this.revision = entry.revision;
    this.rowKeys = entry.adminAccounts.map(({ rowKey }) => rowKey);
    this.setData({
      state: 'ready',
      isNew: row === undefined,
      counties: countyChoices(entry.cityCode),
      hints: accountHints(row),
      errors: row ? accountErrors(entry.faults, this.rowKey) : {},
      form: { ...newAccountForm(), countyCode: row?.countyCode ?? '', ...this.typed },
    });
  },

  change(name: string, value: unknown) {
    form.change.call(this, name, value);
    this.typed = { ...this.typed, [name]: String(value) };
    if (name === 'name') this.readOutSoon();
    if (name === 'namePinyin') this.setData({ pinyinNote: '' });
  },

  readOutSoon() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => void this.readOut(), PAUSE_MS);
  },
  /** Suggests how the name is spelled, unless somebody has spelled it otherwise. */
  async readOut() {
    const { name, namePinyin } = this.data.form;
    const isOwn = namePinyin !== '' && this.data.pinyinNote === '';
    if (name === '' || isOwn) return;
    const answer = await suggestPinyin({ name });
    // It is a help: where it fails, the field is filled in by hand. Another name may have been typed meanwhile.
    if (!answer.ok || name !== this.data.form.name || answer.data.namePinyin === '') return;
    this.change('namePinyin', answer.data.namePinyin);
    this.setData({ pinyinNote: '按姓名自动拼出，多音字请核对，可以修改' });
  },

  async onSavePress() {
    clearTimeout(this.pause);
    const row: AccountRowInput = { rowKey: this.rowKey, ...this.typed };
    await this.keepRows(
      () => rowsWith(this.rowKeys, row),
      entry => this.leaveOrMend(entry),
    );
  },
  /** What cannot be right is said while the person is still here. */
  leaveOrMend(entry: EntryApplicationView): Promise<void> | void {
    const wrong = wrongFields(entry.faults, this.rowKey);
    if (Object.keys(wrong).length === 0) return goBack();
    this.typed = {};
    this.show(entry);
    showErrors(this, wrong);
    this.setData({ errorText: '已保存，标红的内容有误，请改正' });
  },
  onRemovePress() {
    this.ask('remove');
  },
  async onRemoveConfirm() {
    this.setData({ asking: '' });
    await this.keepRows(
      () => rowsWithout(this.rowKeys, this.rowKey),
      () => goBack(),
    );
  },

  /** Saves the list of rows; where somebody else has saved meanwhile, theirs is read and the same is asked for once more. */
  async keepRows(
    rows: () => AccountRowInput[],
    done: (entry: EntryApplicationView) => Promise<void> | void,
  ): Promise<void> {
    await once(this, async () => {
      const { applicationId } = this;
      const send = (): Promise<Answer<EntryApplicationView>> =>
        saveApplication({ applicationId, revision: this.revision, adminAccounts: rows() });
      let answer = await send();
      if (!answer.ok && answer.error.code === 'entry_changed') {
        await this.load();
        answer = await send();
      }
      if (!answer.ok) return showFailure(this, answer.error);
      confirmLeave(false);
      await done(answer.data);
    });
  },
});
