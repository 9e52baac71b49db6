import { toHalfWidth } from '../../../miniprogram/contract/plain-text';

const YES =
  '是 有 已 对 是的 √ ✓ ✔ ☑ y yes true t 1 签订 签了 已签 已签订 有合同 缴纳 缴了 已缴 已缴纳 正常缴纳 参保 已参保 已参加'.split(
    ' ',
  );
const NO =
  '否 无 未 没 没有 不 不是 × ✗ ✘ ✕ x n no false f 0 未签 没签 未签订 无合同 未缴 没缴 未缴纳 未参保 未参加'.split(
    ' ',
  );

const ANSWERS = new Map<string, boolean>([
  ...YES.map((word): [string, boolean] => [word, true]),
  ...NO.map((word): [string, boolean] => [word, false]),
]);

/**
 * A cell that answers yes or no, in the ways people write it: 是/否, 有/无, 已/未, √/×, y/n, 1/0, true/false; in
 * brackets or with a full stop, and as a form with two boxes of which one is ticked.
 * undefined if it is empty or says anything else: silence is no answer to a question of entitlement.
 */
export const parseYesOrNo = (text: string): boolean | undefined =>
  answerOf(toPlain(text)) ?? findTicked(toPlain(text));

/** Without what nobody sees: marks of direction, soft hyphens, and how a sign is to be drawn (✔︎, ✔️). */
const toPlain = (text: string): string =>
  toHalfWidth(text)
    .replace(/[\s\p{Cf}\ufe00-\ufe0f]/gu, '')
    .toLowerCase();

const answerOf = (plain: string): boolean | undefined =>
  ANSWERS.get(plain.replace(/^[("“'‘[【]+|[)"”'’\]】.。,;!]+$/g, '').replace(/^([01])\.0+$/, '$1'));

/** Both words with a box each, before or behind them: ☑是 □否, 是□ 否☑. A tick between the words may belong to either. */
const FORMS: readonly [RegExp, boolean][] = [
  [/^[√✓✔☑■][是有][□☐]?\/?[否无]$/, true],
  [/^[是有][√✓✔☑■]\/?[否无][□☐]$/, true],
  [/^[□☐][是有]\/?[√✓✔☑■][否无]$/, false],
  [/^[是有][□☐]?\/?[否无][√✓✔☑■]$/, false],
];

const findTicked = (plain: string): boolean | undefined => FORMS.find(([form]) => form.test(plain))?.[1];
