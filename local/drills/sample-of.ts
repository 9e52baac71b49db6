import * as v from 'valibot';

/** Values for fields of these names, wherever they stand. */
export type KnownFields = Readonly<Record<string, unknown>>;

/** The parts of valibot's schemas that a sample goes by. */
type Walkable = v.GenericSchema & {
  entries?: Record<string, v.GenericSchema>;
  options?: readonly unknown[];
  item?: v.GenericSchema;
  pipe?: readonly Action[];
};

/** A step of a pipe; a schema that has a pipe of its own may be one. */
interface Action {
  type: string;
  requirement?: unknown;
  pipe?: readonly Action[];
}

const flat = (actions: readonly Action[]): Action[] =>
  actions.flatMap(action => (action.pipe ? flat(action.pipe) : [action]));

const TEXT = '样例';

/**
 * A well-formed value of a schema: known fields as they are given, others of the plainest kind, optional ones only when
 * they are known. Of several forms it has the first.
 * @throws TypeError for a schema whose texts have a form that nothing tells: it needs `v.examples`.
 */
export function sampleOf(schema: v.GenericSchema, known: KnownFields = {}): unknown {
  const sample = draft(schema, known);
  const parsed = v.safeParse(schema, sample);
  if (parsed.success) return sample;
  const [issue] = parsed.issues;
  throw new TypeError(`no sample of ${v.getDotPath(issue) ?? schema.type}: give its schema v.examples`);
}

function draft(schema: v.GenericSchema, known: KnownFields): unknown {
  const [example] = v.getExamples(schema) as readonly unknown[];
  if (example !== undefined) return example;
  const { type, entries = {}, options = [], item, pipe = [] } = schema as Walkable;
  const limitOf = (limit: string) => flat(pipe).find(action => action.type === limit)?.requirement;
  switch (type) {
    case 'strict_object':
      return draftEntries(entries, known);
    case 'union':
    case 'variant':
      return draft(options[0] as v.GenericSchema, known);
    case 'picklist':
      return options[0];
    case 'literal':
      return (schema as v.GenericSchema & { literal: unknown }).literal;
    case 'array':
      return item && limitOf('min_length') !== undefined ? [draft(item, known)] : [];
    case 'boolean':
      return true;
    case 'number':
      return limitOf('min_value') ?? 0;
    default:
      return TEXT;
  }
}

function draftEntries(entries: Record<string, v.GenericSchema>, known: KnownFields): object {
  const isWanted = ([name, schema]: [string, v.GenericSchema]) =>
    name in known || schema.type !== 'exact_optional';
  return Object.fromEntries(
    Object.entries(entries)
      .filter(isWanted)
      .map(([name, schema]) => [name, name in known ? known[name] : draft(schema, known)]),
  );
}
