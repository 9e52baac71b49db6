/** Accumulators used as expressions: over the elements of one array, or over several arguments. */
import { accumulate, type Fold } from '../accumulators';
import { variadic, withNames } from './arguments';
import type { Operators } from './types';

const folding = (name: Fold) =>
  variadic(values => {
    const [only] = values;
    return accumulate(name, values.length === 1 && Array.isArray(only) ? (only as unknown[]) : values);
  });

export const foldingOperators: Operators = withNames({
  $avg: folding('$avg'),
  $max: folding('$max'),
  $min: folding('$min'),
  $stdDevPop: folding('$stdDevPop'),
  $stdDevSamp: folding('$stdDevSamp'),
  $sum: folding('$sum'),
});
