import type { AppDescription } from '../shared/mini-program-json';
import type { NetworkState, PhoneLink, PreviewWindow, ShellLink } from '../shared/phone-link';
import { setHostServices } from './elements/host-services';
import type { MiniProgram, MiniProgramParts } from './framework/mini-program';
import { showActionSheet } from './overlays/dialogs';
import { showError } from './overlays/error-panel';
import { showPickerPanel } from './overlays/picker-panel';
import { NavigationBar } from './pages/navigation-bar';
import { showPageMeta, showRootFontSize } from './pages/page-meta-view';
import type { PageMaker, PageRecord } from './pages/page-record';
import { PageStack } from './pages/page-stack';
import { parsePageUrl } from './pages/page-url';
import { PullDown } from './pages/pull-down';
import { rememberPages, requestSamePages, restorePages } from './pages/remembered-pages';
import { addCustomTabBar, NativeTabBar } from './pages/tab-bar';
import type { PhoneOptions } from './phone-options';
import { createScreen, type PhoneScreen } from './screen';
import { picturesOnScreen } from './screen-pictures';
import { moveClock } from './shifted-clock';
import { AppLifecycle, SCENES } from './wx/app-lifecycle';
import { createWx } from './wx/create-wx';
import { DEFAULT_BRIGHTNESS } from './wx/device';
import { ONLINE, PhoneEvents, toNetworkStatus, type PhoneContext, type TestHooks } from './wx/phone-context';
import { Privacy } from './wx/privacy';
import { toAssetUrl } from './wx/system';

type PhoneWindow = Window & PreviewWindow & { previewHooks?: TestHooks };

/** A phone with the app on it: screen, pages and the globals that the app finds. */
export class Phone {
  readonly link: PhoneLink;
  private readonly shell = shellOf(window);
  private readonly hooks = ((window as PhoneWindow).previewHooks ??= {});
  private readonly events = new PhoneEvents();
  private readonly screen: PhoneScreen = createScreen();
  private readonly maker: PageMaker;
  private readonly stack: PageStack;
  private readonly bar: NavigationBar;
  private readonly tabBar: NativeTabBar;
  private readonly lifecycle: AppLifecycle;
  private readonly privacy: Privacy;
  private readonly startUrl: string;

  /** Puts `wx`, `getApp` and `getCurrentPages` in place: modules of components use them while they load. */
  constructor(
    private readonly options: PhoneOptions,
    private readonly app: AppDescription,
  ) {
    moveClock(options.clock.offsetMs);
    const query = options.channel ? `?channel=${encodeURIComponent(options.channel)}` : '';
    this.startUrl = options.startUrl || `/${app.pages[0]}${query}`;
    this.maker = { app, viewport: this.screen.viewport, miniProgram: undefined, windowOf: () => ({}) };
    this.stack = new PageStack(this.maker, {
      onTopChanged: page => this.showTop(page),
      onTabPageCreated: page => this.addTabBar(page),
    });
    this.bar = this.createBar();
    this.tabBar = new NativeTabBar(app, () => this.stack);
    this.screen.assemble(this.bar, this.tabBar);
    this.lifecycle = this.createLifecycle();
    this.privacy = new Privacy(this.owner);
    this.link = this.createLink();
    this.installGlobals();
  }

  /** Starts the app, once its modules are loaded. */
  open(miniProgram: MiniProgram, { units }: MiniProgramParts): void {
    this.maker.miniProgram = miniProgram;
    this.maker.windowOf = id => units.find(unit => unit.id === id)?.json ?? {};
    const [first = this.startUrl, ...others] = restorePages(this.options.phoneId);
    this.lifecycle.launch();
    this.stack.reLaunch(first);
    for (const url of others) this.stack.navigateTo(url);
  }

  private get owner(): string {
    return `${this.options.phoneId}:${this.options.persona.id}`;
  }

  private createBar(): NavigationBar {
    return new NavigationBar({
      onBack: () => this.stack.navigateBack(1),
      onHome: () => this.stack.reLaunch(`/${this.app.pages[0]}`),
      onClose: () => this.leaveAndAsk(),
      onMenu: () => void showActionSheet(['转发给朋友', '添加到我的小程序', '设置']),
    });
  }

  private createLifecycle(): AppLifecycle {
    const { id, query } = parsePageUrl(this.startUrl);
    const launchOptions = { path: id, query, scene: this.options.scene, referrerInfo: {} };
    return new AppLifecycle(launchOptions, { events: this.events, stack: () => this.stack });
  }

  private installGlobals(): void {
    const { lifecycle, stack, tabBar, privacy, owner } = this;
    const pullDown = new PullDown(this.screen.viewport, () => stack.top);
    const navigation = { stack, tabBar, pullDown };
    const wx = createWx({ context: this.createContext(), lifecycle, privacy, owner, navigation });
    Object.assign(globalThis, {
      wx,
      App: lifecycle.register,
      getApp: lifecycle.getApp,
      getCurrentPages: () => stack.pages.map(({ instance }) => instance),
      previewPhone: this.link,
    });
    setHostServices({
      toAssetUrl,
      navigate: (kind, target) => void (wx[kind] as (target: object) => unknown)(target),
      chooseFromColumns: showPickerPanel,
      agreeToPrivacy: () => privacy.agree(),
      openFromButton: openType => showError(`预览宿主没有 <button open-type="${openType}">`),
      showPageMeta: element => showPageMeta(element, stack),
    });
  }

  private createContext(): PhoneContext {
    const { shell, stack, events, lifecycle } = this;
    const { phoneId, persona, fontScale } = this.options;
    return {
      shell,
      stack,
      events,
      lifecycle,
      phoneId,
      persona,
      fontScale,
      hooks: this.hooks,
      state: { brightness: DEFAULT_BRIGHTNESS, clipboard: '' },
      reportMissing: name => showError(`预览宿主没有实现 ${name}`),
      networkNow: (): NetworkState => this.hooks.network ?? shell?.networkOf(phoneId) ?? ONLINE,
    };
  }

  private createLink(): PhoneLink {
    return {
      picturesOnScreen,
      networkChanged: network => this.events.network.emit(toNetworkStatus(network)),
      clockMoved: moveClock,
      takeScreenshot: () => this.events.screenshot.emit(undefined),
      reloadPages: () => {
        requestSamePages(this.options.phoneId);
        location.reload();
      },
    };
  }

  private showTop(page: PageRecord): void {
    const { stack, app, options } = this;
    this.bar.show(page, {
      depth: stack.pages.length,
      isHome: page.id === app.pages[0] || stack.isTab(page.id),
    });
    this.tabBar.show(page);
    this.screen.viewport.style.background = page.window.backgroundColor ?? '#fff';
    showRootFontSize(page);
    history.replaceState(null, '', `#${page.url}`);
    rememberPages(options.phoneId, stack.pages);
    this.shell?.showLaunch(options.phoneId, page.url);
  }

  private addTabBar(page: PageRecord): void {
    const { miniProgram } = this.maker;
    if (this.app.tabBar?.custom && miniProgram) addCustomTabBar(page, miniProgram);
  }

  private leaveAndAsk(): void {
    this.lifecycle.leave();
    void showActionSheet(['回到小程序'], '小程序已在后台').then(() =>
      this.lifecycle.comeBack({ scene: SCENES.recent, referrerInfo: {} }),
    );
  }
}

const shellOf = ({ parent }: Window): ShellLink | undefined =>
  parent === window ? undefined : (parent as PhoneWindow).previewShell;
