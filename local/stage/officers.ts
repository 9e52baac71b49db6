import type { CityCode } from '../../miniprogram/contract/areas';
import type { Stage } from './stage';
import { madeUpPerson, type MadeUpPerson } from './made-up-people';

/** Made-up people above this number are officers and administrators, below it workers. */
export const FIRST_OFFICER = 12_000_000;

export const PROVINCE_OFFICER: MadeUpPerson = madeUpPerson(FIRST_OFFICER);

/** Phones (openids) of a city's officers. 初审, 复审 and payment each need a person of their own. */
export interface CityOfficers {
  cityCode: CityCode;
  clerk: string;
  firstReviewer: string;
  secondReviewer: string;
  payer: string;
}

const OFFICERS_A_CITY = 4;

export const officersOf = (position: number): MadeUpPerson[] =>
  Array.from({ length: OFFICERS_A_CITY }, (_, i) =>
    madeUpPerson(FIRST_OFFICER + 1 + position * OFFICERS_A_CITY + i),
  );

/** The officers of the `position`-th city, appointed by the province and signed in. */
export async function appointOfficers(
  stage: Stage,
  cityCode: CityCode,
  position: number,
  province: string,
): Promise<CityOfficers> {
  const people = officersOf(position);
  const roles = ['clerk', 'reviewer', 'reviewer', 'payer'] as const;
  for (const [i, role] of roles.entries()) {
    const { name, idNumber } = people[i] as MadeUpPerson;
    const granted = await stage.caller.call(
      'account.grantRole',
      { name, idNumber, role, cityCode },
      { openid: province },
    );
    if (!granted.ok && granted.error.code !== 'role_already_granted') throw new Error(granted.error.code);
  }
  return signInOfficers(stage, cityCode, position);
}

/** Officers' sign-ins last for a working day: they sign in again after the clock was moved. */
export async function signInOfficers(
  stage: Stage,
  cityCode: CityCode,
  position: number,
): Promise<CityOfficers> {
  const [clerk = '', firstReviewer = '', secondReviewer = '', payer = ''] = await Promise.all(
    officersOf(position).map(person => stage.caller.signIn(stage.essc, person)),
  );
  return { cityCode, clerk, firstReviewer, secondReviewer, payer };
}
