import type { AudienceRule } from '../../miniprogram/contract/templates';
import { checkAudience, type AudienceFacts } from '../../cloudfunctions/shared/domain/audience';
import { completeIdNumber } from '../../cloudfunctions/shared/domain/id-number';

const ON = '2021-08-31';
/** Twenty on the day. */
const someone: AudienceFacts = {
  labourContract: true,
  enterprisePension: true,
  idNumber: completeIdNumber('37010220010831001'),
};
const contract: AudienceRule = { kind: 'labour_contract' };
const pension: AudienceRule = { kind: 'enterprise_pension' };
const between = (minYears: number, maxYears: number): AudienceRule => ({
  kind: 'age_between',
  minYears,
  maxYears,
});

describe('notice 二(二): labour contract and enterprise pension, both', () => {
  const both = [contract, pension];

  test('who has both belongs', () => {
    expect(checkAudience(both, someone, ON)).toBeUndefined();
  });

  test('who lacks one does not, and hears which', () => {
    expect(checkAudience(both, { ...someone, labourContract: false }, ON)).toBe('no_labour_contract');
    expect(checkAudience(both, { ...someone, enterprisePension: false }, ON)).toBe('no_pension_insurance');
  });

  test('who lacks both hears of the rule that comes first', () => {
    const nobody = { ...someone, labourContract: false, enterprisePension: false };

    expect(checkAudience([contract, pension], nobody, ON)).toBe('no_labour_contract');
    expect(checkAudience([pension, contract], nobody, ON)).toBe('no_pension_insurance');
  });
});

test.each([
  ['at the lower bound', between(20, 60), undefined],
  ['at the upper bound', between(16, 20), undefined],
  ['below it', between(21, 60), 'age_out_of_range'],
  ['above it', between(16, 19), 'age_out_of_range'],
])('an age %s', (_, rule, refusal) => {
  expect(checkAudience([rule], someone, ON)).toBe(refusal);
});

test('the age is that of the day asked about', () => {
  expect(checkAudience([between(20, 60)], someone, '2021-08-30')).toBe('age_out_of_range');
});

test('without rules everybody belongs', () => {
  expect(checkAudience([], { ...someone, labourContract: false }, ON)).toBeUndefined();
});
