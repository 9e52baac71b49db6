import { extensionOf, type PickedFile } from '../phone/pick-table';
import type { Answer } from '../view/failure';
import { toLocalFailure } from './platform-failure';

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
