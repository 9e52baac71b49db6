import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import postcss, { type AtRule, type Root, type Rule } from 'postcss';
import selectorParser from 'postcss-selector-parser';
import { ELEMENT_TAGS } from '../shared/element-tags';
import { rpxToViewport } from '../shared/rpx';
import type { IconFilter, Icons } from './icons';
import { findNpmReference } from './npm-package';

export interface WxssOptions {
  /** The mini-program's root, for imports with a leading slash. */
  root: string;
  /** What class names start with; empty for sheets that apply everywhere on a page. */
  stylePrefix: string;
  /** Keeps rules for the dark scheme: only programs that declare `darkmode` get them on phones. */
  keepDarkScheme: boolean;
  icons?: { pictures: Icons; filter: IconFilter };
}

export interface CompiledWxss {
  css: string;
  /** The sheet itself and what it imports. */
  files: string[];
}

/** Turns a WXSS file into CSS for the browser. */
export function compileWxss(file: string, options: WxssOptions): CompiledWxss {
  const files: string[] = [];
  const sheet = readWithImports(file, options.root, files);
  dropForeignFonts(sheet);
  if (!options.keepDarkScheme) dropDarkScheme(sheet);
  if (options.icons && /[\\/]icon[\\/]icon\.wxss$/.test(file)) {
    drawIcons(sheet, options.icons);
    sheet.append(ICON_BASE);
  }
  renameSelectors(sheet, options.stylePrefix);
  sheet.walkDecls(declaration => {
    declaration.value = toBrowserUnits(declaration.value);
  });
  return { css: sheet.toString(), files };
}

/**
 * The page area is a container, smaller than the window: `vh` must mean its height. The insets of the simulated phone are
 * variables of the host, since a browser on a desk has none.
 */
const toBrowserUnits = (value: string): string =>
  rpxToViewport(value)
    .replace(/(-?\d*\.?\d+)vh\b/g, '$1cqh')
    .replace(/\b(?:env|constant)\(\s*safe-area-inset-(\w+)[^)]*\)/g, 'var(--safe-area-inset-$1, 0px)');

function readWithImports(file: string, root: string, files: string[]): Root {
  files.push(file);
  const sheet = postcss.parse(readFileSync(file, 'utf8'), { from: file });
  sheet.walkAtRules('import', rule => {
    const target = resolveImport(rule, file, root);
    if (files.includes(target)) rule.remove();
    else rule.replaceWith(readWithImports(target, root, files).nodes);
  });
  return sheet;
}

function resolveImport(rule: AtRule, file: string, root: string): string {
  const reference = rule.params
    .replace(/^url\(\s*|\s*\)$/g, '')
    .trim()
    .replace(/^['"]|['"]$/g, '');
  if (reference.startsWith('/')) return join(root, reference);
  const relativePath = resolve(dirname(file), reference);
  if (existsSync(relativePath)) return relativePath;
  const npm = findNpmReference(reference.replace(/^~|^miniprogram_npm\//, ''), dirname(file));
  const npmPath = npm && join(npm.dir, npm.inside);
  if (npmPath && existsSync(npmPath)) return npmPath;
  throw rule.error(`there is no style sheet ${reference}`);
}

function dropForeignFonts(sheet: Root): void {
  sheet.walkAtRules('font-face', rule => {
    if (/url\(\s*['"]?(https?:)?\/\//.test(rule.toString())) rule.remove();
  });
}

function dropDarkScheme(sheet: Root): void {
  sheet.walkAtRules('media', rule => {
    if (/prefers-color-scheme:\s*dark/.test(rule.params)) rule.remove();
  });
}

const ICON_BASE =
  '.t-icon-base::before{display:block;width:1em;height:1em;background:currentColor;' +
  '-webkit-mask:var(--t-icon-picture) center/contain no-repeat}';

function drawIcons(sheet: Root, { pictures, filter }: NonNullable<WxssOptions['icons']>): void {
  sheet.walkRules(rule => {
    const [, name] = /^\.t-icon-([\w-]+)::?before$/.exec(rule.selector) ?? [];
    if (!name || !rule.some(node => node.type === 'decl' && node.prop === 'content')) return;
    const picture = filter.allows(name) ? pictures.toUrl(name) : undefined;
    if (!picture) return void rule.remove();
    rule.removeAll();
    rule.append({ prop: '--t-icon-picture', value: picture }, { prop: 'content', value: "''" });
  });
}

function renameSelectors(sheet: Root, stylePrefix: string): void {
  const renamer = selectorParser(selectors =>
    selectors.walk(node => {
      if (node.type === 'class' && stylePrefix) node.value = `${stylePrefix}--${node.value}`;
      else if (node.type === 'tag' && ELEMENT_TAGS.has(node.value)) node.value = `wx-${node.value}`;
      else if (node.type === 'pseudo' && node.value === ':host') node.replaceWith(hostOf(stylePrefix));
    }),
  );
  sheet.walkRules(rule => {
    if (!isKeyframe(rule)) rule.selector = renamer.processSync(rule.selector);
  });
}

/** glass-easel writes the prefix of a component into its host element. Without an operator the parser would print no value. */
const hostOf = (stylePrefix: string): selectorParser.Attribute =>
  selectorParser.attribute({
    attribute: 'wx-host',
    operator: '=',
    value: stylePrefix,
    quoteMark: '"',
    raws: {},
  });

const isKeyframe = ({ parent }: Rule): boolean =>
  parent?.type === 'atrule' && (parent as AtRule).name.endsWith('keyframes');
