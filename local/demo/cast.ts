import { CITIES, CITY_CODES, type CityCode } from '../../miniprogram/contract/areas';
import type { Role } from '../../miniprogram/contract/roles';
import { openidOf } from '../stage/caller';
import { madeUpPerson, type MadeUpPerson } from '../stage/made-up-people';
import { officersOf, PROVINCE_OFFICER } from '../stage/officers';

/** Made-up numbers of the seeded people. */
const FIRST_ADMINISTRATOR = 11_000_000;
export const WORKERS_COUNT = 300;

export interface SeededInstitution {
  name: string;
  cityCode: CityCode;
  administrator: MadeUpPerson;
}

const NAMES: [CityCode, string][] = [
  ['3701', '济南市泉城职业培训学校'],
  ['3701', '济南长清技工培训中心'],
  ['3702', '青岛海岸职业培训学校'],
  ['3702', '青岛西海岸技能培训中心'],
  ['3706', '烟台山海职业培训学校'],
];

export const SEEDED_INSTITUTIONS: SeededInstitution[] = NAMES.map(([cityCode, name], position) => ({
  name,
  cityCode,
  administrator: madeUpPerson(FIRST_ADMINISTRATOR + position),
}));

export const worker = (position: number): MadeUpPerson => madeUpPerson(position);

/** Somebody to be in the preview: who they are there, and what there is to do. */
export interface Persona {
  id: string;
  role: Role;
  title: string;
  person: MadeUpPerson;
  openid: string;
}

const persona = (role: Role, title: string, person: MadeUpPerson): Persona => ({
  id: `${role}-${openidOf(person)}`,
  role,
  title,
  person,
  openid: openidOf(person),
});

/** Workers whose vouchers stand at each step, by their place in the seeded classes. */
const WORKER_TITLES: [number, string][] = [
  [0, '有券待领取'],
  [1, '已领取，可用券'],
  [2, '已使用'],
  [3, '已核销'],
  [299, '还没有券'],
];

/** Everybody that the preview can be. */
export function personas(): Persona[] {
  const staff = CITY_CODES.slice(0, 2).flatMap(cityCode => {
    const [clerk, first, second, payer] = officersOf(CITY_CODES.indexOf(cityCode)) as [
      MadeUpPerson,
      MadeUpPerson,
      MadeUpPerson,
      MadeUpPerson,
    ];
    const city = CITIES[cityCode];
    return [
      persona('clerk', `${city}市经办人员`, clerk),
      persona('reviewer', `${city}市审核人员（初审）`, first),
      persona('reviewer', `${city}市审核人员（复审）`, second),
      persona('payer', `${city}市拨付人员`, payer),
    ];
  });
  return [
    ...WORKER_TITLES.map(([position, title]) => persona('worker', title, worker(position))),
    ...SEEDED_INSTITUTIONS.map(({ name, administrator }) => persona('administrator', name, administrator)),
    ...staff,
    persona('province', '省级管理人员', PROVINCE_OFFICER),
  ];
}
