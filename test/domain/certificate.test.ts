import type { ClassId, PersonKey } from '../../miniprogram/contract/ids';
import { ok } from '../../miniprogram/contract/result';
import {
  awardKeyOf,
  checkIssueDay,
  numberTextOf,
  readCertificateNumber,
} from '../../cloudfunctions/shared/domain/certificate';
import { anIdNumber } from '../support/people';
import { refused } from '../support/refused';

/** Ten o'clock on 24 November 2026 in Shandong. */
const NOW_MS = Date.UTC(2026, 10, 24, 2);

describe('the number of a certificate', () => {
  it.each([
    ['S000037010001213000001', 'S000037010001213000001'],
    [' s0000 3701-0001 ', 'S000037010001'],
    ['２１３７０１', '213701'],
    ['鲁人社证字〔2021〕第12号', '鲁人社证字〔2021〕第12号'],
  ])('%s is read as people type it', (typed, number) => {
    expect(readCertificateNumber(typed)).toEqual(ok(number));
  });

  it.each(['', ' - ', '😀', '12\u0000<3>', anIdNumber(5), anIdNumber(5).toLowerCase()])(
    '%j is none',
    typed => {
      expect(readCertificateNumber(typed)).toEqual(refused('certificate_number_invalid'));
    },
  );

  it('is unique with its issuer, however that is spaced', () => {
    expect(numberTextOf({ issuer: '山东 技能鉴定中心', number: '1' })).toBe(
      numberTextOf({ issuer: '山东技能鉴定中心', number: '1' }),
    );
    expect(numberTextOf({ issuer: '甲', number: '1' })).not.toBe(numberTextOf({ issuer: '乙', number: '1' }));
  });
});

test('an award names class, person and occupation', () => {
  const award = (occupation: string) => awardKeyOf('class' as ClassId, 'person' as PersonKey, occupation);

  expect(award('焊 工')).toBe(award('焊工'));
  expect(award('焊工')).not.toBe(award('电工'));
});

describe('the day of issue', () => {
  it.each(['2021-08-06', '2026-11-24'])('%s is possible', day => {
    expect(checkIssueDay(day, undefined, NOW_MS)).toEqual(ok(undefined));
  });

  it.each(['2021-08-05', '2026-11-25'])('%s is not', day => {
    expect(checkIssueDay(day, undefined, NOW_MS)).toEqual({
      ok: false,
      error: { code: 'certificate_day_out_of_range', data: { from: '2021-08-06', today: '2026-11-24' } },
    });
  });

  it('comes after the class has begun', () => {
    const trainingClass = { startsOn: '2026-11-10' };

    expect(checkIssueDay('2026-11-10', trainingClass, NOW_MS)).toEqual(ok(undefined));
    expect(checkIssueDay('2026-11-09', trainingClass, NOW_MS)).toMatchObject({
      error: { data: { from: '2026-11-10' } },
    });
  });
});
