import { Buffer } from 'node:buffer';

/** Formats told apart by their first bytes; everything that is no known binary is taken as text. */
export type FileKind = 'zip' | 'text' | UnsupportedKind;
export type UnsupportedKind =
  'xls' | 'encrypted' | 'pdf' | 'image' | 'archive' | 'rtf' | 'html' | 'xml' | 'program';

const SIGNATURES: readonly [string, FileKind][] = [
  ['504b0304', 'zip'],
  // An archive without entries: a ZIP still, and a corrupt workbook.
  ['504b0506', 'zip'],
  ['25504446', 'pdf'],
  ['89504e47', 'image'],
  ['ffd8ff', 'image'],
  ['47494638', 'image'],
  ['49492a00', 'image'],
  ['4d4d002a', 'image'],
  ['52494646', 'image'],
  ['526172211a07', 'archive'],
  ['377abcaf271c', 'archive'],
  ['1f8b', 'archive'],
  ['7b5c727466', 'rtf'],
  ['7f454c46', 'program'],
  ['4d5a9000', 'program'],
];

/** OLE compound document: Excel 97–2003 (.xls, WPS .et), or a wrapper around a workbook with a password. */
const OLE_SIGNATURE = 'd0cf11e0a1b11ae1';
const ENCRYPTED_STREAM = 'EncryptedPackage';
const HEAD_BYTES = 512;

/** Decides the format from the content alone: names and media types are whatever the sender wrote. */
export const detectFileKind = (bytes: Uint8Array): FileKind => {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES));
  const hex = head.toString('hex');
  if (hex.startsWith(OLE_SIGNATURE)) return isEncryptedWorkbook(bytes) ? 'encrypted' : 'xls';
  const signature = SIGNATURES.find(([magic]) => hex.startsWith(magic));
  return signature?.[1] ?? detectMarkup(head.toString('latin1'));
};

const isEncryptedWorkbook = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(ENCRYPTED_STREAM, 0, 'utf16le');

/** Many systems "export to Excel" by sending a web page, or Excel 2003's XML, under the name .xls. */
const detectMarkup = (head: string): FileKind => {
  const start = head
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase();
  if (/^<(!doctype html|html|head|meta|table|style)\b/.test(start)) return 'html';
  return start.startsWith('<?xml') ? 'xml' : 'text';
};
