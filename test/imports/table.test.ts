import { readTable, type TableOptions } from '../../cloudfunctions/shared/imports/table';
import { aCsv, anXlsx, aRawXlsx, aZip, textRow, withDirectoryField } from '../support/sheets';
import { aNameTable, NAMES } from './tables';

const OPEN_DOCUMENT_TABLE = 'application/vnd.oasis.opendocument.spreadsheet';
const OPEN_DOCUMENT_TEXT = 'application/vnd.oasis.opendocument.text';

const read = (rows: string[][], options: Partial<TableOptions> = {}) =>
  readTable(aCsv(rows), { ...NAMES, ...options });
const refusal = (code: string, data?: object) => ({ ok: false, error: data ? { code, data } : { code } });

describe('the file as a whole', () => {
  test('a file of no bytes is empty', async () => {
    expect(await readTable(new Uint8Array(), NAMES)).toEqual(refusal('file_empty'));
  });

  test('a file above the limit is too large, at the limit it is read', async () => {
    const bytes = aCsv([['姓名'], ['张三']]);

    expect(await readTable(bytes, { ...NAMES, bytesMax: bytes.length })).toEqual(aNameTable([2, '张三']));
    expect(await readTable(bytes, { ...NAMES, bytesMax: bytes.length - 1 })).toEqual(
      refusal('file_too_large', { bytesMax: bytes.length - 1 }),
    );
  });

  test.each([
    ['xls', 'd0cf11e0a1b11ae1'],
    ['encrypted', `d0cf11e0a1b11ae1${Buffer.from('EncryptedPackage', 'utf16le').toString('hex')}`],
    ['pdf', Buffer.from('%PDF-1.7').toString('hex')],
    ['image', '89504e470d0a1a0a'],
    ['image', 'ffd8ffe000104a464946'],
    ['image', Buffer.from('GIF89a').toString('hex')],
    ['image', `00000018${Buffer.from('ftypheic').toString('hex')}`],
    ['image', '424d36100e000000000036000000'],
    ['xls', '0904060000001000'],
    ['exchange', Buffer.from('ID;PWXL;N;E\r\n').toString('hex')],
    ['exchange', Buffer.from('TABLE\r\n0,1\r\n"EXCEL"').toString('hex')],
    ['exchange', `301a0b1c01000000c8012200${'00'.repeat(16)}`],
    ['exchange', '0000020006040600'],
    ['xls', ole('Workbook', 'WordDocument')],
    ['word', ole('WordDocument', 'Workbook')],
    ['powerpoint', ole('PowerPoint Document')],
    ['archive', Buffer.from('Rar!\x1a\x07\x01\x00', 'latin1').toString('hex')],
    ['archive', '377abcaf271c0004'],
    ['archive', '1f8b0800'],
    ['rtf', Buffer.from('{\\rtf1').toString('hex')],
    ['program', '7f454c4602'],
    ['html', Buffer.from('\ufeff\r\n<HTML xmlns:x="urn"><table>').toString('hex')],
    ['html', Buffer.from('<table border="1"><tr>').toString('hex')],
    ['html', Buffer.from('<!-- saved --><div>').toString('hex')],
    ['html', Buffer.from('\ufeff<html>', 'utf16le').toString('hex')],
    ['html', Buffer.from('MIME-Version: 1.0\r\nContent-Type: multipart/related').toString('hex')],
    ['xml', Buffer.from('<?xml version="1.0"?><Workbook/>').toString('hex')],
  ])('a file of kind %s is named and refused: %s', async (kind, hex) => {
    expect(await readTable(Uint8Array.from(Buffer.from(hex, 'hex')), NAMES)).toEqual(
      refusal('file_type_unsupported', { kind }),
    );
  });

  test.each([
    ['zip', 'an archive of something else', aZip({ 'readme.txt': 'x' })],
    [
      'word',
      'a Word file',
      aZip({ '_rels/.rels': officeDocument('word/document.xml'), 'word/document.xml': '<document/>' }),
    ],
    ['word', 'an OpenDocument text', aZip({ mimetype: OPEN_DOCUMENT_TEXT, 'content.xml': '<x/>' })],
    [
      'powerpoint',
      'a presentation',
      aZip({ '_rels/.rels': officeDocument('ppt/presentation.xml'), 'ppt/presentation.xml': '<x/>' }),
    ],
    [
      'xlsb',
      'a binary workbook',
      aZip({ '_rels/.rels': officeDocument('xl/workbook.bin'), 'xl/workbook.bin': '\x83' }),
    ],
    ['ods', 'an OpenDocument table', aZip({ mimetype: OPEN_DOCUMENT_TABLE, 'content.xml': '<x/>' })],
    ['numbers', 'a table of Numbers', aZip({ 'Index/Document.iwa': '\x00', 'preview.jpg': 'x' })],
    ['numbers', 'a folder of Numbers', aZip({ '名册.numbers/Index.zip': 'x' })],
    [
      'encrypted',
      'an archive with a password',
      withDirectoryField(aRawXlsx({ sheets: [] }), 'xl/workbook.xml', 'flags', 1),
    ],
  ])('%s: %s is named and refused', async (kind, _, bytes) => {
    expect(await readTable(bytes, NAMES)).toEqual(refusal('file_type_unsupported', { kind }));
  });

  test.each([
    ['a CSV of blanks', aCsv([['', ' '], ['']])],
    ['a workbook without sheets', aRawXlsx({ sheets: [] })],
    ['a workbook of blank sheets', aRawXlsx({ sheets: [{ rows: '' }, { rows: '<row><c/></row>' }] })],
    ['a header alone', aCsv([['姓名', '备注']])],
    [
      'a header with prepared serial numbers',
      aCsv([
        ['序号', '姓名'],
        ['1', ''],
        ['2', ''],
      ]),
    ],
  ])('%s has no rows', async (_, bytes) => {
    expect(await readTable(bytes, NAMES)).toEqual(refusal('file_has_no_rows'));
  });
});

