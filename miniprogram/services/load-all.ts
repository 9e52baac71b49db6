import type { Page, PageInput } from '../contract/paging';
import type { Answer } from '../view/failure';

/** All items of a list that somebody chooses from, page after page; a list that is only looked at is paged on the screen. */
export async function loadAll<T>(load: (input: PageInput) => Promise<Answer<Page<T>>>): Promise<Answer<T[]>> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const answer = await load(cursor === undefined ? {} : { cursor });
    if (!answer.ok) return answer;
    items.push(...answer.data.items);
    const { nextCursor } = answer.data;
    // A page that leads to itself would never end.
    cursor = nextCursor === cursor ? undefined : nextCursor;
  } while (cursor !== undefined);
  return { ok: true, data: items };
}
