import { completeIdNumber } from '../../cloudfunctions/shared/domain/id-number';

export interface MadeUpPerson {
  name: string;
  idNumber: string;
  phone: string;
}

const SURNAMES = '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'.split('');
const GIVEN = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华建国玉兰海燕春梅志红文斌秀珍宁'.split('');

/** No county has this number, so no living person has one of these ID numbers. */
const NO_PLACE = '379900';
const FIRST_BIRTH_MS = Date.UTC(1967, 0, 1);
const BIRTH_DAYS = 13_000;
const DAY_MS = 24 * 60 * 60 * 1000;

const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';

/** The same made-up person for the same number, with an ID number of their own that passes every check. */
export function madeUpPerson(index: number): MadeUpPerson {
  const birth = new Date(FIRST_BIRTH_MS + (index % BIRTH_DAYS) * DAY_MS)
    .toISOString()
    .slice(0, 10)
    .replaceAll('-', '');
  const order = String(Math.floor(index / BIRTH_DAYS)).padStart(3, '0');
  const second = index % 3 === 0 ? '' : pick(GIVEN, index * 7 + 3);
  return {
    name: pick(SURNAMES, index * 13) + pick(GIVEN, index * 5) + second,
    idNumber: completeIdNumber(`${NO_PLACE}${birth}${order}`),
    phone: `199${String(index).padStart(8, '0')}`,
  };
}
