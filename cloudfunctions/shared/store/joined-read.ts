import type { CollectionName } from './collections';
import type { command } from './database';

export type Pipeline = ReturnType<typeof command.aggregate.pipeline>;
export type Fields = Record<string, unknown>;

/** Documents of one collection, by the stages that read them. */
export interface Join {
  from: CollectionName;
  stages: (pipeline: Pipeline) => Pipeline;
}

/** The same with further stages. */
export const joinOn = ({ from, stages }: Join, more: (pipeline: Pipeline) => Pipeline): Join => ({
  from,
  stages: pipeline => more(stages(pipeline)),
});

/** Stands for the caller's personKey in the stages of a join. */
export const CALLER = '$$personKey';

/**
 * What is read in the same request as the caller's account. Nobody who is not signed in makes the database read it, and
 * it costs neither a request nor a trip of its own.
 */
export class JoinedRead<T, Name extends string = string> {
  constructor(
    readonly joins: Readonly<Record<Name, Join>>,
    readonly toResult: (rows: Readonly<Record<Name, readonly Fields[]>>) => T,
  ) {}
}
