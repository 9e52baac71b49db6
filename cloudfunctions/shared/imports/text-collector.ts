/** Longest text of a cell that Excel can hold. */
const CELL_CHARS_MAX = 32_767;

/** Joins the texts inside some tags, except what is inside others. */
export const createTextCollector = (inside: readonly string[], except: readonly string[]) => {
  let text = '';
  let insideDepth = 0;
  let exceptDepth = 0;
  const step = (name: string, by: 1 | -1): void => {
    if (inside.includes(name)) insideDepth += by;
    if (except.includes(name)) exceptDepth += by;
  };
  return {
    onOpen: (name: string): void => step(name, 1),
    onClose: (name: string): void => step(name, -1),
    onText: (piece: string): void => {
      if (insideDepth > 0 && exceptDepth === 0 && text.length < CELL_CHARS_MAX) text += piece;
    },
    get: (): string => text.slice(0, CELL_CHARS_MAX),
    clear: (): void => {
      text = '';
    },
  };
};
