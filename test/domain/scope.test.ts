import type { Plain } from '../../miniprogram/contract/brand';
import type { Page } from '../../miniprogram/contract/paging';
import { COUNTY_CODES, cityOfCounty, countiesOf } from '../../miniprogram/contract/counties';
import { CITY_CODES } from '../../miniprogram/contract/areas';
import { OPERATIONS, type OperationName } from '../../miniprogram/contract/operations';
import type { Grant } from '../../miniprogram/contract/roles';
import {
  asWorker,
  countFor,
  grantsFor,
  roleAt,
  reachOf,
  reachOfCities,
  withinReach,
  type Place,
  type Reach,
  type Wish,
} from '../../cloudfunctions/shared/domain/scope';
import { branded } from '../support/branded';
import { administratorOf, anActor as actorOf } from './an-actor';

const CLERK: Plain<Grant> = { role: 'clerk', cityCode: '3701' };
const COUNTY_CLERK: Plain<Grant> = { role: 'clerk', cityCode: '3701', countyCode: '370112' };
const COUNTY_REVIEWER: Plain<Grant> = { role: 'reviewer', cityCode: '3702', countyCode: '370281' };
const PAYER_ELSEWHERE: Plain<Grant> = { role: 'payer', cityCode: '3702' };
const ADMINISTRATOR = administratorOf('institution');
const PROVINCE: Plain<Grant> = { role: 'province' };

const anActor = (...grants: Plain<Grant>[]) => actorOf(grants, 'person');
const aWish = (wish: unknown) => branded<Wish>(wish as Plain<Wish>);
const aPlace = (place: Plain<Place>) => branded<Place>(place);

describe('acting for a record', () => {
  it('is everybody as the worker that they are', () => {
    expect(asWorker(anActor(CLERK))).toEqual({ role: 'worker', personKey: 'person' });
  });

  it('is an officer in the own city only', () => {
    expect(roleAt(anActor(CLERK), { cityCode: '3701' })).toEqual({
      role: 'clerk',
      personKey: 'person',
      cityCode: '3701',
    });
    expect(roleAt(anActor(CLERK), { cityCode: '3702' })).toBeUndefined();
  });

  it('is an officer of a county in that county only, and never for the city itself', () => {
    expect(roleAt(anActor(COUNTY_CLERK), { cityCode: '3701', countyCode: '370112' })).toEqual({
      role: 'clerk',
      personKey: 'person',
      cityCode: '3701',
      countyCode: '370112',
    });
    expect(roleAt(anActor(COUNTY_CLERK), { cityCode: '3701', countyCode: '370102' })).toBeUndefined();
    expect(roleAt(anActor(COUNTY_CLERK), { cityCode: '3701' })).toBeUndefined();
    expect(roleAt(anActor(CLERK), { cityCode: '3701', countyCode: '370112' })).toMatchObject({
      cityCode: '3701',
    });
  });

  it('is an administrator for the own institution only, not for the city', () => {
    const record = aPlace({ cityCode: '3701', institutionId: 'institution' });

    expect(roleAt(anActor(ADMINISTRATOR), record)).toMatchObject({
      role: 'administrator',
      institutionId: 'institution',
    });
    expect(
      roleAt(anActor(ADMINISTRATOR), aPlace({ cityCode: '3701', institutionId: 'another' })),
    ).toBeUndefined();
    expect(roleAt(anActor(ADMINISTRATOR), { cityCode: '3701' })).toBeUndefined();
  });

  it('is the province everywhere', () => {
    expect(roleAt(anActor(PROVINCE), { cityCode: '3717' })).toEqual({
      role: 'province',
      personKey: 'person',
    });
  });

  it('takes the first grant that covers the record', () => {
    expect(roleAt(anActor(PAYER_ELSEWHERE, CLERK), { cityCode: '3701' })).toMatchObject({ role: 'clerk' });
  });

  it('is nobody without a grant', () => {
    expect(roleAt(anActor(), { cityCode: '3701' })).toBeUndefined();
  });
});