describe('the header', () => {
  test('columns stand in any order and others are ignored', async () => {
    expect(
      await read([
        ['序号', '备注', '民族', '姓名'],
        ['1', '无', '汉', '张三'],
      ]),
    ).toEqual(aNameTable([2, '张三', '无']));
  });

  test.each([
    '姓名*',
    '＊姓 名',
    '姓名（必填）',
    '姓名(必填)：',
    '【必填】姓名',
    '姓\n名',
    ' 学员姓名 ',
    '="姓名"',
  ])('%j is the column 姓名', async header => {
    expect(await read([[header], ['张三']])).toEqual(aNameTable([2, '张三']));
  });

  test('a title and notes may stand above it', async () => {
    const above = [['2021年名册'], [], ['填表单位：某公司', '姓名请填全称'], ['', '']];

    expect(await read([...above, ['姓名', '备注'], ['张三', '无']])).toEqual(aNameTable([6, '张三', '无']));
  });

  test('it is looked for in the first twenty rows with content only', async () => {
    const title = (count: number) => Array.from({ length: count }, (_, at) => [`第${at}条`]);

    expect(await read([...title(19), ['姓名'], ['张三']])).toEqual(aNameTable([21, '张三']));
    expect(await read([...title(20), ['姓名'], ['张三']])).toEqual(
      refusal('file_column_missing', { columns: ['姓名'] }),
    );
  });

  test('required columns that are missing are named by the row that comes nearest', async () => {
    const columns = ['姓名', '单位', '工种'].map(header => ({
      key: header,
      headers: [header] as [string],
      required: true,
    }));

    expect(await read([['名册'], ['姓名', '工种'], ['张三', '电工']], { columns })).toEqual(
      refusal('file_column_missing', { columns: ['单位'] }),
    );
  });

  test('a column that is there twice is refused, and both are named', async () => {
    expect(
      await read([
        ['姓名', '说明', '附注', '说明'],
        ['张三', '甲', '乙', '丙'],
      ]),
    ).toEqual(
      refusal('file_column_repeated', {
        columns: ['备注'],
        candidates: ['说明（B列）', '附注（C列）', '说明（D列）'],
      }),
    );
  });

  test('a header further down is a row like others', async () => {
    expect(await read([['姓名'], ['张三'], ['姓名']])).toEqual(aNameTable([2, '张三'], [3, '姓名']));
  });
});

describe('the number of rows', () => {
  const rowsMax = 3;
  const names = (count: number) => Array.from({ length: count }, () => ['张三']);

  test.each([
    ['CSV', async (rows: string[][]) => aCsv(rows)],
    ['XLSX', anXlsx],
  ])('%s: the limit is the number of rows below the header', async (_, write) => {
    const atLimit = await readTable(await write([['题'], ['姓名'], ...names(rowsMax)]), {
      ...NAMES,
      rowsMax,
    });
    const above = await readTable(await write([['题'], ['姓名'], ...names(rowsMax + 1)]), {
      ...NAMES,
      rowsMax,
    });

    expect(atLimit.ok).toBe(true);
    expect(above).toEqual(refusal('file_rows_too_many', { rowsMax }));
  });

  test('blank rows do not count, and the rows below keep their numbers', async () => {
    const rows =
      textRow('姓名') + '<row/>'.repeat(10) + textRow('张三') + '<row><c/></row>' + textRow('李四');

    expect(await readTable(aRawXlsx({ sheets: [{ rows }] }), { ...NAMES, rowsMax })).toEqual(
      aNameTable([12, '张三'], [14, '李四']),
    );
  });

  test('nothing is read beyond the limit', async () => {
    const rows = textRow('姓名') + textRow('张三').repeat(4) + '<row r="1"/>';

    expect(await readTable(aRawXlsx({ sheets: [{ rows }] }), { ...NAMES, rowsMax })).toEqual(
      refusal('file_rows_too_many', { rowsMax }),
    );
  });
});

function ole(...streams: string[]): string {
  return `d0cf11e0a1b11ae1${Buffer.from(streams.join('\0'), 'utf16le').toString('hex')}`;
}

function officeDocument(target: string): string {
  return `<Relationships><Relationship Id="w" Type="x/officeDocument" Target="${target}"/></Relationships>`;
}
