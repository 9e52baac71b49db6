import type { ImportReport, UploadPlace } from '../contract/imports';
import { confirmLeave } from './confirm-leave';
import { once } from './once';
import { pageData, refusablePage, showFailure, type PageData } from './page-state';
import { openTable, uploadTable } from '../services/files';
import type { Answer } from '../view/failure';
import { toRowProblems, type RowProblemsView } from '../view/import-report';
import { DOING, importButton, type ImportStep } from '../view/import-step';

type PickedFile = Parameters<typeof uploadTable>[0];

interface Importing<Owner> {
  /** What the rows are added to. Set in `onLoad`. */
  owner: Owner;
  startUpload: (input: Owner) => Promise<Answer<UploadPlace>>;
  check: (input: Owner & { fileId: string }) => Promise<Answer<ImportReport>>;
  /** What is counted: 张, 人. */
  unit: string;
}

interface SteppingPage {
  setData(data: { doing?: string; busy?: boolean }): void;
}

/** Runs the steps of an import, once; each is shown while it is under way, and none afterwards. */
export async function takeSteps(page: SteppingPage, work: () => Promise<void>): Promise<void> {
  await once(page, async () => {
    try {
      await work();
    } finally {
      page.setData({ doing: '' });
    }
  });
}

interface Self<Owner> {
  data: PageData & { step: ImportStep };
  setData(data: Record<string, unknown>): void;
  owner: Owner;
  file: PickedFile | undefined;
  fileId: string;
  check(): Promise<void>;
  onAgain(): void;
  onImportPress(): Promise<void>;
}

/** The options that pages share which take a file in: checked first, imported by the page's own `onImportPress`. */
export function importPage<Owner extends object>({ owner, startUpload, check, unit }: Importing<Owner>) {
  type This = Self<Owner>;
  return {
    ...refusablePage,
    data: {
      ...pageData(),
      state: 'ready' as const,
      step: 'pick' as ImportStep,
      fileName: '',
      doing: '',
      report: null as RowProblemsView | null,
      button: { text: '', disabled: true },
    },
    owner,
    file: undefined as PickedFile | undefined,
    fileId: '',

    onPicked(this: This, { detail }: WechatMiniprogram.CustomEvent<PickedFile>) {
      this.file = detail;
      this.fileId = '';
      this.setData({ step: 'pick', fileName: detail.name, report: null, refusal: null });
      void this.check();
    },

    /** Uploads the file once and asks what an import would say; nothing is stored. */
    async check(this: This): Promise<void> {
      const { file } = this;
      if (!file) return;
      await takeSteps(this, async () => {
        this.setData({ refusal: null, doing: DOING.upload });
        const sent = this.fileId
          ? ({ ok: true, data: this.fileId } as const)
          : await uploadTable(file, () => startUpload(this.owner));
        if (!sent.ok) return showFailure(this, sent.error);
        this.fileId = sent.data;
        this.setData({ doing: DOING.check });
        const answer = await check({ ...this.owner, fileId: sent.data });
        if (!answer.ok) return showFailure(this, answer.error);
        confirmLeave(answer.data.good > 0);
        this.setData({
          step: 'checked',
          report: toRowProblems(answer.data),
          button: importButton(answer.data, unit),
        });
      });
    },

    onAgain(this: This) {
      void (this.data.step === 'checked' ? this.onImportPress() : this.check());
    },
    /** What was refused for want of a sign-in goes on; what is done is not done again. */
    onSignedIn(this: This) {
      if (this.data.step !== 'done') this.onAgain();
    },
    async onFileOpen(this: This, { detail }: WechatMiniprogram.CustomEvent<{ url: string }>) {
      const opened = await openTable(detail.url);
      if (!opened.ok) showFailure(this, opened.error);
    },
  };
}
