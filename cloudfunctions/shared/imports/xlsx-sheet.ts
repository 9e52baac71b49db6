import { toCellText, type CellContext, type RawCell } from './cell-text';
import { refuseCorrupt } from './file-refusal';
import { readUntilFull, stopReading, type RowSink } from './row-sink';
import { createTextCollector } from './text-collector';
import { readXmlPart } from './xlsx-parts';
import type { ZipArchive } from './zip-archive';

/** Last row of a sheet that Excel knows. */
const SHEET_ROWS_MAX = 1_048_576;
/** Columns that are looked at; a table for people is far narrower, and a cell far to the right must not cost memory. */
const SHEET_COLUMNS_MAX = 256;

/** Reads the rows of a worksheet in order until the sheet ends or the sink has had enough. */
export const readSheet = (archive: ZipArchive, path: string, context: CellContext, sink: RowSink): void => {
  const reader = createSheetReader(context, sink);
  readUntilFull(() => readXmlPart(archive, path, reader));
};

const createSheetReader = (context: CellContext, sink: RowSink) => {
  const text = createTextCollector(['v', 't'], ['rPh']);
  let row = 0;
  let column = 0;
  let cells: string[] = [];
  let cell: RawCell = { type: '', style: '', value: '' };

  const onOpen = (name: string, attributes: Readonly<Record<string, string>>): void => {
    text.onOpen(name);
    if (name === 'row') {
      row = nextRow(row, attributes.r);
      column = 0;
      cells = [];
    } else if (name === 'c') {
      column = nextColumn(column, attributes.r);
      cell = { type: attributes.t ?? '', style: attributes.s ?? '', value: '' };
      text.clear();
    }
  };

  const onClose = (name: string): void => {
    text.onClose(name);
    if (name === 'c' && column <= SHEET_COLUMNS_MAX) {
      while (cells.length < column) cells.push('');
      cells[column - 1] = toCellText({ ...cell, value: text.get() }, context);
    } else if (name === 'row' && !sink(row, cells)) {
      stopReading();
    }
  };

  return { onOpen, onClose, onText: text.onText };
};

/** Rows and cells may leave out their place (then they follow each other) but must not go backwards. */
const nextRow = (previous: number, declared: string | undefined): number => {
  const row = declared === undefined ? previous + 1 : Number(declared);
  return Number.isInteger(row) && row > previous && row <= SHEET_ROWS_MAX ? row : refuseCorrupt();
};

const nextColumn = (previous: number, reference: string | undefined): number => {
  if (reference === undefined) return previous + 1;
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1] ?? refuseCorrupt();
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return column > previous ? column : refuseCorrupt();
};
