import type { IssueMode } from '../../../miniprogram/contract/vouchers';
import type { TrainingClass } from '../domain/training-class';
import { templates } from '../store/templates';

/** Classes of the first version do not say whether they are of 定向券 or of 通用券; their templates do. */
export async function issueModeOf({ issueMode, templateId }: TrainingClass): Promise<IssueMode> {
  return issueMode ?? (await templates.find(templateId))?.issueMode ?? 'targeted';
}
