import { isUtf8 } from 'node:buffer';
import { visit } from 'jsonc-parser';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { isNestedTooDeep } from '../shared/runtime/nesting';
import type { HttpRequest } from './http-request';

/** The media type, with UTF-8 as the only charset that may be named. */
const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/**
 * The body as a JSON object. Nothing is unpacked: what is compressed is refused, however small it is.
 * @returns body_too_large; content_encoding_unsupported; content_type_unsupported; json_invalid; json_key_repeated.
 */
export function readBody({ headers, body }: HttpRequest, bytesMax: number): Result<object> {
  if (body.length > bytesMax) return fail('body_too_large', { bytesMax });
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
    return fail('content_encoding_unsupported');
  if (!JSON_TYPE.test(headers['content-type'] ?? '')) return fail('content_type_unsupported');
  if (!isUtf8(body)) return fail('json_invalid');
  return parseStrictly(body.toString('utf8'));
}

function parseStrictly(text: string): Result<object> {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail('json_invalid');
  // Far deeper than anything that is taken, and deeper than the stack bears.
  if (isNestedTooDeep(value)) return fail('json_invalid');
  const { repeated, inherited } = oddNames(text);
  if (repeated.length > 0) return fail('json_key_repeated', { fields: repeated });
  // To the schemas these would seem to be known: every object has them.
  return inherited.length > 0 ? fail('invalid_input', { fields: inherited }) : ok(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Names that stand twice in one object, of which JSON.parse would silently keep the last, and names that every object has. */
function oddNames(text: string): { repeated: string[]; inherited: string[] } {
  const repeated = new Set<string>();
  const inherited = new Set<string>();
  const open: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => void open.push(new Set()),
    onObjectEnd: () => void open.pop(),
    onObjectProperty: name => {
      const names = open.at(-1);
      if (names?.has(name)) repeated.add(safeName(name));
      names?.add(name);
      if (name in Object.prototype) inherited.add(name);
    },
  });
  return { repeated: [...repeated], inherited: [...inherited] };
}

const NAME = /^[A-Za-z_][A-Za-z0-9_.]{0,59}$/;

/** What somebody gave as the name of a field may be anything, an ID number included: only what looks like a name is told. */
export const safeName = (name: string): string => (NAME.test(name) ? name : '?');
