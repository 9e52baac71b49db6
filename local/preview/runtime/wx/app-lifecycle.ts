import type { PageStack } from '../pages/page-stack';
import type { EnterOptions, PhoneEvents } from './phone-context';

/** Where an app is opened from, by WeChat's numbers. */
export const SCENES = { recent: 1001, fromOfficialAccount: 1035, backFromMiniProgram: 1038 } as const;

type AppMethod = (this: unknown, options?: unknown) => void;

/** The mini-program's App, and when it is in front. */
export class AppLifecycle {
  private app: Record<string, unknown> = {};
  private isShown = false;
  enterOptions: EnterOptions;

  constructor(
    readonly launchOptions: EnterOptions,
    private readonly parts: { events: PhoneEvents; stack: () => PageStack },
  ) {
    this.enterOptions = launchOptions;
  }

  readonly register = (definition: Record<string, unknown>): void => {
    this.app = definition;
  };

  readonly getApp = (): Record<string, unknown> => this.app;

  launch(): void {
    this.call('onLaunch', this.launchOptions);
    this.enter();
  }

  /** Another program or the desktop is in front. */
  leave(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.parts.stack().hideTop();
    this.call('onHide');
    this.parts.events.appHide.emit(undefined);
  }

  comeBack(options: Pick<EnterOptions, 'scene' | 'referrerInfo'>): void {
    const top = this.parts.stack().current;
    const query = (top.instance['options'] ?? {}) as Record<string, string>;
    this.enterOptions = { path: top.id, query, ...options };
    this.enter();
    this.parts.stack().showTop();
  }

  private enter(): void {
    this.isShown = true;
    this.call('onShow', this.enterOptions);
    this.parts.events.appShow.emit(this.enterOptions);
  }

  private call(method: string, options?: EnterOptions): void {
    (this.app[method] as AppMethod | undefined)?.call(this.app, options);
  }
}
