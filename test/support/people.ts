import { completeIdNumber } from '../../cloudfunctions/shared/domain/id-number';
import type { SimulatedPerson } from '../../local/upstream/essc-gateway-simulator';

const SURNAMES = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许';
const GIVEN = '甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥';

const characterAt = (text: string, at: number): string => text.charAt(at % text.length);

/** An invented ID number: born in 1990, one for every number from 0 to 364,999. */
export function anIdNumber(number: number): string {
  const born = new Date(Date.UTC(1990, 0, 1 + Math.floor(number / 1000)));
  const day = born.toISOString().slice(0, 10).replaceAll('-', '');
  return completeIdNumber(`370102${day}${String(number % 1000).padStart(3, '0')}`);
}

/** An invented person; the same number is always the same person, another number always somebody else. */
export const aPerson = (number: number): Required<SimulatedPerson> => ({
  name:
    characterAt(SURNAMES, number) +
    characterAt(GIVEN, Math.floor(number / SURNAMES.length)) +
    characterAt(GIVEN, Math.floor(number / SURNAMES.length / GIVEN.length) + 7),
  idNumber: anIdNumber(number),
  phone: `138${String(number).padStart(8, '0')}`,
  cityCode: '3701',
  cardValid: true,
});

/** Whom the configuration makes the first officer of the province. */
export const PROVINCE_OFFICER = aPerson(300_000);
