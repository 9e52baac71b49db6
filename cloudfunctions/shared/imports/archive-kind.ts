import { FileRefusal } from './file-refusal';
import type { UnsupportedKind } from './file-kind';
import type { ZipArchive } from './zip-archive';

/** What else comes as a ZIP archive, by an entry that only it has. */
const MARKS: readonly [RegExp, UnsupportedKind][] = [
  [/^xl\/workbook\.bin$/, 'xlsb'],
  [/^word\//, 'word'],
  [/^ppt\//, 'powerpoint'],
  // Apple's office programs share their format; a table is what people send to be imported.
  [/(^|\/)(index\/document\.iwa|index\.zip|index\.xml\.gz|index\.apxl)$/, 'numbers'],
];
const OPEN_DOCUMENT_TABLE = 'opendocument.spreadsheet';
const TYPE_CHARS_MAX = 200;

/** The kind of an archive that is no XLSX workbook: office files of other programs are archives as well. */
export const kindOfArchive = (archive: ZipArchive): UnsupportedKind => {
  for (const name of archive.names()) {
    const mark = MARKS.find(([pattern]) => pattern.test(name));
    if (mark) return mark[1];
  }
  if (!archive.has('content.xml')) return 'zip';
  return readType(archive).includes(OPEN_DOCUMENT_TABLE) ? 'ods' : 'word';
};

/** OpenDocument tells its type in an entry of its own. */
const readType = (archive: ZipArchive): string => {
  let type = '';
  try {
    archive.read('mimetype', piece => {
      if (type.length < TYPE_CHARS_MAX) type += new TextDecoder().decode(piece.subarray(0, TYPE_CHARS_MAX));
    });
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error;
  }
  return type;
};
