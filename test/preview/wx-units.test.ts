import { dateColumns, timeColumns } from '../../local/preview/runtime/elements/picker-columns';
import { EventChannel } from '../../local/preview/runtime/event-channel';
import { parsePageUrl } from '../../local/preview/runtime/pages/page-url';
import { ApiFailure, failOnMissing, wxFunction } from '../../local/preview/runtime/wx/call';
import { createStorageApi } from '../../local/preview/runtime/wx/storage';

describe('functions of wx', () => {
  const double = wxFunction<{ number: number }>('double', ({ number }) => {
    if (number < 0) throw new ApiFailure('negative', { errCode: -5 });
    return { doubled: number * 2 };
  });

  test('answer with a promise', async () => {
    await expect(double({ number: 2 })).resolves.toEqual({ errMsg: 'double:ok', doubled: 4 });
  });

  test('fail as WeChat does', async () => {
    await expect(double({ number: -1 })).rejects.toEqual({ errMsg: 'double:fail negative', errCode: -5 });
  });

  test('call back instead, and then reject nothing', async () => {
    const [success, fail, complete] = [jest.fn(), jest.fn(), jest.fn()];

    await double({ number: 1, success, complete });
    await double({ number: -1, fail, complete });

    expect(success).toHaveBeenCalledWith({ errMsg: 'double:ok', doubled: 2 });
    expect(fail).toHaveBeenCalledWith({ errMsg: 'double:fail negative', errCode: -5 });
    expect(complete).toHaveBeenCalledTimes(2);
  });

  test('that are missing are reported when called, not when asked for', () => {
    const report = jest.fn();
    const wx = failOnMissing('wx', { known: () => 1 }, report) as Record<string, () => unknown>;

    expect(typeof wx['unknown']).toBe('function');
    expect(report).not.toHaveBeenCalled();
    expect(() => wx['unknown']?.()).toThrow('预览宿主没有实现 wx.unknown');
    expect(report).toHaveBeenCalledWith('wx.unknown');
  });
});

describe('storage', () => {
  /** As the browser's: members are the keys. */
  function aStorage(): Storage {
    const methods = {
      getItem: (key: string) => (key in entries ? (entries[key] ?? null) : null),
      setItem: (key: string, value: string) => void (entries[key] = value),
      removeItem: (key: string) => void delete entries[key],
    };
    const entries: Record<string, string> = {};
    return new Proxy(entries, {
      get: (target, key: string) => methods[key as keyof typeof methods] ?? target[key],
    }) as unknown as Storage;
  }

  type StorageApi = {
    setStorageSync(key: string, value: unknown): void;
    getStorageSync(key: string): unknown;
    clearStorageSync(): void;
    getStorage(options: { key: string }): Promise<unknown>;
  };

  test('keeps values of all kinds, and each owner’s apart', async () => {
    const shared = aStorage();
    const [one, other] = ['worker:w1', 'worker:w2'].map(owner =>
      createStorageApi(owner, shared),
    ) as unknown as [StorageApi, StorageApi];

    one.setStorageSync('list', [1, { a: 2 }]);
    other.setStorageSync('list', '别人的');

    expect(one.getStorageSync('list')).toEqual([1, { a: 2 }]);
    expect(one.getStorageSync('nothing')).toBe('');
    await expect(one.getStorage({ key: 'nothing' })).rejects.toMatchObject({
      errMsg: 'getStorage:fail data not found',
    });
    one.clearStorageSync();
    expect(one.getStorageSync('list')).toBe('');
    expect(other.getStorageSync('list')).toBe('别人的');
  });
});

describe('addresses of pages', () => {
  test.each([
    ['/pages/a/a?x=1&y=', '', { id: 'pages/a/a', query: { x: '1', y: '' }, url: '/pages/a/a?x=1&y=' }],
    ['../b/b', 'pages/a/a', { id: 'pages/b/b', query: {}, url: '/pages/b/b' }],
    ['/p?u=a%3Db=c', '', { id: 'p', query: { u: 'a%3Db=c' }, url: '/p?u=a%3Db=c' }],
  ])('%s from %s', (url, from, parsed) => {
    expect(parsePageUrl(url, from)).toEqual(parsed);
  });
});

describe('event channel', () => {
  test('listeners hear every event, once-listeners one', () => {
    const channel = new EventChannel();
    const [always, once] = [jest.fn(), jest.fn()];
    channel.on('x', always);
    channel.once('x', once);

    channel.emit('x', 1);
    channel.emit('x', 2);
    channel.off('x');
    channel.emit('x', 3);

    expect(always.mock.calls).toEqual([[1], [2]]);
    expect(once.mock.calls).toEqual([[1]]);
  });
});

describe('pickers', () => {
  const range = { value: '2026-02-10', start: '2025-01-01', end: '2026-12-31', fields: 'day' };

  test('a day is chosen by year, month and day, within the range', () => {
    const { columns, selected, toValue } = dateColumns(range);

    expect(columns[0]).toEqual(['2025年', '2026年']);
    expect(selected).toEqual([1, 1, 9]);
    expect(toValue([1, 1, 9])).toBe('2026-02-10');
  });

  test('the month’s last day stands for days that it does not have', () => {
    expect(dateColumns(range).toValue([1, 1, 30])).toBe('2026-02-28');
  });

  test('a month alone, and bounds', () => {
    expect(dateColumns({ ...range, fields: 'month' }).toValue([0, 4])).toBe('2025-05');
    expect(dateColumns({ ...range, end: '2026-06-15' }).toValue([1, 11, 0])).toBe('2026-06-15');
  });

  test('a time', () => {
    const { selected, toValue } = timeColumns({ value: '09:30', start: '09:00', end: '' });

    expect(selected).toEqual([9, 30]);
    expect(toValue([8, 0])).toBe('09:00');
    expect(toValue([18, 5])).toBe('18:05');
  });
});
