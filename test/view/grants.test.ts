import { CITY_CODES } from '../../miniprogram/contract/areas';
import type { Grant } from '../../miniprogram/contract/roles';
import { citiesToRead, cityOfInstitution, named } from '../../miniprogram/view/grants';
import { branded } from '../support/branded';
import { CLERK, PAYER, PROVINCE } from './city/samples';

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
