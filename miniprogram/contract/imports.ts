import type { ErrorCode } from './error-codes';

/** One thing wrong with one row of a file. Row numbers are those of the sheet: the header is row 1. */
export interface RowProblem {
  row: number;
  /** Header of the column at fault; absent when the row as a whole is. */
  column?: string;
  code: ErrorCode;
  /** Facts for the sentence, e.g. the other row of a double. Never personal. */
  data?: Readonly<Record<string, string | number>>;
}

/** What a row was taken in without: nobody is turned away for it, but whoever sent the file is told. */
export type RowNoteCode = 'phone_left_out';

/** One thing to know of a row that is taken in. */
export interface RowNote {
  row: number;
  /** Header of the column. */
  column?: string;
  code: RowNoteCode;
}

/** A row that would be taken in. */
export interface GoodRow {
  row: number;
  /** Whom or what it names: masked name and ID number, or the 券码. */
  text: string;
}

/** Good rows that a dry run shows. */
export const GOOD_ROWS_SHOWN_MAX = 100;
/** Problems, and notes, sent in the answer itself; the full list is in the result file. */
export const ROW_PROBLEMS_SHOWN_MAX = 100;
/** Most data rows of one file. */
export const IMPORT_ROWS_MAX = 10_000;
/** Largest upload. */
export const IMPORT_MEGABYTES_MAX = 10;
export const IMPORT_BYTES_MAX = IMPORT_MEGABYTES_MAX * 1024 * 1024;

/** Where in a file the rows of an import stand, and what of it was left out. */
export interface TableSource {
  /** Name of the sheet; a CSV has none. */
  sheet?: string;
  /** Rows that a filter or somebody has hidden. */
  hiddenRows: number;
  /** Headers of hidden columns that would have been read. */
  hiddenColumns: string[];
  /** Other sheets with the same header, hidden ones included; the first of them. */
  otherSheets: string[];
}

/** Where a file is to be uploaded before it is imported: for one person, one purpose and one day. */
export interface UploadPlace {
  cloudPath: string;
  /** What the import takes. */
  fileId: string;
}

export interface ImportReport {
  rows: number;
  good: number;
  bad: number;
  /** Good rows that were new and, after a commit, are now stored. */
  added: number;
  /** Count by reason over the whole file. */
  badByCode: Partial<Record<ErrorCode, number>>;
  /** The first of them, in the order of the rows. */
  problems: RowProblem[];
  /** Good rows with a note. Absent when there is none, as are the notes. */
  noted?: number;
  /** The first of them, in the order of the rows. */
  notes?: RowNote[];
  /** Of a dry run only: the first rows that would be taken in, so that somebody can see that the columns were understood. */
  goodRows?: GoodRow[];
  /** Where the rows stand and what was left out. Functions of an older version do not say. */
  source?: TableSource;
  /** Link to a workbook (XLSX) with every bad row, and the notes; expires. Absent when there is none. */
  problemsFileUrl?: string;
}