describe('the reach of a list', () => {
  it.each([
    ['an officer who wishes nothing', [CLERK], {}, { cityCodes: ['3701'] }],
    [
      'an officer who names an institution',
      [CLERK],
      { institutionId: 'x' },
      { cityCodes: ['3701'], institutionIds: ['x'] },
    ],
    ['an officer who names another city', [CLERK], { cityCodes: ['3702'] }, undefined],
    ['an administrator who wishes nothing', [ADMINISTRATOR], {}, { institutionIds: ['institution'] }],
    ['an administrator who names another institution', [ADMINISTRATOR], { institutionId: 'x' }, undefined],
    ['an administrator who names another city', [ADMINISTRATOR], { cityCodes: ['3702'] }, undefined],
    ['the province', [PROVINCE], {}, {}],
    ['the province with a city', [PROVINCE], { cityCodes: ['3702'] }, { cityCodes: ['3702'] }],
    ['an officer of two cities', [CLERK, PAYER_ELSEWHERE], {}, { cityCodes: ['3701', '3702'] }],
    ['one who names the second', [CLERK, PAYER_ELSEWHERE], { cityCodes: ['3702'] }, { cityCodes: ['3702'] }],
    [
      'one who names both and a third',
      [CLERK, PAYER_ELSEWHERE],
      { cityCodes: ['3701', '3702', '3703'] },
      { cityCodes: ['3701', '3702'] },
    ],
    ['an officer of a county', [COUNTY_CLERK], {}, { countyCodes: ['370112'] }],
    ['one who names it', [COUNTY_CLERK], { countyCodes: ['370112'] }, { countyCodes: ['370112'] }],
    ['one who names the city', [COUNTY_CLERK], { cityCodes: ['3701'] }, { countyCodes: ['370112'] }],
    ['one who names another county', [COUNTY_CLERK], { countyCodes: ['370102'] }, undefined],
    ['one who names another city', [COUNTY_CLERK], { cityCodes: ['3702'] }, undefined],
    [
      'one who names an institution',
      [COUNTY_CLERK],
      { institutionId: 'x' },
      { countyCodes: ['370112'], institutionIds: ['x'] },
    ],
    [
      'an officer of the city who names a county',
      [CLERK],
      { countyCodes: ['370112'] },
      { countyCodes: ['370112'] },
    ],
    ['an officer of a county and of its city', [COUNTY_CLERK, CLERK], {}, { cityCodes: ['3701'] }],
    [
      'an officer of a city and of a county elsewhere',
      [CLERK, COUNTY_REVIEWER],
      {},
      { cityCodes: ['3701'], countyCodes: ['370281'] },
    ],
    [
      'one who names all of both cities',
      [CLERK, COUNTY_REVIEWER],
      { cityCodes: ['3701', '3702'] },
      { cityCodes: ['3701'], countyCodes: ['370281'] },
    ],
    ['the province with a county', [PROVINCE], { countyCodes: ['370112'] }, { countyCodes: ['370112'] }],
    [
      'an administrator who names a county',
      [ADMINISTRATOR, COUNTY_REVIEWER],
      { countyCodes: ['370112'] },
      undefined,
    ],
    ['an officer who is an administrator too', [ADMINISTRATOR, CLERK], {}, { cityCodes: ['3701'] }],
    [
      'an administrator, who is an officer elsewhere, who names the institution',
      [PAYER_ELSEWHERE, ADMINISTRATOR],
      { institutionId: 'institution' },
      { institutionIds: ['institution'] },
    ],
    [
      'an administrator, who is an officer elsewhere, who names the city of the institution',
      [PAYER_ELSEWHERE, ADMINISTRATOR],
      { cityCodes: ['3701'] },
      { institutionIds: ['institution'] },
    ],
    ['somebody without a grant', [], {}, undefined],
  ] as const)('of %s', (_who, grants, wish, expected) => {
    expect(reachOf(anActor(...grants), aWish(wish))).toEqual(expected);
  });
});

