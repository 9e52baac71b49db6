import type { PagedList } from '../../services/paged-list';
import { rowPatch } from '../../services/paged-list';
import { showFailure, type PageState } from '../../services/page-state';

/** Data that every page with a growing list spreads into its own. */
export const rowsData = <Row>(): { rows: Row[]; hasMore: boolean; loadingMore: boolean } => ({
  rows: [],
  hasMore: false,
  loadingMore: false,
});

interface RowsPage<Row> {
  data: { state: PageState; rows: readonly Row[]; loadingMore: boolean };
  setData(data: Record<string, unknown>): void;
}

interface Rows<T, Row> {
  list: PagedList<T> | undefined;
  toRow: (item: T) => Row;
}

interface FirstRows<T, Row> extends Rows<T, Row> {
  /** The page's state while the list is empty: 'empty' only where no filter explains it. 'keep': the page has more than the list. */
  emptyState: 'empty' | 'ready' | 'keep';
}

/** Loads the first page of a list and shows it; a refresh keeps the old rows until then. */
export async function showFirst<T, Row>(
  page: RowsPage<Row>,
  { list, toRow, emptyState }: FirstRows<T, Row>,
): Promise<void> {
  if (!list) return;
  const answer = await list.refresh();
  if (!answer.ok) return showFailure(page, answer.error);
  const rows = answer.data.map(toRow);
  const shown = { rows, hasMore: list.hasMore };
  if (emptyState === 'keep') return page.setData(shown);
  page.setData({ ...shown, state: rows.length > 0 ? 'ready' : emptyState, refusal: null });
}

/** Adds the next page; a second call meanwhile does nothing. */
export async function showMore<T, Row>(page: RowsPage<Row>, { list, toRow }: Rows<T, Row>): Promise<void> {
  if (!list?.hasMore || page.data.loadingMore) return;
  page.setData({ loadingMore: true });
  const answer = await list.more();
  page.setData({ loadingMore: false });
  if (!answer) return;
  if (!answer.ok) return showFailure(page, answer.error);
  page.setData({
    ...rowPatch('rows', list.items.map(toRow), page.data.rows.length),
    hasMore: list.hasMore,
  });
}
