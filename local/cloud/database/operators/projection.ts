/** `$project`, `$addFields` and the projection of a find: which fields there are, and how they are made. */
import { isPlainObject, type Document } from '../document-values';
import { compileExpression, type Evaluate, type Scope } from './expressions/compile';
import { notSupported, refuse } from './refuse';
import { compileQuery, type DocumentTest, type MatchDetails } from './query';
import { isOperatorObject } from './values';

/** What becomes of a field: kept, dropped, computed, or treated field by field. */
type Node = true | false | Evaluate | Branch;
type Branch = Map<string, Node>;

type Project = (document: Document, variables?: Readonly<Record<string, unknown>>) => Document;

/** Reads `{a: 1, b: {c: 0}, 'd.e': <expression>}` into a tree of fields. */
function parseSpecification(stage: string, spec: unknown, toNode: (value: unknown) => Node): Branch {
  if (!isPlainObject(spec)) throw refuse(`${stage} specification must be an object`);
  if (Object.keys(spec).length === 0)
    throw refuse(`Invalid ${stage} :: caused by :: specification must have at least one field`);
  const root: Branch = new Map();
  addFields(stage, root, spec, toNode);
  return root;
}

function addFields(stage: string, branch: Branch, spec: Document, toNode: (value: unknown) => Node): void {
  for (const [path, value] of Object.entries(spec)) {
    const parts = path.split('.');
    if (parts.includes(''))
      throw refuse(`Invalid ${stage} :: caused by :: FieldPath '${path}' has an empty field name`);
    if (path.startsWith('$'))
      throw refuse(`Invalid ${stage} :: caused by :: FieldPath field names may not start with '$'`);
    const name = parts.pop() ?? '';
    const parent = parts.reduce((at, part) => childBranch(stage, at, part, path), branch);
    if (isPlainObject(value) && !isOperatorObject(value)) {
      if (Object.keys(value).length === 0)
        throw refuse(
          `Invalid ${stage} :: caused by :: An empty sub-projection is not a valid value. Found empty object at path ${path}`,
        );
      addFields(stage, childBranch(stage, parent, name, path), value, toNode);
    } else {
      if (parent.has(name)) throw refuse(`Invalid ${stage} :: caused by :: Path collision at ${path}`);
      parent.set(name, toNode(value));
    }
  }
}

function childBranch(stage: string, branch: Branch, name: string, path: string): Branch {
  const known = branch.get(name);
  if (known instanceof Map) return known;
  if (known !== undefined) throw refuse(`Invalid ${stage} :: caused by :: Path collision at ${path}`);
  const child: Branch = new Map();
  branch.set(name, child);
  return child;
}

const isFlag = (value: unknown): value is boolean | number =>
  typeof value === 'boolean' || typeof value === 'number';

const leavesOf = (branch: Branch): Exclude<Node, Branch>[] =>
  [...branch.values()].flatMap(node => (node instanceof Map ? leavesOf(node) : [node]));

/**
 * True when the specification names what stays, false when it names what goes; `_id` may be named either way.
 * @throws AdminError when it does both
 */
function isInclusion(stage: string, root: Branch): boolean {
  const leaves = [...root].flatMap(([name, node]) =>
    name === '_id' && node === false ? [] : node instanceof Map ? leavesOf(node) : [node],
  );
  const excludes = leaves.includes(false);
  if (excludes && leaves.some(leaf => leaf !== false))
    throw refuse(
      `Invalid ${stage} :: caused by :: Cannot mix inclusion and exclusion of fields in one projection`,
    );
  return leaves.length > 0 && !excludes;
}

/** Compiles a `$project`. */
export function compileProject(spec: unknown, variables: readonly string[] = []): Project {
  const root = parseSpecification('$project', spec, value =>
    isFlag(value) ? Boolean(value) : compileExpression(value, variables),
  );
  if (!isInclusion('$project', root)) return document => exclude(document, root) as Document;
  if (!root.has('_id')) root.set('_id', true);
  return (document, values = {}) =>
    compute(include(document, root) as Document, root, { root: document, variables: values }) as Document;
}

/** Compiles an `$addFields`. */
export function compileAddFields(spec: unknown, variables: readonly string[] = []): Project {
  const root = parseSpecification('$addFields', spec, value => compileExpression(value, variables));
  return (document, values = {}) =>
    compute({ ...document }, root, { root: document, variables: values }) as Document;
}

/** Keeps the fields named; of an array, those of the documents in it. Undefined for what has no fields. */
function include(value: unknown, branch: Branch): unknown {
  if (Array.isArray(value))
    return value.map(item => include(item, branch)).filter(item => item !== undefined);
  if (!isPlainObject(value)) return undefined;
  const kept: Document = {};
  for (const [name, item] of Object.entries(value)) {
    const node = branch.get(name);
    const part = node === true ? item : node instanceof Map ? include(item, node) : undefined;
    if (part !== undefined) kept[name] = part;
  }
  return kept;
}

/** Drops the fields named; what has no fields stays as it is. */
function exclude(value: unknown, branch: Branch): unknown {
  if (Array.isArray(value)) return value.map(item => exclude(item, branch));
  if (!isPlainObject(value)) return value;
  const kept: Document = {};
  for (const [name, item] of Object.entries(value)) {
    const node = branch.get(name);
    if (node !== false) kept[name] = node instanceof Map ? exclude(item, node) : item;
  }
  return kept;
}

