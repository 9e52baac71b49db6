import { ELEMENT_TAGS } from '../../shared/element-tags';
import type { ComponentJson } from '../../shared/mini-program-json';
import { rpxToViewport } from '../../shared/rpx';
import { glassEasel } from './glass-easel';

export interface BackendOptions {
  /** Tags of the mini-program's components, under all names that anybody uses them by. */
  componentTags: ReadonlySet<string>;
  /** Told of tags that neither WeChat's elements nor the mini-program's components explain. */
  onUnknownTag(tag: string): void;
}

/** Tags that the host itself creates, for roots. */
const HOST_TAGS = /^wx-/;

/**
 * Renders into the document of this window. WeChat gives every page a document of its own; here all share one, so only the
 * style sheets of the visible page are switched on.
 */
export class DomBackend extends glassEasel.CurrentWindowBackendContext {
  private readonly contents = new Map<string, string>();
  private readonly sheets = new Map<string, HTMLStyleElement>();

  constructor(options: BackendOptions) {
    super();
    // Only these three members of the document are used, and only to create nodes.
    this.document = {
      createElement: (tag: string) => document.createElement(toDomTag(tag, options)),
      createTextNode: (text: string) => document.createTextNode(text),
      createDocumentFragment: () => document.createDocumentFragment(),
    } as unknown as typeof this.document;
  }

  override registerStyleSheetContent(path: string, content: unknown): void {
    this.contents.set(path, String(content));
  }

  override appendStyleSheetPath(path: string): number {
    const text = this.contents.get(path);
    if (text && !this.sheets.has(path)) {
      const sheet = document.createElement('style');
      sheet.dataset['path'] = path;
      sheet.textContent = text;
      document.head.append(sheet);
      this.sheets.set(path, sheet);
    }
    return 0;
  }

  /** Switches the sheets of all other pages off. */
  showStylesOf(pageId: string, isPage: (id: string) => boolean): void {
    for (const [path, sheet] of this.sheets) {
      if (isPage(path)) sheet.media = path === pageId ? 'all' : 'not all';
    }
  }
}

function toDomTag(tag: string, { componentTags, onUnknownTag }: BackendOptions): string {
  if (HOST_TAGS.test(tag)) return tag;
  if (!ELEMENT_TAGS.has(tag) && !componentTags.has(tag)) onUnknownTag(tag);
  return `wx-${tag}`;
}

/** The names that pages and components give to the components that they use. */
export const listComponentTags = (units: readonly { json: ComponentJson }[]): Set<string> =>
  new Set(
    units.flatMap(({ json }) => [
      ...Object.keys(json.usingComponents ?? {}),
      ...Object.keys(json.componentGenerics ?? {}),
    ]),
  );

/** Two things that the framework keeps to itself: rpx in inline styles, and data-testid for tests. */
export function extendElements(): void {
  const { setNodeStyle, setDataset } = glassEasel.Element.prototype;
  glassEasel.Element.prototype.setNodeStyle = function (style, segment) {
    return setNodeStyle.call(this, rpxToViewport(String(style ?? '')), segment);
  };
  glassEasel.Element.prototype.setDataset = function (name, value) {
    setDataset.call(this, name, value);
    if (name !== 'testid') return;
    const { $$ } = this as unknown as { $$: HTMLElement | null };
    $$?.setAttribute('data-testid', String(value));
  };
}
