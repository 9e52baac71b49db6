import ts from 'typescript';
import { listFiles, readSource } from './sources';

/** Those of miniprogram/guarded.ts, and the one of the storage that goes on in memory. */
const HELPERS = ['quietly', 'orElse', 'follow'];

/** Calls of members of wx in a source, each with whether something catches what it throws and what it rejects with. */
function wxCallsIn(path: string, text = readSource(path)): { call: string; isGuarded: boolean }[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const calls: { call: string; isGuarded: boolean }[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isOfWx(node.expression)) {
      calls.push({ call: `${path}: ${node.expression.getText(source)}`, isGuarded: isGuarded(node) });
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return calls;
}

const isOfWx = (node: ts.Node): boolean =>
  ts.isIdentifier(node) ? node.text === 'wx' : ts.isPropertyAccessExpression(node) && isOfWx(node.expression);

/** Within what a helper runs, in a `try` whose promise is not thrown away, or in a promise's own function, which rejects. */
function isGuarded(call: ts.Node): boolean {
  for (let node = call; node.parent; node = node.parent) {
    const { parent } = node;
    if (ts.isVoidExpression(parent)) return false;
    if (ts.isTryStatement(parent)) return parent.tryBlock === node && parent.catchClause !== undefined;
    if (
      (ts.isCallExpression(parent) || ts.isNewExpression(parent)) &&
      parent.arguments?.includes(node as ts.Expression)
    ) {
      const name = parent.expression.getText();
      if (HELPERS.includes(name) || (ts.isNewExpression(parent) && name === 'Promise')) return true;
    }
  }
  return false;
}

describe('what the phone may refuse', () => {
  const calls = listFiles('miniprogram').flatMap(path => wxCallsIn(path));

  it('is never called bare: a wx that throws or fails must not stop a page', () => {
    const bare = calls.filter(({ isGuarded }) => !isGuarded).map(({ call }) => call);

    expect(bare.map(call => `${call}: call it with quietly or orElse of miniprogram/guarded.ts`)).toEqual([]);
    expect(calls.length).toBeGreaterThan(30);
  });

  it('is seen by this test where it is bare', () => {
    const seen = (text: string) => wxCallsIn('sample.ts', text).map(({ isGuarded }) => isGuarded);

    expect(seen('wx.vibrateLong()')).toEqual([false]);
    expect(seen('try { void wx.vibrateLong(); } catch {}')).toEqual([false]);
    expect(seen('try { } catch { wx.vibrateLong(); }')).toEqual([false]);
    expect(seen('try { await wx.scanCode({}); } catch {}')).toEqual([true]);
    expect(seen('quietly(() => wx.vibrateLong())')).toEqual([true]);
  });

  it.each([
    ['the storage', /StorageSync\b/, 'miniprogram/storage.ts'],
    ['the encoding of addresses', /decodeURIComponent/, 'miniprogram/view/parameter.ts'],
  ])('is reached through one file: %s', (_, pattern, only) => {
    expect(listFiles('miniprogram').filter(path => pattern.test(readSource(path)))).toEqual([only]);
  });
});

it('no deadline is printed as a day by itself: its last day is the day before', () => {
  const printed = /formatShanghaiDay\([^)]*(until|expires)\w*/i;

  const wrong = listFiles('miniprogram').filter(path => printed.test(readSource(path)));
  // The function that prints that day.
  expect(wrong).toEqual(['miniprogram/text/shanghai-time.ts']);
});
