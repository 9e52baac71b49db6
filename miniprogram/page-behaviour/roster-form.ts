import { caller } from '../services/cloud';
import type { Answer } from '../view/failure';
import { openTable } from '../services/files';
import { once } from './once';
import { showFailure, type PageData } from './page-state';

const getRosterForm = caller('training.getRosterForm');

interface FormPage {
  data: PageData;
  setData(data: Record<string, unknown>): void;
}

/** Opens an empty roster in the phone's viewer, from which it can be passed on to a computer. */
export const openRosterForm = (page: FormPage): Promise<void> => openForm(page, getRosterForm);

/** The same with another empty table. */
export async function openForm(
  page: FormPage,
  getForm: (input: Record<string, never>) => Promise<Answer<{ fileUrl: string }>>,
): Promise<void> {
  await once(page, async () => {
    const form = await getForm({});
    if (!form.ok) return showFailure(page, form.error);
    const opened = await openTable(form.data.fileUrl);
    if (!opened.ok) showFailure(page, opened.error);
  });
}
