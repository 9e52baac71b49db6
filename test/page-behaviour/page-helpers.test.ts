import type { Page } from '../../miniprogram/contract/paging';
import { once } from '../../miniprogram/page-behaviour/once';
import { PagedList, ROWS_MAX, rowPatch } from '../../miniprogram/page-behaviour/paged-list';
import { pageData, showFailure, type PageData } from '../../miniprogram/page-behaviour/page-state';
import { Polling } from '../../miniprogram/page-behaviour/polling';
import { checkFile } from '../../miniprogram/phone/pick-table';
import type { Answer } from '../../miniprogram/view/failure';

const aPage = () => {
  const page = {
    data: pageData(),
    setData(changes: Partial<PageData>) {
      Object.assign(page.data, changes);
    },
  };
  return page;
};

/** A promise to be settled by the test. */
function later<T>() {
  let settle: (value: T) => void = () => undefined;
  const promise = new Promise<T>(resolve => (settle = resolve));
  return { promise, settle };
}

describe('once', () => {
  test('a second tap while the first is under way does nothing', async () => {
    const page = aPage();
    const work = later<void>();
    const action = jest.fn(() => work.promise);

    const first = once(page, action);
    await once(page, action);

    expect(action).toHaveBeenCalledTimes(1);
    expect(page.data.busy).toBe(true);
    work.settle();
    await first;
    expect(page.data.busy).toBe(false);
  });

  test('an action that throws does not leave the button dead', async () => {
    const page = aPage();

    await expect(once(page, () => Promise.reject(new Error('bug')))).rejects.toThrow('bug');

    expect(page.data.busy).toBe(false);
  });
});

describe('showFailure', () => {
  test('before there is content it fills the page', () => {
    const page = aPage();

    showFailure(page, { code: 'service_busy' });

    expect(page.data).toMatchObject({ state: 'failed', failure: { action: 'again' }, refusal: null });
  });

  test('afterwards the content and what was typed stay', () => {
    const page = aPage();
    page.data.state = 'ready';

    showFailure(page, { code: 'invalid_input' });

    expect(page.data).toMatchObject({ state: 'ready', refusal: { action: 'none' } });
  });
});

