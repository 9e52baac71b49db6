import type { Page, PageInput } from '../contract/paging';
import type { Answer } from '../view/failure';

/** Enough for what somebody chooses from; a list that can grow longer is paged on the screen. */
const PAGES_MAX = 10;

/** The items of a short list, page after page. */
export async function loadAll<T>(load: (input: PageInput) => Promise<Answer<Page<T>>>): Promise<Answer<T[]>> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < PAGES_MAX; page++) {
    const answer = await load(cursor === undefined ? {} : { cursor });
    if (!answer.ok) return answer;
    items.push(...answer.data.items);
    cursor = answer.data.nextCursor;
    if (cursor === undefined) break;
  }
  return { ok: true, data: items };
}
