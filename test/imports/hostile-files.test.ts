import { readTable } from '../../cloudfunctions/shared/imports/table';
import { EXPANDED_BYTES_MAX, openZip } from '../../cloudfunctions/shared/imports/zip-archive';
import { ZIP_ENTRIES_MAX } from '../../cloudfunctions/shared/imports/zip-directory';
import { aRawXlsx, asZip64, aZip, aZipBomb, textRow, withDirectoryField } from '../support/sheets';
import { aNameTable, NAMES } from './tables';

const SHEET = 'xl/worksheets/sheet1.xml';
const read = (bytes: Uint8Array) => readTable(bytes, NAMES);
const codeOf = async (bytes: Uint8Array): Promise<string | undefined> => {
  const table = await read(bytes);
  return table.ok ? undefined : table.error.code;
};

const rows = textRow('姓名') + textRow('张三');
const good = aRawXlsx({ sheets: [{ rows }] });

/** A workbook whose sheet has this content instead. */
const withSheet = (xml: string | Uint8Array) =>
  aRawXlsx({ sheets: [{ rows: '' }], entries: { [SHEET]: xml } });

describe('workbooks that unfold to too much', () => {
  const bomb = aZipBomb(EXPANDED_BYTES_MAX);

  test('a bomb that says so is refused', async () => {
    expect(await read(bomb)).toEqual({
      ok: false,
      error: { code: 'file_expands_too_much', data: { bytesMax: EXPANDED_BYTES_MAX } },
    });
  });

  test('a bomb that lies about its size does not get through', async () => {
    expect(await codeOf(withDirectoryField(bomb, SHEET, 'expandedBytes', 1_000))).toBe('file_corrupt');
  });

  test('an entry that is read again and again is counted each time', () => {
    const entryBytes = EXPANDED_BYTES_MAX / 8;
    const archive = openZip(aZip({ 'sheet.xml': new Uint8Array(entryBytes) }, 0));
    const readTimes = (times: number) => {
      for (let time = 0; time < times; time += 1) archive.read('sheet.xml', () => undefined);
    };

    expect(() => readTimes(8)).not.toThrow();
    expect(() => readTimes(1)).toThrow('file_expands_too_much');
  });

  test('a crowd of entries is refused', async () => {
    const crowd = Object.fromEntries(Array.from({ length: ZIP_ENTRIES_MAX }, (_, at) => [`${at}`, '']));

    expect(await codeOf(aRawXlsx({ sheets: [{ rows }], entries: crowd }))).toBe('file_expands_too_much');
  });
});

describe('archives that contradict themselves', () => {
  test.each([
    ['a wrong check sum', withDirectoryField(good, SHEET, 'checksum', 1)],
    ['a size too small', withDirectoryField(good, SHEET, 'expandedBytes', 10)],
    ['a size too large', withDirectoryField(good, SHEET, 'expandedBytes', 10_000)],
    ['a packed size that cuts the entry', withDirectoryField(good, SHEET, 'packedBytes', 20)],
    ['a packed size beyond the file', withDirectoryField(good, SHEET, 'packedBytes', 1_000_000)],
    [
      'a size that should be in the ZIP64 field and is not',
      withDirectoryField(good, SHEET, 'packedBytes', 0xffffffff),
    ],
    ['an entry that starts nowhere', withDirectoryField(good, SHEET, 'localAt', 0xfffffff0)],
    ['an entry that starts in another', withDirectoryField(good, SHEET, 'localAt', 7)],
    ['an unknown method', withDirectoryField(good, SHEET, 'method', 99)],
    ['the end cut off', good.slice(0, -30)],
    ['only the beginning', good.slice(0, 10)],
    [
      'two entries of one name',
      aRawXlsx({ sheets: [{ rows }], entries: { [SHEET.toUpperCase()]: '<worksheet/>' } }),
    ],
    ['a sheet that is not there', aRawXlsx({ sheets: [{ rows }], entries: { [SHEET]: undefined } })],
    [
      'no relationships',
      aRawXlsx({ sheets: [{ rows }], entries: { 'xl/_rels/workbook.xml.rels': undefined } }),
    ],
  ])('%s make the file corrupt', async (_, bytes) => {
    expect(await read(bytes)).toEqual({ ok: false, error: { code: 'file_corrupt' } });
  });

  test('any one wrong byte in the packed sheet is noticed', async () => {
    const at = Buffer.from(good).indexOf(SHEET) + SHEET.length;
    for (let offset = 0; offset < 60; offset += 1) {
      const bytes = good.slice();
      bytes[at + offset] = (bytes[at + offset] ?? 0) ^ 0x55;

      expect(await codeOf(bytes)).toBe('file_corrupt');
    }
  });

  test('a comment behind the archive is fine', async () => {
    const commented = Uint8Array.from([...good, ...Buffer.from('comment')]);
    new DataView(commented.buffer).setUint16(good.length - 2, 7, true);

    expect(await read(commented)).toEqual(aNameTable([2, '张三']));
  });

  test('folders may be divided by backslashes, and sizes given in the ZIP64 field', async () => {
    const moved = aRawXlsx({
      sheets: [{ rows: '' }],
      entries: { [SHEET]: undefined, [SHEET.replaceAll('/', '\\')]: `<worksheet>${rows}</worksheet>` },
    });

    expect(await read(moved)).toEqual(aNameTable([2, '张三']));
    expect(await read(asZip64(good))).toEqual(aNameTable([2, '张三']));
  });
});

