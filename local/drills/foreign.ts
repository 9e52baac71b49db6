import { createHash } from 'node:crypto';
import { countiesOf, type CountyCode } from '../../miniprogram/contract/counties';
import {
  functionOf,
  OPERATIONS,
  type OperationName,
  type PlainInputOf,
} from '../../miniprogram/contract/operations';
import type { Result } from '../../miniprogram/contract/result';
import { CITY_ROLES, type CityRole, type Role } from '../../miniprogram/contract/roles';
import { COLLECTIONS } from '../../cloudfunctions/shared/store/collections';
import type { CityCode } from '../../miniprogram/contract/areas';
import { databaseOf } from '../loop/recount';
import { officersOfCity } from '../loop/play';
import { madeUpPerson } from '../stage/made-up-people';
import { FIRST_OFFICER, PROVINCE_OFFICER } from '../stage/officers';
import type { Stage } from '../stage/stage';
import { withStage, type Drill } from './drill';
import { foreignInputs, type ForeignInputs, type Targets } from './foreign-inputs';
import { setUpTargets } from './foreign-targets';

/** A caller who has no business with the targets, at least in some operations. */
interface Stranger {
  who: string;
  openid: string;
  roles: Role[];
  /** Of the targets' own city or institution: only the wrong role makes them a stranger. */
  isOfPlace: boolean;
  /** Works in the targets' city, if only for a part of it: may read its templates, and choose by them. */
  isOfCity: boolean;
}

const STRANGE_WORKER = madeUpPerson(8_900_000);
const FIRST_COUNTY_OFFICER = FIRST_OFFICER + 800_000;

/** What every call may change whoever makes it: the account's memory of requests, and the record of a refused scan. */
const NOT_COMPARED = new Set(['accounts', 'verifications', 'answers']);

/** Every operation by every wrong role, area and institution: each is refused, and nothing changes. */
export const foreign: Drill = () =>
  withStage({}, async stage => {
    const { play, targets, holder } = await setUpTargets(stage);
    const inputs = await foreignInputs(targets);
    const strangers = await gatherStrangers(stage, play, holder);
    const before = await fingerprint(stage);
    const admitted: string[] = [];
    const refused: Record<string, number> = {};
    let calls = 0;
    for (const name of Object.keys(OPERATIONS) as OperationName[]) {
      for (const stranger of strangers.filter(candidate => isWrong(name, candidate))) {
        calls++;
        const result = await callAs(stage, name, stranger.openid, inputs);
        if (!isRefused(name, result, stranger, targets)) admitted.push(`${name} by ${stranger.who}`);
        if (!result.ok) refused[result.error.code] = (refused[result.error.code] ?? 0) + 1;
      }
      const anonymous = await callWithoutIdentity(stage, name, inputs);
      calls++;
      if (anonymous.ok || anonymous.error.code !== 'identity_missing')
        admitted.push(`${name} without identity`);
    }
    const unchanged = (await fingerprint(stage)) === before;
    return { name: 'foreign', ok: admitted.length === 0 && unchanged, calls, refused, admitted, unchanged };
  });

async function gatherStrangers(
  stage: Stage,
  play: Awaited<ReturnType<typeof setUpTargets>>['play'],
  holder: string,
): Promise<Stranger[]> {
  const [own, elsewhere] = play.institutions;
  const sibling = play.institutions.find(({ id, cityCode }) => id !== own?.id && cityCode === own?.cityCode);
  if (!own || !elsewhere || !sibling) throw new Error('the cast is too small');
  const here = officersOfCity(play, own.cityCode);
  const there = officersOfCity(play, elsewhere.cityCode);
  const of = (
    who: string,
    openid: string,
    role: Role,
    { isOfPlace = false, isOfCity = isOfPlace }: { isOfPlace?: boolean; isOfCity?: boolean } = {},
  ): Stranger => ({
    who,
    openid,
    roles: role === 'worker' ? ['worker'] : ['worker', role],
    isOfPlace,
    isOfCity,
  });
  const province = await stage.caller.signIn(stage.essc, PROVINCE_OFFICER);
  const [, nextCounty] = countiesOf(own.cityCode);
  if (!nextCounty) throw new Error('a city of one county');
  const nextDoor = await appointInCounty(stage, own.cityCode, nextCounty, province);
  const HERE = { isOfPlace: true };
  const IN_CITY = { isOfCity: true };
  return [
    { who: 'nobody signed in', openid: 'o-nobody', roles: [], isOfPlace: false, isOfCity: false },
    of('another worker', await stage.caller.signIn(stage.essc, STRANGE_WORKER), 'worker'),
    of('the holder', holder, 'worker', HERE),
    of('the administrator', own.administrator, 'administrator', HERE),
    of('an administrator of the city', sibling.administrator, 'administrator', IN_CITY),
    of('an administrator elsewhere', elsewhere.administrator, 'administrator'),
    of('the clerk', here.clerk, 'clerk', HERE),
    of('the reviewer', here.firstReviewer, 'reviewer', HERE),
    of('the payer', here.payer, 'payer', HERE),
    of('a clerk elsewhere', there.clerk, 'clerk'),
    of('a reviewer elsewhere', there.firstReviewer, 'reviewer'),
    of('a payer elsewhere', there.payer, 'payer'),
    of('the province', province, 'province', HERE),
    ...nextDoor.map(({ role, openid }) => of(`a ${role} of the county next door`, openid, role, IN_CITY)),
  ];
}

