import { showToast } from '../overlays/toast';
import { ApiFailure, wxFunction, type WxMembers } from './call';
import type { PhoneContext } from './phone-context';
import type { Privacy } from './privacy';
import { chooseFiles, fileAt, keepFile, keepFileAt, linkTo } from './temporary-files';
import { assetUrlOf } from './system';

interface ChooseOptions {
  count?: number;
  type?: string;
  extension?: string[];
  mediaType?: string[];
}

interface DocumentOptions {
  filePath: string;
  fileType?: string;
}

/** What WeChat's viewer shows: no CSV, no plain text. */
const DOCUMENT_TYPES: ReadonlySet<string> = new Set(['doc', 'docx', 'xls', 'xlsx', 'ppt', 'pptx', 'pdf']);

/** Choosing, reading, opening files and pictures. */
export function createFileApi(context: PhoneContext, privacy: Privacy): WxMembers {
  const choose = async (name: string, accept: string, count: number): Promise<File[]> => {
    await privacy.require(name);
    const { nextFiles } = context.hooks;
    delete context.hooks.nextFiles;
    const chosen = nextFiles ?? (await chooseFiles({ accept, isMultiple: count > 1 }));
    if (chosen.length === 0) throw new ApiFailure('cancel');
    return chosen.slice(0, count);
  };
  return {
    chooseMessageFile: wxFunction<ChooseOptions>(
      'chooseMessageFile',
      async ({ count = 1, extension = [] }) => ({
        tempFiles: (await choose('chooseMessageFile', toAccept(extension), count)).map(file => ({
          path: keepFile(file, file.name),
          name: file.name,
          size: file.size,
          type: 'file',
          time: Math.round(file.lastModified / 1000),
        })),
      }),
    ),
    chooseMedia: wxFunction<ChooseOptions>('chooseMedia', async ({ count = 9, mediaType = ['image'] }) => ({
      type: 'image',
      tempFiles: (await choose('chooseMedia', mediaType.map(type => `${type}/*`).join(), count)).map(
        file => ({
          tempFilePath: keepFile(file, file.name),
          size: file.size,
          fileType: file.type.split('/')[0],
        }),
      ),
    })),
    previewImage: wxFunction<{ urls: string[]; current?: string }>('previewImage', ({ urls, current }) =>
      openLink(assetUrlOf(linkTo(current ?? urls[0] ?? ''))),
    ),
    openDocument: wxFunction<DocumentOptions>('openDocument', ({ filePath, fileType }) => {
      const type = fileType ?? extensionOf(filePath);
      if (!DOCUMENT_TYPES.has(type)) throw new ApiFailure('filetype not supported');
      saveLink(linkTo(filePath), `文档.${type}`);
    }),
    downloadFile: wxFunction<{ url: string }>('downloadFile', async ({ url }) => {
      const response = await fetch(url);
      return { tempFilePath: keepFile(await response.blob(), url), statusCode: response.status };
    }),
    shareFileMessage: wxFunction<{ filePath: string; fileName?: string }>(
      'shareFileMessage',
      ({ filePath, fileName }) => saveLink(linkTo(filePath), fileName ?? '文件'),
    ),
    saveImageToPhotosAlbum: wxFunction<{ filePath: string }>('saveImageToPhotosAlbum', ({ filePath }) => {
      saveLink(linkTo(filePath), '图片.png');
      showToast({ title: '已保存到相册' });
    }),
    getImageInfo: wxFunction<{ src: string }>('getImageInfo', async ({ src }) => {
      const picture = new Image();
      picture.src = assetUrlOf(src);
      await picture.decode();
      return { width: picture.naturalWidth, height: picture.naturalHeight, path: src };
    }),
    getFileSystemManager: createFileSystem,
  };
}

const extensionOf = (path: string): string => path.slice(path.lastIndexOf('.') + 1).toLowerCase();

const toAccept = (extensions: readonly string[]): string =>
  extensions.map(extension => `.${extension.replace(/^\./, '')}`).join();

/** New windows may be refused outside of a tap: then at least the address is in the console. */
function openLink(url: string): void {
  if (!window.open(url, '_blank')) console.info('open', url);
}

function saveLink(url: string, name: string): void {
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
}

interface ReadOptions {
  filePath: string;
  encoding?: string;
}

interface WriteOptions extends ReadOptions {
  data: string | ArrayBuffer;
}

function createFileSystem(): WxMembers {
  const write = ({ filePath, data }: WriteOptions): void => keepFileAt(filePath, new Blob([data]));
  return {
    readFile: wxFunction<ReadOptions>('readFile', async ({ filePath, encoding }) => {
      const blob = await fileAt(filePath);
      if (!encoding) return { data: await blob.arrayBuffer() };
      return { data: encoding === 'base64' ? await toBase64(blob) : await blob.text() };
    }),
    writeFile: wxFunction<WriteOptions>('writeFile', write),
    writeFileSync: (filePath: string, data: string | ArrayBuffer) => write({ filePath, data }),
  };
}

async function toBase64(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''));
}
