/** Regular expressions as the database understands them (PCRE), made of JavaScript's. */
import { refuse } from './refuse';

const OPTIONS = /^[imxsu]*$/;

/** A pattern with options as a value. Option `x` and options inside the pattern are worked into it. */
export function toRegExp(pattern: string, options = ''): RegExp {
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  const rest = inline ? pattern.slice(inline[0].length) : pattern;
  const all = options + (inline?.[1] ?? '');
  const flags = [...new Set(all)].filter(option => 'imsu'.includes(option)).join('');
  return build(all.includes('x') ? withoutBlanks(rest) : rest, flags);
}

/**
 * The expression of a `$regex`, with its `$options`, for testing strings.
 * @throws AdminError for other types, unknown options, and what JavaScript cannot express
 */
export function compileRegExp(wanted: unknown, options?: unknown): RegExp {
  if (typeof wanted !== 'string' && !(wanted instanceof RegExp)) throw refuse('$regex has to be a string');
  const given = wanted instanceof RegExp ? wanted : { source: wanted, flags: '' };
  const { source, flags } = toRegExp(given.source, options === undefined ? given.flags : optionText(options));
  return byCodePoints(source, flags);
}

function optionText(options: unknown): string {
  if (typeof options !== 'string') throw refuse('$options has to be a string');
  if (!OPTIONS.test(options)) throw refuse(`invalid flag in regex options: ${options}`);
  return options;
}

function build(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    throw refuse(`Regular expression is invalid, or not supported by the local database: ${pattern}`);
  }
}

/** `.` is then one character, also beyond U+FFFF. Some patterns are stricter in this mode, so they go without. */
function byCodePoints(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, flags.includes('u') ? flags : `${flags}u`);
  } catch {
    return build(source, flags);
  }
}

/** Option `x`: white space and #-comments are ignored, but where they are escaped or in a class. */
function withoutBlanks(pattern: string): string {
  return pattern.replace(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\s+|#[^\n]*/g, part =>
    part.startsWith('\\') || part.startsWith('[') ? part : '',
  );
}
