import { readXmlPart } from './xlsx-parts';
import type { ZipArchive } from './zip-archive';

/** Built-in number formats that show dates (ECMA-376 part 1, 18.8.30), those of Chinese Excel (27–36, 50–58) included. */
const BUILT_IN_DATES: readonly [number, number][] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Tells by a cell's style number whether its number is shown as a date. */
export const readDateStyles = (archive: ZipArchive, path: string): ((style: string) => boolean) => {
  const customDates = new Map<number, boolean>();
  const styleFormats: number[] = [];
  let inCellStyles = false;
  readXmlPart(archive, path, {
    onOpen: (name, attributes) => {
      if (name === 'numFmt')
        customDates.set(Number(attributes.numFmtId), isDateFormat(attributes.formatCode ?? ''));
      if (name === 'cellXfs') inCellStyles = true;
      if (name === 'xf' && inCellStyles) styleFormats.push(Number(attributes.numFmtId ?? 0));
    },
    onClose: name => {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  const isDate = styleFormats.map(format => customDates.get(format) ?? isBuiltInDate(format));
  return style => isDate[Number(style || 0)] ?? false;
};

const isBuiltInDate = (format: number): boolean =>
  BUILT_IN_DATES.some(([first, last]) => format >= first && format <= last);

/** A format code shows a date if letters of dates remain once quoted text, escapes and [conditions] are gone. */
const isDateFormat = (formatCode: string): boolean =>
  /[ymdhs]/i.test(formatCode.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General/gi, ''));
