/// <reference lib="dom" />
import '../../local/preview/harness/jest-setup';
import { installWx } from '../../local/preview/harness/base-wx';
import { mountPage, takeWarnings, type MountedPage } from '../../local/preview/harness/mount-page';
import { settle } from '../../local/preview/harness/page-actions';
import type { AccountView } from '../../miniprogram/contract/accounts';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { Grant } from '../../miniprogram/contract/roles';
import { session } from '../../miniprogram/session/session';

type Operation = (input: Record<string, unknown>) => Result<unknown> | Promise<Result<unknown>>;

interface OperationCall {
  operation: string;
  input: Record<string, unknown>;
}

export interface App {
  /** What each operation answers; one that is not here is refused as the cloud refuses an unknown one. */
  cloud: Record<string, Operation>;
  /** In the order in which they were called. */
  calls: OperationCall[];
  wx: Record<string, jest.Mock>;
  storage: Map<string, unknown>;
}

const done = () => jest.fn(() => Promise.resolve({}));

/** A phone with the members of wx that pages use. To be called before each page. */
export function startApp(): App {
  const storage = new Map<string, unknown>();
  const app: App = { cloud: {}, calls: [], storage, wx: makeWx(storage) };
  const callFunction = async ({ data: { operation, input } }: { data: OperationCall }) => {
    app.calls.push({ operation, input });
    return { result: (await app.cloud[operation]?.(input)) ?? fail('operation_unknown') };
  };
  installWx({ ...app.wx, cloud: { callFunction } });
  return app;
}

/** The same in the hands of somebody with these roles. */
export function startAppAs(grants: Grant[]): App {
  const app = startApp();
  session.set({ state: 'signed_in', account: { ...ACCOUNT, grants } });
  return app;
}

/** Adds to the phone what only some pages use. */
export function addToPhone<Members extends Record<string, unknown>>(members: Members): Members {
  Object.assign((globalThis as unknown as { wx: object }).wx, members);
  return members;
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
  pageScrollTo: done(),
  setNavigationBarTitle: done(),
  enableAlertBeforeUnload: done(),
  disableAlertBeforeUnload: done(),
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

export const operationsOf = ({ calls }: App): string[] => calls.map(({ operation }) => operation);

export const inputsOf = ({ calls }: App, operation: string): Record<string, unknown>[] =>
  calls.filter(call => call.operation === operation).map(({ input }) => input);

export const ACCOUNT: AccountView = {
  name: '张*三',
  grants: [],
  consentVersion: '2026-11-01',
  signedInUntilMs: 4_000_000_000_000,
};

export const page = (items: unknown[], nextCursor?: string): Result<unknown> =>
  ok({ items, ...(nextCursor !== undefined && { nextCursor }) });

// Time stands still but for what a test lets pass.
beforeEach(() => void jest.useFakeTimers());

const opened = new Set<MountedPage>();

/** Opens a page and waits until it has loaded. It is closed after the test, unless that has done so. */
export async function open(id: string, query: Record<string, string> = {}): Promise<MountedPage> {
  const mounted = mountPage(id, query);
  opened.add(mounted);
  for (let round = 0; round < 50 && mounted.data()['state'] === 'loading'; round++) await settle();
  await settle();
  return mounted;
}

export function close(mounted: MountedPage): void {
  opened.delete(mounted);
  mounted.unmount();
}

// Whatever the framework complains about is a fault, in every suite.
afterEach(() => {
  for (const mounted of opened) close(mounted);
  jest.useRealTimers();
  expect(takeWarnings()).toEqual([]);
});

/** The control with this name, as a screen reader finds it. */
export function findControl(root: Element, name: string): HTMLElement | null {
  return root.querySelector<HTMLElement>(`[aria-label="${name}"]`);
}
