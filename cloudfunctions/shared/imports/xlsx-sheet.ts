import type { CellFault } from '../domain/column';
import { parseArea, parseReference } from './cell-reference';
import { isTrue, toCellContent, type CellContext, type RawCell } from './cell-text';
import { refuseCorrupt } from './file-refusal';
import { COLUMNS_MAX, readUntilFull, stopReading, type SheetSink } from './row-sink';
import { createTextCollector } from './text-collector';
import { readXmlPart } from './xlsx-parts';
import type { XmlHandlers } from './xml-reader';
import type { ZipArchive } from './zip-archive';

/** Last row of a sheet that Excel knows. */
const SHEET_ROWS_MAX = 1_048_576;

type Attributes = Readonly<Record<string, string>>;

/** Reads the rows of a worksheet in order until the sheet ends or the sink has had enough. */
export const readSheet = (archive: ZipArchive, path: string, context: CellContext, sink: SheetSink): void => {
  const reader = createSheetReader(context, sink);
  readUntilFull(() => readXmlPart(archive, path, reader));
};

const createSheetReader = (context: CellContext, sink: SheetSink): XmlHandlers => {
  const text = createTextCollector(['v', 't'], ['rPh']);
  const hiddenColumns = new Set<number>();
  let columnElements = 0;
  let row = 0;
  let isHidden = false;
  let column = -1;
  let cells: string[] = [];
  let faults = new Map<number, CellFault>();
  let cell: RawCell = { type: '', style: '', value: '', isFormula: false, hasValue: false };

  // More elements than columns describe nothing, and must not take time.
  const openColumns = (attributes: Attributes): void => {
    columnElements += 1;
    if (columnElements <= COLUMNS_MAX) hideColumns(hiddenColumns, attributes);
  };
  const openRow = (attributes: Attributes): void => {
    row = nextRow(row, attributes.r);
    isHidden = isTrue(attributes.hidden) || isZero(attributes.ht);
    column = -1;
    cells = [];
    faults = new Map();
  };
  const openCell = ({ r, t = '', s = '' }: Attributes): void => {
    column = nextColumn(column, r);
    cell = { type: t, style: s, value: '', isFormula: false, hasValue: false };
    text.clear();
  };
  const closeCell = (): void => {
    if (column >= COLUMNS_MAX) return;
    while (cells.length < column) cells.push('');
    const content = toCellContent({ ...cell, value: text.get() }, context);
    cells[column] = content.text;
    if (content.fault) faults.set(column, content.fault);
  };
  const closeRow = (): void => {
    if (!sink.addRow({ row, cells, faults, isHidden, hiddenColumns })) stopReading();
  };

  return {
    onOpen: (name, attributes) => {
      text.onOpen(name);
      if (name === 'row') openRow(attributes);
      else if (name === 'c') openCell(attributes);
      else if (name === 'f') cell.isFormula = true;
      else if (name === 'v') cell.hasValue = true;
      else if (name === 'col') openColumns(attributes);
      else if (name === 'mergeCell') sink.addMerged(parseArea(attributes.ref ?? ''));
    },
    onClose: name => {
      text.onClose(name);
      if (name === 'c') closeCell();
      else if (name === 'row') closeRow();
    },
    onText: text.onText,
  };
};

/** Without height or width nothing can be seen either. */
const isZero = (size: string | undefined): boolean => size !== undefined && Number(size) === 0;

/** `<col min="7" max="7" hidden="1"/>`, counted from 1. */
const hideColumns = (hidden: Set<number>, { min, max, width, ...attributes }: Attributes): void => {
  if (!isTrue(attributes.hidden) && !isZero(width)) return;
  const last = Math.min(Number(max), COLUMNS_MAX);
  for (let place = Math.max(1, Number(min)); place <= last; place += 1) hidden.add(place - 1);
};

/** Rows and cells may leave out their place (then they follow each other) but must not go backwards. */
const nextRow = (previous: number, declared: string | undefined): number => {
  const row = declared === undefined ? previous + 1 : Number(declared);
  return Number.isInteger(row) && row > previous && row <= SHEET_ROWS_MAX ? row : refuseCorrupt();
};

const nextColumn = (previous: number, reference: string | undefined): number => {
  if (reference === undefined) return previous + 1;
  const { column } = parseReference(reference);
  return column > previous ? column : refuseCorrupt();
};
