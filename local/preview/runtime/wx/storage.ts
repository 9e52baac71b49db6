import { ApiFailure, wxFunction, type WxMembers } from './call';

const LIMIT_KB = 10 * 1024;

interface Keyed {
  key: string;
}

/** Storage of one person on one phone: WeChat keeps it apart by user as well. */
export function createStorageApi(owner: string, storage: Storage): WxMembers {
  const prefix = `wx:${owner}:`;
  const listKeys = (): string[] =>
    Object.keys(storage)
      .filter(key => key.startsWith(prefix))
      .map(key => key.slice(prefix.length));
  const read = (key: string): unknown => {
    const stored = storage.getItem(prefix + key);
    return stored === null ? undefined : (JSON.parse(stored) as { value?: unknown }).value;
  };
  // Wrapped, so that undefined and '' are told apart from a missing key.
  const write = (key: string, value: unknown): void =>
    storage.setItem(prefix + key, JSON.stringify({ value }));
  const remove = (key: string): void => storage.removeItem(prefix + key);
  const clear = (): void => listKeys().forEach(remove);
  const has = (key: string): boolean => storage.getItem(prefix + key) !== null;
  const describe = () => ({
    keys: listKeys(),
    currentSize: Math.ceil(
      listKeys().reduce((sum, key) => sum + (storage.getItem(prefix + key)?.length ?? 0), 0) / 1024,
    ),
    limitSize: LIMIT_KB,
  });
  return {
    getStorageSync: (key: string) => read(key) ?? '',
    setStorageSync: write,
    removeStorageSync: remove,
    clearStorageSync: clear,
    getStorageInfoSync: describe,
    getStorage: wxFunction<Keyed>('getStorage', ({ key }) => {
      if (!has(key)) throw new ApiFailure('data not found');
      return { data: read(key) };
    }),
    setStorage: wxFunction<Keyed & { data: unknown }>('setStorage', ({ key, data }) => write(key, data)),
    removeStorage: wxFunction<Keyed>('removeStorage', ({ key }) => remove(key)),
    clearStorage: wxFunction('clearStorage', clear),
    getStorageInfo: wxFunction('getStorageInfo', describe),
  };
}
