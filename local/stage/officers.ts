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

const OFFICER_ROLES = ['clerk', 'reviewer', 'reviewer', 'payer'] as const;

export const officersOf = (position: number): MadeUpPerson[] =>
  OFFICER_ROLES.map((_, i) => madeUpPerson(FIRST_OFFICER + 1 + position * OFFICER_ROLES.length + i));

/** Gives the `i`-th officer of the `position`-th city their role. */
async function appoint(
  { caller }: Stage,
  { cityCode, position, i }: { cityCode: CityCode; position: number; i: number },
  province: string,
): Promise<MadeUpPerson> {
  const person = officersOf(position)[i];
  const role = OFFICER_ROLES[i];
  if (!person || !role) throw new Error('a city has no such officer');
  const { name, idNumber } = person;
  const granted = await caller.call(
    'account.grantRole',
    { name, idNumber, role, cityCode },
    { openid: province },
  );
  if (!granted.ok && granted.error.code !== 'role_already_granted') throw new Error(granted.error.code);
  return person;
}

/** The officers of the `position`-th city, appointed by the province and signed in. */
export async function appointOfficers(
  stage: Stage,
  cityCode: CityCode,
  position: number,
  province: string,
): Promise<CityOfficers> {
  for (const i of OFFICER_ROLES.keys()) await appoint(stage, { cityCode, position, i }, province);
  return signInOfficers(stage, cityCode, position);
}

/** Only those whom the network entry of a city takes: who fills the form in, and who seals it. @returns their openids */
export async function appointEntrants(
  stage: Stage,
  cityCode: CityCode,
  position: number,
  province: string,
): Promise<{ clerk: string; sealer: string }> {
  const clerk = await appoint(stage, { cityCode, position, i: 0 }, province);
  const sealer = await appoint(stage, { cityCode, position, i: 1 }, province);
  const signIn = (person: MadeUpPerson): Promise<string> => stage.caller.signIn(stage.essc, person);
  return { clerk: await signIn(clerk), sealer: await signIn(sealer) };
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
