import { createXmlReader, type XmlHandlers } from './xml-reader';
import { FileRefusal } from './file-refusal';
import type { ZipArchive } from './zip-archive';

/** A part that another part refers to: its id there, the last word of its type, its path in the archive. */
interface Relationship {
  id: string;
  type: string;
  path: string;
}

/** Where the parts of a workbook are. */
export interface WorkbookParts {
  /** Visible worksheets in the order of their tabs. */
  sheetPaths: string[];
  sharedStringsPath?: string;
  stylesPath?: string;
  dates1904: boolean;
}

/** Reads one XML part of the archive to its end. */
export const readXmlPart = (archive: ZipArchive, path: string, handlers: XmlHandlers): void => {
  const reader = createXmlReader(handlers);
  archive.read(path, reader.write);
  reader.end();
};

/**
 * Finds the parts by their relationships, as names are up to the writer. Hidden sheets are left out: nobody who
 * prepared the file sees them. Throws a FileRefusal file_type_unsupported if the archive is no XLSX workbook.
 */
export const findWorkbookParts = (archive: ZipArchive): WorkbookParts => {
  const workbookPath = findWorkbookPath(archive);
  const related = readRelationships(archive, workbookPath);
  const pathOf = (type: string): string | undefined => related.find(part => part.type === type)?.path;
  const { sheetIds, dates1904 } = readWorkbook(archive, workbookPath);
  const worksheets = new Map(
    related.filter(({ type }) => type === 'worksheet').map(({ id, path }) => [id, path]),
  );
  const sheetPaths = sheetIds.flatMap(id => worksheets.get(id) ?? []);
  const sharedStringsPath = pathOf('sharedStrings');
  const stylesPath = pathOf('styles');
  return {
    sheetPaths,
    dates1904,
    ...(sharedStringsPath === undefined ? {} : { sharedStringsPath }),
    ...(stylesPath === undefined ? {} : { stylesPath }),
  };
};

const findWorkbookPath = (archive: ZipArchive): string => {
  if (!archive.has('_rels/.rels')) throw new FileRefusal('file_type_unsupported', { kind: 'zip' });
  const path = readRelationships(archive, '').find(({ type }) => type === 'officeDocument')?.path ?? '';
  // Word and PowerPoint files and binary workbooks (.xlsb) are built the same way.
  if (!/\.xml$/i.test(path) || /^(word|ppt)\//i.test(path)) {
    throw new FileRefusal('file_type_unsupported', { kind: 'zip' });
  }
  return path;
};

const relationshipsPath = (path: string): string => path.replace(/([^/]*)$/, '_rels/$1.rels');

const readRelationships = (archive: ZipArchive, ofPath: string): Relationship[] => {
  const relationships: Relationship[] = [];
  readXmlPart(archive, relationshipsPath(ofPath), {
    onOpen: (name, { Id = '', Type = '', Target = '' }) => {
      if (name !== 'Relationship') return;
      // Types are addresses that differ between transitional and strict OOXML but for the last word.
      relationships.push({
        id: Id,
        type: Type.slice(Type.lastIndexOf('/') + 1),
        path: resolvePath(ofPath, Target),
      });
    },
  });
  return relationships;
};

/** Targets are relative to the folder of the part that refers to them, or absolute within the archive. */
const resolvePath = (fromPath: string, target: string): string => {
  const path = target.startsWith('/') ? [] : fromPath.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
};

const readWorkbook = (archive: ZipArchive, path: string) => {
  const sheetIds: string[] = [];
  let dates1904 = false;
  readXmlPart(archive, path, {
    onOpen: (name, attributes) => {
      if (name === 'workbookPr') dates1904 = isTrue(attributes.date1904);
      if (name === 'sheet' && !/hidden$/i.test(attributes.state ?? '')) {
        sheetIds.push(relationshipIdOf(attributes));
      }
    },
  });
  return { sheetIds, dates1904 };
};

/** `r:id`, whatever prefix the writer chose for the namespace of relationships. */
const relationshipIdOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';

const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';