describe('tables without end', () => {
  const mebibyte = 1024 * 1024;

  test.each([
    ['of rows', 'file_rows_too_many', `姓名\n${'a\n'.repeat(mebibyte)}`],
    ['without a header', 'file_column_missing', 'a\n'.repeat(mebibyte)],
    ['of blank lines', 'file_corrupt', `姓名\n${'\n'.repeat(50_000)}张三`],
  ])('a CSV %s is given up early: %s', async (_, code, text) => {
    expect(await codeOf(new TextEncoder().encode(text))).toBe(code);
  });

  test('the blank tail of a CSV costs nothing', async () => {
    const text = `姓名,备注\n张三,无\n${',\r\n'.repeat(mebibyte)}`;

    expect(await read(new TextEncoder().encode(text))).toEqual(aNameTable([2, '张三', '无']));
  });

  test('rows as wide as any, of cells as long as any, are looked at no further than a header may go', async () => {
    const wide = `${'a'.repeat(60)},`.repeat(1_000);
    const long = `<row>${'<c t="s"><v>0</v></c>'.repeat(256)}</row>`.repeat(20);
    const sharedStrings = `<si><t>${'（姓名）'.repeat(8_000)}</t></si>`;

    expect(await codeOf(new TextEncoder().encode(`${wide}\n`.repeat(20)))).toBe('file_column_missing');
    expect(await codeOf(aRawXlsx({ sheets: [{ rows: long }], sharedStrings }))).toBe('file_column_missing');
  });

  test('columns are hidden as far as there are any', async () => {
    const before = `<cols>${'<col min="-9000000000" max="9000000000" hidden="1"/>'.repeat(100_000)}</cols>`;

    expect(await codeOf(aRawXlsx({ sheets: [{ rows, before }] }))).toBe('file_column_missing');
  });

  test('many sheets share the tags that one may have', async () => {
    const sheets = Array.from({ length: 3 }, () => ({ rows: '<row/>'.repeat(700_000) }));

    expect(await codeOf(aRawXlsx({ sheets }))).toBe('file_expands_too_much');
  });

  test('a sheet of more tags than any table has is refused', async () => {
    expect(await codeOf(withSheet(`<worksheet>${'<c/>'.repeat(2_000_001)}</worksheet>`))).toBe(
      'file_expands_too_much',
    );
  });
});

describe('XML that is not to be trusted', () => {
  const deep = '<a>'.repeat(10_000);
  const wide = `<worksheet ${Array.from({ length: 1_000 }, (_, at) => `a${at}=""`).join(' ')}/>`;
  const laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>';

  test.each([
    ['tags that do not match', '<worksheet><sheetData></worksheet>'],
    ['a document that ends early', '<worksheet><sheetData><row>'],
    ['no XML at all', 'PK'],
    ['an unknown entity', '<worksheet>&nosuch;</worksheet>'],
    ['a document type', laughs],
    ['nesting without end', deep],
    ['attributes without end', wide],
    ['bytes that are no UTF-8', Uint8Array.from([...Buffer.from('<worksheet>'), 0xff, 0xfe])],
    ['half a character at the end', Uint8Array.from([...Buffer.from('<worksheet/>'), 0xe5])],
  ])('%s makes the file corrupt', async (_, xml) => {
    expect(await codeOf(withSheet(xml))).toBe('file_corrupt');
  });
});
