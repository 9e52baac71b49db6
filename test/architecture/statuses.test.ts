import { join, relative } from 'node:path';
import ts from 'typescript';
import { listFiles, ROOT } from './sources';

const CONTRACT = 'miniprogram/contract';
/** Where a status may be looked at: the rules, and the questions about it that both sides ask. */
const MAY_COMPARE = ['cloudfunctions/shared/domain/', `${CONTRACT}/`];

const program = openProgram();
const checker = program.getTypeChecker();

function openProgram(): ts.Program {
  const config = join(ROOT, 'tsconfig.node.json');
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(config, ts.sys.readFile).config,
    ts.sys,
    ROOT,
  );
  const files = [CONTRACT, 'cloudfunctions'].flatMap(folder => listFiles(folder));
  return ts.createProgram(
    files.map(path => join(ROOT, path)),
    options,
  );
}

const isEqual = <T>(one: ReadonlySet<T>, other: ReadonlySet<T>): boolean =>
  one.size === other.size && [...one].every(value => other.has(value));

/** The texts of a union of them; undefined for every other type. */
function textsOf(type: ts.Type): ReadonlySet<string> | undefined {
  const members = (type.isUnion() ? type.types : [type]).filter(
    ({ flags }) => !(flags & ts.TypeFlags.Undefined),
  );
  if (members.length === 0 || !members.every(member => member.isStringLiteral())) return undefined;
  return new Set(members.map(member => (member as ts.StringLiteralType).value));
}

/** Every type of the contract that is a set of statuses, by name. */
function listStatuses(): Map<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  for (const path of listFiles(CONTRACT)) {
    const source = program.getSourceFile(join(ROOT, path));
    source?.forEachChild(node => {
      if (!ts.isTypeAliasDeclaration(node) || !node.name.text.endsWith('Status')) return;
      const texts = textsOf(checker.getTypeAtLocation(node.name));
      if (texts) found.set(node.name.text, texts);
    });
  }
  return found;
}

const STATUSES = listStatuses();

/** The kind of status that an expression has: all of its values, or what is left of them where its name says so. */
function statusOf(node: ts.Expression): string | undefined {
  const texts = textsOf(checker.getTypeAtLocation(node));
  if (!texts) return undefined;
  const isNamed = /status$/i.test(node.getText());
  return [...STATUSES].find(
    ([, all]) => isEqual(all, texts) || (isNamed && [...texts].every(text => all.has(text))),
  )?.[0];
}

const EQUALITY = new Set([ts.SyntaxKind.EqualsEqualsEqualsToken, ts.SyntaxKind.ExclamationEqualsEqualsToken]);

const MEMBERSHIP = new Set(['includes', 'has', 'indexOf']);

/** The status that a piece of code compares with known ones. */
function comparedIn(node: ts.Node): string | undefined {
  if (ts.isBinaryExpression(node) && EQUALITY.has(node.operatorToken.kind)) {
    if (ts.isStringLiteral(node.right)) return statusOf(node.left);
    return ts.isStringLiteral(node.left) ? statusOf(node.right) : undefined;
  }
  if (ts.isSwitchStatement(node)) return statusOf(node.expression);
  const isMembership =
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    MEMBERSHIP.has(node.expression.name.text);
  const [asked] = isMembership ? node.arguments : [];
  return asked && statusOf(asked);
}

function comparisonsIn(path: string): string[] {
  const source = program.getSourceFile(join(ROOT, path));
  if (!source) throw new Error(`${path} is not part of the program`);
  const found: string[] = [];
  const walk = (node: ts.Node): void => {
    const status = comparedIn(node);
    if (status !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(
        `${relative(ROOT, source.fileName)}:${line + 1} compares a ${status}: ${node.getText().slice(0, 60)}`,
      );
    }
    node.forEachChild(walk);
  };
  walk(source);
  return found;
}

const isAllowed = (path: string): boolean => MAY_COMPARE.some(folder => path.startsWith(folder));

test('statuses are known', () => {
  expect([...STATUSES.keys()].sort()).toEqual(
    expect.arrayContaining(['BatchStatus', 'ClassStatus', 'JobStatus', 'TemplateStatus', 'VoucherStatus']),
  );
});

test('comparisons of statuses are found', () => {
  const inRules = listFiles('cloudfunctions/shared/domain').flatMap(comparisonsIn);

  expect(inRules.length).toBeGreaterThan(3);
});

test('no function compares statuses: it asks the rules', () => {
  expect(
    listFiles('cloudfunctions')
      .filter(path => !isAllowed(path))
      .flatMap(comparisonsIn),
  ).toEqual([]);
});
