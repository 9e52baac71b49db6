import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../stage/project-root';

const ICONS_FILE = 'node_modules/@iconify-json/tdesign/icons.json';

interface IconSet {
  icons: Record<string, { body: string }>;
  aliases?: Record<string, { parent: string }>;
}

/** TDesign's icons as pictures that need no network: on phones they come as a font from a server. */
export class Icons {
  private set: IconSet | undefined;

  /** @returns a CSS `url(…)`, or undefined for a name that TDesign does not have. */
  toUrl(name: string): string | undefined {
    this.set ??= JSON.parse(readFileSync(join(projectRoot(), ICONS_FILE), 'utf8')) as IconSet;
    const icon = this.set.icons[name] ?? this.set.icons[this.set.aliases?.[name]?.parent ?? ''];
    if (!icon) return undefined;
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">${icon.body}</svg>`;
    return `url("data:image/svg+xml,${encodeURIComponent(svg).replaceAll("'", '%27')}")`;
  }
}

/**
 * Which icons a program can show, judged by the words in its sources: embedding all 2,352 would make every page load two
 * megabytes. A word that ends in a hyphen stands for all names that start with it, since names are also put together.
 */
export class IconFilter {
  private readonly words = new Set<string>();
  private readonly beginnings: string[];

  constructor(sources: Iterable<string>) {
    for (const source of sources) {
      for (const [word] of source.matchAll(/[a-z][a-z0-9]*(?:-[a-z0-9]*)*/g)) this.words.add(word);
    }
    this.beginnings = [...this.words].filter(word => word.endsWith('-') && word.length > 3);
  }

  allows(name: string): boolean {
    return this.words.has(name) || this.beginnings.some(beginning => name.startsWith(beginning));
  }
}
