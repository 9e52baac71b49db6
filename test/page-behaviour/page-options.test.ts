import { askingPage } from '../../miniprogram/page-behaviour/asking-page';
import { formPage } from '../../miniprogram/page-behaviour/form-page';
import { loadingPage } from '../../miniprogram/page-behaviour/loading-page';
import { pageData, type PageState } from '../../miniprogram/page-behaviour/page-state';
import { pollingPage } from '../../miniprogram/page-behaviour/polling-page';
import { toFailureView, type Answer } from '../../miniprogram/view/failure';

const wx = {
  stopPullDownRefresh: jest.fn(() => Promise.resolve()),
  enableAlertBeforeUnload: jest.fn(),
  disableAlertBeforeUnload: jest.fn(),
};

beforeEach(() => {
  jest.clearAllMocks();
  Object.assign(globalThis, { wx });
});

afterEach(() => jest.useRealTimers());

/** As the framework makes a page of its options; paths into the data are kept as they are written. */
function pageOf<Options extends object, Data extends object>(options: Options, data: Data) {
  const page = {
    ...options,
    data: { ...data },
    setData: (change: object) => void Object.assign(page.data, change),
  };
  return page;
}

const refusal = { code: 'batch_empty' } as const;

describe('a page that loads itself', () => {
  const opened = (once: boolean, state: PageState) =>
    pageOf({ ...loadingPage({ once }), load: jest.fn(() => Promise.resolve()) }, { ...pageData(), state });

  test('loads whenever it is shown', () => {
    const page = opened(false, 'ready');

    page.onShow();

    expect(page.load).toHaveBeenCalledTimes(1);
  });

  test('once: what is typed is not swept away when it is shown again', () => {
    const [fresh, ready] = [opened(true, 'loading'), opened(true, 'ready')];

    fresh.onShow();
    ready.onShow();

    expect(fresh.load).toHaveBeenCalledTimes(1);
    expect(ready.load).not.toHaveBeenCalled();
  });

  test('once: what could not be loaded is tried again when it is shown again', () => {
    const page = opened(true, 'failed');

    page.onShow();

    expect(page.load).toHaveBeenCalledTimes(1);
  });

  test.each<[boolean, PageState, number]>([
    [false, 'ready', 1],
    [false, 'failed', 1],
    [true, 'failed', 1],
    [true, 'empty', 1],
    [true, 'ready', 0],
  ])('after a sign-in (once: %p, %s) it loads %i times', (once, state, times) => {
    const page = opened(once, state);

    page.onSignedIn();

    expect(page.load).toHaveBeenCalledTimes(times);
  });

  test('pulled down, it stops the pull only when it has loaded', async () => {
    const page = opened(false, 'ready');
    let loaded = (): void => {};
    page.load.mockReturnValue(new Promise<void>(resolve => (loaded = resolve)));

    const pulled = page.onPullDownRefresh();
    expect(wx.stopPullDownRefresh).not.toHaveBeenCalled();
    loaded();
    await pulled;

    expect(wx.stopPullDownRefresh).toHaveBeenCalledTimes(1);
  });
});

describe('a page that asks before it acts', () => {
  const asked = () => {
    const sheets = askingPage<'submit'>();
    const page = pageOf(sheets, { ...pageData(), ...sheets.data });
    page.ask('submit');
    return page;
  };

  test('does what was confirmed once, however often it is tapped, and closes the sheet', async () => {
    const page = asked();
    const send = jest.fn(() => Promise.resolve({ ok: true, data: 7 } as const));
    const done = jest.fn();

    await Promise.all([page.act(send, done), page.act(send, done)]);

    expect(send).toHaveBeenCalledTimes(1);
    expect(done.mock.calls).toEqual([[7]]);
    expect(page.data).toMatchObject({ asking: '', busy: false });
  });

  test('stays open with the reason of a refusal, which is gone when it asks again', async () => {
    const page = asked();

    await page.act(() => Promise.resolve({ ok: false, error: refusal }), jest.fn());
    expect(page.data).toMatchObject({ asking: 'submit', askRefusal: toFailureView(refusal), refusal: null });

    page.ask('submit');
    expect(page.data.askRefusal).toBeNull();
  });
});

describe('a page with fields', () => {
  const filled = () => {
    const form = formPage({ name: '' });
    const page = pageOf(form, form.data);
    page.onFieldChange({ detail: { name: 'name', value: '电工班' } } as never);
    return page;
  };

  test('asks before it is left once something is typed', () => {
    const page = filled();

    expect(page.data).toMatchObject({ 'form.name': '电工班', 'errors.name': '', errorText: '' });
    expect(wx.enableAlertBeforeUnload).toHaveBeenCalled();
  });

  test.each<[string, Answer<number>, number]>([
    ['saved, it may be left', { ok: true, data: 1 }, 1],
    ['refused, it may not: what was typed stays', { ok: false, error: refusal }, 0],
  ])('%s', async (_name, answer, times) => {
    const page = filled();
    const done = jest.fn();

    await page.save(() => Promise.resolve(answer), done);

    expect(wx.disableAlertBeforeUnload).toHaveBeenCalledTimes(times);
    expect(done).toHaveBeenCalledTimes(times);
    expect(page.data.refusal).toEqual(answer.ok ? null : toFailureView(refusal));
  });
});

describe('a page in front of which something goes on', () => {
  test('asks again while there is something, and not behind another page', async () => {
    jest.useFakeTimers();
    const query = jest.fn(() => Promise.resolve(true));
    const page = pageOf({ ...pollingPage(1_000), query }, pageData());

    await page.load();
    await jest.advanceTimersByTimeAsync(2_000);
    expect(query).toHaveBeenCalledTimes(3);
    page.onHide();
    await jest.advanceTimersByTimeAsync(5_000);

    expect(query).toHaveBeenCalledTimes(3);
  });
});
