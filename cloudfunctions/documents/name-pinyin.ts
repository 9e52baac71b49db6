import { pinyin } from 'pinyin-pro';
import { toNormalName } from '../shared/domain/person-name';

const LATIN = /[a-z]/i;
const BETWEEN_LETTERS = /[ ·.,'-]/;

/** Surnames that the library reads as other words. */
const MORE_SURNAMES: Readonly<Record<string, readonly string[]>> = {
  单于: ['chan', 'yu'],
  种: ['chong'],
  秘: ['bi'],
  黑: ['he'],
  祭: ['zhai'],
  逢: ['pang'],
  佴: ['nai'],
};
const SURNAMES = Object.entries(MORE_SURNAMES);

/**
 * 姓名全拼 of a name, as it is asked for beside an account: small letters without tones and blanks. A surname is read as one
 * (单 shan, 曾 zeng, 仇 qiu, 解 xie), of two characters as well; ü is written yu (吕 lyu, GB/T 28039-2011). Only a
 * suggestion: people know better how they are called.
 * @returns '' when a character has no reading here, since half a name would be a wrong one.
 */
export function toPinyin(name: string): string {
  const normal = toNormalName(name);
  const [, surname = []] = SURNAMES.find(([characters]) => normal.startsWith(characters)) ?? [];
  const readings = pinyin(normal, { surname: 'head', toneType: 'none', type: 'all', v: true });
  const parts = readings.map(({ origin, pinyin: reading, isZh }, at) => {
    if (isZh) return surname[at] ?? reading.replace('v', 'yu');
    if (LATIN.test(origin)) return origin.toLowerCase();
    return BETWEEN_LETTERS.test(origin) ? '' : undefined;
  });
  return parts.includes(undefined) ? '' : parts.join('');
}
