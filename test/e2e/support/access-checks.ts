/// <reference lib="dom" />
import { groupBy } from '../../../local/screens/group-by';
import { textContrast } from './access-colours';
import {
  describe,
  handlesTap,
  isDisabled,
  isShown,
  isWidget,
  listControls,
  nameOf,
  visiblePage,
} from './access-dom';

/** Runs in the phone's window: the test bundles it and puts it there as `accessChecks`. */
export interface AccessOptions {
  elder: boolean;
}

export interface Violation {
  rule:
    | 'name'
    | 'target'
    | 'contrast'
    | 'small text'
    | 'primary buttons'
    | 'nodes'
    | 'preview errors'
    | 'other machine'
    | 'not reached';
  control: string;
  /** What was measured. */
  figure: string;
}

export interface AccessReport {
  nodes: number;
  controls: number;
  violations: Violation[];
}

const TARGET_PX = 44;
const ELDER_TARGET_PX = 60;
const ELDER_TEXT_PX = 18;
const NODES_MAX = 800;
/** Rounding of layout. */
const TOLERANCE_PX = 0.5;
const LARGE_PX = 24;
const LARGE_BOLD_PX = 18.66;
const BOLD = 700;

export function checkAccess({ elder }: AccessOptions): AccessReport {
  const page = visiblePage();
  const controls = listControls(page);
  const nodes = page.querySelectorAll('*').length;
  return {
    nodes,
    controls: controls.length,
    violations: [
      ...checkNames(controls),
      ...checkTargets(controls, elder ? ELDER_TARGET_PX : TARGET_PX),
      ...checkTexts(page, elder),
      ...checkPlaceholders(page),
      ...checkPrimaries(page),
      ...(nodes > NODES_MAX ? [{ rule: 'nodes', control: 'page', figure: String(nodes) } as const] : []),
      ...checkErrorPanel(),
    ],
  };
}

const checkNames = (controls: readonly Element[]): Violation[] =>
  controls
    .filter(node => nameOf(node) === '' && !isInsideControl(node) && !holdsControl(node))
    .map(node => ({ rule: 'name', control: describe(node), figure: 'has no name' }));

/** A tap on it is a tap on what is around it: a check box in its row, the field of a picker. */
const isInsideControl = (node: Element): boolean => {
  for (let around = node.parentElement; around; around = around.parentElement) {
    if (isWidget(around) || (handlesTap(around) && nameOf(around) !== '')) return true;
  }
  return false;
};

/** Only passes taps on, such as the host of a component around its button. */
const holdsControl = (node: Element): boolean =>
  !isWidget(node) && [...node.querySelectorAll('*')].some(inner => isWidget(inner));

function checkTargets(controls: readonly Element[], minPx: number): Violation[] {
  return controls
    .filter(node => !isDisabled(node) && !isInsideControl(node) && !holdsControl(node))
    .flatMap(node => {
      const { width, height } = targetOf(node);
      if (Math.min(width, height) >= minPx - TOLERANCE_PX) return [];
      const figure = `${round(width)} × ${round(height)} px`;
      return [{ rule: 'target', control: describe(node), figure } as const];
    });
}

/** A field is as large as the box that gives it its frame and takes taps for it. */
function targetOf(node: Element): DOMRect {
  const frame = node.matches('input, textarea') ? node.closest('wx-input, wx-textarea') : null;
  return (frame ?? node).getBoundingClientRect();
}

interface ShownText {
  text: string;
  parent: Element;
}

function listTexts(page: Element): ShownText[] {
  const texts: ShownText[] = [];
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { parentElement: parent } = node;
    const text = node.textContent?.trim() ?? '';
    if (parent && text !== '' && !parent.closest('style, script') && isShown(parent))
      texts.push({ text, parent });
  }
  return texts;
}

const labelled = (text: string, parent: Element): string =>
  `${parent.closest('[class]')?.getAttribute('class')?.split(' ')[0] ?? parent.localName} "${text.slice(0, 24)}"`;

const checkTexts = (page: Element, elder: boolean): Violation[] =>
  listTexts(page).flatMap(({ text, parent }) => {
    const { fontSize, fontWeight, color } = getComputedStyle(parent);
    const sizePx = parseFloat(fontSize);
    const control = labelled(text, parent);
    const isLarge = sizePx >= LARGE_PX || (sizePx >= LARGE_BOLD_PX && Number(fontWeight) >= BOLD);
    const found: Violation[] = [];
    if (elder && sizePx < ELDER_TEXT_PX)
      found.push({ rule: 'small text', control, figure: `${round(sizePx)} px` });
    const ratio = textContrast(parent, color);
    // What is switched off needs no contrast by WCAG 1.4.3.
    if (ratio < (isLarge ? 3 : 4.5) && !isDisabled(parent))
      found.push({ rule: 'contrast', control, figure: `${round(ratio)} : 1` });
    return found;
  });

const checkPlaceholders = (page: Element): Violation[] =>
  [...page.querySelectorAll<HTMLInputElement>('input, textarea')]
    .filter(field => field.placeholder !== '' && isShown(field) && !isDisabled(field))
    .flatMap(field => {
      const ratio = textContrast(field, getComputedStyle(field, '::placeholder').color);
      if (ratio >= 4.5) return [];
      return [
        { rule: 'contrast', control: `placeholder "${field.placeholder}"`, figure: `${round(ratio)} : 1` },
      ];
    });

/** The main action is filled with the brand's colour. A sheet over the page has one of its own. */
function checkPrimaries(page: Element): Violation[] {
  const probe = document.createElement('i');
  probe.style.background = 'var(--brand)';
  (page.querySelector('.page, [class*="page-frame"]') ?? page).append(probe);
  const brand = getComputedStyle(probe).backgroundColor;
  probe.remove();
  const primaries = [...page.querySelectorAll('[role="button"], wx-button')].filter(
    node => isShown(node) && getComputedStyle(node).backgroundColor === brand && !isInsideControl(node),
  );
  const layers = groupBy(primaries, node => node.closest('[aria-modal="true"], [role="dialog"]'));
  return layers
    .filter(({ length }) => length > 1)
    .map(layer => ({
      rule: 'primary buttons',
      control: layer.map(describe).join(', '),
      figure: String(layer.length),
    }));
}

const checkErrorPanel = (): Violation[] =>
  [...document.querySelectorAll('[data-testid="preview-errors"] li')].map(({ textContent }) => ({
    rule: 'preview errors',
    control: 'panel',
    figure: textContent ?? '',
  }));

const round = (value: number): number => Math.round(value * 100) / 100;

Object.assign(globalThis, { accessChecks: checkAccess });
