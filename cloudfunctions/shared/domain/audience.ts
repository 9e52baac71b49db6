import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { AudienceRule } from '../../../miniprogram/contract/templates';
import { ageYearsOn } from './id-number';

/** What is known of a person when a template asks whether the person may hold its vouchers. */
export interface AudienceFacts {
  labourContract: boolean;
  enterprisePension: boolean;
  /** A parsed ID number; age is read from it. */
  idNumber: string;
}

/**
 * Whether a person belongs to those a template is for, on a day 'YYYY-MM-DD'. Every rule must hold
 * (notice 二(二): labour contract and enterprise pension, both).
 * @returns undefined if all hold, else the code of the first rule that does not:
 * no_labour_contract, no_pension_insurance, age_out_of_range.
 */
export const checkAudience = (
  rules: readonly AudienceRule[],
  facts: AudienceFacts,
  on: string,
): ErrorCode | undefined => {
  for (const rule of rules) {
    const refusal = checkRule(rule, facts, on);
    if (refusal) return refusal;
  }
  return undefined;
};

const checkRule = (rule: AudienceRule, facts: AudienceFacts, on: string): ErrorCode | undefined => {
  switch (rule.kind) {
    case 'labour_contract':
      return facts.labourContract ? undefined : 'no_labour_contract';
    case 'enterprise_pension':
      return facts.enterprisePension ? undefined : 'no_pension_insurance';
    case 'age_between': {
      const years = ageYearsOn(facts.idNumber, on);
      return rule.minYears <= years && years <= rule.maxYears ? undefined : 'age_out_of_range';
    }
    default:
      return assertNever(rule);
  }
};

const assertNever = (rule: never): never => {
  throw new TypeError(`Unknown audience rule ${JSON.stringify(rule)}`);
};
