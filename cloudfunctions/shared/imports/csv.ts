import { CsvError, parse } from 'csv-parse/sync';
import { refuseCorrupt } from './file-refusal';
import { HEADER_ROWS_MAX } from './header';
import { COLUMNS_MAX, readUntilFull, stopReading, type SheetSink } from './row-sink';
import { decodeText } from './text-decoding';

/** Those that spreadsheets write. */
const USUAL_DELIMITERS: readonly string[] = [',', ';', '\t'];
/** And those of other programs, and of people who type one by hand. */
const DELIMITERS: readonly string[] = [...USUAL_DELIMITERS, '|', '，'];
const BLANKS = ',;\t \r\n';
/** Longest record: an unclosed quote must not swallow the file. */
const RECORD_CHARS_MAX = 64 * 1024;
/** Most fields of a line (Excel has as many columns): a line of commas must not become millions of cells. */
const LINE_FIELDS_MAX = 16_384;
/** Most records up to the last with content; the blank tail that spreadsheets like to save is not counted. */
const RECORDS_MAX = 50_000;
/** Characters looked at to find the delimiter. */
const HEAD_CHARS = 16 * 1024;
/** Excel's own line for the delimiter; it does not show it. */
const DELIMITER_LINE = /^\ufeff?"?sep=(.)"?[ \t]*(\r\n|\n|\r)/i;

const NOTHING_HIDDEN = {
  faults: new Map<number, never>(),
  isHidden: false,
  hiddenColumns: new Set<number>(),
};

interface CsvSink extends SheetSink {
  /** Whether what it took so far is the beginning of a table. */
  hasHeader(): boolean;
}

/**
 * Reads CSV text; its records are counted as a spreadsheet would show them, empty ones included. The delimiter is the
 * one that makes a header of a line, since titles above it have commas and semicolons of their own.
 * @param createSink makes a sink that has taken nothing yet
 * @returns the sink that has taken all records
 * Throws a FileRefusal file_corrupt.
 */
export const readCsv = <Sink extends CsvSink>(bytes: Uint8Array, createSink: () => Sink): Sink => {
  const [text, delimiter] = splitDelimiterLine(dropBlankTail(decodeText(bytes)));
  return readText(text, delimiter ?? findDelimiter(text, createSink), createSink);
};

const splitDelimiterLine = (text: string): [rest: string, delimiter: string | undefined] => {
  const [line = '', delimiter] = DELIMITER_LINE.exec(text) ?? [];
  return [text.slice(line.length), delimiter];
};

const readText = <Sink extends CsvSink>(text: string, delimiter: string, createSink: () => Sink): Sink => {
  if (hasEndlessLine(text, delimiter)) refuseCorrupt();
  return (
    feed(text, { delimiter, trim: true }, createSink()) ??
    feed(text, { delimiter, trim: false }, createSink()) ??
    refuseCorrupt()
  );
};

interface Reading {
  delimiter: string;
  /** Blanks around quotes are no content: `1, "张三" ,` is what people type. */
  trim: boolean;
}

/** @returns undefined if quotes and blanks cannot be read so: something else stands behind a closing quote. */
const feed = <Sink extends CsvSink>(text: string, reading: Reading, sink: Sink): Sink | undefined => {
  let row = 0;
  const onRecord = (record: string[]): null => {
    row += 1;
    if (row > RECORDS_MAX) refuseCorrupt();
    const seen = record.slice(0, COLUMNS_MAX);
    const cells = reading.trim ? seen : seen.map(unquote);
    return sink.addRow({ row, cells, ...NOTHING_HIDDEN }) ? null : stopReading();
  };
  try {
    readUntilFull(() => parseCsv(text, reading, onRecord));
    return sink;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return error.code === 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE' ? undefined : refuseCorrupt();
  }
};

const parseCsv = (text: string, { delimiter, trim }: Reading, onRecord: (record: string[]) => null): void => {
  parse(text, {
    delimiter,
    trim,
    // Named, since files put together from several sources mix them.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    // ="3701…" is a bare field with quotes in it.
    relax_quotes: true,
    max_record_size: RECORD_CHARS_MAX,
    on_record: onRecord,
  });
};

/** A field that was taken as it stands, since something stands behind its closing quote: mostly blanks. */
const unquote = (field: string): string => field.replace(/^\s*"(.*)"\s*$/s, '$1');

const dropBlankTail = (text: string): string => {
  let end = text.length;
  while (end > 0 && BLANKS.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
};

/** The delimiter by which there is a header, else the one that some line near the top has most of. */
const findDelimiter = (text: string, createSink: () => CsvSink): string => {
  const head = headOf(text);
  const likely = DELIMITERS.filter(delimiter => head.includes(delimiter));
  return likely.find(delimiter => makesHeader(head, delimiter, createSink)) ?? mostFrequent(head);
};

/** Whole lines only, as far as they go. */
const headOf = (text: string): string => {
  if (text.length <= HEAD_CHARS) return text;
  const head = text.slice(0, HEAD_CHARS);
  return head.slice(0, Math.max(head.lastIndexOf('\n'), head.lastIndexOf('\r')) + 1) || head;
};

/** What cannot be read behind the header is no matter here. */
const makesHeader = (head: string, delimiter: string, createSink: () => CsvSink): boolean => {
  const sink = createSink();
  const onRecord = (record: string[]): null => {
    const wantsMore = sink.addRow({ row: 1, cells: record.slice(0, COLUMNS_MAX), ...NOTHING_HIDDEN });
    return wantsMore && !sink.hasHeader() ? null : stopReading();
  };
  try {
    readUntilFull(() => parseCsv(head, { delimiter, trim: true }, onRecord));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
  }
  return sink.hasHeader();
};

const mostFrequent = (head: string): string => {
  const lines = head.split(/[\r\n]+/, HEADER_ROWS_MAX).map(line => line.replace(/"[^"]*"/g, ''));
  const mostIn = (delimiter: string): number => Math.max(...lines.map(line => line.split(delimiter).length));
  return USUAL_DELIMITERS.reduce((best, next) => (mostIn(next) > mostIn(best) ? next : best));
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
