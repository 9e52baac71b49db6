/** Texts: by UTF-8 bytes, or by code points. Letters beyond ASCII keep their case, as in the server. */
import { refuse } from '../refuse';
import { bsonTypeOf, compareValues, isNullish } from '../values';
import { namedParts, taking, variadic, withNames } from './arguments';
import type { OperatorCompiler, Operators } from './types';

/** The text that null, numbers and dates stand for. @throws AdminError for other types */
function textOf(value: unknown): string {
  if (isNullish(value)) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (value instanceof Date) return value.toISOString();
  throw refuse(`can't convert from BSON type ${bsonTypeOf(value)} to String`);
}

function stringOf(what: string, value: unknown): string {
  if (typeof value !== 'string') throw refuse(`${what} must be a string, found: ${bsonTypeOf(value)}`);
  return value;
}

const concat = variadic((values, name) => {
  if (values.some(isNullish)) return null;
  return values
    .map(value => {
      if (typeof value !== 'string') throw refuse(`${name} only supports strings, not ${bsonTypeOf(value)}`);
      return value;
    })
    .join('');
});

const lower = (text: string) => text.replace(/[A-Z]+/g, part => part.toLowerCase());
const upper = (text: string) => text.replace(/[a-z]+/g, part => part.toUpperCase());

function wholeNumber(what: string, value: unknown): number {
  if (typeof value !== 'number')
    throw refuse(`${what} must be a numeric type (is BSON type ${bsonTypeOf(value)})`);
  return Math.trunc(value);
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** A negative length means "to the end". */
const substringOfBytes = taking(3, 3, (name, value, start, length) => {
  const bytes = Buffer.from(textOf(value));
  const from = wholeNumber(`${name}:  starting index`, start);
  const count = wholeNumber(`${name}:  length`, length);
  if (from < 0) throw refuse(`${name}:  starting index must be non-negative (got: ${from})`);
  const to = count < 0 ? bytes.length : from + count;
  if (isContinuation(bytes[from]))
    throw refuse(`${name}:  Invalid range, starting index is a UTF-8 continuation byte.`);
  if (isContinuation(bytes[to]))
    throw refuse(`${name}:  Invalid range, ending index is in the middle of a UTF-8 character.`);
  return bytes.subarray(from, to).toString();
});

const substringOfCharacters = taking(3, 3, (name, value, start, length) => {
  const characters = [...textOf(value)];
  const from = indexArgument(name, 'starting index', start);
  const count = indexArgument(name, 'length', length);
  return characters.slice(from, from + count).join('');
});

function indexArgument(name: string, which: string, value: unknown): number {
  if (!Number.isInteger(value)) throw refuse(`${name}: ${which} must be a 32-bit integral value`);
  if (Number(value) < 0) throw refuse(`${name}: ${which} must be a nonnegative integer.`);
  return value as number;
}

const length = (count: (text: string) => number) =>
  taking(1, 1, (name, value) => count(stringOf(`${name} requires a string argument, which`, value)));

const characterCount = (text: string) => [...text].length;

/** Finds a text in another, counting units that `split` makes of both. */
const indexIn = (split: (text: string) => readonly (string | number)[]) =>
  taking(2, 4, (name, value, wanted, ...bounds) => {
    if (isNullish(value)) return null;
    const units = split(stringOf(`${name}'s first argument`, value));
    const needle = split(stringOf(`${name}'s second argument`, wanted));
    const from = bounds.length > 0 ? indexArgument(name, 'starting index', bounds[0]) : 0;
    const end = bounds.length > 1 ? indexArgument(name, 'ending index', bounds[1]) : Infinity;
    const to = Math.min(units.length, end);
    for (let i = from; i + needle.length <= to; i++) {
      if (needle.every((unit, j) => units[i + j] === unit)) return i;
    }
    return -1;
  });

const split = taking(2, 2, (name, value, separator) => {
  if (isNullish(value) || isNullish(separator)) return null;
  const [text, mark] = [
    stringOf(`${name}'s first argument`, value),
    stringOf(`${name}'s second argument`, separator),
  ];
  if (mark === '') throw refuse(`${name} requires a non-empty separator`);
  return text.split(mark);
});

const compareText = taking(2, 2, (_name, one, other) =>
  Math.sign(compareValues(upper(textOf(one)), upper(textOf(other)))),
);

const BLANKS = new Set([
  ...'\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a',
]);

const trimming =
  (isStart: boolean, isEnd: boolean) =>
  (name: string): OperatorCompiler =>
  (argument, compiler) => {
    const parts = namedParts(name, argument, { required: ['input'], optional: ['chars'] }, compiler);
    return scope => {
      const [input, chars] = [parts.input?.(scope), parts.chars?.(scope)];
      if (isNullish(input) || (parts.chars && isNullish(chars))) return null;
      const wanted = parts.chars ? new Set([...stringOf(`${name} chars`, chars)]) : BLANKS;
      return trim([...stringOf(`${name} input`, input)], wanted, isStart, isEnd);
    };
  };

function trim(characters: string[], wanted: ReadonlySet<string>, isStart: boolean, isEnd: boolean): string {
  let [from, to] = [0, characters.length];
  while (isStart && from < to && wanted.has(characters[from] ?? '')) from++;
  while (isEnd && to > from && wanted.has(characters[to - 1] ?? '')) to--;
  return characters.slice(from, to).join('');
}

const replacing =
  (replace: (input: string, find: string, replacement: string) => string) =>
  (name: string): OperatorCompiler =>
  (argument, compiler) => {
    const fields = { required: ['input', 'find', 'replacement'] };
    const { input, find, replacement } = namedParts(name, argument, fields, compiler);
    return scope => {
      const values = [input, find, replacement].map(evaluate => evaluate?.(scope));
      const isNull = values.some(isNullish);
      const [text = '', wanted = '', instead = ''] = values.map((value, i) =>
        isNullish(value) ? '' : stringOf(`${name} ${fields.required[i]}`, value),
      );
      return isNull ? null : replace(text, wanted, instead);
    };
  };

export const stringOperators: Operators = withNames({
  $concat: concat,
  $indexOfBytes: indexIn(text => [...Buffer.from(text)]),
  $indexOfCP: indexIn(text => [...text]),
  $ltrim: trimming(true, false),
  $replaceAll: replacing((input, find, replacement) => input.split(find).join(replacement)),
  $replaceOne: replacing((input, find, replacement) => input.replace(find, () => replacement)),
  $rtrim: trimming(false, true),
  $split: split,
  $strcasecmp: compareText,
  $strLenBytes: length(text => Buffer.byteLength(text)),
  $strLenCP: length(characterCount),
  $substr: substringOfBytes,
  $substrBytes: substringOfBytes,
  $substrCP: substringOfCharacters,
  $toLower: taking(1, 1, (_name, value) => lower(textOf(value))),
  $toUpper: taking(1, 1, (_name, value) => upper(textOf(value))),
  $trim: trimming(true, true),
});
