import { hasKey } from '../contract/has-key';

const SAVE_ANEW = '另存为“Excel 工作簿（.xlsx）”，再上传';
const FIND_TABLE = '请找到原来的表格，或把内容填进空白表格，再上传';
const TEXT_DOCUMENT = `，不是表格。请把里面的表格复制到 Excel，${SAVE_ANEW}`;

/** What a file is that cannot be read as a table, and how to get a table of it. */
const FILE_KINDS = {
  xls: `这是旧版 Excel 或 WPS 表格文件（.xls、.et）。请用 Excel 或 WPS 打开，${SAVE_ANEW}`,
  xlsb: `这是 Excel 二进制工作簿（.xlsb）。请用 Excel 打开，${SAVE_ANEW}`,
  ods: `这是开放文档表格（.ods）。请用 Excel 或 WPS 打开，${SAVE_ANEW}`,
  numbers: '这是苹果的 Numbers 表格。请在 Numbers 里依次点“文件”“导出到”“Excel”，再上传导出的文件',
  encrypted: `这个表格设了打开密码。请打开后取消密码，${SAVE_ANEW}`,
  html: `这是网页，只是文件名像表格。请用 Excel 或 WPS 打开，${SAVE_ANEW}`,
  xml: `这是 XML 格式的表格。请用 Excel 或 WPS 打开，${SAVE_ANEW}`,
  exchange: `这是旧式的数据交换文件（.slk、.dif 或 .dbf）。请用 Excel 或 WPS 打开，${SAVE_ANEW}`,
  pdf: `这是 PDF 文件，不是表格。${FIND_TABLE}`,
  image: `这是图片或视频，不是表格。${FIND_TABLE}`,
  word: `这是文字文档${TEXT_DOCUMENT}`,
  rtf: `这是 RTF 文字文档${TEXT_DOCUMENT}`,
  powerpoint: `这是演示文稿，不是表格。${FIND_TABLE}`,
  archive: '这是压缩包。请先解压，再上传里面的表格',
  zip: '这是压缩包（.zip）。请先解压，再上传里面的表格',
  program: '这是程序，不是表格。请重新选择表格文件',
} as const;

/** The sentences for a kind of file; undefined for one that this version does not know. */
export const fileKindText = (kind: string | undefined): string | undefined =>
  kind !== undefined && hasKey(FILE_KINDS, kind) ? `${FILE_KINDS[kind]}。` : undefined;
