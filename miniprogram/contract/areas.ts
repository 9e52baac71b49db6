import { hasKey } from './has-key';
/** The sixteen cities of Shandong: first four digits of GB/T 2260. 3712 (莱芜) is no city any more. */
export const CITIES = {
  '3701': '济南',
  '3702': '青岛',
  '3703': '淄博',
  '3704': '枣庄',
  '3705': '东营',
  '3706': '烟台',
  '3707': '潍坊',
  '3708': '济宁',
  '3709': '泰安',
  '3710': '威海',
  '3711': '日照',
  '3713': '临沂',
  '3714': '德州',
  '3715': '聊城',
  '3716': '滨州',
  '3717': '菏泽',
} as const;

export type CityCode = keyof typeof CITIES;

/** Cities that a list is asked for: `cityCodes` together, or `cityCode` alone, which is what older phones name. */
export interface OfCities {
  cityCodes?: CityCode[];
  cityCode?: CityCode;
}

export const CITY_CODES = Object.keys(CITIES) as CityCode[];

export const isCityCode = (value: string): value is CityCode => hasKey(CITIES, value);
