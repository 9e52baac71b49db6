import type { CityCode } from '../../../miniprogram/contract/areas';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { TemplateFields } from '../../../miniprogram/contract/templates';
import { checkModes } from '../domain/entry-application';
import { approvedEntries, entryApplications } from '../store/entry-applications';

/** 各市…要在推行职业培训券前进行入网申请 (notice 三(一)). @returns entry_not_approved. */
export async function checkEntered(cityCode: CityCode): Promise<Result<undefined>> {
  const approved = await entryApplications.findWhere({ cityCode, status: 'approved' });
  return approved ? ok(undefined) : fail('entry_not_approved');
}

/** The same, and that the city's entry has ticked these modes. @returns entry_not_approved; mode_not_in_entry. */
export const checkModesEntered = async ({
  cityCode,
  ...modes
}: Pick<TemplateFields, 'cityCode' | 'issueMode' | 'functionMode'>): Promise<Result<undefined>> =>
  checkModes(await approvedEntries(cityCode), modes);
