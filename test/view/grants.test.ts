import { CITY_CODES } from '../../miniprogram/contract/areas';
import type { Grant } from '../../miniprogram/contract/roles';
import {
  areasToRead,
  canAct,
  citiesToRead,
  cityOfInstitution,
  countiesWith,
  named,
  wholeCitiesWith,
} from '../../miniprogram/view/grants';
import { branded } from '../support/branded';
import { roleTexts } from '../../miniprogram/view/account';
import { CLERK, COUNTY_CLERK, PAYER, PROVINCE } from './city/samples';

const administratorIn = (cityCode: '3701' | '3702'): Grant[] => [
  branded<Grant>({ role: 'administrator', cityCode, institutionId: 'i1' }),
];

describe('the cities of an officer', () => {
  it('are those of all roles, each once', () => {
    expect(citiesToRead([...CLERK, ...PAYER])).toEqual(['3701']);
    expect(citiesToRead([...CLERK, { role: 'reviewer', cityCode: '3702' }])).toEqual(['3701', '3702']);
  });

  it('are all for the province', () => {
    expect(citiesToRead([...CLERK, ...PROVINCE])).toEqual(CITY_CODES);
  });

  it('do not come with an institution', () => {
    expect(citiesToRead([...CLERK, ...administratorIn('3702')])).toEqual(['3701']);
    expect(citiesToRead(administratorIn('3702'))).toEqual([]);
  });
});

test('the city of an institution is that of its administrator, whatever else they are', () => {
  expect(cityOfInstitution([...CLERK, ...administratorIn('3702')], 'i1')).toEqual(['3702']);
  expect(cityOfInstitution([...CLERK, ...administratorIn('3702')], 'i2')).toEqual([]);
});

test('a list names cities only where there are some', () => {
  expect(named(['3701'])).toEqual({ cityCodes: ['3701'] });
  expect(named([])).toEqual({});
});

describe('an officer of a county', () => {
  const ELSEWHERE: Grant[] = [{ role: 'reviewer', cityCode: '3702', countyCode: '370281' }];

  it('names the county, unless the whole city is theirs as well', () => {
    expect(areasToRead(COUNTY_CLERK)).toEqual({ countyCodes: ['370112'] });
    expect(areasToRead([...COUNTY_CLERK, ...CLERK])).toEqual({ cityCodes: ['3701'] });
    expect(areasToRead([...CLERK, ...ELSEWHERE])).toEqual({ cityCodes: ['3701'], countyCodes: ['370281'] });
    expect(areasToRead([...COUNTY_CLERK, ...PROVINCE])).toEqual({ cityCodes: CITY_CODES });
    expect(citiesToRead(COUNTY_CLERK)).toEqual(['3701']);
  });

  it('acts in the county, not for the city', () => {
    expect(canAct(COUNTY_CLERK, 'clerk', { cityCode: '3701', countyCode: '370112' })).toBe(true);
    expect(canAct(COUNTY_CLERK, 'clerk', { cityCode: '3701', countyCode: '370102' })).toBe(false);
    expect(canAct(COUNTY_CLERK, 'clerk', { cityCode: '3701' })).toBe(false);
    expect(canAct(CLERK, 'clerk', { cityCode: '3701', countyCode: '370112' })).toBe(true);
    expect(wholeCitiesWith(COUNTY_CLERK, 'clerk')).toEqual([]);
    expect(countiesWith(COUNTY_CLERK, 'clerk', '3701')).toEqual(['370112']);
    expect(countiesWith([...COUNTY_CLERK, ...CLERK], 'clerk', '3701')).toEqual([]);
  });

  it('is called so, with the county', () => {
    const account = { name: '李*', grants: ELSEWHERE, consentVersion: '', signedInUntilMs: 0 };

    expect(roleTexts(account)).toEqual(['劳动者', '区县级审核人员（青岛胶州市）']);
  });
});
