import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { IconFilter, Icons } from '../../local/preview/build/icons';
import { compileWxss, type WxssOptions } from '../../local/preview/build/wxss';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'wxss-'));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(name: string, css: string): string {
  const file = join(root, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, css);
  return file;
}

const compile = (css: string, options: Partial<WxssOptions> = {}): string =>
  compileWxss(write('a.wxss', css), { root, stylePrefix: 'card', keepDarkScheme: false, ...options }).css;

test.each([
  ['.a { width: 750rpx }', '.card--a { width: 100vw }'],
  ['.a { margin: -15rpx }', '.card--a { margin: -2vw }'],
  ['.a { height: 50vh }', '.card--a { height: 50cqh }'],
  ['view.a > text { color: red }', 'wx-view.card--a > wx-text { color: red }'],
  [':host { color: red }', '[wx-host=card] { color: red }'],
  [
    '.a { bottom: calc(8px + env(safe-area-inset-bottom)) }',
    '.card--a { bottom: calc(8px + var(--safe-area-inset-bottom, 0px)) }',
  ],
  ['@keyframes x { from { top: 1rpx } }', '@keyframes x { from { top: 0.13333vw } }'],
])('%s becomes %s', (wxss, css) => {
  expect(compile(wxss)).toBe(css);
});

test('a shared sheet keeps its class names', () => {
  expect(compile('.a { color: red }', { stylePrefix: '' })).toBe('.a { color: red }');
});

test('imports are taken in, from beside, from the root and from npm', () => {
  write('styles/one.wxss', '.one { width: 75rpx }');
  write('node_modules/kit/package.json', '{ "miniprogram": "dist" }');
  write('node_modules/kit/dist/theme.wxss', 'page { --x: 1 }');

  const css = compile('@import "./styles/one.wxss"; @import "/styles/one.wxss"; @import "kit/theme.wxss";', {
    stylePrefix: '',
  });

  expect(css.replace(/\s+/g, ' ')).toContain('.one { width: 10vw }');
  expect(css).toContain('wx-page { --x: 1 }');
});

test('a sheet that does not exist is an error with its place', () => {
  expect(() => compile('\n@import "./gone.wxss";')).toThrow(/a\.wxss:2:1.*gone\.wxss/);
});

test('the dark scheme counts only for programs that declare it', () => {
  const wxss = '@media (prefers-color-scheme: dark) { .a { color: red } }';

  expect(compile(wxss)).toBe('');
  expect(compile(wxss, { keepDarkScheme: true })).toContain('prefers-color-scheme');
});

test('fonts from elsewhere are left out', () => {
  const font = (url: string): string => `@font-face { font-family: t; src: url(${url}) }`;

  expect(compile(font('https://cdn.example/t.woff'))).toBe('');
  expect(compile(font('data:font/woff;base64,AA'))).toContain('font-face');
});

test('icons that the sources name become pictures, others are left out', () => {
  const file = write(
    'icon/icon.wxss',
    ".t-icon-scan:before { content: '\\E1' } .t-icon-zoom-in:before { content: '\\E2' }",
  );
  const filter = new IconFilter(['<t-icon name="scan" />']);

  const { css } = compileWxss(file, {
    root,
    stylePrefix: 'icon',
    keepDarkScheme: false,
    icons: { pictures: new Icons(), filter },
  });

  expect(css).toContain('.icon--t-icon-scan:before');
  expect(css).toContain('data:image/svg+xml');
  expect(css).not.toContain('zoom-in');
});

test('names that are put together keep all icons that they may become', () => {
  const filter = new IconFilter(["'chevron-' + direction"]);

  expect(filter.allows('chevron-left')).toBe(true);
  expect(filter.allows('close')).toBe(false);
});
