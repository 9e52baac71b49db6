/// <reference lib="dom" />
import { installWx } from '../../../local/preview/harness/base-wx';
import type { Grant } from '../../../miniprogram/contract/roles';
import { fail, type Result } from '../../../miniprogram/contract/result';
import { session } from '../../../miniprogram/session/session';
import { ACCOUNT } from '../worker/app';

type Operation = (input: Record<string, unknown>) => Result<unknown>;

export interface CityApp {
  /** What each operation answers; one that is not here is refused as the cloud refuses an unknown one. */
  cloud: Record<string, Operation>;
  /** Operations with their input, in the order in which they were called. */
  called: { operation: string; input: Record<string, unknown> }[];
  wx: Record<string, jest.Mock>;
}

const MEMBERS = [
  'navigateTo',
  'redirectTo',
  'navigateBack',
  'switchTab',
  'stopPullDownRefresh',
  'pageScrollTo',
  'enableAlertBeforeUnload',
  'disableAlertBeforeUnload',
] as const;

/** A phone in the hands of somebody with these roles. To be called before each page. */
export function startCityApp(grants: Grant[]): CityApp {
  const storage = new Map<string, unknown>();
  const wx: Record<string, jest.Mock> = Object.fromEntries(
    MEMBERS.map(name => [name, jest.fn(() => Promise.resolve({}))]),
  );
  wx['getStorageSync'] = jest.fn((key: string) => storage.get(key) ?? '');
  wx['setStorageSync'] = jest.fn((key: string, value: unknown) => void storage.set(key, value));
  wx['removeStorageSync'] = jest.fn((key: string) => void storage.delete(key));
  wx['getNetworkType'] = jest.fn(() => Promise.resolve({ networkType: 'wifi' }));
  const app: CityApp = { cloud: {}, called: [], wx };
  const callFunction = ({ data }: { data: { operation: string; input: Record<string, unknown> } }) => {
    app.called.push({ operation: data.operation, input: data.input });
    return Promise.resolve({ result: app.cloud[data.operation]?.(data.input) ?? fail('operation_unknown') });
  };
  installWx({ ...wx, cloud: { callFunction } });
  session.set({ state: 'signed_in', account: { ...ACCOUNT, grants } });
  return app;
}

export const inputsOf = (app: CityApp, operation: string): Record<string, unknown>[] =>
  app.called.filter(call => call.operation === operation).map(call => call.input);
