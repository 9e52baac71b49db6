import { CITY_CODES, type CityCode } from '../../miniprogram/contract/areas';
import type { Plain } from '../../miniprogram/contract/brand';
import { aPublishedTemplate, classFields } from '../support/classes';
import { addInstitution, createCast, signInAs, signInOfficer, type Cast } from '../support/callers';
import { aPerson } from '../support/people';
import type { SimulatedPerson } from '../../local/upstream/essc-gateway-simulator';
import { startTestCloud, type Caller, type TestCloud } from '../support/test-cloud';

const LISTS = [
  'training.listClasses',
  'training.listInstitutions',
  'voucher.listTemplates',
  'settlement.listBatches',
] as const;
type ListName = (typeof LISTS)[number];

let cloud: TestCloud;
let cast: Cast;
let other: Cast;
/** Clerk and reviewer in both cities. */
let ofTwo: Caller;
/** Works for the institution of the second city, and is clerk and reviewer in the first. */
let ofBoth: Caller;

async function play(of: Cast): Promise<void> {
  const institutionId = of.institution.id;
  const { id: templateId } = await aPublishedTemplate(cloud, of);
  await cloud.must(
    'training.createClass',
    { institutionId, ...classFields(cloud, templateId) },
    of.administrator,
  );
  await cloud.must(
    'settlement.createBatch',
    { institutionId, projectId: 'skill_upgrade', title: '第一批' },
    of.administrator,
  );
}

/** Clerk and reviewer in these cities, signed in. */
async function officerOf(person: SimulatedPerson, cities: CityCode[]): Promise<Caller> {
  const { province } = cast;
  for (const cityCode of cities)
    for (const role of ['clerk', 'reviewer'] as const)
      await signInOfficer(cloud, province, { person, role, cityCode });
  return signInAs(cloud, person);
}

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
  other = await createCast(cloud, { cityCode: '3702', workers: 0 });
  await addInstitution(cloud, other.clerk, { number: 77, cityCode: '3702' });
  for (const each of [cast, other]) await play(each);
  ofTwo = await officerOf(aPerson(900), ['3701', '3702']);
  ofBoth = await officerOf(other.administrator.person, ['3701']);
});
afterAll(() => cloud.stop());

interface Asked {
  cityCodes?: CityCode[];
  cityCode?: CityCode;
  institutionId?: string;
}

async function citiesIn(name: ListName, asked: Plain<Asked>, caller: Caller) {
  const { result, databaseRequests, databaseTrips } = await cloud.call(name, asked, caller);
  if (!result.ok) throw new Error(result.error.code);
  const cities = new Set((result.data.items as { cityCode: CityCode }[]).map(({ cityCode }) => cityCode));
  return { cities: [...cities].sort(), costs: [databaseRequests, databaseTrips] };
}

const ONE_TRIP = [1, 1];

describe.each(LISTS)('%s', name => {
  it('of the cities of an officer is read together with the account', async () => {
    expect(await citiesIn(name, { cityCodes: ['3701', '3702'] }, ofTwo)).toEqual({
      cities: ['3701', '3702'],
      costs: ONE_TRIP,
    });
  });

  it('of all cities is read together with the account for the province', async () => {
    expect(await citiesIn(name, { cityCodes: [...CITY_CODES] }, cast.province)).toEqual({
      cities: ['3701', '3702'],
      costs: ONE_TRIP,
    });
  });

  it('is narrowed to one city', async () => {
    const asked: Plain<Asked> = { cityCodes: [...CITY_CODES], cityCode: '3702' };

    expect(await citiesIn(name, asked, ofTwo)).toEqual({ cities: ['3702'], costs: ONE_TRIP });
  });

  it('leaves out cities that are not the caller’s', async () => {
    expect((await citiesIn(name, { cityCodes: ['3701', '3702'] }, cast.clerk)).cities).toEqual(['3701']);
    expect((await citiesIn(name, { cityCodes: ['3702', '3703'] }, cast.clerk)).cities).toEqual([]);
  });

  it('serves phones that name no city', async () => {
    expect((await citiesIn(name, {}, ofTwo)).cities).toEqual(['3701', '3702']);
    expect((await citiesIn(name, {}, cast.province)).cities).toEqual(['3701', '3702']);
  });
});

describe('who administers an institution in one city and is an officer in another', () => {
  it.each(['training.listClasses', 'settlement.listBatches'] as const)(
    'sees the institution’s with %s, and the city’s',
    async name => {
      const institutionId = other.institution.id;

      expect(await citiesIn(name, { institutionId }, ofBoth)).toEqual({ cities: ['3702'], costs: ONE_TRIP });
      expect(await citiesIn(name, { cityCodes: ['3701'] }, ofBoth)).toEqual({
        cities: ['3701'],
        costs: ONE_TRIP,
      });
    },
  );

  it('finds their own institutions, and the templates of their city', async () => {
    const own = await cloud.must('training.listInstitutions', { own: true }, ofBoth);

    expect(own.items).toEqual([other.institution]);
    expect((await citiesIn('voucher.listTemplates', { cityCodes: ['3702'] }, ofBoth)).cities).toEqual([
      '3702',
    ]);
  });

  it('finds those of the city among the city’s only', async () => {
    expect(await citiesIn('training.listInstitutions', { cityCodes: ['3701'] }, ofBoth)).toEqual({
      cities: ['3701'],
      costs: ONE_TRIP,
    });
    expect((await cloud.must('training.listInstitutions', { own: true }, cast.clerk)).items).toEqual([]);
  });
});
