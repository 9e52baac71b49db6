import { PAGE_SIZE, type Page, type PageInput } from '../contract/paging';
import type { Answer } from '../view/failure';

/** Rows on the screen at once: an old phone bears some hundred nodes, and each row has several. */
export const ROWS_MAX = 4 * PAGE_SIZE;

/**
 * A list that grows by cursor, up to {@link ROWS_MAX}; then what follows takes the place of what was there. Lives beside `data`, one per page instance. An answer that comes after a newer refresh is
 * dropped, so a slow first page can never follow a second one.
 */
export class PagedList<T> {
  items: readonly T[] = [];
  readonly #load: (input: PageInput) => Promise<Answer<Page<T>>>;
  /** What leads to the first item here; undefined at the very beginning. */
  #start: string | undefined;
  #cursor: string | undefined;
  #round = 0;
  #loadingMore = false;

  constructor(load: (input: PageInput) => Promise<Answer<Page<T>>>) {
    this.#load = load;
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  /** The next page does not fit below the others. */
  get isFull(): boolean {
    return this.hasMore && this.items.length >= ROWS_MAX;
  }

  /** Before other items are asked for, or the first ones again: what is still on its way is dropped. */
  clear(): void {
    this.#round++;
    this.items = [];
    this.#start = undefined;
    this.#cursor = undefined;
  }

  /**
   * Loads again what is here, so that nobody loses their place; the old items stay until all is there.
   * @returns undefined when it was asked for once more meanwhile.
   */
  async refresh(): Promise<Answer<readonly T[]> | undefined> {
    const round = ++this.#round;
    const wanted = this.items.length;
    let answer = await this.#load(this.#start === undefined ? {} : { cursor: this.#start });
    const items: T[] = [];
    for (;;) {
      if (round !== this.#round) return undefined;
      if (!answer.ok) return answer;
      items.push(...answer.data.items);
      const { nextCursor: cursor } = answer.data;
      if (cursor === undefined || items.length >= wanted) break;
      answer = await this.#load({ cursor });
    }
    // A next page that was asked for meanwhile follows what was here before.
    this.#round++;
    this.items = items;
    this.#cursor = answer.data.nextCursor;
    return { ok: true, data: this.items };
  }

  /** @returns undefined when there is nothing more or a page is already on its way. */
  async more(): Promise<Answer<readonly T[]> | undefined> {
    const cursor = this.#cursor;
    if (cursor === undefined || this.#loadingMore) return undefined;
    const round = this.#round;
    this.#loadingMore = true;
    const answer = await this.#load({ cursor });
    this.#loadingMore = false;
    if (round !== this.#round) return undefined;
    if (!answer.ok) return answer;
    if (this.isFull) this.#start = cursor;
    this.items = [...(this.isFull ? [] : this.items), ...answer.data.items];
    this.#cursor = answer.data.nextCursor;
    return { ok: true, data: this.items };
  }
}

/** `setData` paths for the rows after the first `from`, so that growing a list does not send the rows already shown. */
export const rowPatch = (key: string, rows: readonly unknown[], from: number): Record<string, unknown> =>
  Object.fromEntries(rows.slice(from).map((row, index) => [`${key}[${from + index}]`, row]));
