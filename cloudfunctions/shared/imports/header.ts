import { CELL_CHARS_MAX, type ColumnDefinition } from '../domain/column';
import { columnLetters } from './cell-reference';

/** Rows with content in which the header is looked for: titles and notes above the table are common in offices. */
export const HEADER_ROWS_MAX = 20;

/** Headers that are quoted in a refusal, at most. */
const QUOTED_MAX = 4;
/** A longer text is no header but a remark. */
const HEADER_CHARS_MAX = 20;

/** How the cells of a header answer to the columns that are wanted. */
export interface HeaderMatch {
  /** Place of each column that was found, by key. */
  places: Map<string, number>;
  /** Names of required columns that were not found. */
  missing: string[];
  /** Headers that resemble those of missing columns, and may mean something else. */
  similar: string[];
  /** Names of columns for which several headers stand equally well. */
  repeated: string[];
  /** Those headers, each with the letter of its column. */
  candidates: string[];
}

/**
 * Compares a header with the wanted columns. The very name of a column goes before its synonyms, so a table may have
 * both. What is in brackets is only overlooked where it cannot change whom or what the column is about: 身份证号（配偶）
 * is another person's.
 */
export const matchHeader = (
  cells: readonly string[],
  columns: readonly ColumnDefinition[],
  isLookedAt: (place: number) => boolean = () => true,
): HeaderMatch => {
  const match: HeaderMatch = { places: new Map(), missing: [], similar: [], repeated: [], candidates: [] };
  const headers = cells
    .map((text, place) => (isLookedAt(place) && text.length <= CELL_CHARS_MAX ? text : ''))
    .map(toHeader);
  for (const column of columns) {
    const places = findBest(headers, column);
    const [name] = column.headers;
    if (places[0] !== undefined) match.places.set(column.key, places[0]);
    else if (column.required) match.missing.push(name);
    if (places.length > 1) {
      match.repeated.push(name);
      match.candidates.push(...places.map(place => quoteCandidate(headers, place)));
    }
  }
  match.similar = findSimilar(headers, columns, match);
  return match;
};

interface Header {
  /** As it stands there. */
  text: string;
  /** In normal form, with all that is in brackets. */
  whole: string;
  /** Without what is overlooked in brackets. */
  plain: string;
  /** What is left in brackets then. */
  asides: readonly string[];
}

/** '身份证号 *', '＊手机号：', '姓\n名' and '1.姓名' are the plain headers with an office's ornaments. */
const normalise = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s*:='"“”‘’\p{Cf}\ufe00-\ufe0f]/gu, '')
    .replace(/^\d+[.、)]/, '')
    .toLowerCase();

const BRACKETS = /[([{【〔〈《「『<]([^()[\]{}【】〔〕〈〉《》「」『』<>]*)[)\]}】〕〉》」』>]/g;

const toHeader = (text: string): Header => {
  const whole = normalise(text);
  const asides: string[] = [];
  const plain = whole.replace(BRACKETS, (_, aside: string) => {
    if (!isHarmless(aside)) asides.push(aside);
    return '';
  });
  return { text: text.trim(), whole, plain, asides };
};

/** Remarks on how to fill a column in, and that it is about the person of the row. */
const HARMLESS: readonly RegExp[] = [
  /^(必须?|选|非必|可不|可以不)[填选写](写|项|列)?$/,
  /^可(选|空|为空|以不填)$/,
  /^(请?只?[填选]写?)?(是[/或]?否|有[/或]?无|√[/或]?×|y\/n|1\/0)$/,
  /^(请|单|下拉)?(选择|单选|下拉)(列表|框)?$/,
  /^\d{1,2}位(数字|数|号码)?$/,
  /^(请?(用|设为|设置为)?)?(文本|数字|半角|大写)(格式|型)?$/,
  /^[是否有无](填|写|打|为)[10√×]$/,
  /^是否(已|有)?(缴纳|参加|参保|签订|办理)?$/,
  /^(中文|汉字)(姓名)?$/,
  /^(末位)?x(为|用|请)?大写$/,
  /^(请?与|请?按|同|以)?(本人)?身份证(上|件)?(的姓名)?(一致|为准|填写|相同|姓名)?$/,
  /^(本人|学员|学员本人|参训人员|参训学员|培训人员|培训学员|职工|员工|劳动者|领券人|持券人)(的|信息)?$/,
  /^(例|例如|示例|举例)(为|是)?\S{1,20}$/,
  /^(如|格式)(为|是)?[\da-z…]+$/,
];

const isHarmless = (aside: string): boolean =>
  aside.split(/[,;，；、。.]/).every(part => part === '' || HARMLESS.some(pattern => pattern.test(part)));

/** The places of the headers that stand best for a column: its name as it is, its name with ornaments, a synonym. */
const findBest = (headers: readonly Header[], column: ColumnDefinition): number[] => {
  const [name] = column.headers;
  const accepted = new Set(column.headers.map(normalise));
  const ranks: readonly ((header: Header) => boolean)[] = [
    ({ text }) => text === name,
    ({ plain, asides }) => plain === normalise(name) && asides.length === 0,
    header => isSynonym(header, accepted),
  ];
  for (const fits of ranks) {
    const places = headers.flatMap((header, place) => (fits(header) ? [place] : []));
    if (places.length > 0) return places;
  }
  return [];
};

/** One of the accepted headers, or several in one: 身份证号/社会保障号, 身份证号（社会保障号码）. */
const isSynonym = ({ whole, plain, asides }: Header, accepted: ReadonlySet<string>): boolean =>
  accepted.has(whole) ||
  ([...plain.split(/[/、|或]/), ...asides].every(part => accepted.has(part)) && plain !== '');

/** Headers that belong to no column but hold, or are held by, the name of one that is missing. */
const findSimilar = (
  headers: readonly Header[],
  columns: readonly ColumnDefinition[],
  { missing, places }: HeaderMatch,
): string[] => {
  const taken = new Set(places.values());
  const wanted = columns
    .filter(({ headers: [name] }) => missing.includes(name))
    .flatMap(column => column.headers.map(normalise));
  const resembles = ({ plain }: Header): boolean =>
    plain.length > 1 &&
    plain.length <= HEADER_CHARS_MAX &&
    wanted.some(name => plain.includes(name) || name.includes(plain));
  return headers
    .filter((header, place) => !taken.has(place) && resembles(header))
    .slice(0, QUOTED_MAX)
    .map(quoteHeader);
};

const quoteHeader = ({ text }: Header): string => text.replace(/\s+/g, ' ').slice(0, HEADER_CHARS_MAX);

const quoteCandidate = (headers: readonly Header[], place: number): string => {
  const header = headers[place];
  return `${header ? quoteHeader(header) : ''}（${columnLetters(place)}列）`;
};