describe('what belongs to a city as a whole', () => {
  it.each([
    ['an officer', [CLERK], undefined, { cityCodes: ['3701'] }],
    ['an officer of a county', [COUNTY_CLERK], undefined, { cityCodes: ['3701'] }],
    ['an administrator', [ADMINISTRATOR], undefined, { cityCodes: ['3701'] }],
    ['an administrator who names another city', [ADMINISTRATOR], ['3702'], undefined],
    ['somebody of two cities', [ADMINISTRATOR, PAYER_ELSEWHERE], undefined, { cityCodes: ['3701', '3702'] }],
    ['the province', [PROVINCE], undefined, {}],
    ['the province with a city', [PROVINCE], ['3717'], { cityCodes: ['3717'] }],
  ] as const)('is reached by %s', (_who, grants, wish, expected) => {
    expect(reachOfCities(anActor(...grants), wish)).toEqual(expected);
  });
});

describe('a page that was read before the reach was known', () => {
  const page = branded<Page<Place>>({
    items: [
      { cityCode: '3701', institutionId: 'institution' },
      { cityCode: '3701', institutionId: 'institution' },
    ],
    nextCursor: 'next',
  });
  const OF_INSTITUTION: Plain<Wish> = { institutionId: 'institution' };

  it.each<[string, Plain<Wish>, Plain<Reach>]>([
    ['the province', { cityCodes: ['3701'] }, {}],
    ['the city', { cityCodes: ['3701'] }, { cityCodes: ['3702', '3701'] }],
    ['all cities that were named', { cityCodes: ['3701', '3702'] }, { cityCodes: ['3702', '3701'] }],
    ['the institution', OF_INSTITUTION, { institutionIds: ['institution'] }],
    ['city and institution', OF_INSTITUTION, { cityCodes: ['3701'], institutionIds: ['institution'] }],
  ])('stays as it is within the reach of %s', (_whose, wish, reach) => {
    expect(withinReach(page, branded<Wish>(wish), branded<Reach>(reach))).toBe(page);
  });

  it.each<[string, Plain<Reach>]>([
    ['another institution', { institutionIds: ['another'] }],
    ['the institution in another city', { cityCodes: ['3702'], institutionIds: ['institution'] }],
    ['another institution of the city', { cityCodes: ['3701'], institutionIds: ['another'] }],
    ['no city', { cityCodes: [] }],
  ])('of an institution is empty, without a next one, within the reach of %s', (_whose, reach) => {
    expect(withinReach(page, branded<Wish>(OF_INSTITUTION), branded<Reach>(reach))).toEqual({ items: [] });
  });

  it.each<[string, Plain<Reach>]>([
    ['institutions that were not named', { institutionIds: ['institution'] }],
    ['only some of the cities that were named', { cityCodes: ['3701'] }],
    ['another city', { cityCodes: ['3703'] }],
  ])('of cities is of no use within the reach of %s', (_whose, reach) => {
    const wish = branded<Wish>({ cityCodes: ['3701', '3702'] });

    expect(withinReach(page, wish, branded<Reach>(reach))).toBeUndefined();
  });

  const county = branded<Page<Place>>({
    items: [
      { cityCode: '3701', countyCode: '370112', institutionId: 'institution' },
      { cityCode: '3701', institutionId: 'institution' },
    ],
  });

  it.each<[string, Plain<Wish>, Plain<Reach>]>([
    ['a county', { countyCodes: ['370112'] }, { countyCodes: ['370112', '370102'] }],
    ['the city', { countyCodes: ['370112'] }, { cityCodes: ['3701'] }],
    [
      'both',
      { cityCodes: ['3702'], countyCodes: ['370112'] },
      { cityCodes: ['3702'], countyCodes: ['370112'] },
    ],
  ])('of counties stays as it is within the reach of %s', (_whose, wish, reach) => {
    expect(withinReach(county, branded<Wish>(wish), branded<Reach>(reach))).toBe(county);
  });

  it.each<[string, Plain<Wish>, Plain<Reach>]>([
    ['a city where only its county is reached', { cityCodes: ['3701'] }, { countyCodes: ['370112'] }],
    ['another county', { countyCodes: ['370102'] }, { countyCodes: ['370112'] }],
    [
      'an institution, part of which the county does not reach',
      OF_INSTITUTION,
      { countyCodes: ['370112'], institutionIds: ['institution'] },
    ],
  ])('of %s is of no use', (_which, wish, reach) => {
    expect(withinReach(county, branded<Wish>(wish), branded<Reach>(reach))).toBeUndefined();
  });

  it('is none where none was read', () => {
    expect(withinReach(undefined, {}, {})).toBeUndefined();
  });

  it('tells nothing when it is empty', () => {
    const empty = { items: [] };

    expect(withinReach(empty, branded<Wish>(OF_INSTITUTION), { cityCodes: ['3702'] })).toEqual({ items: [] });
  });
});

