import type { Grant } from '../../miniprogram/contract/roles';
import { onlyCity } from '../../miniprogram/view/grants';
import { branded } from '../support/branded';
import { CLERK, PAYER, PROVINCE } from './city/samples';

const administratorIn = (cityCode: '3701' | '3702'): Grant[] => [
  branded<Grant>({ role: 'administrator', cityCode, institutionId: 'i1' }),
];

test('a list names the city of somebody who has no other', () => {
  expect(onlyCity([...CLERK, ...PAYER])).toEqual({ cityCode: '3701' });
  expect(onlyCity(administratorIn('3701'))).toEqual({ cityCode: '3701' });
});

test('a list names no city where it would leave something out', () => {
  expect(onlyCity([...CLERK, { role: 'reviewer', cityCode: '3702' }])).toEqual({});
  expect(onlyCity([...CLERK, ...administratorIn('3702')])).toEqual({});
  expect(onlyCity([...CLERK, ...PROVINCE])).toEqual({});
  expect(onlyCity([])).toEqual({});
});
