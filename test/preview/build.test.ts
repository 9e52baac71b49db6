import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanApp } from '../../local/preview/build/app-scan';
import { buildPreview, type Preview } from '../../local/preview/build/build-preview';
import { watchPreview } from '../../local/preview/build/watch';
import { listRequiredScripts, toScriptSource } from '../../local/preview/build/wxs-source';
import { projectRoot } from '../../local/stage/project-root';
import { SAMPLE_APP } from './sample-preview-root';

jest.setTimeout(30_000);

describe('scan', () => {
  const scan = scanApp(SAMPLE_APP);
  const idsOf = (): string[] => scan.units.map(({ id }) => id);

  test('pages of subpackages are listed with the others', () => {
    expect(scan.app.pages).toEqual([
      'pages/home/home',
      'pages/me/me',
      'more/pages/form/form',
      'more/pages/pass/pass',
    ]);
  });

  test('components come before those who use them, the tab bar is among them', () => {
    const order = idsOf();

    expect(order.indexOf('components/greeting-card/greeting-card')).toBeLessThan(
      order.indexOf('pages/home/home'),
    );
    expect(order).toContain('custom-tab-bar/index');
    expect(order).toContain('miniprogram_npm/tdesign-miniprogram/button/button');
  });

  test('components for all pages are known to each page', () => {
    const me = scan.units.find(({ id }) => id === 'pages/me/me');

    expect(me?.json.usingComponents?.['t-button']).toBe('/miniprogram_npm/tdesign-miniprogram/button/button');
  });

  test('a single page brings only what it uses', () => {
    const ids = scanApp(SAMPLE_APP, ['more/pages/pass/pass']).units.map(({ id }) => id);

    expect(ids).toContain('more/pages/pass/pass');
    expect(ids).not.toContain('pages/home/home');
  });
});

describe('WXS', () => {
  test('a type’s name is asked for by another member, modules lose their extension', () => {
    const source = toScriptSource("var a = require('./b.wxs'); x.constructor === 'Array'");

    expect(source).toContain("require('./b')");
    expect(source).toContain("x.__wxsType === 'Array'");
  });

  test('required modules are found with and without extension', () => {
    expect(listRequiredScripts("require('./a.wxs'); require('../b')")).toEqual(['./a', '../b']);
  });
});

describe('build', () => {
  let folder: string;
  let preview: Preview;

  beforeAll(async () => {
    // Inside the project, so that npm packages are found as they are from the mini-program.
    folder = mkdtempSync(join(projectRoot(), 'node_modules/.cache/preview-test-'));
    cpSync(SAMPLE_APP, join(folder, 'app'), { recursive: true });
    preview = await buildPreview({ miniprogramRoot: join(folder, 'app'), outDir: join(folder, 'out') });
  });

  afterAll(async () => {
    await preview.dispose();
    rmSync(folder, { recursive: true });
  });

  test('everything a browser loads is written, and nothing of it points elsewhere', () => {
    for (const name of ['phones.html', 'phones.js', 'phone.html', 'phone.js', 'templates.js', 'styles.js']) {
      expect(existsSync(join(folder, 'out', name))).toBe(true);
    }
    const styles = readFileSync(join(folder, 'out/styles.js'), 'utf8');
    expect(styles).not.toMatch(/url\(\s*\\?["']?https?:/);
  });

  test('the build finds no mistakes in the sample', () => {
    expect(preview.report.problems).toEqual([]);
  });

  test('after a change it is built again, and a mistake leaves the last good build', async () => {
    const wxml = join(folder, 'app/pages/me/me.wxml');
    const events = new Promise<string>(resolve => {
      const stop = watchPreview(preview, {
        onRebuilt: () => {
          writeFileSync(wxml, '<view>{{ a + }}</view>');
        },
        onFailed: message => {
          stop();
          resolve(message);
        },
      });
    });
    writeFileSync(wxml, '<view>新的内容</view>');

    expect(await events).toMatch(/^pages\/me\/me\.wxml:1:\d+/);
    expect(readFileSync(join(folder, 'out/templates.js'), 'utf8')).toContain('新的内容');
  });
});
