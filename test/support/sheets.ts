import { strToU8, zipSync, type Zippable } from 'fflate';
import writeXlsxFile from 'write-excel-file/node';
import { openXlsx } from '../../cloudfunctions/shared/imports/xlsx';

export type CellValue = string | number | boolean | Date | undefined;
export type TextEncodingName = 'utf-8' | 'utf-8-bom' | 'gb18030' | 'utf-16le';

export interface CsvOptions {
  encoding?: TextEncodingName;
  delimiter?: ',' | ';' | '\t';
  newline?: '\n' | '\r\n';
}

/** A CSV file; fields are quoted where they must be. */
export const aCsv = (
  rows: readonly (readonly string[])[],
  { encoding = 'utf-8', delimiter = ',', newline = '\r\n' }: CsvOptions = {},
): Uint8Array => encodeText(rows.map(row => row.map(quoted).join(delimiter)).join(newline), encoding);

const quoted = (field: string): string =>
  /[",;\t\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

export const encodeText = (text: string, encoding: TextEncodingName): Uint8Array => {
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(text);
    case 'utf-8-bom':
      return new TextEncoder().encode(`\ufeff${text}`);
    case 'utf-16le':
      return new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    case 'gb18030':
      return encodeGb18030(text);
  }
};

/** Node decodes GB18030 but does not encode it, so the table of its two-byte part is read off the decoder. */
const readTwoByteTable = (): Map<string, readonly number[]> => {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, readonly number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail !== 0x7f) table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    }
  }
  return table;
};

let twoByteTable: Map<string, readonly number[]> | undefined;

const encodeGb18030 = (text: string): Uint8Array => {
  const table = (twoByteTable ??= readTwoByteTable());
  return Uint8Array.from(
    [...text].flatMap(character => {
      const code = character.codePointAt(0) ?? 0;
      if (code < 0x80) return [code];
      if (code >= 0x10000) return fourBytes(code);
      const bytes = table.get(character);
      if (!bytes) throw new RangeError(`${character} is not in the two-byte part of GB18030`);
      return bytes;
    }),
  );
};

/** Characters beyond the basic plane lie in order in the four-byte part, from 90 30 81 30 on. */
const fourBytes = (code: number): number[] => {
  const index = code - 0x10000 + 189_000;
  return [
    0x81 + Math.floor(index / 12_600),
    0x30 + (Math.floor(index / 1_260) % 10),
    0x81 + (Math.floor(index / 10) % 126),
    0x30 + (index % 10),
  ];
};

/** An XLSX workbook of one sheet, as a common library writes it. */
export const anXlsx = async (rows: readonly (readonly CellValue[])[]): Promise<Uint8Array> => {
  const data = rows.map(row =>
    row.map(value => (value instanceof Date ? { value, format: 'yyyy-mm-dd' } : value)),
  );
  return new Uint8Array(await writeXlsxFile(data).toBuffer());
};

/** What stands in the cells of the first sheet, as text. */
export const cellsOf = (workbook: Uint8Array): string[][] => {
  const rows: string[][] = [];
  openXlsx(workbook)[0]?.read({
    addRow: ({ cells }) => rows.push([...cells]) > 0,
    addMerged: () => undefined,
  });
  return rows;
};

/** The same of a workbook behind a link. */
export const fetchCells = async (url: string): Promise<string[][]> =>
  cellsOf(new Uint8Array(await (await fetch(url)).arrayBuffer()));

export interface RawSheet {
  /** What stands inside sheetData. */
  rows: string;
  name?: string;
  /** What stands before and behind sheetData: cols, mergeCells. */
  before?: string;
  behind?: string;
  state?: 'visible' | 'hidden' | 'veryHidden';
}

export interface RawWorkbook {
  sheets: readonly RawSheet[];
  /** What stands inside sst. */
  sharedStrings?: string;
  /** What stands inside styleSheet. */
  styles?: string;
  dates1904?: boolean;
  /** Further entries, or other content for the usual ones; undefined leaves an entry out. */
  entries?: Readonly<Record<string, string | Uint8Array | undefined>>;
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const TYPES = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';

const relationships = (targets: readonly (readonly [id: string, type: string, target: string])[]): string => {
  const all = targets.map(
    ([id, type, to]) => `<Relationship Id="${id}" Type="${TYPES}/${type}" Target="${to}"/>`,
  );
  return `<Relationships xmlns="${PACKAGE}">${all.join('')}</Relationships>`;
};

/** An XLSX workbook written by hand, for what no library would write. */
export const aRawXlsx = ({
  sheets,
  sharedStrings = '',
  styles = '',
  dates1904 = false,
  entries = {},
}: RawWorkbook): Uint8Array => {
  const tabs = sheets.map(
    ({ state = 'visible', name }, at) =>
      `<sheet name="${name ?? `表${at + 1}`}" sheetId="${at + 1}" state="${state}" r:id="s${at + 1}"/>`,
  );
  const parts: Record<string, string | Uint8Array | undefined> = {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': relationships([['w', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${TYPES}"><workbookPr date1904="${Number(dates1904)}"/><sheets>${tabs.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationships([
      ['strings', 'sharedStrings', 'sharedStrings.xml'],
      ['styles', 'styles', '/xl/styles.xml'],
      ...sheets.map(
        (_, at) => [`s${at + 1}`, 'worksheet', `worksheets/../worksheets/sheet${at + 1}.xml`] as const,
      ),
    ]),
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${sharedStrings}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}">${styles}</styleSheet>`,
    ...Object.fromEntries(
      sheets.map(({ rows, before = '', behind = '' }, at) => [
        `xl/worksheets/sheet${at + 1}.xml`,
        `<worksheet xmlns="${MAIN}">${before}<sheetData>${rows}</sheetData>${behind}</worksheet>`,
      ]),
    ),
    ...entries,
  };
  return aZip(parts);
};

