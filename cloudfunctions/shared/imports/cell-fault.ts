import { isScientific, type CellFault } from '../domain/column';

/** What stands in a cell whose formula has no result that can be believed: no name, number or answer of anybody. */
export const NOT_CALCULATED_TEXT = '#未算出';

const FORMULA = /^=[^=]/;
/** Errors as Excel and LibreOffice show them. */
const FORMULA_ERROR = /^(#[A-Z_/0]{1,13}[!?]?|Err:\d{3})$/i;

/** What is wrong with a cell by its text alone: a CSV, and text cells, may hold a formula or what became of one. */
export const findTextFault = (text: string, isLongNumber: boolean): CellFault | undefined => {
  if (FORMULA.test(text)) return 'cell_not_calculated';
  if (FORMULA_ERROR.test(text)) return 'cell_formula_failed';
  return isLongNumber && isScientific(text) ? 'number_rounded' : undefined;
};
