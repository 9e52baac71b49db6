/// <reference lib="dom" />
import '../../../local/preview/harness/jest-setup';
import { installWx } from '../../../local/preview/harness/base-wx';
import { mountPage, type MountedPage } from '../../../local/preview/harness/mount-page';
import { settle } from '../../../local/preview/harness/page-actions';
import type { AccountView } from '../../../miniprogram/contract/accounts';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';

type Operation = (input: Record<string, unknown>) => Result<unknown> | Promise<Result<unknown>>;

export interface App {
  /** What each operation answers; one that is not here is refused as the cloud refuses an unknown one. */
  cloud: Record<string, Operation>;
  /** Operations in the order in which they were called. */
  called: string[];
  wx: Record<string, jest.Mock>;
  storage: Map<string, unknown>;
}

const done = () => jest.fn(() => Promise.resolve({}));

/** A phone with the members of wx that the workers' pages use. To be called before each page. */
export function startApp(): App {
  const storage = new Map<string, unknown>();
  const app: App = { cloud: {}, called: [], storage, wx: makeWx(storage) };
  const callFunction = async ({ data }: { data: { operation: string; input: Record<string, unknown> } }) => {
    app.called.push(data.operation);
    return { result: (await app.cloud[data.operation]?.(data.input)) ?? fail('operation_unknown') };
  };
  installWx({ ...app.wx, cloud: { callFunction } });
  return app;
}

const makeWx = (storage: Map<string, unknown>): Record<string, jest.Mock> => ({
  getStorageSync: jest.fn((key: string) => storage.get(key) ?? ''),
  setStorageSync: jest.fn((key: string, value: unknown) => void storage.set(key, value)),
  removeStorageSync: jest.fn((key: string) => void storage.delete(key)),
  getNetworkType: jest.fn(() => Promise.resolve({ networkType: 'wifi' })),
  navigateTo: done(),
  redirectTo: done(),
  navigateBack: done(),
  switchTab: done(),
  stopPullDownRefresh: done(),
  navigateToMiniProgram: done(),
  makePhoneCall: done(),
  setKeepScreenOn: done(),
  getScreenBrightness: jest.fn(() => Promise.resolve({ value: 0.4 })),
  setScreenBrightness: done(),
  vibrateShort: done(),
  onUserCaptureScreen: jest.fn(),
  offUserCaptureScreen: jest.fn(),
  openPrivacyContract: done(),
});

export const ACCOUNT: AccountView = {
  name: '张*三',
  grants: [],
  consentVersion: '2026-11-01',
  signedInUntilMs: 4_000_000_000_000,
};

export const page = (items: unknown[], nextCursor?: string): Result<unknown> =>
  ok({ items, ...(nextCursor !== undefined && { nextCursor }) });

/** Opens a page and waits until it has loaded. */
export async function open(id: string, query: Record<string, string> = {}): Promise<MountedPage> {
  const mounted = mountPage(id, query);
  for (let round = 0; round < 50 && mounted.data()['state'] === 'loading'; round++) await settle();
  await settle();
  return mounted;
}

/** The control with this name, as a screen reader finds it. */
export function findControl(root: Element, name: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[aria-label="${name}"]`);
}
