import type { PagedList } from '../services/paged-list';
import { rowPatch } from '../services/paged-list';
import { showFailure, type PageState } from '../services/page-state';

/** Data of a page that shows one paged list; spread it beside `pageData()`. */
export const listData = <Row>() => ({ rows: [] as Row[], hasMore: false, loadingMore: false });

interface ListPage {
  data: { state: PageState; rows: readonly unknown[]; loadingMore: boolean };
  setData(data: Record<string, unknown>): void;
}

interface Listing<T> {
  list: PagedList<T>;
  toRow: (item: T) => unknown;
  /** Under a filter nothing is no reason to empty the page. */
  whenNone?: 'empty' | 'ready';
}

/** Loads the list anew and shows its first page. */
export async function showRows<T>(
  page: ListPage,
  { list, toRow, whenNone = 'empty' }: Listing<T>,
): Promise<void> {
  const answer = await list.refresh();
  if (!answer.ok) return showFailure(page, answer.error);
  page.setData({
    state: answer.data.length > 0 ? 'ready' : whenNone,
    refusal: null,
    rows: answer.data.map(toRow),
    hasMore: list.hasMore,
  });
}

/** Adds the next page; only its rows are sent to the screen. */
export async function growRows<T>(page: ListPage, { list, toRow }: Listing<T>): Promise<void> {
  if (!list.hasMore || page.data.loadingMore) return;
  page.setData({ loadingMore: true });
  const answer = await list.more();
  page.setData({ loadingMore: false });
  if (!answer) return;
  if (!answer.ok) return showFailure(page, answer.error);
  page.setData({
    ...rowPatch('rows', answer.data.map(toRow), page.data.rows.length),
    hasMore: list.hasMore,
  });
}
