import { CITIES, CITY_CODES, type CityCode } from '../../contract/areas';
import type { Grant } from '../../contract/roles';
import { citiesToRead } from '../../view/grants';

export interface CityChoice {
  id: CityCode;
  text: string;
}

export const cityName = (cityCode: CityCode): string => `${CITIES[cityCode]}市`;

export const choicesOf = (cityCodes: readonly CityCode[]): CityChoice[] =>
  cityCodes.map(cityCode => ({ id: cityCode, text: cityName(cityCode) }));

export const ALL_CITIES: CityChoice[] = choicesOf(CITY_CODES);

/** For a list: everything first, then one city at a time; empty when there is nothing to choose between. */
export function cityFilters(grants: readonly Grant[]): { id: string; text: string }[] {
  const cities = choicesOf(citiesToRead(grants));
  return cities.length > 1 ? [{ id: '', text: '全部' }, ...cities] : [];
}
