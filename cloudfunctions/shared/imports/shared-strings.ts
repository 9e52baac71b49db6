import { unescapeText } from './cell-text';
import { FileRefusal } from './file-refusal';
import { createTextCollector } from './text-collector';
import { readXmlPart } from './xlsx-parts';
import type { ZipArchive } from './zip-archive';

/** Most strings of one workbook: 10,000 rows of forty different texts are 400,000. */
const SHARED_STRINGS_MAX = 1_000_000;

/** The workbook's table of strings; cells refer to it by number. Readings (rPh) are not part of the text. */
export const readSharedStrings = (archive: ZipArchive, path: string): string[] => {
  const strings: string[] = [];
  const text = createTextCollector(['t'], ['rPh']);
  readXmlPart(archive, path, {
    onOpen: name => {
      if (name === 'si') text.clear();
      text.onOpen(name);
    },
    onClose: name => {
      text.onClose(name);
      if (name === 'si') add(strings, unescapeText(text.get()));
    },
    onText: text.onText,
  });
  return strings;
};

const add = (strings: string[], text: string): void => {
  if (strings.length >= SHARED_STRINGS_MAX) {
    throw new FileRefusal('file_expands_too_much', { stringsMax: SHARED_STRINGS_MAX });
  }
  strings.push(text);
};