/** Officers of a county, who reach nothing of the other counties. */
async function appointInCounty(
  { caller, essc }: Stage,
  cityCode: CityCode,
  countyCode: CountyCode,
  province: string,
): Promise<{ role: CityRole; openid: string }[]> {
  return Promise.all(
    CITY_ROLES.map(async (role, position) => {
      const person = madeUpPerson(FIRST_COUNTY_OFFICER + position);
      const { name, idNumber } = person;
      const input = { name, idNumber, role, cityCode, countyCode };
      const granted = await caller.call('account.grantRole', input, { openid: province });
      if (!granted.ok) throw new Error(granted.error.code);
      return { role, openid: await caller.signIn(essc, person) };
    }),
  );
}

function isWrong(name: OperationName, { roles, isOfPlace, isOfCity }: Stranger): boolean {
  const { roles: admitted, about, writes } = OPERATIONS[name];
  if (admitted === 'anyone') return false;
  if (!roles.some(role => admitted.includes(role))) return true;
  // About whoever asks, or about nobody: the wrong role is wrong, but there is no wrong person.
  if (about === 'self' || about === 'nobody') return false;
  // Templates are the city's: its schools choose among them, its counties judge by them, so any of these may read them.
  if (about === 'template' && !writes && isOfCity) return false;
  return !isOfPlace;
}

/** A refusal, or a list or a count that shows the strangers' own things and nothing of the targets. */
function isRefused(
  name: OperationName,
  result: Result<unknown>,
  { roles }: Stranger,
  targets: Targets,
): boolean {
  const { roles: admitted } = OPERATIONS[name];
  if (roles.length === 0) return !result.ok && result.error.code === 'sign_in_required';
  if (!roles.some(role => (admitted as readonly Role[]).includes(role))) {
    return !result.ok && result.error.code === 'role_not_allowed';
  }
  if (!result.ok) return REFUSALS_OF_STRANGERS.test(result.error.code);
  const { items } = result.data as { items?: unknown[] };
  const namesNone = (shown: unknown) => !idsOf(targets).some(id => JSON.stringify(shown).includes(id));
  return items === undefined ? isCountOfNothing(result.data) && namesNone(result.data) : namesNone(items);
}

function isCountOfNothing(data: unknown): boolean {
  const figures = Object.values(data as object).filter(value => typeof value === 'number');
  return figures.length > 0 && figures.every(figure => figure === 0);
}

const REFUSALS_OF_STRANGERS = /_not_found$|^role_not_allowed$|^voucher_not_for_this_institution$/;

const idsOf = ({ fields, jobIds }: Targets): string[] => [
  ...Object.entries(fields).flatMap(([field, value]) => (field.endsWith('Id') ? [value] : [])),
  ...Object.values(jobIds),
];

const callAs = <Name extends OperationName>(
  stage: Stage,
  name: Name,
  openid: string,
  inputs: ForeignInputs,
): Promise<Result<unknown>> => stage.caller.call(name, inputs[name] as PlainInputOf<Name>, { openid });

async function callWithoutIdentity(
  stage: Stage,
  name: OperationName,
  inputs: ForeignInputs,
): Promise<Result<unknown>> {
  const event = { operation: name, requestId: 'foreign-0001', input: inputs[name] };
  const { result } = await stage.cloud.callFunction(functionOf(name), event, {});
  return result as Result<unknown>;
}

/** Of everything stored, but for what a refused call leaves behind by design. */
async function fingerprint(stage: Stage): Promise<string> {
  const db = databaseOf(stage);
  const hash = createHash('sha256');
  for (const name of Object.keys(COLLECTIONS)) {
    if (NOT_COMPARED.has(name)) continue;
    const { data } = await db.collection(name).where({}).orderBy('_id', 'asc').limit(1000).get();
    hash.update(JSON.stringify(data));
  }
  return hash.digest('hex');
}
