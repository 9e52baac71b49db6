/// <reference lib="dom" />
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../stage/project-root';
import { isOfTdesign } from '../tdesign-warnings';
import { scanApp, type AppScan } from '../build/app-scan';
import { compileTemplates } from '../build/templates';
import { setHostServices } from '../runtime/elements/host-services';
import { EventChannel } from '../runtime/event-channel';
import { DomBackend } from '../runtime/framework/dom-backend';
import { glassEasel, type PageInstance } from '../runtime/framework/glass-easel';
import { MiniProgram, type TemplateGroup } from '../runtime/framework/mini-program';
import { installPointerEvents } from '../runtime/framework/pointer-events';
import { callPage, createPage, type PageRecord } from '../runtime/pages/page-record';
import { parsePageUrl } from '../runtime/pages/page-url';

export interface MountOptions {
  /** The project's own mini-program unless told. */
  miniprogramRoot?: string;
  /** What `getApp()` answers. */
  app?: Record<string, unknown>;
  /** What the page that opened this one listens to. */
  openerEvents?: EventChannel;
}

/** A real page on glass-easel, in jsdom's document. */
export interface MountedPage {
  page: PageInstance;
  root: HTMLElement;
  data(): Readonly<Record<string, unknown>>;
  unmount(): void;
}

interface FrameworkWarning {
  page: string;
  /** Component whose template it is about; '' where the framework does not say. */
  template: string;
  message: string;
}

const frameworkWarnings: FrameworkWarning[] = [];

const TDESIGN = 'miniprogram_npm/tdesign-miniprogram/';

/**
 * What the framework has complained about (unknown properties, values of another type, keys that are not unique) since this was
 * asked last, parts of TDesign left out: '<page>, <template>: <message>'.
 */
export function takeWarnings(): string[] {
  const own = frameworkWarnings
    .splice(0)
    .filter(
      ({ template, message }) => !template.startsWith(TDESIGN) && !(template === '' && isOfTdesign(message)),
    );
  return own.map(({ page, template, message }) => `${page}, ${template || 'some template'}: ${message}`);
}

/**
 * Opens a page as a phone would: real modules through jest's `require` (mocks and coverage work), templates, components and
 * TDesign; onLoad, onShow and onReady run. `installWx` must have been called.
 * @param query values as they stand in the page's address
 */
export function mountPage(
  id: string,
  query: Record<string, string> = {},
  options: MountOptions = {},
): MountedPage {
  const root = options.miniprogramRoot ?? join(projectRoot(), 'miniprogram');
  const harness = harnessOf(root);
  if (options.app) Object.assign(globalThis, { getApp: () => options.app });
  const scan = scanApp(root, [id]);
  harness.load(scan);
  return harness.open(scan, toUrl(id, query), options.openerEvents ?? new EventChannel());
}

const toUrl = (id: string, query: Record<string, string>): string => {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return pairs.length > 0 ? `/${id}?${pairs.join('&')}` : `/${id}`;
};

/** One mini-program for all pages of a test file: modules run once, as jest keeps them. */
class Harness {
  private readonly tags = new Set<string>();
  private readonly loaded = new Set<string>();
  private page = '';
  /** What the page consists of. */
  private units: AppScan['units'] = [];
  private readonly miniProgram: MiniProgram;

  constructor() {
    glassEasel.addGlobalErrorListener((error: unknown) => {
      throw error;
    });
    const warn = (message: string, template = ''): void =>
      void frameworkWarnings.push({ page: this.page, template, message });
    glassEasel.addGlobalWarningListener((message, component) => {
      warn(message, typeof component === 'string' ? component || this.guessTemplate(message) : component.is);
      return false;
    });
    const onUnknownTag = (tag: string): void => warn(`unknown tag <${tag}>`);
    this.miniProgram = new MiniProgram(new DomBackend({ componentTags: this.tags, onUnknownTag }));
    installPointerEvents(document.body);
    setHostServices({});
  }

  load({ units, sourceRoots }: AppScan): void {
    const fresh = units.filter(({ id }) => !this.loaded.has(id));
    if (fresh.length === 0) return;
    for (const { id, json } of fresh) {
      this.loaded.add(id);
      for (const tag of Object.keys({ ...json.usingComponents, ...json.componentGenerics }))
        this.tags.add(tag);
    }
    const { code, problems } = compileTemplates({ units: fresh, sourceRoots });
    const [error] = problems.filter(({ isError }) => isError);
    if (error) throw new Error(`${error.file}:${error.line}:${error.column} ${error.message}`);
    this.miniProgram.load({
      units: fresh.map(unit => ({ ...unit, load: () => jest.requireActual<object>(unit.path) })),
      templates: new Function(`return ${code}`)() as TemplateGroup,
      styles: {},
    });
  }

  /** Of a property's value the framework does not say who gave it: the page's templates that bind such a property. */
  private guessTemplate(message: string): string {
    const [, property] = /^property "(\w+)"/.exec(message) ?? [];
    if (property === undefined) return '';
    const bound = ` ${property.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}="{{`;
    const binds = (path: string): boolean =>
      readFileSync(`${path}.wxml`, 'utf8').replace(/\s+/g, ' ').includes(bound);
    const own = this.units.filter(({ id, path }) => !id.startsWith(TDESIGN) && binds(path));
    return own.map(({ id }) => id).join(' or ');
  }

  open({ app, units }: AppScan, url: string, channel: EventChannel): MountedPage {
    this.page = parsePageUrl(url).id;
    this.units = units;
    const viewport = document.createElement('main');
    document.body.append(viewport);
    const { miniProgram } = this;
    const windowOf = (id: string) => units.find(unit => unit.id === id)?.json ?? {};
    const record = createPage({ app, miniProgram, viewport, windowOf }, parsePageUrl(url), channel);
    Object.assign(globalThis, { getCurrentPages: () => [record.instance] });
    start(record);
    return {
      page: record.instance,
      root: viewport,
      data: () => record.instance.data,
      unmount: () => {
        callPage(record.instance, 'onUnload');
        record.release();
        viewport.remove();
      },
    };
  }
}

function start(record: PageRecord): void {
  record.load();
  callPage(record.instance, 'onShow');
  record.component.triggerPageLifetime('show', []);
  callPage(record.instance, 'onReady');
}

const harnesses = new Map<string, Harness>();

function harnessOf(root: string): Harness {
  const harness = harnesses.get(root) ?? new Harness();
  harnesses.set(root, harness);
  return harness;
}
