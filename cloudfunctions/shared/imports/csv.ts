import { CsvError, parse } from 'csv-parse/sync';
import { refuseCorrupt } from './file-refusal';
import { HEADER_ROWS_MAX } from './header';
import { readUntilFull, stopReading, type RowSink } from './row-sink';
import { decodeText } from './text-decoding';

const DELIMITERS = [',', ';', '\t'] as const;
const BLANKS = `${DELIMITERS.join('')} \r\n`;
/** Longest record: an unclosed quote must not swallow the file. */
const RECORD_CHARS_MAX = 64 * 1024;
/** Most fields of a line (Excel has as many columns): a line of commas must not become millions of cells. */
const LINE_FIELDS_MAX = 16_384;
/** Most records up to the last with content; the blank tail that spreadsheets like to save is not counted. */
const RECORDS_MAX = 50_000;
/** Characters looked at to find the delimiter. */
const HEAD_CHARS = 16 * 1024;

/**
 * Reads CSV text; its records are counted as a spreadsheet would show them, empty ones included.
 * Throws a FileRefusal file_corrupt.
 */
export const readCsv = (bytes: Uint8Array, sink: RowSink): void => {
  const text = dropBlankTail(decodeText(bytes));
  const delimiter = findDelimiter(text);
  if (hasEndlessLine(text, delimiter)) refuseCorrupt();
  let row = 0;
  const onRecord = (record: string[]): null => {
    row += 1;
    if (row > RECORDS_MAX) refuseCorrupt();
    return sink(row, record) ? null : stopReading();
  };
  readUntilFull(() => parseCsv(text, delimiter, onRecord));
};

const parseCsv = (text: string, delimiter: string, onRecord: (record: string[]) => null): void => {
  try {
    parse(text, {
      delimiter,
      // Named, since files put together from several sources mix them.
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // ="3701…" is a bare field with quotes in it.
      relax_quotes: true,
      max_record_size: RECORD_CHARS_MAX,
      on_record: onRecord,
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    refuseCorrupt();
  }
};

const dropBlankTail = (text: string): string => {
  let end = text.length;
  while (end > 0 && BLANKS.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
};

/** The delimiter that some line near the top has most of; a file of one column has none, and any will do. */
const findDelimiter = (text: string): string => {
  const lines = text.slice(0, HEAD_CHARS).split(/[\r\n]+/, HEADER_ROWS_MAX);
  const bare = lines.map(line => line.replace(/"[^"]*"/g, ''));
  const mostIn = (delimiter: string): number => Math.max(...bare.map(line => line.split(delimiter).length));
  return DELIMITERS.reduce((best, next) => (mostIn(next) > mostIn(best) ? next : best));
};

const hasEndlessLine = (text: string, delimiter: string): boolean => {
  let fields = 0;
  for (const character of text) {
    if (character === '\n' || character === '\r') fields = 0;
    else if (character === delimiter) fields += 1;
    if (fields > LINE_FIELDS_MAX) return true;
  }
  return false;
};
