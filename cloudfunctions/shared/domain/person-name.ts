import { toOneLine } from '../../../miniprogram/contract/plain-text';
import type { CellReading } from './column';
import { toIdeograph } from './ideographs';

/** Longest name; long transliterations are below 30 characters. */
const PERSON_NAME_CHARS_MAX = 50;
/** Characters that a refusal names; more of them would only hide the cause. */
const NAMED_MAX = 3;

/** Every dot that is typed for the · of transliterated names, full stops among them. */
const DOTS =
  /[\u00b7\u0387\u1427\u16eb\u2022\u2024\u2027\u2219\u22c5\u25cf\u25e6\u2e30\u2e31\u2e33\u3002\u30fb\u318d\ua78f\ufe52\uff61\uff65]/g;
const FULL_STOPS = /[.\uff0e]/g;
const APOSTROPHES = /[`\u00b4\u02b9\u02bb\u02bc\u2018\u2019\u201b\u2032\uff07]/g;
const HYPHENS = /[\u2010-\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d]/g;
const COMMAS = /[\uff0c\ufe50]/g;
/** Circles that are typed for 〇. */
const CIRCLES = /[\u25cb\u25ef\u3007]/g;

const HAN = String.raw`\p{Script=Han}`;
/** A letter of any script with its marks, or 〇. */
const LETTER = /[\p{L}\p{M}\u3007]/u;
const BASE_LETTER = /[\p{L}\u3007]/u;
/** Signs between the parts of a name; the last is the Tibetan tsheg between syllables. */
const SIGN = /[ ·.,'\-\u0f0b]/u;
const DIGIT = /\p{N}/u;

/** Blanks that separate nothing: at a · and between Chinese characters, where they are typed to make names equally wide. */
const IDLE_BLANKS = new RegExp(` *(·) *|(?<=${HAN}) (?=${HAN})`, 'gu');
/** A stop or a hyphen beside a Chinese character is typed for ·. */
const SIGNS_FOR_DOTS = new RegExp(`(?<=${HAN}) ?[.-]+ ?| ?[.-]+ ?(?=${HAN})`, 'gu');
const OUTER_SIGNS = /^[ ·.,'\-\u0f0b\p{M}]+|[ ·,'\-\u0f0b]+$/gu;

/** One kind of each sign, and the character itself for what only looks like it. */
const unifySigns = (text: string): string =>
  [...text.replace(APOSTROPHES, "'").replace(HYPHENS, '-').replace(COMMAS, ',').replace(CIRCLES, '〇')]
    .map(toIdeograph)
    .join('')
    .replace(DOTS, '·')
    .replace(FULL_STOPS, '.');

const spaceOut = (text: string): string =>
  text
    .replace(SIGNS_FOR_DOTS, '·')
    .replace(IDLE_BLANKS, '$1')
    .replace(/·+/g, '·')
    .replace(/ *(['-]) */g, '$1')
    .replace(/[ ,]*,[ ,]*/g, ', ')
    .replace(/ +/g, ' ');

/** Each of the steps can bring about what another one puts right: at most a few rounds, and one for nearly every name. */
const ROUNDS_MAX = 6;

const normalise = (text: string): string =>
  spaceOut(unifySigns(toOneLine(unifySigns(toOneLine(text)).normalize('NFKC')))).replace(OUTER_SIGNS, '');

/**
 * The one normal form of a person's name, for rosters, the e-SSC and searches alike: nothing invisible, one kind of dot,
 * apostrophe and hyphen, no blanks between Chinese characters and single ones elsewhere, NFKC. Any text has one.
 */
export function toNormalName(text: string): string {
  let name = normalise(text);
  for (let round = 1; round < ROUNDS_MAX; round++) {
    const again = normalise(name);
    if (again === name) break;
    name = again;
  }
  return name;
}

/**
 * A person's name as it was typed, in its normal form: letters of any script with their marks, 〇, and signs between them.
 * @returns name_missing; name_character_unusable {codePoints: 'U+FF08 U+FF09'}, every digit named as U+0030; cell_too_long.
 */
export function readPersonName(text: string): CellReading<string> {
  const unusable = findUnusable(text);
  if (unusable.length > 0) {
    return {
      ok: false,
      error: { code: 'name_character_unusable', data: { codePoints: unusable.join(' ') } },
    };
  }
  const name = toNormalName(text);
  if (!BASE_LETTER.test(name)) return { ok: false, error: { code: 'name_missing' } };
  return [...name].length <= PERSON_NAME_CHARS_MAX
    ? { ok: true, data: name }
    : { ok: false, error: { code: 'cell_too_long' } };
}

/** Judged before NFKC, which would make letters of circled numbers, fractions and signs. */
function findUnusable(text: string): string[] {
  const unusable = [...unifySigns(toOneLine(text))]
    .filter(character => !LETTER.test(character) && !SIGN.test(character))
    .map(character => toCodePoint(DIGIT.test(character) ? '0' : character));
  return [...new Set(unusable)].slice(0, NAMED_MAX);
}

const toCodePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** A character as the eye counts it: with its marks. */
const GRAPHEMES = /\P{M}\p{M}*|\p{M}+/gu;

/**
 * '张三丰' → '张*丰', '张三' → '张*', '张' → '*'; signs stay: '买买提·艾力' → '买**·*力'. Of the letters one is always hidden,
 * whatever the name and however it was written.
 */
export function maskName(name: string): string {
  const characters = toNormalName(name).match(GRAPHEMES) ?? [];
  const letters = characters.flatMap((character, at) => (SIGN.test(character) ? [] : [at]));
  const shown = new Set([
    ...(letters.length > 1 ? letters.slice(0, 1) : []),
    ...(letters.length > 2 ? letters.slice(-1) : []),
  ]);
  return characters
    .map((character, at) => (SIGN.test(character) || shown.has(at) ? character : '*'))
    .join('');
}