describe('what waits', () => {
  const counts = [
    { cityCode: '3701', count: 1 },
    { cityCode: '3701', countyCode: '370112', count: 2 },
    { cityCode: '3701', countyCode: '370102', count: 4 },
    { cityCode: '3702', count: 8 },
  ] as const;

  it.each([
    ['the city', [CLERK], 7],
    ['a county', [COUNTY_CLERK], 2],
    ['both', [COUNTY_CLERK, CLERK], 7],
    ['another role', [COUNTY_REVIEWER], 0],
  ] as const)('is counted for %s', (_whose, grants, count) => {
    expect(countFor(anActor(...grants), 'clerk', counts)).toBe(count);
  });
});

describe('what officers of counties may do', () => {
  const NAMES = Object.keys(OPERATIONS) as OperationName[];
  const inCounty = (role: 'clerk' | 'reviewer' | 'payer'): Grant[] => [
    { role, cityCode: '3701', countyCode: '370112' },
  ];
  const isWriting = (name: OperationName) => OPERATIONS[name].writes;
  const admitted = (role: 'clerk' | 'reviewer' | 'payer') =>
    NAMES.filter(name => isWriting(name) && grantsFor(name, inCounty(role)).length > 0);

  it('is listed, role by role', () => {
    expect(admitted('clerk')).toEqual([
      'training.addInstitution',
      'training.setInstitution',
      'training.addAdministrator',
      'training.removeAdministrator',
      'training.approveClass',
      'training.returnClass',
      'voucher.issue',
      'voucher.void',
      'voucher.voidBatch',
      'verification.reverse',
    ]);
    expect(admitted('reviewer')).toEqual([
      'settlement.removeItem',
      'settlement.reviewBatch',
      'settlement.approveBatch',
      'settlement.returnBatch',
    ]);
    expect(admitted('payer')).toEqual(['settlement.returnBatch', 'settlement.payBatch']);
  });

  it('is never more than an officer of the city may do', () => {
    const beyond = NAMES.flatMap(name =>
      (['clerk', 'reviewer', 'payer'] as const).filter(
        role =>
          grantsFor(name, inCounty(role)).length > 0 &&
          grantsFor(name, [{ role, cityCode: '3701' }]).length === 0,
      ),
    );

    expect(beyond).toEqual([]);
  });

  it('leaves what is the city’s to the city', () => {
    const about = ['template', 'channel', 'staff', 'rosterEntry'];
    const kept = NAMES.filter(name => about.includes(OPERATIONS[name].about) && isWriting(name));

    expect(kept.length).toBeGreaterThan(5);
    for (const role of ['clerk', 'reviewer', 'payer'] as const)
      expect(kept.filter(name => grantsFor(name, inCounty(role)).length > 0)).toEqual([]);
  });
});

describe('the counties', () => {
  it('lie in the sixteen cities, none of which is without', () => {
    expect(COUNTY_CODES).toHaveLength(136);
    expect(new Set(COUNTY_CODES.map(cityOfCounty))).toEqual(new Set(CITY_CODES));
    expect(countiesOf('3717')).toHaveLength(9);
  });
});
