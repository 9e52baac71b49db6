/// <reference types="miniprogram-api-typings" />

/** What the services of the app call, with what a test wants it to answer. Storage is a map. */
export interface FakeWx {
  storage: Map<string, unknown>;
  /** Every call of a cloud function, in order. */
  calls: { name: string; data: { operation: string; requestId?: string; input: unknown } }[];
  /** Answers of the cloud, used up one by one; the last one stays. A function throws or answers. */
  answers: (() => unknown)[];
}

export const answer = (data: unknown) => () => ({ result: { ok: true, data } });
export const refuse = (code: string, data?: Record<string, unknown>) => () => ({
  result: { ok: false, error: { code, ...(data && { data }) } },
});
export const breakDown = (error: { errCode?: number; errMsg?: string }) => (): never => {
  // wx fails with plain objects.
  throw error as Error;
};

/** Puts a fake `wx` in place. To be called before the services are imported anew. */
export function installFakeWx(more: Record<string, unknown> = {}): FakeWx {
  const fake: FakeWx = { storage: new Map(), calls: [], answers: [] };
  const wx = {
    getStorageSync: (key: string) => fake.storage.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void fake.storage.set(key, value),
    removeStorageSync: (key: string) => void fake.storage.delete(key),
    getNetworkType: async () => ({ networkType: 'wifi' }),
    getAppBaseInfo: () => ({ fontSizeScaleFactor: 1 }),
    cloud: {
      callFunction: async (call: FakeWx['calls'][number]) => {
        fake.calls.push(structuredClone(call));
        const next = fake.answers.length > 1 ? fake.answers.shift() : fake.answers[0];
        return next?.();
      },
    },
    ...more,
  };
  Object.assign(globalThis, { wx });
  return fake;
}