/** An inline text cell. */
export const textCell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;

/** A row of inline texts that follows the row before. */
export const textRow = (...texts: string[]): string => `<row>${texts.map(textCell).join('')}</row>`;

/** The same, hidden by a filter. */
export const hiddenRow = (...texts: string[]): string =>
  textRow(...texts).replace('<row>', '<row hidden="1">');

/** A ZIP archive of these entries, packed a little or (level 0) not at all. */
export const aZip = (
  parts: Readonly<Record<string, string | Uint8Array | undefined>>,
  level: 0 | 1 = 1,
): Uint8Array => {
  const zippable: Zippable = {};
  for (const [name, content] of Object.entries(parts)) {
    if (content !== undefined) zippable[name] = typeof content === 'string' ? strToU8(content) : content;
  }
  return zipSync(zippable, { level });
};

/** The same archive with one number of one entry's central directory record replaced. */
export const withDirectoryField = (
  archive: Uint8Array,
  name: string,
  field: 'flags' | 'method' | 'checksum' | 'packedBytes' | 'expandedBytes' | 'localAt',
  value: number,
): Uint8Array => {
  const copy = archive.slice();
  const view = new DataView(copy.buffer);
  const at = findDirectoryRecord(copy, name);
  if (field === 'flags') view.setUint16(at + 8, value, true);
  else if (field === 'method') view.setUint16(at + 10, value, true);
  else
    view.setUint32(
      at + { checksum: 16, packedBytes: 20, expandedBytes: 24, localAt: 42 }[field],
      value,
      true,
    );
  return copy;
};

const findDirectoryRecord = (archive: Uint8Array, name: string): number => {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const signature = Buffer.from('504b0102', 'hex');
  for (let at = bytes.indexOf(signature); at >= 0; at = bytes.indexOf(signature, at + 1)) {
    const nameBytes = bytes.readUInt16LE(at + 28);
    if (bytes.toString('utf8', at + 46, at + 46 + nameBytes) === name) return at;
  }
  throw new RangeError(`${name} is not in the archive`);
};

/** A workbook whose one sheet unfolds to so many bytes of blanks. */
export const aZipBomb = (expandedBytes: number): Uint8Array =>
  aRawXlsx({
    sheets: [{ rows: '' }],
    entries: { 'xl/worksheets/sheet1.xml': new Uint8Array(expandedBytes).fill(0x20) },
  });

const DIRECTORY_RECORD_BYTES = 46;
const END_RECORD_BYTES = 22;
const ZIP64_EXTRA_BYTES = 28;

/** The same archive with the sizes and place of every entry moved to ZIP64 fields, as some writers do without need. */
export const asZip64 = (archive: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(archive);
  const endAt = bytes.length - END_RECORD_BYTES;
  const directoryAt = bytes.readUInt32LE(endAt + 16);
  const records: Buffer[] = [];
  for (let at = directoryAt; at < endAt;) {
    const recordBytes = DIRECTORY_RECORD_BYTES + bytes.readUInt16LE(at + 28);
    records.push(toZip64Record(bytes.subarray(at, at + recordBytes)));
    at += recordBytes;
  }
  return new Uint8Array(Buffer.concat([bytes.subarray(0, directoryAt), ...records, bytes.subarray(endAt)]));
};

/** The same archive with its end record moved to a ZIP64 one, as writers do that cannot know how large it will be. */
export const withZip64End = (archive: Uint8Array): Uint8Array => {
  const bytes = Buffer.from(archive);
  const endAt = bytes.length - END_RECORD_BYTES;
  const end64 = Buffer.alloc(56);
  end64.writeUInt32LE(0x06064b50, 0);
  end64.writeBigUInt64LE(44n, 4);
  end64.writeBigUInt64LE(BigInt(bytes.readUInt16LE(endAt + 8)), 24);
  end64.writeBigUInt64LE(BigInt(bytes.readUInt16LE(endAt + 10)), 32);
  end64.writeBigUInt64LE(BigInt(bytes.readUInt32LE(endAt + 12)), 40);
  end64.writeBigUInt64LE(BigInt(bytes.readUInt32LE(endAt + 16)), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(endAt), 8);
  locator.writeUInt32LE(1, 16);
  const end = Buffer.alloc(END_RECORD_BYTES, 0xff);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt32LE(0, 4);
  end.writeUInt16LE(0, 20);
  return new Uint8Array(Buffer.concat([bytes.subarray(0, endAt), end64, locator, end]));
};

const toZip64Record = (record: Buffer): Buffer => {
  const extra = Buffer.alloc(ZIP64_EXTRA_BYTES);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(ZIP64_EXTRA_BYTES - 4, 2);
  const copy = Buffer.from(record);
  [24, 20, 42].forEach((field, at) => {
    extra.writeBigUInt64LE(BigInt(record.readUInt32LE(field)), 4 + at * 8);
    copy.writeUInt32LE(0xffffffff, field);
  });
  copy.writeUInt16LE(ZIP64_EXTRA_BYTES, 30);
  return Buffer.concat([copy, extra]);
};
