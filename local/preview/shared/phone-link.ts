/// <reference lib="dom" />
/**
 * What the page with the phones and a phone's own page know of each other. Both come from the same origin, so they call each
 * other directly: the phones' page leaves `previewShell` on its window, a phone leaves `previewPhone` on its own.
 */

export interface NetworkState {
  offline: boolean;
  /** Every call takes three seconds longer. */
  slow: boolean;
  /** The next call is carried out, but its answer does not arrive. */
  loseNextAnswer: boolean;
}

/** A phone that another one can be pointed at. */
export interface PhoneChoice {
  id: string;
  title: string;
  persona: string;
}

/** Pictures on a phone's screen, as a camera would see them. */
export interface ScreenPicture {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** What a phone asks of the page around it. */
export interface ShellLink {
  listOtherPhones(phoneId: string): PhoneChoice[];
  /** @returns the pictures visible on another phone. */
  lookAt(phoneId: string): ScreenPicture[];
  networkOf(phoneId: string): NetworkState;
  /** The answer that was to be lost has been. */
  answerWasLost(phoneId: string): void;
  showBrightness(phoneId: string, brightness: number): void;
  showVibration(phoneId: string, isLong: boolean): void;
  showLaunch(phoneId: string, pagePath: string): void;
}

/** What the page with the phones asks of a phone. */
export interface PhoneLink {
  picturesOnScreen(): ScreenPicture[];
  networkChanged(network: NetworkState): void;
  clockMoved(offsetMs: number): void;
  takeScreenshot(): void;
  /** Opens the app anew at the same pages, after it has been built again. */
  reloadPages(): void;
}

export interface PreviewWindow {
  previewShell?: ShellLink;
  previewPhone?: PhoneLink;
}
