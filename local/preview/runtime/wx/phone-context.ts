import type { NetworkState, ShellLink } from '../../shared/phone-link';
import type { Persona } from '../../shared/preview-api';
import type { PageStack } from '../pages/page-stack';
import { Listeners } from './listeners';

/** With what an app is started or brought to the front. */
export interface EnterOptions {
  path: string;
  query: Record<string, string>;
  scene: number;
  referrerInfo: { appId?: string; extraData?: unknown };
}

/** Settings of the phone itself, kept while the page is open. */
export interface PhoneState {
  brightness: number;
  clipboard: string;
}

/** For browser tests: what a person would choose in a dialog that tests cannot open. */
export interface TestHooks {
  /** Answers the next wx.scanCode without the viewfinder. */
  nextScan?: string;
  /** Chosen at the next wx.chooseMessageFile or picture choice. */
  nextFiles?: File[];
  /** What wx.requestSubscribeMessage answers; `accept` unless told. */
  subscribeAnswer?: 'accept' | 'reject' | 'ban' | 'filter';
  /** The network, in place of the switches beside the phone. */
  network?: NetworkState;
}

/** Everything that the functions of `wx` work with. */
export interface PhoneContext {
  phoneId: string;
  persona: Persona;
  fontScale: number;
  stack: PageStack;
  shell: ShellLink | undefined;
  state: PhoneState;
  hooks: TestHooks;
  lifecycle: { launchOptions: EnterOptions; enterOptions: EnterOptions };
  events: PhoneEvents;
  /** A member of `wx` that the app has called and the host has not. */
  reportMissing(name: string): void;
  networkNow(): NetworkState;
}

export interface NetworkStatus {
  isConnected: boolean;
  networkType: string;
}

/** What an app can listen to. */
export class PhoneEvents {
  readonly appShow = new Listeners<EnterOptions>();
  readonly appHide = new Listeners<undefined>();
  readonly network = new Listeners<NetworkStatus>();
  readonly screenshot = new Listeners<undefined>();
  readonly windowResize = new Listeners<{ size: { windowWidth: number; windowHeight: number } }>();
  readonly appError = new Listeners<string>();
  readonly rejection = new Listeners<{ reason: unknown; promise: Promise<unknown> }>();
}

export const ONLINE: NetworkState = { offline: false, slow: false, loseNextAnswer: false };

export const toNetworkStatus = ({ offline }: NetworkState): NetworkStatus => ({
  isConnected: !offline,
  networkType: offline ? 'none' : 'wifi',
});
