import type { CellContext } from './cell-text';
import type { RowSink } from './row-sink';
import { readSharedStrings } from './shared-strings';
import { findWorkbookParts, type WorkbookParts } from './xlsx-parts';
import { readSheet } from './xlsx-sheet';
import { readDateStyles } from './xlsx-styles';
import { openZip, type ZipArchive } from './zip-archive';

/**
 * Reads the first visible sheet of an XLSX workbook that has any cell with content.
 * Throws a FileRefusal: file_type_unsupported, file_corrupt, file_expands_too_much.
 */
export const readXlsx = (bytes: Uint8Array, sink: RowSink): void => {
  const archive = openZip(bytes);
  const parts = findWorkbookParts(archive);
  const context = readContext(archive, parts);
  for (const path of parts.sheetPaths) {
    let hasContent = false;
    readSheet(archive, path, context, (row, cells) => {
      hasContent ||= cells.some(cell => cell.trim() !== '');
      return sink(row, cells);
    });
    if (hasContent) return;
  }
};

const readContext = (archive: ZipArchive, parts: WorkbookParts): CellContext => ({
  sharedStrings:
    parts.sharedStringsPath === undefined ? [] : readSharedStrings(archive, parts.sharedStringsPath),
  isDateStyle: parts.stylesPath === undefined ? () => false : readDateStyles(archive, parts.stylesPath),
  dates1904: parts.dates1904,
});
