import type { AppDescription } from '../shared/mini-program-json';
import type { PhoneLink } from '../shared/phone-link';
import type { PreviewEvent } from '../shared/preview-api';
import { DomBackend, listComponentTags } from './framework/dom-backend';
import { glassEasel } from './framework/glass-easel';
import { MiniProgram, type MiniProgramParts } from './framework/mini-program';
import { installPointerEvents } from './framework/pointer-events';
import { showError } from './overlays/error-panel';
import { Phone } from './phone';
import { readPhoneOptions } from './phone-options';

export interface AppParts extends MiniProgramParts {
  app: AppDescription;
  loadApp(): unknown;
}

/** Warnings of the framework, such as values for unknown properties, for tests to look through. */
const warnings: string[] = [];

/** Starts the mini-program in this window. */
export function boot(parts: AppParts): void {
  Object.assign(globalThis, { previewWarnings: warnings });
  listenToFramework();
  showUncaughtErrors();
  readPhoneOptions(location)
    .then(options => {
      const phone = new Phone(options, parts.app);
      const backend = new DomBackend({
        componentTags: listComponentTags(parts.units),
        onUnknownTag: tag => showError(`预览宿主没有 <${tag}> 这个组件`),
      });
      parts.loadApp();
      const miniProgram = new MiniProgram(backend);
      miniProgram.load(parts, ({ id }, error) => {
        console.error(error);
        showError(`${id} 加载失败：${describe(error)}`);
      });
      installPointerEvents(document.body);
      phone.open(miniProgram, parts);
      if (parent === window) followBuilds(phone.link);
    })
    .catch((error: unknown) => showError(describe(error)));
}

/** A phone alone looks after itself; in the page with the phones that page does. */
function followBuilds(link: PhoneLink): void {
  new EventSource('preview/events').addEventListener('message', ({ data }) => {
    if ((JSON.parse(String(data)) as PreviewEvent).kind === 'rebuilt') link.reloadPages();
  });
}

function listenToFramework(): void {
  glassEasel.addGlobalErrorListener((error: unknown, where: unknown) => {
    console.error(error);
    const element = (where as { element?: { is?: string } } | undefined)?.element;
    showError(`${element?.is ?? '小程序'}：${describe(error)}`);
    return false;
  });
  glassEasel.addGlobalWarningListener((warning: unknown) => {
    warnings.push(String((warning as { message?: string }).message ?? warning));
    return false;
  });
}

function showUncaughtErrors(): void {
  addEventListener('error', ({ message }) => showError(message));
  addEventListener('unhandledrejection', ({ reason }) => showError(`未处理的失败：${describe(reason)}`));
}

const describe = (error: unknown): string =>
  error instanceof Error
    ? error.message
    : String((error as { errMsg?: string }).errMsg ?? JSON.stringify(error));