describe('PagedList', () => {
  const pageOf = (items: number[], nextCursor?: string): Answer<Page<number>> => ({
    ok: true,
    data: { items, ...(nextCursor !== undefined && { nextCursor }) },
  });

  test('grows by cursor until there is no more', async () => {
    const load = jest.fn(async ({ cursor }: { cursor?: string }) =>
      cursor ? pageOf([3]) : pageOf([1, 2], 'c'),
    );
    const list = new PagedList<number>(load);

    await list.refresh();
    await list.more();

    expect(list.items).toEqual([1, 2, 3]);
    expect(list.hasMore).toBe(false);
    expect(await list.more()).toBeUndefined();
  });

  test('a page that comes after a refresh is dropped', async () => {
    const slow = later<Answer<Page<number>>>();
    const list = new PagedList<number>(({ cursor }) =>
      cursor ? slow.promise : Promise.resolve(pageOf([1], 'c')),
    );
    await list.refresh();

    const more = list.more();
    await list.refresh();
    slow.settle(pageOf([2]));

    expect(await more).toBeUndefined();
    expect(list.items).toEqual([1]);
  });

  test('a next page that follows an old first one is dropped', async () => {
    const [slow, first] = [later<Answer<Page<number>>>(), later<Answer<Page<number>>>()];
    const firsts = [Promise.resolve(pageOf([1], 'c')), first.promise];
    const list = new PagedList<number>(({ cursor }) =>
      cursor ? slow.promise : (firsts.shift() ?? Promise.resolve(pageOf([]))),
    );
    await list.refresh();

    const [refreshed, more] = [list.refresh(), list.more()];
    first.settle(pageOf([7], 'd'));
    await refreshed;
    slow.settle(pageOf([2]));

    expect(await more).toBeUndefined();
    expect(list.items).toEqual([7]);
  });

  test('an answer under the filter of before is dropped, however late', async () => {
    const slow = later<Answer<Page<number>>>();
    const answers = [slow.promise, Promise.resolve(pageOf([2]))];
    const list = new PagedList<number>(() => answers.shift() ?? slow.promise);

    const before = list.refresh();
    list.clear();
    await list.refresh();
    slow.settle(pageOf([1]));

    expect(await before).toBeUndefined();
    expect(list.items).toEqual([2]);
  });

  test('a page that fails leaves what is there, and can be asked for again', async () => {
    const answers = [pageOf([1], 'c'), { ok: false, error: { code: 'offline' } } as const, pageOf([2])];
    const list = new PagedList<number>(async () => answers.shift() ?? pageOf([]));
    await list.refresh();

    expect(await list.more()).toMatchObject({ ok: false });
    await list.more();

    expect(list.items).toEqual([1, 2]);
  });

  /** Items 0, 1, 2 … by twenties; the cursor is where the next ones begin. */
  const endless = () => {
    const load = jest.fn(async ({ cursor = '0' }: { cursor?: string }) =>
      pageOf(
        Array.from({ length: 20 }, (_, at) => Number(cursor) + at),
        String(Number(cursor) + 20),
      ),
    );
    return { load, list: new PagedList<number>(load) };
  };

  test('loaded again, it is as long as before: nobody loses their place', async () => {
    const { list, load } = endless();
    await list.refresh();
    await list.more();
    load.mockClear();

    await list.refresh();

    expect(list.items).toHaveLength(40);
    expect(load).toHaveBeenCalledTimes(2);
    await list.more();
    expect(list.items.at(-1)).toBe(59);
  });

  test('a part that fails while it is loaded again leaves what was there', async () => {
    const { list, load } = endless();
    await list.refresh();
    await list.more();
    load.mockResolvedValueOnce(pageOf([7], 'c'));
    load.mockResolvedValueOnce({ ok: false, error: { code: 'offline' } } as never);

    expect(await list.refresh()).toMatchObject({ ok: false });

    expect(list.items).toHaveLength(40);
  });

  test('when it is full, what follows takes the place of what was there', async () => {
    const { list } = endless();
    await list.refresh();
    while (!list.isFull) await list.more();
    expect(list.items).toHaveLength(ROWS_MAX);

    await list.more();

    expect([list.shown[0], list.shown.length, list.items.length]).toEqual([ROWS_MAX, 20, ROWS_MAX + 20]);
    expect(list.isFull).toBe(false);
    await list.refresh();
    expect([list.shown[0], list.items.length]).toEqual([ROWS_MAX, ROWS_MAX + 20]);
    list.clear();
    await list.refresh();
    expect([list.shown[0], list.items.length]).toEqual([0, 20]);
  });

  test('begun anew without network, it is as it was, and begins anew later', async () => {
    const { list, load } = endless();
    await list.refresh();
    while (!list.isFull) await list.more();
    await list.more();
    const before = [...list.items];
    load.mockResolvedValueOnce({ ok: false, error: { code: 'offline' } } as never);

    list.rewind();
    await list.refresh();
    expect([...list.items]).toEqual(before);
    expect(list.shown[0]).toBe(ROWS_MAX);

    await list.refresh();
    expect([list.shown[0], list.items.length]).toEqual([0, 20]);
  });

  test('when nothing is left of what is shown, it begins anew', async () => {
    const { list, load } = endless();
    await list.refresh();
    while (!list.isFull) await list.more();
    await list.more();
    load.mockResolvedValueOnce(pageOf([]));

    await list.refresh();

    expect([list.shown[0], list.shown.length]).toEqual([0, 20]);
  });

  test('only new rows are sent to the page', () => {
    expect(rowPatch('rows', ['a', 'b', 'c'], 1)).toEqual({ 'rows[1]': 'b', 'rows[2]': 'c' });
  });
});

describe('Polling', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('asks until it is told to stop', async () => {
    const says = ['again', 'again', 'stop'] as const;
    let asked = 0;
    const polling = new Polling(1_000, async () => says[asked++] ?? 'stop');

    polling.start();
    await jest.advanceTimersByTimeAsync(10_000);

    expect(asked).toBe(3);
  });

  test('nothing is asked after stop, not even by a question under way', async () => {
    const ask = jest.fn(async () => 'again' as const);
    const polling = new Polling(1_000, ask);

    polling.start();
    await jest.advanceTimersByTimeAsync(1_000);
    polling.stop();
    await jest.advanceTimersByTimeAsync(10_000);

    expect(ask).toHaveBeenCalledTimes(1);
  });

  test('starting twice makes one polling', async () => {
    const ask = jest.fn(async () => 'again' as const);
    const polling = new Polling(1_000, ask);

    polling.start();
    polling.start();
    await jest.advanceTimersByTimeAsync(2_500);

    expect(ask).toHaveBeenCalledTimes(2);
  });
});

describe('files', () => {
  test.each([
    ['名册.XLSX', 100, undefined],
    ['名册.csv', 100, undefined],
    ['名册.xls', 100, undefined],
    ['名册.xlsx', 0, 'file_empty'],
    ['名册.xlsx', 11 * 1024 * 1024, 'file_too_big_here'],
  ])('%s of %i bytes', (name, bytes, code) => {
    const checked = checkFile({ path: '/tmp/x', name, bytes });

    expect(checked.ok ? undefined : checked.error.code).toBe(code);
  });
});
