import { Buffer } from 'node:buffer';

/**
 * Formats told apart by their first bytes; everything that is no known binary is taken as text. An archive is taken as a
 * workbook until it is opened.
 */
export type FileKind = 'workbook' | 'text' | UnsupportedKind;
export type UnsupportedKind =
  | 'xls'
  | 'xlsb'
  | 'ods'
  | 'numbers'
  | 'encrypted'
  | 'pdf'
  | 'image'
  | 'word'
  | 'powerpoint'
  | 'archive'
  | 'zip'
  | 'rtf'
  | 'html'
  | 'xml'
  | 'exchange'
  | 'program';

const SIGNATURES: readonly [string, FileKind][] = [
  ['504b0304', 'workbook'],
  // An archive without entries: a ZIP still, and a corrupt workbook.
  ['504b0506', 'workbook'],
  ['25504446', 'pdf'],
  ['89504e47', 'image'],
  ['ffd8ff', 'image'],
  ['47494638', 'image'],
  ['49492a00', 'image'],
  ['4d4d002a', 'image'],
  ['52494646', 'image'],
  // Excel before 1995, whose files had no wrapper yet: the start of a sheet or workbook in BIFF 2 to 4.
  ['0900040', 'xls'],
  ['09020600', 'xls'],
  ['09040600', 'xls'],
  // Lotus 1-2-3.
  ['00000200', 'exchange'],
  ['00001a00', 'exchange'],
  ['526172211a07', 'archive'],
  ['377abcaf271c', 'archive'],
  ['1f8b', 'archive'],
  ['7b5c727466', 'rtf'],
  ['7f454c46', 'program'],
  ['4d5a9000', 'program'],
];

/** OLE compound document: Excel 97–2003 (.xls, WPS .et), other office files of that time, a workbook with a password. */
const OLE_SIGNATURE = 'd0cf11e0a1b11ae1';
/** Names of the streams that tell which; what is embedded in a file comes behind its own. */
const OLE_STREAMS: readonly [string, UnsupportedKind][] = [
  ['EncryptedPackage', 'encrypted'],
  ['Workbook', 'xls'],
  ['Book', 'xls'],
  ['WordDocument', 'word'],
  ['PowerPoint Document', 'powerpoint'],
];
/** 'ftyp' behind a length: pictures of newer phones (HEIC), and films. */
const MEDIA_MARK = 'ftyp';
const MEDIA_MARK_AT = 4;
/** dBASE: a version, eleven bytes of facts, then reserved ones, which no text has. */
const DATABASE = /^(03|30|83|8b|f5).{22}0{30}/;
/** SYLK and DIF: Excel still writes these old formats for exchange between programs, as text. */
const EXCHANGE = /^(id;p|table\r?\n0,1\r?\n)/;
/** 'BM', the length, then zeros; the letters alone may begin a text. */
const BITMAP = /^424d.{8}0{8}/;
const HEAD_BYTES = 512;

/** Decides the format from the content alone: names and media types are whatever the sender wrote. */
export const detectFileKind = (bytes: Uint8Array): FileKind => {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES));
  const hex = head.toString('hex');
  if (hex.startsWith(OLE_SIGNATURE)) return kindOfOle(bytes);
  const signature = SIGNATURES.find(([magic]) => hex.startsWith(magic));
  if (signature) return signature[1];
  if (BITMAP.test(hex)) return 'image';
  if (DATABASE.test(hex)) return 'exchange';
  const text = head.toString('latin1');
  return text.startsWith(MEDIA_MARK, MEDIA_MARK_AT) ? 'image' : detectMarkup(text);
};

const kindOfOle = (bytes: Uint8Array): UnsupportedKind => {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = OLE_STREAMS.map(([stream, kind]) => ({ kind, at: file.indexOf(stream, 0, 'utf16le') }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  return found[0]?.kind ?? 'xls';
};

/** Many systems "export to Excel" by sending a web page, or Excel 2003's XML, under the name .xls. */
const detectMarkup = (head: string): FileKind => {
  const start = head
    // Marks of byte order, and the other half of the letters of UTF-16.
    .replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)|\0/g, '')
    .trimStart()
    .toLowerCase();
  if (start.startsWith('mime-version:')) return 'html';
  if (EXCHANGE.test(start)) return 'exchange';
  if (
    /^<(!doctype html|!--|(html|head|meta|title|style|script|body|table|tr|div|center|font|br|p)\b)/.test(
      start,
    )
  )
    return 'html';
  return start.startsWith('<?xml') ? 'xml' : 'text';
};
