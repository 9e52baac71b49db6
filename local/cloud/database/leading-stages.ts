/** The part of a pipeline that amounts to reading a part of a collection, which the planner can serve. */
import type { Document } from './document-values';
import type { SortKeys } from './planner';
import type { FindRequest } from './reader';

/**
 * Splits a pipeline into a request to the reader and the stages that follow it.
 * @param toQuery gives the query of a leading `$match`, or null if it has to be run, which then ends the leading part
 */
export function splitStages(
  stages: readonly Document[],
  toQuery: (match: Document) => Document | null = match => match,
): { request: FindRequest; rest: Document[] } {
  const queries = leadingQueries(stages, toQuery);
  const rest = stages.slice(queries.length);
  const take = (name: string) => (rest[0] && name in rest[0] ? rest.shift()?.[name] : undefined);
  const sort = take('$sort') as SortKeys | undefined;
  const skip = take('$skip') as number | undefined;
  const limit = take('$limit') as number | undefined;
  const request = {
    query: allOf(queries),
    ...(sort && { sort }),
    ...(skip && { skip }),
    ...(limit && { limit }),
  };
  return { request, rest };
}

function leadingQueries(
  stages: readonly Document[],
  toQuery: (match: Document) => Document | null,
): Document[] {
  const queries: Document[] = [];
  for (const stage of stages) {
    const query = '$match' in stage ? toQuery(stage.$match as Document) : null;
    if (!query) break;
    queries.push(query);
  }
  return queries;
}

function allOf(queries: Document[]): Document {
  const [only = {}, ...others] = queries;
  return others.length ? { $and: queries } : only;
}
