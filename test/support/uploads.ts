import type { SimulatedPerson } from '../../local/upstream/essc-gateway-simulator';
import { aCsv } from './sheets';
import { aPerson } from './people';

export const ROSTER_HEADER = ['姓名', '身份证号', '手机号', '是否签订劳动合同', '是否缴纳企业养老保险'];

/** The row of somebody who may hold a voucher. */
export const rosterRow = ({ name, idNumber, phone = '' }: SimulatedPerson): string[] => [
  name,
  idNumber,
  phone,
  '是',
  '是',
];

/** A roster as CSV, with whatever rows. */
export const aRosterOf = (rows: readonly (readonly string[])[]): Uint8Array => aCsv([ROSTER_HEADER, ...rows]);

/** A roster of eligible people: aPerson(first), aPerson(first + 1) … */
export const aRoster = (count: number, first = 0): Uint8Array =>
  aRosterOf(Array.from({ length: count }, (_, at) => rosterRow(aPerson(first + at))));
