/**
 * Takes the rows of a sheet one after another, with their numbers in the sheet (first is 1) and the texts of their
 * cells by column. Answers whether it wants more.
 */
export type RowSink = (row: number, cells: readonly string[]) => boolean;
