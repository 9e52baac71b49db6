import { askingPage } from '../../page-behaviour/asking-page';
import { loadingPage } from '../../page-behaviour/loading-page';
import { needSession } from '../../page-behaviour/need-session';
import { pageData, showFailure } from '../../page-behaviour/page-state';
import { caller } from '../../services/cloud';
import { openFile } from '../../services/files';
import { currentGrants } from '../../session/session';
import {
  ACCOUNT_COLUMNS,
  ENTRY_FIELDS,
  ENTRY_FORM_TITLE,
  FILLED_ON_LABEL,
  SEAL_LINES,
  toPrintedForm,
  type PrintedEntryForm,
} from '../../text/entry-form-text';
import { entryActions } from '../view/entry';
import { toMaskedForm } from '../view/entry-sheet';

const getApplication = caller('entry.getApplication');
const makeEntryForm = caller('documents.makeEntryForm');
const unmaskApplication = caller('entry.unmaskApplication');

const sheets = askingPage<'unmask' | 'document'>();

/** The form as it is printed, its boxes ticked: masked until somebody asks for it in clear, which is noted. */
export default Page({
  ...loadingPage({ once: true }),
  ...sheets,
  data: {
    ...pageData(),
    ...sheets.data,
    title: ENTRY_FORM_TITLE,
    filledOnLabel: FILLED_ON_LABEL,
    fields: ENTRY_FIELDS,
    columns: ACCOUNT_COLUMNS,
    sealLines: SEAL_LINES,
    form: null as PrintedEntryForm | null,
    isMasked: true,
    canUnmask: false,
  },

  applicationId: '',

  onLoad({ applicationId = '' }) {
    this.applicationId = applicationId;
  },

  async load() {
    if (!(await needSession(this))) return;
    const answer = await getApplication({ applicationId: this.applicationId });
    if (!answer.ok) return showFailure(this, answer.error);
    this.setData({
      state: 'ready',
      form: toPrintedForm(toMaskedForm(answer.data)),
      isMasked: true,
      canUnmask: entryActions(answer.data, currentGrants()).canUnmask,
    });
  },

  onUnmaskPress() {
    this.ask('unmask');
  },
  async onUnmaskConfirm() {
    const { applicationId } = this;
    await this.act(
      () => unmaskApplication({ applicationId }),
      form => this.setData({ form: toPrintedForm(form), isMasked: false }),
    );
  },
  onDocumentPress() {
    this.ask('document');
  },
  async onDocumentConfirm() {
    const { applicationId } = this;
    await this.act(
      async () => {
        const answer = await makeEntryForm({ applicationId });
        return answer.ok ? openFile(answer.data.fileUrl) : answer;
      },
      () => {},
    );
  },
});
