import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  componentExists,
  componentsOf,
  listPages,
  listTemplates,
  readAppJson,
  readText,
  ROOT,
} from './mini-program';
import { listMixedTexts, listTags, type WxmlTag } from './wxml-tags';

/** Built-in tags that the app uses. */
const BUILT_IN = new Set(
  'block button canvas image input picker scroll-view slot switch text textarea view'.split(' '),
);
const TAP = /^(bind|catch):tap$/;
/** The native control says itself what it is. */
const SELF_NAMED = new Set(['input', 'textarea', 'picker']);

const templates = listTemplates().map(id => ({ id, tags: listTags(readText(`${id}.wxml`)) }));

const tagsWith = (wrong: (tag: WxmlTag) => boolean): string[] =>
  templates.flatMap(({ id, tags }) => tags.filter(wrong).map(tag => `${id}: <${tag.name}>`));

test('every page of app.json has its four files', () => {
  const missing = listPages(readAppJson()).flatMap(page =>
    ['.ts', '.json', '.wxml']
      .filter(extension => !existsSync(join(ROOT, page + extension)))
      .map(x => page + x),
  );

  expect(missing).toEqual([]);
});

test('tab pages are in the main package and no more than WeChat allows', () => {
  const { pages, tabBar } = readAppJson();

  expect(tabBar.list.every(tab => pages.includes(tab.pagePath))).toBe(true);
  expect(tabBar.list.length).toBeLessThanOrEqual(5);
});

test('every tag is built in or named in usingComponents, and every named component exists and is used', () => {
  const wrong = templates.flatMap(({ id, tags }) => {
    const named = componentsOf(id);
    const used = new Set(tags.map(tag => tag.name));
    const unknown = [...used].filter(name => !BUILT_IN.has(name) && !(name in named));
    const unused = Object.keys(named).filter(name => !used.has(name));
    const absent = Object.values(named).filter(target => !componentExists(target));
    return [...unknown, ...unused, ...absent].map(name => `${id}: ${name}`);
  });

  expect(wrong).toEqual([]);
});

test('whatever can be tapped has a role and a name', () => {
  const nameless = tagsWith(({ name, attributes }) => {
    const isTapped = Object.keys(attributes).some(key => TAP.test(key));
    return isTapped && !SELF_NAMED.has(name) && !(attributes['aria-role'] && attributes['aria-label']);
  });

  expect(nameless).toEqual([]);
});

test('every page goes on after a sign-in, or needs none', () => {
  const deaf = tagsWith(
    ({ name, attributes }) =>
      name === 'page-frame' && attributes['bind:signedin'] !== 'onSignedIn' && !('own-sign-in' in attributes),
  );

  expect(deaf).toEqual([]);
});

test('inputs have a name', () => {
  const inputs = new Set(['input', 'textarea']);

  expect(tagsWith(({ name, attributes }) => inputs.has(name) && !attributes['aria-label'])).toEqual([]);
});

test('pictures beside words are hidden from screen readers, others named', () => {
  const wrong = tagsWith(
    ({ name, attributes }) => name === 'image' && !attributes['aria-hidden'] && !attributes['aria-label'],
  );

  expect(wrong).toEqual([]);
});

test('events are written in colon form, which is the form that is checked', () => {
  const wrong = tagsWith(({ attributes }) =>
    Object.keys(attributes).some(key => /^(bind|catch|mut-bind|capture-bind|capture-catch)[a-z]/.test(key)),
  );

  expect(wrong).toEqual([]);
});

test('components keep their styles to themselves: class names of a page must not reach into them', () => {
  const wrong = templates.map(({ id }) => id).filter(id => readText(`${id}.json`).includes('styleIsolation'));

  expect(wrong).toEqual([]);
});

test('every page is wrapped in page-frame, which carries elder mode, failures and sign-in', () => {
  const wrong = listPages(readAppJson()).filter(page => !('page-frame' in componentsOf(page)));

  expect(wrong).toEqual([]);
});

test('how much may be typed stands in contract/limits, not in a template', () => {
  const wrong = tagsWith(({ attributes }) =>
    [attributes['length-max'], attributes['maxlength']].some(value => /^[{\s]*\d/.test(value ?? '')),
  );

  expect(wrong).toEqual([]);
});

test('words beside other elements stand in <text>, in one line: what the formatter breaks leaves no gap', () => {
  const mixed = templates.flatMap(({ id }) =>
    listMixedTexts(readText(`${id}.wxml`)).map(text => `${id}: ${text}`),
  );

  expect(mixed).toEqual([]);
});
