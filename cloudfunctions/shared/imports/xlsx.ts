import type { CellContext } from './cell-text';
import type { SheetSink } from './row-sink';
import { readSharedStrings } from './shared-strings';
import { findWorkbookParts, type WorkbookParts } from './xlsx-parts';
import { readSheet } from './xlsx-sheet';
import { readDateStyles } from './xlsx-styles';
import { openZip, type ZipArchive } from './zip-archive';

/** A worksheet of a workbook. */
export interface Sheet {
  name: string;
  /** Nobody who prepared the file sees it. */
  isHidden: boolean;
  /** Reads until the sheet ends or the sink has had enough. Throws a FileRefusal: file_corrupt, file_expands_too_much. */
  read(sink: SheetSink): void;
}

/**
 * The worksheets of an XLSX workbook in the order of their tabs.
 * Throws a FileRefusal: file_type_unsupported, file_corrupt, file_expands_too_much.
 */
export const openXlsx = (bytes: Uint8Array): Sheet[] => {
  const archive = openZip(bytes);
  const parts = findWorkbookParts(archive);
  const context = readContext(archive, parts);
  return parts.sheets.map(({ name, isHidden, path }) => ({
    name,
    isHidden,
    read: sink => readSheet(archive, path, context, sink),
  }));
};

const readContext = (archive: ZipArchive, parts: WorkbookParts): CellContext => ({
  sharedStrings:
    parts.sharedStringsPath === undefined ? [] : readSharedStrings(archive, parts.sharedStringsPath),
  isDateStyle: parts.stylesPath === undefined ? () => false : readDateStyles(archive, parts.stylesPath),
  dates1904: parts.dates1904,
});