/** Adds the computed fields, in every document of an array on the way; what has no fields gives way to an object. */
function compute(value: unknown, branch: Branch, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map(item => compute(item, branch, scope));
  const made: Document = isPlainObject(value) ? { ...value } : {};
  for (const [name, node] of branch) {
    if (node instanceof Map ? !isComputed(node) : typeof node === 'boolean') continue;
    const part = node instanceof Map ? compute(made[name], node, scope) : (node as Evaluate)(scope);
    if (part === undefined) delete made[name];
    else made[name] = part;
  }
  return made;
}

const isComputed = (branch: Branch): boolean => leavesOf(branch).some(leaf => typeof leaf === 'function');

// Projections of a find: besides what $project knows, parts of arrays.

/** Compiles the projection of a find. @param query of the find, which decides where the positional `$` points */
export function compileFindProjection(
  spec: Document,
  query: Document = {},
): (document: Document) => Document {
  const slices: [string, SliceRange][] = [];
  const steps: ((document: Document, result: Document) => void)[] = [];
  const plain: Document = {};
  for (const [path, value] of Object.entries(spec)) {
    if (isPlainObject(value) && '$slice' in value && !isExpressionSlice(value.$slice))
      slices.push([path, sliceRange(value.$slice)]);
    else if (isPlainObject(value) && '$elemMatch' in value) steps.push(elementStep(path, value));
    else if (isPlainObject(value) && '$meta' in value) throw notSupported('$meta');
    else if (path.endsWith('.$')) steps.push(positionalStep(path.slice(0, -2), compileQuery(query)));
    else plain[path] = value;
  }
  const project = baseProjection(plain, steps.length > 0);
  return document => {
    const result = project(document);
    for (const [path, range] of slices) sliceAt(result, path.split('.'), range);
    for (const step of steps) step(document, result);
    return result;
  };
}

function baseProjection(plain: Document, isInclusive: boolean): (document: Document) => Document {
  const hasFields = Object.keys(plain).length > 0;
  if (!isInclusive)
    return hasFields ? compileProject(plain) : document => structuredCopy(document) as Document;
  const { _id: isIdWanted = true, ...others } = plain;
  if (Object.values(others).some(value => isFlag(value) && !value))
    throw refuse('Cannot mix inclusion and exclusion of fields in one projection');
  return compileProject({
    ...others,
    ...(isIdWanted ? { _id: 1 } : Object.keys(others).length ? { _id: 0 } : { _id: 1 }),
  });
}

/** The result of a projection must not change what it was made of. */
function structuredCopy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(structuredCopy);
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, structuredCopy(item)]));
}

interface SliceRange {
  readonly skip: number;
  readonly limit: number;
}

/** `{$slice: ['$path', 2]}` is the operator of that name, not the projection. */
const isExpressionSlice = (value: unknown) => Array.isArray(value) && typeof value[0] !== 'number';

function sliceRange(value: unknown): SliceRange {
  if (typeof value === 'number')
    return value < 0 ? { skip: Math.trunc(value), limit: Infinity } : { skip: 0, limit: Math.trunc(value) };
  const [skip, limit, ...others] = Array.isArray(value) ? (value as unknown[]) : [];
  if (typeof skip !== 'number' || typeof limit !== 'number' || others.length)
    throw refuse('$slice takes a number, or two numbers: how many to skip and how many to return');
  if (limit <= 0) throw refuse('$slice limit must be positive');
  return { skip: Math.trunc(skip), limit: Math.trunc(limit) };
}

function sliced(array: readonly unknown[], { skip, limit }: SliceRange): unknown[] {
  const from = skip < 0 ? Math.max(0, array.length + skip) : skip;
  return array.slice(from, from + limit);
}

function sliceAt(value: unknown, [name = '', ...rest]: readonly string[], range: SliceRange): void {
  if (Array.isArray(value)) return value.forEach(item => sliceAt(item, [name, ...rest], range));
  if (!isPlainObject(value) || !Object.hasOwn(value, name)) return;
  const item = value[name];
  if (rest.length) sliceAt(item, rest, range);
  else if (Array.isArray(item)) value[name] = sliced(item, range);
}

function elementStep(path: string, value: Document): (document: Document, result: Document) => void {
  if (path.includes('.')) throw refuse(`Cannot use $elemMatch projection on a nested field: ${path}`);
  const test = compileQuery({ [path]: value });
  return (document, result) => {
    const details: MatchDetails = { position: null };
    const array = document[path];
    if (Array.isArray(array) && test(document, details) && details.position !== null)
      result[path] = [array[details.position]];
  };
}

/** The first element of an array that met the query. */
function positionalStep(path: string, test: DocumentTest): (document: Document, result: Document) => void {
  const parts = path.split('.');
  return (document, result) => {
    const details: MatchDetails = { position: null };
    if (!test(document, details) || details.position === null)
      throw refuse(
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    let [from, to]: [unknown, Document] = [document, result];
    for (const part of parts.slice(0, -1)) {
      from = isPlainObject(from) ? from[part] : undefined;
      to = (to[part] ??= {}) as Document;
    }
    const name = parts.at(-1) ?? '';
    const array = isPlainObject(from) ? from[name] : undefined;
    if (Array.isArray(array)) to[name] = [array[details.position]];
  };
}
