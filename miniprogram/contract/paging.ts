/** Lists page by cursor: pass `nextCursor` back to get what follows; absent on the last page. */
export interface Page<T> {
  items: T[];
  nextCursor?: string;
}

export interface PageInput {
  cursor?: string;
}

/** Rows of one page of any list. */
export const PAGE_SIZE = 20;
