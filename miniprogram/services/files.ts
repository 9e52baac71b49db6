import { IMPORT_BYTES_MAX } from '../contract/imports';
import type { Answer } from '../view/failure';
import { toLocalFailure } from './platform-failure';

export interface PickedFile {
  path: string;
  name: string;
  bytes: number;
}

/** Kinds of tables that the functions read. */
const EXTENSIONS = ['xlsx', 'csv'] as const;

const extensionOf = (name: string): string => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

/** Lets the user choose a table from a chat: on phones the only way to a document. @returns undefined when they close it. */
export async function pickTable(): Promise<Answer<PickedFile> | undefined> {
  try {
    const { tempFiles } = await wx.chooseMessageFile({
      count: 1,
      type: 'file',
      extension: [...EXTENSIONS],
    });
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
  if (!EXTENSIONS.some(extension => extension === extensionOf(file.name)))
    return { ok: false, error: { code: 'file_kind_wrong' } };
  if (file.bytes === 0) return { ok: false, error: { code: 'file_empty' } };
  if (file.bytes > IMPORT_BYTES_MAX) return { ok: false, error: { code: 'file_too_big_here' } };
  return { ok: true, data: file };
}

const randomText = (): string => Math.random().toString(36).slice(2).padEnd(11, '0').slice(0, 11);

/** The file's own name can hold a person's name, so the cloud path does not. */
const cloudPathOf = (name: string): string =>
  `imports/${Date.now().toString(36)}${randomText()}${randomText()}.${extensionOf(name)}`;

/** @returns the fileId that an import operation takes. */
export async function uploadTable(file: PickedFile): Promise<Answer<string>> {
  try {
    const { fileID } = await wx.cloud.uploadFile({ cloudPath: cloudPathOf(file.name), filePath: file.path });
    return { ok: true, data: fileID };
  } catch (error) {
    const failure = await toLocalFailure(error);
    return { ok: false, error: failure.code === 'offline' ? failure : { code: 'file_not_sent' } };
  }
}

/** Opens a workbook behind a link (problem list): downloads it and hands it to the phone's viewer, from which it can be kept. */
export async function openTable(url: string): Promise<Answer<undefined>> {
  try {
    const filePath = await download(url);
    await wx.openDocument({ filePath, fileType: 'xlsx', showMenu: true });
    return { ok: true, data: undefined };
  } catch (error) {
    return { ok: false, error: await toLocalFailure(error) };
  }
}

const download = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    wx.downloadFile({ url, success: ({ tempFilePath }) => resolve(tempFilePath), fail: reject });
  });
