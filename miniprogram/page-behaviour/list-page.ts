import { quietly } from '../guarded';
import type { Page, PageInput } from '../contract/paging';
import type { Answer } from '../view/failure';
import { loadingPage, loadNow } from './loading-page';
import { needSession } from './need-session';
import { pageData, showFailure, type PageData, type PageState } from './page-state';
import { PagedList, rowPatch } from './paged-list';

/** Data of whatever shows a growing list. */
export interface ListData<Row> {
  rows: Row[];
  hasMore: boolean;
  /** The next rows will take the place of these. */
  isFull: boolean;
  /** Rows are on their way. */
  loading: boolean;
  /** The list was loaded, and there is nothing in it. */
  isNone: boolean;
}

export const listData = <Row>(): ListData<Row> => ({
  rows: [],
  hasMore: false,
  isFull: false,
  loading: false,
  isNone: false,
});

interface ListHost<Row> {
  data: { state: PageState } & ListData<Row>;
  setData(data: Record<string, unknown>): void;
}

interface Rows<T, Row> {
  list: PagedList<T>;
  toRow: (item: T) => Row;
  /** The state without rows: a filter or other content explains it ('ready'), or the page sets its state itself ('keep'). */
  whenNone?: 'empty' | 'ready' | 'keep';
}

/** Loads a list and shows it; until then the old rows stay. */
export async function showRows<T, Row>(
  page: ListHost<Row>,
  { list, toRow, whenNone = 'empty' }: Rows<T, Row>,
): Promise<void> {
  const answer = await list.refresh();
  if (!answer) return;
  page.setData({ loading: false });
  if (!answer.ok) return showFailure(page, answer.error);
  const rows = answer.data.map(toRow);
  const isNone = rows.length === 0;
  page.setData({
    rows,
    isNone,
    hasMore: list.hasMore,
    isFull: list.isFull,
    ...(whenNone !== 'keep' && { state: isNone ? whenNone : 'ready', refusal: null }),
  });
}

/** Adds the next page; only its rows are sent to the screen. Above a full list it begins anew, at the top of the screen. */
export async function growRows<T, Row>(page: ListHost<Row>, { list, toRow }: Rows<T, Row>): Promise<void> {
  if (!list.hasMore || page.data.loading) return;
  const { isFull } = list;
  page.setData({ loading: true });
  const answer = await list.more();
  page.setData({ loading: false });
  if (!answer) return;
  if (!answer.ok) return showFailure(page, answer.error);
  const rows = answer.data.map(toRow);
  page.setData({
    ...(isFull ? { rows } : rowPatch('rows', rows, page.data.rows.length)),
    hasMore: list.hasMore,
    isFull: list.isFull,
  });
  if (isFull) quietly(() => wx.pageScrollTo({ scrollTop: 0 }));
}

/** Filters that are set: '' stands for everything. */
type Chosen<Filter> = { [Name in keyof Filter]?: Exclude<Filter[Name], ''> };

const chosen = <Filter extends object>(filter: Filter): Chosen<Filter> =>
  Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '')) as Chosen<Filter>;

interface Listing<T, Row, Filter, Owner> {
  ask: (input: Owner & Chosen<Filter> & PageInput) => Promise<Answer<Page<T>>>;
  toRow: (item: T) => Row;
  /** What can be chosen, by name; shown by fields and filter bars of the same name. */
  filter?: Filter;
  /** Whose rows they are: goes with every question. Set in `onLoad`. */
  owner?: Owner;
  whenNone?: Rows<T, Row>['whenNone'];
  /** Loads only until it has succeeded. */
  once?: boolean;
}

interface Self<T, Row, Filter, Owner> extends ListHost<Row> {
  data: PageData & ListData<Row> & { filter: Filter };
  owner: Owner;
  list: PagedList<T> | undefined;
  load(): Promise<unknown>;
  loadRows(): Promise<void>;
  onMore(): Promise<void>;
}

/** The options that all pages with a list share; a page that reads more than its list brings its own `load`. */
export function listPage<T, Row, Filter extends object = object, Owner extends object = object>({
  ask,
  toRow,
  filter = {} as Filter,
  owner = {} as Owner,
  whenNone,
  once = false,
}: Listing<T, Row, Filter, Owner>) {
  type This = Self<T, Row, Filter, Owner>;
  return {
    ...loadingPage({ once }),
    data: { ...pageData(), ...listData<Row>(), filter },
    owner,
    list: undefined as PagedList<T> | undefined,

    /** From the beginning, wherever the list stood. */
    async onPullDownRefresh(this: This) {
      this.list?.rewind();
      await loadNow(this);
      quietly(() => wx.stopPullDownRefresh());
    },
    onReachBottom(this: This) {
      if (!this.data.isFull) void this.onMore();
    },

    async load(this: This): Promise<void> {
      if (await needSession(this)) await this.loadRows();
    },
    loadRows(this: This): Promise<void> {
      this.list ??= new PagedList(input => ask({ ...this.owner, ...chosen(this.data.filter), ...input }));
      const isFiltered = Object.keys(chosen(this.data.filter)).length > 0;
      return showRows(this, {
        list: this.list,
        toRow,
        whenNone: whenNone ?? (isFiltered ? 'ready' : 'empty'),
      });
    },

    async onMore(this: This): Promise<void> {
      if (this.list) await growRows(this, { list: this.list, toRow });
    },
    onFilterChange(
      this: This,
      { detail }: WechatMiniprogram.CustomEvent<{ name: string; value: string }>,
    ): void {
      this.list?.clear();
      this.setData({ ...listData(), [`filter.${detail.name}`]: detail.value, loading: true });
      void this.load();
    },
  };
}
