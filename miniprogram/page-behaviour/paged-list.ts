import { PAGE_SIZE, type Page, type PageInput } from '../contract/paging';
import type { Answer } from '../view/failure';

/** Rows on the screen at once: with more, the richest of them would take a page above 800 nodes. */
export const ROWS_MAX = 3 * PAGE_SIZE;

/**
 * A list that grows by cursor. No more than {@link ROWS_MAX} of its items are shown at once: then what follows takes their
 * place. Lives beside `data`, one per page instance. An answer that comes after a newer refresh is dropped, so a slow first
 * page can never follow a second one.
 */
export class PagedList<T> {
  /** All that was loaded, those before the shown ones too. */
  items: readonly T[] = [];
  readonly #load: (input: PageInput) => Promise<Answer<Page<T>>>;
  /** Where the shown ones begin, and the cursor that leads there. */
  #from = 0;
  #start: string | undefined;
  #rewinds = false;
  #cursor: string | undefined;
  #round = 0;
  #loadingMore = false;

  constructor(load: (input: PageInput) => Promise<Answer<Page<T>>>) {
    this.#load = load;
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  get shown(): readonly T[] {
    return this.items.slice(this.#from);
  }

  /** The next page does not fit below the others. */
  get isFull(): boolean {
    return this.hasMore && this.items.length - this.#from >= ROWS_MAX;
  }

  /** The next refresh begins anew; what is here stays until it has succeeded. */
  rewind(): void {
    this.#rewinds = true;
  }

  /** Before other items are asked for: what is still on its way is dropped. */
  clear(): void {
    this.#round++;
    this.items = [];
    this.#from = 0;
    this.#start = undefined;
    this.#rewinds = false;
    this.#cursor = undefined;
  }

  /**
   * Loads again what is shown, so that nobody loses their place; the old items stay until all is there.
   * @returns what is shown; undefined when it was asked for once more meanwhile.
   */
  async refresh(): Promise<Answer<readonly T[]> | undefined> {
    const round = ++this.#round;
    const isAnew = this.#rewinds;
    const [from, start] = isAnew ? [0, undefined] : [this.#from, this.#start];
    const wanted = isAnew ? 0 : this.shown.length;
    let answer = await this.#load(start === undefined ? {} : { cursor: start });
    const items: T[] = [];
    for (;;) {
      if (round !== this.#round) return undefined;
      if (!answer.ok) return answer;
      items.push(...answer.data.items);
      const { nextCursor: cursor } = answer.data;
      if (cursor === undefined || items.length >= wanted) break;
      answer = await this.#load({ cursor });
    }
    if (items.length === 0 && from > 0) {
      this.rewind();
      return this.refresh();
    }
    // A next page that was asked for meanwhile follows what was here before.
    this.#round++;
    this.items = [...this.items.slice(0, from), ...items];
    [this.#from, this.#start, this.#rewinds] = [from, start, false];
    this.#cursor = answer.data.nextCursor;
    return { ok: true, data: this.shown };
  }

  /** @returns what is shown; undefined when there is nothing more or a page is already on its way. */
  async more(): Promise<Answer<readonly T[]> | undefined> {
    const cursor = this.#cursor;
    if (cursor === undefined || this.#loadingMore) return undefined;
    const round = this.#round;
    this.#loadingMore = true;
    const answer = await this.#load({ cursor });
    this.#loadingMore = false;
    if (round !== this.#round) return undefined;
    if (!answer.ok) return answer;
    if (this.isFull) {
      this.#from = this.items.length;
      this.#start = cursor;
    }
    this.items = [...this.items, ...answer.data.items];
    this.#cursor = answer.data.nextCursor;
    return { ok: true, data: this.shown };
  }
}

/** `setData` paths for the rows after the first `from`, so that growing a list does not send the rows already shown. */
export const rowPatch = (key: string, rows: readonly unknown[], from: number): Record<string, unknown> =>
  Object.fromEntries(rows.slice(from).map((row, index) => [`${key}[${from + index}]`, row]));
