import { unescapeText } from './cell-text';
import { createTextCollector } from './text-collector';
import { readXmlPart } from './xlsx-parts';
import type { ZipArchive } from './zip-archive';

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
      if (name === 'si') strings.push(unescapeText(text.get()));
    },
    onText: text.onText,
  });
  return strings;
};
