import ts from 'typescript';
import { COLLECTIONS } from '../../cloudfunctions/shared/store/collections';
import { listFiles, readSource } from './sources';

const DEFINITIONS = 'cloudfunctions/shared/store/collections.ts';
const FOLDERS = ['miniprogram', 'cloudfunctions', 'local', 'test', 'typings'];
const ALL = FOLDERS.flatMap(folder => listFiles(folder));

const REGISTRIES =
  /registry\.(npmjs|npmmirror|yarnpkg)|npmmirror\.com|mirrors\.(cloud\.tencent|aliyun)|npm\.taobao/;

describe('the sources', () => {
  it('name no registry: where packages come from is the matter of whoever installs them', () => {
    const files = [...ALL, ...listFiles('.', ['.npmrc', 'package.json', '.mjs', '.yml'])];

    const self = 'test/architecture/sources.test.ts';
    expect(files.filter(path => path !== self && REGISTRIES.test(readSource(path)))).toEqual([]);
  });

  it('never give up a type with any, nor silence the linter', () => {
    const found = ALL.filter(path => {
      const text = readSource(path);
      return /\/[/*]\s*(eslint-disable|@ts-(ignore|nocheck))/.test(text) || hasAny(path, text);
    });

    expect(found).toEqual([]);
  });

  it('listen only behind the guard against foreign pages', () => {
    const guard = 'local/cloud/local-server.ts';
    const listeners = listFiles('local').filter(path =>
      /import[^;]*\bcreateServer\b[^;]*from 'node:(http|https|http2)'/.test(readSource(path)),
    );

    expect(listeners).toEqual([guard]);
  });

  it('write to no collection that is not defined', () => {
    const used = listFiles('cloudfunctions').flatMap(path => {
      const text = readSource(path);
      const named = /(?:\bcollection|new \w*Collection(?:<[^>]*>)?)\(\s*'(\w+)'/g;
      const joined = /\bfrom: '(\w+)',\s*localField/g;
      return [...text.matchAll(named), ...text.matchAll(joined)].map(([, name = '']) => name);
    });

    expect(used.length).toBeGreaterThan(10);
    const undefinedOnes = [...new Set(used)].filter(name => !Object.hasOwn(COLLECTIONS, name));
    const unusedOnes = Object.keys(COLLECTIONS).filter(name => !used.includes(name));
    expect([
      ...undefinedOnes.map(name => `${name}: define it in ${DEFINITIONS}`),
      ...unusedOnes.map(name => `${name}: nothing uses it, so take it out of ${DEFINITIONS}`),
    ]).toEqual([]);
  });
});

function hasAny(path: string, text: string): boolean {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022);
  const isAny = (node: ts.Node): boolean =>
    node.kind === ts.SyntaxKind.AnyKeyword || (ts.forEachChild(node, isAny) ?? false);
  return isAny(source);
}
