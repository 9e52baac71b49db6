export interface TableColumn {
  title: string;
  /** Aligned right, digits of equal width. */
  numeric?: boolean;
}

interface TableLine {
  key: number;
  cells: { key: number; title: string; text: string; style: string }[];
}

const styleOf = (column: TableColumn | undefined): string => (column?.numeric ? 'numeric digits' : '');

/** Exact figures in rows and columns; wider ones scroll sideways. */
export default Component({
  properties: {
    label: { type: String, value: '' },
    columns: { type: Array, value: [] as TableColumn[] },
    rows: { type: Array, value: [] as string[][] },
  },

  data: { lines: [] as TableLine[] },

  observers: {
    'columns, rows'(columns: TableColumn[], rows: string[][]) {
      const lines = rows.map((row, key) => ({
        key,
        cells: row.map((text, index) => {
          const column = columns[index];
          return { key: index, title: column?.title ?? '', text, style: styleOf(column) };
        }),
      }));
      this.setData({ lines });
    },
  },
});
