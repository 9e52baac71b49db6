import { toHalfWidth } from '../../../miniprogram/contract/plain-text';

const YES = '是 有 已 对 √ ✓ ✔ ☑ y yes true t 1 签订 已签 已签订 缴纳 已缴 已缴纳 参保 已参保'.split(' ');
const NO = '否 无 未 没 没有 不 不是 × ✗ ✘ ✕ x n no false f 0 未签 未签订 未缴 未缴纳 未参保'.split(' ');

const ANSWERS = new Map<string, boolean>([
  ...YES.map((word): [string, boolean] => [word, true]),
  ...NO.map((word): [string, boolean] => [word, false]),
]);

/**
 * A cell that answers yes or no, in the ways people write it: 是/否, 有/无, 已/未, √/×, y/n, 1/0, true/false.
 * undefined if it is empty or says anything else: silence is no answer to a question of entitlement.
 */
export const parseYesOrNo = (text: string): boolean | undefined =>
  ANSWERS.get(toHalfWidth(text).replace(/\s/g, '').toLowerCase());
