/**
 * The stages of a pipeline (MongoDB manual, "Aggregation Stages"), as far as the SDK's builder has them. A stage is
 * compiled once, then takes documents one by one and hands on what it makes of them.
 */
import { randomInt } from 'node:crypto';
import { isPlainObject, type Document } from '../document-values';
import { compileBucketAuto, compileBucket } from './buckets';
import { compileExpression } from './expressions/compile';
import { compileGroup } from './group';
import { compileAddFields, compileProject } from './projection';
import { compileQuery } from './query';
import { refuse } from './refuse';
import { compileSort } from './sorting';
import type { StageContext, StageInput, StageRun } from './stage-types';
import { compileUnwind } from './unwind';

export type { StageContext, StageRun } from './stage-types';

type StageCompiler = (spec: unknown, context: StageContext) => StageRun;

const STAGES: Readonly<Record<string, StageCompiler>> = {
  $addFields: (spec, { variables }) => each(compileAddFields(spec, variables)),
  $bucket: compileBucket,
  $bucketAuto: compileBucketAuto,
  $count: count,
  $group: compileGroup,
  $limit: limit,
  $lookup: (spec, { lookup }) => lookup(spec),
  $match: match,
  $project: (spec, { variables }) => each(compileProject(spec, variables)),
  $replaceRoot: replaceRoot,
  $sample: sample,
  $skip: skip,
  $sort: sort,
  $sortByCount: sortByCount,
  $unwind: compileUnwind,
};

/**
 * Compiles a pipeline.
 * @throws AdminError for an unknown stage or operator, or for an argument that MongoDB would refuse
 */
export function compileStages(stages: readonly Document[], context: StageContext): StageRun {
  const runs = stages.map(stage => compileStage(stage, context));
  return (input, variables) => runs.reduce<StageInput>((documents, run) => run(documents, variables), input);
}

function compileStage(stage: Document, context: StageContext): StageRun {
  const [name = '', ...others] = Object.keys(stage);
  if (others.length) throw refuse('A pipeline stage specification object must contain exactly one field.');
  const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (!compile) throw refuse(`Unrecognized pipeline stage name: '${name}'`);
  return compile(stage[name], context);
}

type Change = (document: Document, variables: Readonly<Record<string, unknown>>) => Document;

const each = (change: Change): StageRun =>
  function* (input, variables) {
    for (const document of input) yield change(document, variables);
  };

function match(spec: unknown, { variables: names }: StageContext): StageRun {
  const test = compileQuery(spec, names);
  return function* (input, variables) {
    for (const document of input) if (test(document, undefined, variables)) yield document;
  };
}

function wholeNumber(name: string, value: unknown, least: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least)
    throw refuse(
      `invalid argument to ${name} stage: Expected a number of at least ${least}, but found ${JSON.stringify(value)}`,
    );
  return value;
}

function limit(spec: unknown): StageRun {
  const most = wholeNumber('$limit', spec, 1);
  return function* (input) {
    let taken = 0;
    for (const document of input) {
      yield document;
      if (++taken === most) return;
    }
  };
}

function skip(spec: unknown): StageRun {
  const skipped = wholeNumber('$skip', spec, 0);
  return function* (input) {
    let seen = 0;
    for (const document of input) if (++seen > skipped) yield document;
  };
}

function sort(spec: unknown): StageRun {
  const sorted = compileSort(spec);
  return input => sorted([...input]);
}

/** Of no documents there is no count, not even zero. */
function count(name: unknown): StageRun {
  const isName = typeof name === 'string' && name !== '' && !/^\$|[.\0]/.test(name);
  if (!isName)
    throw refuse('the count field must be a non-empty string that is no operator and has no dot in it');
  return function* (input) {
    const total = [...input].length;
    if (total > 0) yield { [name]: total };
  };
}

/** Each document at most once. */
function sample(spec: unknown): StageRun {
  if (!isPlainObject(spec) || Object.keys(spec).join() !== 'size')
    throw refuse('the $sample stage specification must be an object with a size');
  const size = wholeNumber('$sample', spec.size, 1);
  return function* (input) {
    const rest = [...input];
    for (let i = 0; i < size && rest.length > 0; i++) {
      const [chosen] = rest.splice(randomInt(rest.length), 1);
      if (chosen) yield chosen;
    }
  };
}

function replaceRoot(spec: unknown, { variables: names }: StageContext): StageRun {
  if (!isPlainObject(spec) || Object.keys(spec).join() !== 'newRoot')
    throw refuse('no newRoot specified for the $replaceRoot stage');
  const evaluate = compileExpression(spec.newRoot, names);
  return each((document, variables) => {
    const root = evaluate({ root: document, variables });
    if (!isPlainObject(root))
      throw refuse(
        "'newRoot' expression must evaluate to an object, but resulting value was another type or missing",
      );
    return root;
  });
}

function sortByCount(spec: unknown, context: StageContext): StageRun {
  const isExpression =
    (typeof spec === 'string' && spec.startsWith('$')) ||
    (isPlainObject(spec) && Object.keys(spec).join().startsWith('$'));
  if (!isExpression)
    throw refuse(
      'the sortByCount field must be defined as a $-prefixed path or an expression inside an object',
    );
  return compileStages([{ $group: { _id: spec, count: { $sum: 1 } } }, { $sort: { count: -1 } }], context);
}
