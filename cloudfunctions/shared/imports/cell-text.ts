import type { CellFault } from '../domain/column';
import { NOT_CALCULATED_TEXT } from './cell-fault';
import { refuseCorrupt } from './file-refusal';

/** Types of `<c t="…">` (ECMA-376 part 1, 18.18.11) that need more than their text. */
export interface CellContext {
  sharedStrings: readonly string[];
  /** Whether a cell style (attribute s) shows numbers as dates. */
  isDateStyle: (style: string) => boolean;
  dates1904: boolean;
}

export interface RawCell {
  type: string;
  style: string;
  value: string;
  /** Has a formula, of which the value is the last result. */
  isFormula: boolean;
  /** Has an element for its value, be it empty. */
  hasValue: boolean;
}

/** What stands in a cell, and why it is not what its author meant, if so. */
interface CellContent {
  text: string;
  fault?: CellFault;
}

const MS_PER_DAY = 86_400_000;
/** Day 0 of serial dates. Lotus's 29 Feb 1900 makes it 30 December 1899 for every day since March 1900. */
const EPOCH_1900_MS = Date.UTC(1899, 11, 30);
const EPOCH_1904_MS = Date.UTC(1904, 0, 1);
/** Last serial date of Excel: 9999-12-31. */
const SERIAL_MAX = 2_958_465;

/**
 * The content of a cell. A formula without a result is never guessed at: programs that write workbooks cannot calculate
 * and leave the result out or put 0 for it, which nobody can tell from a result. (Where a formula yields an empty text,
 * Excel writes one.)
 */
export const toCellContent = (cell: RawCell, context: CellContext): CellContent => {
  const text = toCellText(cell, context);
  if (cell.type === 'e') return { text: text || NO_RESULT, fault: 'cell_formula_failed' };
  return cell.isFormula && isPlaceholder(cell)
    ? { text: NOT_CALCULATED_TEXT, fault: 'cell_not_calculated' }
    : { text };
};

const NO_RESULT = '#N/A';

const isPlaceholder = ({ type, value, hasValue }: RawCell): boolean => {
  if (value.trim() === '') return !hasValue || type !== 'str';
  return (type === '' || type === 'n') && Number(value) === 0;
};

/** The text that a reader of the sheet is to see as the cell's content; '' if it has none. */
const toCellText = ({ type, style, value }: RawCell, context: CellContext): string => {
  if (value === '') return '';
  switch (type) {
    case 's':
      return context.sharedStrings[Number(value)] ?? refuseCorrupt();
    case 'b':
      return isTrue(value.trim()) ? 'TRUE' : 'FALSE';
    case 'n':
    case '':
      return context.isDateStyle(style) ? toDateText(value, context.dates1904) : toNumberText(value);
    default:
      // inlineStr, str (formula), d (ISO date), and e: an error such as #N/A must not pass for an empty cell.
      return unescapeText(value);
  }
};

/** A boolean of XML: 1 and 0, or spelled out (W3C XML Schema part 2, 3.2.2). */
export const isTrue = (value: string | undefined): boolean => value === '1' || value === 'true';

/**
 * A stored number as text. Whole numbers are written out (1.38E10 → 13800000000). Beyond 15 digits Excel has
 * replaced the rest by zeros, so an ID number stored as a number is lost: it stays in scientific notation, as Excel
 * shows it, and is refused where digits are expected rather than taken for someone else's.
 */
const toNumberText = (value: string): string => {
  const number = Number(value);
  if (!Number.isFinite(number)) return value;
  if (Math.abs(number) < 1e15) return String(number);
  return /e/i.test(value) ? value : number.toExponential(14).replace('e', 'E');
};

const toDateText = (value: string, dates1904: boolean): string => {
  const serial = Number(value);
  if (!(serial >= 0 && serial <= SERIAL_MAX)) return toNumberText(value);
  const epochMs = dates1904 ? EPOCH_1904_MS : EPOCH_1900_MS;
  const iso = new Date(epochMs + Math.round(serial * MS_PER_DAY)).toISOString();
  return Number.isInteger(serial) ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
};

/** Undoes `_xHHHH_`, the notation of OOXML for characters that XML cannot hold (ECMA-376 part 1, 22.4.2.4). */
export const unescapeText = (text: string): string =>
  text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
