/**
 * Takes the rows of a sheet one after another, with their numbers in the sheet (first is 1) and the texts of their
 * cells by column. Answers whether it wants more.
 */
export type RowSink = (row: number, cells: readonly string[]) => boolean;

/** Thrown through a parser, which can be stopped in no other way, once the sink has had enough. */
class SinkIsFull extends Error {}

/** Runs a parser whose callbacks end it by stopReading; whatever else they throw goes on. */
export const readUntilFull = (read: () => void): void => {
  try {
    read();
  } catch (error) {
    if (!(error instanceof SinkIsFull)) throw error;
  }
};

export const stopReading = (): never => {
  throw new SinkIsFull();
};
