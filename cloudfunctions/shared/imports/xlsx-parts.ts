import { isTrue } from './cell-text';
import { FileRefusal, refuseCorrupt } from './file-refusal';
import { createXmlReader, type XmlHandlers } from './xml-reader';
import { kindOfArchive } from './archive-kind';
import type { ZipArchive } from './zip-archive';

/** A part that another part refers to: its id there, the last word of its type, its path in the archive. */
interface Relationship {
  id: string;
  type: string;
  path: string;
}

interface SheetPart {
  name: string;
  isHidden: boolean;
  path: string;
}

/** Where the parts of a workbook are. */
export interface WorkbookParts {
  /** Worksheets in the order of their tabs. */
  sheets: SheetPart[];
  sharedStringsPath?: string;
  stylesPath?: string;
  dates1904: boolean;
}

/** Reads one XML part of the archive to its end. */
export const readXmlPart = (archive: ZipArchive, path: string, handlers: XmlHandlers): void => {
  const reader = createXmlReader(handlers, archive.tags);
  archive.read(path, reader.write);
  reader.end();
};

/**
 * Finds the parts by their relationships, as names are up to the writer. A part that somebody refers to and that is
 * not there counts as not mentioned, as in Excel and LibreOffice: cut-down files of other programs have such.
 * Throws a FileRefusal: file_type_unsupported {kind} if the archive is no XLSX workbook, file_corrupt if its parts
 * cannot be read or none of its worksheets is there.
 */
export const findWorkbookParts = (archive: ZipArchive): WorkbookParts => {
  const workbookPath = findWorkbookPath(archive);
  const related = readRelationships(archive, workbookPath).filter(({ path }) => archive.has(path));
  const pathOf = (type: string): string | undefined => related.find(part => part.type === type)?.path;
  const { tabs, dates1904 } = readWorkbook(archive, workbookPath);
  const worksheets = new Map(
    related.filter(({ type }) => type === 'worksheet').map(({ id, path }) => [id, path]),
  );
  const sheets = tabs.flatMap(({ id, ...tab }) => {
    const path = worksheets.get(id);
    return path === undefined ? [] : [{ ...tab, path }];
  });
  if (tabs.length > 0 && sheets.length === 0) refuseCorrupt();
  const sharedStringsPath = pathOf('sharedStrings');
  const stylesPath = pathOf('styles');
  return {
    sheets,
    dates1904,
    ...(sharedStringsPath === undefined ? {} : { sharedStringsPath }),
    ...(stylesPath === undefined ? {} : { stylesPath }),
  };
};

const findWorkbookPath = (archive: ZipArchive): string => {
  if (!archive.has('_rels/.rels')) return refuseArchive(archive);
  const path = readRelationships(archive, '').find(({ type }) => type === 'officeDocument')?.path ?? '';
  // Word and PowerPoint files and binary workbooks (.xlsb) are built the same way.
  return /\.xml$/i.test(path) && !/^(word|ppt)\//i.test(path) ? path : refuseArchive(archive);
};

const refuseArchive = (archive: ZipArchive): never => {
  throw new FileRefusal('file_type_unsupported', { kind: kindOfArchive(archive) });
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
  for (const step of decodePath(target).replaceAll('\\', '/').split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/');
};

const decodePath = (target: string): string => {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
};

const readWorkbook = (archive: ZipArchive, path: string) => {
  const tabs: { id: string; name: string; isHidden: boolean }[] = [];
  let dates1904 = false;
  readXmlPart(archive, path, {
    onOpen: (name, attributes) => {
      if (name === 'workbookPr') dates1904 = isTrue(attributes.date1904);
      if (name === 'sheet') {
        const isHidden = /hidden$/i.test(attributes.state ?? '');
        tabs.push({ id: relationshipIdOf(attributes), name: (attributes.name ?? '').trim(), isHidden });
      }
    },
  });
  return { tabs, dates1904 };
};

/** `r:id`, whatever prefix the writer chose for the namespace of relationships. */
const relationshipIdOf = (attributes: Readonly<Record<string, string>>): string =>
  Object.entries(attributes).find(([name]) => name.endsWith(':id'))?.[1] ?? '';
