/**
 * Answers as patterns: what differs from run to run (ids, times, codes, links) is written as a placeholder that says
 * what it looks like. `<id 3>` is the same id wherever it stands; everything else is itself.
 */
import { dayOf } from '../../cloudfunctions/shared/domain/calendar';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json };

/** Texts that are another in each run, and how they look. Those without a look of their own are told by their field. */
const KINDS: Record<string, { look: RegExp; fields?: RegExp }> = {
  file: {
    fields: /^fileId$/,
    look: /^cloud:\/\/[\w.-]+\/imports\/(roster|codes|institutions|channels)\/[0-9a-f]{64}$/,
  },
  path: { fields: /^cloudPath$/, look: /^imports\/(roster|codes|institutions|channels)\/[0-9a-f]{64}$/ },
  id: { fields: /^id$|(?<!project|App)Id$|Cursor$/, look: /^[0-9A-Za-z_-]{8,80}$/ },
  secret: { fields: /^secret$/, look: /^[0-9a-f]{64}$/ },
  digits: { fields: /^digits$/, look: /^\d{6}$/ },
  ticket: { fields: /^signTicket$/, look: /^[0-9a-f]{24}$/ },
  qr: { fields: /^qrText$/, look: /^[\w.:-]{20,200}$/ },
  code: { look: /^\d{18}[\dX]$/ },
  'batch number': { look: /^JS-\d{4}-\d{8}-[A-HJ-NP-Z2-9]{4}$/ },
  link: { look: /^https?:\/\/\S+$/ },
};

const PLACEHOLDER = /^<(?<kind>[a-z ]+) \d+>$/;
const TIME = /^<time of (?<day>\d{4}-\d{2}-\d{2})>$/;

const kindOf = (field: string, text: string): string | undefined =>
  Object.entries(KINDS).find(([, { look, fields }]) => (fields ? fields.test(field) : look.test(text)))?.[0];

const isList = (value: unknown): value is readonly Json[] => Array.isArray(value);
const isObject = (value: Json | undefined): value is { readonly [field: string]: Json } =>
  typeof value === 'object' && value !== null && !isList(value);

/** Makes patterns of answers; the same text gets the same placeholder in all of them. */
export class PatternMaker {
  readonly #placeholders = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  patternOf(answer: Json, field = ''): Json {
    if (isList(answer)) return answer.map(item => this.patternOf(item, field));
    if (isObject(answer)) {
      const entries = Object.entries(answer).map(([name, value]) => [name, this.patternOf(value, name)]);
      return Object.fromEntries(entries) as Json;
    }
    if (typeof answer === 'number' && field.endsWith('Ms')) return `<time of ${dayOf(answer)}>`;
    const kind = typeof answer === 'string' ? kindOf(field, answer) : undefined;
    return kind === undefined ? answer : this.#placeholderOf(kind, String(answer));
  }

  #placeholderOf(kind: string, text: string): string {
    const known = this.#placeholders.get(text);
    if (known !== undefined) return known;
    const number = (this.#counts.get(kind) ?? 0) + 1;
    const placeholder = `<${kind} ${number}>`;
    this.#counts.set(kind, number);
    this.#placeholders.set(text, placeholder);
    return placeholder;
  }
}

/** Compares answers with their patterns: what a pattern has must be there, what it does not have may be there as well. */
export class PatternMatcher {
  readonly #texts = new Map<string, string>();

  /** @returns one line for each thing that is missing or different, and what is there but not in the pattern. */
  compare(pattern: Json, answer: Json | undefined, path = ''): { wrong: string[]; added: string[] } {
    if (isList(pattern)) return this.#compareLists(pattern, answer, path);
    if (isObject(pattern)) return this.#compareObjects(pattern, answer, path);
    if (this.#fits(pattern, answer)) return { wrong: [], added: [] };
    const found = answer === undefined ? 'is missing' : `is ${JSON.stringify(answer)}`;
    return { wrong: [`${path} ${found}, recorded is ${JSON.stringify(pattern)}`], added: [] };
  }

  #compareLists(pattern: readonly Json[], answer: Json | undefined, path: string) {
    if (!isList(answer)) return wrongAt(path, 'is no list');
    if (answer.length !== pattern.length)
      return wrongAt(path, `has ${answer.length} items, recorded are ${pattern.length}`);
    return together(pattern.map((item, at) => this.compare(item, answer[at], `${path}[${at}]`)));
  }

  #compareObjects(pattern: { readonly [field: string]: Json }, answer: Json | undefined, path: string) {
    if (!isObject(answer)) return wrongAt(path, 'is no object');
    const added = Object.keys(answer).filter(field => !Object.hasOwn(pattern, field));
    const compared = Object.entries(pattern).map(([field, value]) =>
      this.compare(value, answer[field], `${path}.${field}`),
    );
    return together([{ wrong: [], added: added.map(field => `${path}.${field}`) }, ...compared]);
  }

  #fits(pattern: Json, answer: Json | undefined): boolean {
    if (typeof pattern !== 'string') return pattern === answer;
    const day = TIME.exec(pattern)?.groups?.['day'];
    if (day !== undefined) return typeof answer === 'number' && dayOf(answer) === day;
    const look = KINDS[PLACEHOLDER.exec(pattern)?.groups?.['kind'] ?? '']?.look;
    if (!look) return pattern === answer;
    if (typeof answer !== 'string' || !look.test(answer)) return false;
    const bound = this.#texts.get(pattern) ?? answer;
    this.#texts.set(pattern, bound);
    return bound === answer;
  }
}

const wrongAt = (path: string, problem: string) => ({ wrong: [`${path} ${problem}`], added: [] });

const together = (parts: readonly { wrong: string[]; added: string[] }[]) => ({
  wrong: parts.flatMap(({ wrong }) => wrong),
  added: parts.flatMap(({ added }) => added),
});
