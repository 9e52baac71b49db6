import { IMPORT_BYTES_MAX } from '../contract/imports';
import type { Answer } from '../view/failure';

export interface PickedFile {
  path: string;
  name: string;
  bytes: number;
}

/**
 * Lets the user choose a table from a chat: on phones the only way to a document. Files of all kinds are shown, since
 * Android's filter takes 名册.XLSX for another kind than .xlsx, and who only has a .xls is to be told what to do with it:
 * what a file is, its content says. @returns undefined when they close it.
 */
export async function pickTable(): Promise<Answer<PickedFile> | undefined> {
  try {
    const { tempFiles } = await wx.chooseMessageFile({ count: 1, type: 'file' });
    const [file] = tempFiles;
    return file && checkFile({ path: file.path, name: file.name, bytes: file.size });
  } catch (error) {
    const { errMsg = '' } = error as { errMsg?: string };
    if (/cancel/.test(errMsg)) return undefined;
    return { ok: false, error: { code: /privacy/.test(errMsg) ? 'privacy_refused' : 'file_not_chosen' } };
  }
}

/** Said here at once instead of after an upload. */
export function checkFile(file: PickedFile): Answer<PickedFile> {
  if (file.bytes === 0) return { ok: false, error: { code: 'file_empty' } };
  if (file.bytes > IMPORT_BYTES_MAX) return { ok: false, error: { code: 'file_too_big_here' } };
  return { ok: true, data: file };
}
