import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlignTable,
  WidthType,
} from 'docx';

/** Lengths are in twentieths of a point, sizes of text in half points, as in the file format. */
export const TABLE_WIDTH = 9_600;
const CELL_PADDING = 80;
const ROW_HEIGHT = 480;

/** 宋体 for what is printed, 仿宋 for what is filled in, as in official documents. Phones without them take their own. */
const PRINTED = { ascii: 'SimSun', hAnsi: 'SimSun', eastAsia: '宋体' };
const FILLED = { ascii: 'FangSong', hAnsi: 'FangSong', eastAsia: '仿宋' };
/** Neither of the two has the boxes ☑ and ☐. */
const BOXES = { ascii: 'Segoe UI Symbol', hAnsi: 'Segoe UI Symbol', eastAsia: 'Segoe UI Symbol' };

/** small: a phone or an ID number fits its column in whatever font there is. */
type Style = 'label' | 'hint' | 'filled' | 'small' | 'box';

const STYLES = {
  label: { font: PRINTED, size: 21 },
  hint: { font: PRINTED, size: 18, color: '7F7F7F' },
  filled: { font: FILLED, size: 21 },
  small: { font: FILLED, size: 18 },
  box: { font: BOXES, size: 21 },
} as const;

interface Words {
  text: string;
  style: Style;
}

export const words = (text: string, style: Style = 'filled'): Words => ({ text, style });

/** A line of text; several styles may stand in it. */
export type Line = readonly Words[];

export interface Cell {
  lines: readonly Line[];
  /** Where it ends, from the left edge of the table. */
  until: number;
  align?: 'left' | 'center';
  rowSpan?: number;
  /** Sides without a line. */
  open?: readonly ('top' | 'bottom' | 'left' | 'right')[];
}

export interface Row {
  cells: readonly Cell[];
  /** Left of the first cell, where one of a row above reaches down. */
  from?: number;
  height?: number;
}

const NO_LINE = { style: BorderStyle.NONE, size: 0, color: 'auto' };

const toParagraph = (line: Line, align: Cell['align']): Paragraph =>
  new Paragraph({
    alignment: align === 'center' ? AlignmentType.CENTER : AlignmentType.LEFT,
    children: line.map(({ text, style }) => new TextRun({ text, ...STYLES[style] })),
  });

/** A table of ruled rows whose cells end where they like: edges that one row does not have are spanned there. */
export function formTable(rows: readonly Row[]): Table {
  const ends = [...new Set(rows.flatMap(({ cells }) => cells.map(({ until }) => until)))].sort(
    (a, b) => a - b,
  );
  const edges = [0, ...ends];
  const spanOf = (from: number, until: number): number => edges.indexOf(until) - edges.indexOf(from);
  return new Table({
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    width: { size: TABLE_WIDTH, type: WidthType.DXA },
    columnWidths: ends.map((end, index) => end - (edges[index] ?? 0)),
    margins: { left: CELL_PADDING, right: CELL_PADDING },
    rows: rows.map(row => toTableRow(row, spanOf)),
  });
}

function toTableRow(
  { cells, from = 0, height = ROW_HEIGHT }: Row,
  spanOf: (from: number, until: number) => number,
) {
  const starts = [from, ...cells.map(({ until }) => until)];
  return new TableRow({
    cantSplit: true,
    height: { value: height, rule: HeightRule.ATLEAST },
    children: cells.map(({ lines, until, align, rowSpan, open = [] }, index) => {
      const start = starts[index] ?? 0;
      return new TableCell({
        children: lines.map(line => toParagraph(line, align)),
        columnSpan: spanOf(start, until),
        width: { size: until - start, type: WidthType.DXA },
        verticalAlign: VerticalAlignTable.CENTER,
        ...(rowSpan !== undefined && { rowSpan }),
        borders: Object.fromEntries(open.map(side => [side, NO_LINE])),
      });
    }),
  });
}
