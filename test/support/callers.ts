import type { CityCode } from '../../miniprogram/contract/areas';
import type { CityRole } from '../../miniprogram/contract/roles';
import type { InstitutionView } from '../../miniprogram/contract/training';
import { completeUscc } from '../../cloudfunctions/shared/domain/uscc';
import type { SimulatedPerson } from '../../local/upstream/essc-gateway-simulator';
import { giveEntry } from './entry';
import { aPerson, PROVINCE_OFFICER } from './people';
import type { Caller, TestCloud } from './test-cloud';

/** Somebody who is signed in on a phone. */
export interface Member extends Caller {
  person: SimulatedPerson;
}

/** The people of one city who play the whole loop, signed in with their roles. */
export interface Cast {
  cityCode: CityCode;
  province: Member;
  clerk: Member;
  reviewers: [Member, Member];
  payer: Member;
  institution: InstitutionView;
  administrator: Member;
  workers: Member[];
}

/** An invented USCC; another number gives another one. */
export const aUscc = (number: number): string => completeUscc(`91370100${String(number).padStart(9, '0')}`);

/** Signs somebody in on a phone of their own. */
export async function signInAs(cloud: TestCloud, person: SimulatedPerson): Promise<Member> {
  return { person, openid: await cloud.signIn(person) };
}

export const signInProvince = (cloud: TestCloud): Promise<Member> => signInAs(cloud, PROVINCE_OFFICER);

/** Gives a role in a city to somebody and signs them in. */
export async function signInOfficer(
  cloud: TestCloud,
  province: Member,
  { person, role, cityCode }: { person: SimulatedPerson; role: CityRole; cityCode: CityCode },
): Promise<Member> {
  const { name, idNumber } = person;
  await cloud.must('account.grantRole', { name, idNumber, role, cityCode }, province);
  return signInAs(cloud, person);
}

/** Adds an institution with one administrator, who is signed in. */
export async function addInstitution(
  cloud: TestCloud,
  clerk: Member,
  { number, cityCode }: { number: number; cityCode: CityCode },
): Promise<{ institution: InstitutionView; administrator: Member }> {
  const institution = await cloud.must(
    'training.addInstitution',
    { name: `职业培训学校${number}`, uscc: aUscc(number), cityCode },
    clerk,
  );
  const person = aPerson(310_000 + number);
  const { name, idNumber } = person;
  await cloud.must('training.addAdministrator', { institutionId: institution.id, name, idNumber }, clerk);
  return { institution, administrator: await signInAs(cloud, person) };
}

/** The cast of a city that has entered the network. Another city has other people. Workers are aPerson(0), aPerson(1) … */
export async function createCast(
  cloud: TestCloud,
  { cityCode = '3701', workers = 2 }: { cityCode?: CityCode; workers?: number } = {},
): Promise<Cast> {
  const province = await signInProvince(cloud);
  const first = 320_000 + Number(cityCode) * 10;
  const officer = (offset: number, role: CityRole) =>
    signInOfficer(cloud, province, { person: aPerson(first + offset), role, cityCode });
  const [clerk, firstReviewer, secondReviewer, payer] = await Promise.all([
    officer(0, 'clerk'),
    officer(1, 'reviewer'),
    officer(2, 'reviewer'),
    officer(3, 'payer'),
  ]);
  const [added, signedIn] = await Promise.all([
    addInstitution(cloud, clerk, { number: Number(cityCode), cityCode }),
    Promise.all(Array.from({ length: workers }, (_, number) => signInAs(cloud, aPerson(number)))),
    giveEntry(cloud, cityCode),
  ]);
  return {
    cityCode,
    province,
    clerk,
    reviewers: [firstReviewer, secondReviewer],
    payer,
    ...added,
    workers: signedIn,
  };
}
