import { refuseCorrupt } from './file-refusal';
import type { MergedArea } from './row-sink';

const LETTERS = 26;
const CODE_OF_A = 65;

/** 'C' → 2. Excel writes capital letters and reads small ones as well. */
const placeOfLetters = (letters: string): number =>
  [...letters.toUpperCase()].reduce(
    (sum, letter) => sum * LETTERS + letter.charCodeAt(0) - CODE_OF_A + 1,
    0,
  ) - 1;

/** 2 → 'C', as the sheet shows it. */
export const columnLetters = (place: number): string => {
  const letter = String.fromCharCode(CODE_OF_A + (place % LETTERS));
  return place < LETTERS ? letter : columnLetters(Math.floor(place / LETTERS) - 1) + letter;
};

const CELL = /^\$?([A-Z]{1,3})\$?(\d{1,7})$/i;

/** Column (from 0) and row (from 1) of 'C7'. Throws a FileRefusal file_corrupt. */
export const parseReference = (reference: string): { column: number; row: number } => {
  const [, letters, digits] = CELL.exec(reference) ?? refuseCorrupt();
  return { column: placeOfLetters(letters ?? ''), row: Number(digits) };
};

/** 'E2:F4', or one cell. Throws a FileRefusal file_corrupt. */
export const parseArea = (reference: string): MergedArea => {
  const [from = '', to = from] = reference.split(':');
  const [first, last] = [parseReference(from), parseReference(to)];
  return {
    firstRow: first.row,
    lastRow: last.row,
    firstColumn: first.column,
    lastColumn: last.column,
  };
};
