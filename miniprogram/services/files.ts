import type { UploadPlace } from '../contract/imports';
import type { PickedFile } from '../phone/pick-table';
import type { Answer } from '../view/failure';
import { toLocalFailure } from './platform-failure';

/**
 * Uploads a table to the place that a function hands out for it: nothing that lies elsewhere is imported.
 * @returns the fileId that the import takes.
 */
export async function uploadTable(
  file: PickedFile,
  askForPlace: () => Promise<Answer<UploadPlace>>,
): Promise<Answer<string>> {
  const place = await askForPlace();
  if (!place.ok) return place;
  const { cloudPath, fileId } = place.data;
  try {
    await wx.cloud.uploadFile({ cloudPath, filePath: file.path });
    return { ok: true, data: fileId };
  } catch (error) {
    const failure = await toLocalFailure(error);
    return { ok: false, error: failure.code === 'offline' ? failure : { code: 'file_not_sent' } };
  }
}

/** Opens a workbook behind a link (problem list): downloads it and hands it to the phone's viewer, from which it can be kept. */
export const openTable = (url: string): Promise<Answer<undefined>> => openAs('xlsx', url);

const FILE_KIND = /\.(docx|pdf|jpg|png)(?:\?|$)/;

/** The same for a file whose kind the link tells: a document, or the scan of one (PDF or picture). */
export const openFile = (url: string): Promise<Answer<undefined>> =>
  openAs((FILE_KIND.exec(url)?.[1] ?? 'pdf') as FileKind, url);

type FileKind = 'xlsx' | 'docx' | 'pdf' | 'jpg' | 'png';

async function openAs(kind: FileKind, url: string): Promise<Answer<undefined>> {
  try {
    const filePath = await download(url);
    // The viewer of documents shows no pictures.
    if (kind === 'jpg' || kind === 'png') await wx.previewImage({ urls: [filePath] });
    else await wx.openDocument({ filePath, fileType: kind, showMenu: true });
    return { ok: true, data: undefined };
  } catch (error) {
    return { ok: false, error: await toLocalFailure(error) };
  }
}

const download = (url: string): Promise<string> =>
  new Promise((resolve, reject) => {
    wx.downloadFile({ url, success: ({ tempFilePath }) => resolve(tempFilePath), fail: reject });
  });
