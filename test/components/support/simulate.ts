/// <reference lib="dom" />
import '../../../local/preview/harness/jest-setup';
import { basename, join, posix, relative, resolve } from 'node:path';
import simulate from 'miniprogram-simulate/src/index';
import utils from 'miniprogram-simulate/src/utils';
import { installWx } from '../../../local/preview/harness/base-wx';
import {
  componentsOf,
  listFiles,
  listTemplates,
  ROOT,
  sourceOf,
  withoutExtension,
} from '../../wxml/mini-program';
import { isLeftOut, leaveOutHint } from '../../support/left-out';
import { renderComponent, type RenderedComponent } from './rendered-component';

const PROJECT = resolve(ROOT, '..');

/** The package looks for components below one root only and knows no npm names, so its root is the project. */
const { readJson } = utils;
utils.readJson = path => {
  const json = readJson(path);
  const id = withoutExtension(relative(ROOT, path));
  if (!json || id.startsWith('..')) return json;
  const entries = Object.entries(componentsOf(id));
  return {
    ...json,
    usingComponents: Object.fromEntries(entries.map(([tag, to]) => [tag, `/${sourceOf(to)}`])),
  };
};

const listOwn = (): string[] => listTemplates().filter(id => /^(components|custom-tab-bar)\//.test(id));

/** Files of TDesign that its templates import. The app's own import none. */
const listOfTdesign = (ending: string, folder = ''): string[] =>
  listFiles(ending, join(PROJECT, sourceOf('tdesign-miniprogram'), folder)).map(path =>
    posix.join('miniprogram', path),
  );

/** The compiler follows relative paths to further components by itself. */
function listWxml(): string[] {
  const ids = listOwn().flatMap(id => [id, ...Object.values(componentsOf(id))]);
  return [
    ...[...new Set(ids)].map(id => `${sourceOf(id)}.wxml`),
    ...listOfTdesign('.wxml', 'common/template'),
  ];
}

const OPTIONS = {
  compiler: 'official',
  rootPath: PROJECT,
  compilerOptions: { maxBuffer: 1 << 28, wxmlList: listWxml(), wxsList: listOfTdesign('.wxs') },
} as const;

/** The official compiler is a program for x64 Linux with glibc, Windows and macOS (on ARM with Rosetta). */
function compilerFailure(): unknown {
  // Another Linux would hand the program to the shell as a script.
  if (process.platform === 'linux' && process.arch !== 'x64')
    return new Error('not a program for this processor');
  try {
    utils.getCompiler().wxmlToJs(__dirname, { wxmlList: ['smallest.wxml'], wxsList: [] });
    return undefined;
  } catch (error) {
    return error;
  }
}

type Render = (properties?: Record<string, unknown>) => RenderedComponent;
/** WXML around the component, for what stands in its slots. */
type RenderAround = (template: string) => RenderedComponent;

/**
 * Tests of one component under miniprogram-simulate. Its modules are those that the test itself imports. A component that
 * occurs in several others registers once a test file: those have a file each.
 */
export function describeComponent(
  id: string,
  tests: (render: Render, renderAround: RenderAround) => void,
): void {
  if (isLeftOut('wxml-compiler')) return describe.skip(id, () => tests(renderNothing, renderNothing));
  const failure = compilerFailure();
  if (failure !== undefined) return describeFailure(id, failure);

  installWx({});
  const loaded = simulate.load(join(PROJECT, sourceOf(id)), OPTIONS);
  describe(id, () => {
    const rendered: RenderedComponent[] = [];
    // Components' errors do not reach whoever caused them.
    const complaint = jest.spyOn(console, 'error');

    beforeEach(() => {
      installWx({});
      complaint.mockClear();
    });
    afterEach(() => {
      for (const component of rendered.splice(0)) component.detach();
      expect(complaint.mock.calls.map(([what]) => String(what))).toEqual([]);
    });

    const show = (simulateId: string, properties: Record<string, unknown> = {}): RenderedComponent => {
      const component = renderComponent(simulateId, properties);
      rendered.push(component);
      return component;
    };
    tests(
      properties => show(loaded, properties),
      template => show(simulate.load({ template, usingComponents: { [basename(id)]: loaded } })),
    );
  });
}

const renderNothing = (): never => {
  throw new Error('nothing is rendered for a test that is skipped');
};

/** A suite that could not test anything has failed. */
function describeFailure(id: string, failure: unknown): void {
  test(id, () => {
    throw new Error(
      `WeChat's WXML compiler does not run on ${process.platform} ${process.arch}. ${leaveOutHint('wxml-compiler')}`,
      { cause: failure },
    );
  });
}
