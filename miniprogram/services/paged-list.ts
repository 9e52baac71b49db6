import type { Page, PageInput } from '../contract/paging';
import type { Answer } from '../view/failure';

/**
 * A list that grows by cursor. Lives beside `data`, one per page instance. An answer that comes after a newer refresh is
 * dropped, so a slow first page can never follow a second one.
 */
export class PagedList<T> {
  items: readonly T[] = [];
  readonly #load: (input: PageInput) => Promise<Answer<Page<T>>>;
  #cursor: string | undefined;
  #round = 0;
  #loadingMore = false;

  constructor(load: (input: PageInput) => Promise<Answer<Page<T>>>) {
    this.#load = load;
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  /** Before other items are asked for: what is still on its way is dropped. */
  clear(): void {
    this.#round++;
    this.items = [];
    this.#cursor = undefined;
  }

  /**
   * Loads the first page again; the old items stay until it is there.
   * @returns undefined when it was asked for once more meanwhile.
   */
  async refresh(): Promise<Answer<readonly T[]> | undefined> {
    const round = ++this.#round;
    const answer = await this.#load({});
    if (round !== this.#round) return undefined;
    if (!answer.ok) return answer;
    // A next page that was asked for meanwhile follows the old first one.
    this.#round++;
    this.#keep([], answer.data);
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
    this.#keep(this.items, answer.data);
    return { ok: true, data: this.items };
  }

  #keep(before: readonly T[], { items, nextCursor }: Page<T>): void {
    this.items = [...before, ...items];
    this.#cursor = nextCursor;
  }
}

/** `setData` paths for the rows after the first `from`, so that growing a list does not send the rows already shown. */
export const rowPatch = (key: string, rows: readonly unknown[], from: number): Record<string, unknown> =>
  Object.fromEntries(rows.slice(from).map((row, index) => [`${key}[${from + index}]`, row]));
