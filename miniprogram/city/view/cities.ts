import { CITIES, CITY_CODES, type CityCode } from '../../contract/areas';
import { COUNTIES, type CountyCode } from '../../contract/counties';
import type { Grant } from '../../contract/roles';
import { citiesToRead } from '../../view/grants';

export interface CityChoice {
  id: CityCode;
  text: string;
}

export interface CountyChoice {
  id: CountyCode | '';
  text: string;
}

export const cityName = (cityCode: CityCode): string => `${CITIES[cityCode]}市`;

/** '济南市历城区'; the city alone for what belongs to no county. */
export const areaName = ({ cityCode, countyCode }: { cityCode: CityCode; countyCode?: CountyCode }): string =>
  cityName(cityCode) + (countyCode === undefined ? '' : COUNTIES[countyCode]);

export const choicesOf = (cityCodes: readonly CityCode[]): CityChoice[] =>
  cityCodes.map(cityCode => ({ id: cityCode, text: cityName(cityCode) }));

export const countyChoicesOf = (countyCodes: readonly CountyCode[]): CountyChoice[] =>
  countyCodes.map(countyCode => ({ id: countyCode, text: COUNTIES[countyCode] }));

/** For a field that may stay empty: the city as a whole first. */
export const countyChoicesOrNone = (countyCodes: readonly CountyCode[]): CountyChoice[] => [
  { id: '', text: '不分区县' },
  ...countyChoicesOf(countyCodes),
];

export const ALL_CITIES: CityChoice[] = choicesOf(CITY_CODES);

/** For a list: everything first, then one city at a time; empty when there is nothing to choose between. */
export function cityFilters(grants: readonly Grant[]): { id: string; text: string }[] {
  const cities = choicesOf(citiesToRead(grants));
  return cities.length > 1 ? [{ id: '', text: '全部' }, ...cities] : [];
}
