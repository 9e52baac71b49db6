import { CITIES, CITY_CODES, type CityCode } from '../../miniprogram/contract/areas';
import type { Role } from '../../miniprogram/contract/roles';
import { openidOf } from '../stage/caller';
import { madeUpPerson, type MadeUpPerson } from '../stage/made-up-people';
import { officersOf, PROVINCE_OFFICER } from '../stage/officers';

/** Made-up numbers of the seeded people. */
const FIRST_ADMINISTRATOR = 11_000_000;
/** Workers of a class. */
const CLASS_SIZE = 12;
/** Rosters of a school; each has people of its own. */
const ROSTERS_A_SCHOOL = 3;

export interface SeededInstitution {
  name: string;
  cityCode: CityCode;
  administrator: MadeUpPerson;
}

const NAMES: [CityCode, string][] = [
  ['3701', '济南市泉城职业培训学校'],
  ['3701', '济南长清技工培训中心'],
  ['3702', '青岛海岸职业培训学校'],
];

export const SEEDED_INSTITUTIONS: SeededInstitution[] = NAMES.map(([cityCode, name], position) => ({
  name,
  cityCode,
  administrator: madeUpPerson(FIRST_ADMINISTRATOR + position),
}));

export const WORKERS_COUNT = NAMES.length * ROSTERS_A_SCHOOL * CLASS_SIZE;

export const worker = (position: number): MadeUpPerson => madeUpPerson(position);

/** Which people a class has: those of the one that is running, of the one that is over, and of those to come. */
export type Roster = 'running' | 'finished' | 'planned';

const ROSTERS: readonly Roster[] = ['running', 'finished', 'planned'];

const firstOf = (school: number, roster: Roster): number =>
  (school * ROSTERS_A_SCHOOL + ROSTERS.indexOf(roster)) * CLASS_SIZE;

/** People of a school's roster. The last seeded worker is on none. */
export const rosterOf = (school: number, roster: Roster): MadeUpPerson[] =>
  Array.from({ length: CLASS_SIZE }, (_, i) =>
    worker(Math.min(firstOf(school, roster) + i, WORKERS_COUNT - 2)),
  );

/** Places on the roster of the class that is running, by what has become of the vouchers. */
export const RUNNING = { toClaim: 0, toUse: 1, used: 2, inBatch: 3, mistaken: 4, usedFrom: 5, usedTo: 9 };

/** The same of the class that is over. */
export const FINISHED = { usedTo: 9, voided: 9, claimedTo: 11, expired: 11 };

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

const running = firstOf(0, 'running');
const finished = firstOf(0, 'finished');

/** Workers of the first school whose vouchers stand at each step. */
const WORKER_TITLES: [number, string][] = [
  [running + RUNNING.toClaim, '有券待领取'],
  [running + RUNNING.toUse, '已领取，可用券'],
  [running + RUNNING.used, '已使用'],
  [running + RUNNING.inBatch, '结算中'],
  [finished, '已核销'],
  [finished + FINISHED.voided, '券已作废'],
  [finished + FINISHED.expired, '券已过期'],
  [firstOf(0, 'planned'), '有通用券'],
  [firstOf(0, 'planned') + 1, '过了领取时间'],
  [WORKERS_COUNT - 1, '还没有券'],
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
