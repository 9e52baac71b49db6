import type { AudienceRule } from '../../../miniprogram/contract/templates';
import type { TemplateFields } from '../../../miniprogram/contract/templates';
import { endOfDaysMs } from './calendar';
import type { StepContext } from './decisions';
import type { ClassOfUse, HistoryEntry, Voucher } from './voucher';

export interface TemplateOfIssue extends Pick<
  TemplateFields,
  'projectId' | 'issueMode' | 'functionMode' | 'cityCode' | 'amountFen' | 'claimWindowDays' | 'validDays'
> {
  id: string;
  audience: AudienceRule[];
}

export interface Recipient {
  personKey: string;
  holderNameCipher: string;
}

/** Ids and codes are made before, so that the rule itself needs no randomness. */
export interface VoucherIdentity {
  code: string;
  reference: string;
}

/**
 * `<classId>-<personKey>` for a 定向券, `<templateId>-<personKey>-1` for a 通用券:
 * a second issue to the same person collides in the database instead of doubling.
 */
export const voucherIdOf = (
  owner: { classId: string } | { templateId: string },
  personKey: string,
): string => ('classId' in owner ? `${owner.classId}-${personKey}` : `${owner.templateId}-${personKey}-1`);

/**
 * Makes vouchers (制券), one for each recipient. The guards on class, template, quota and budget hold for the whole job
 * and are checked there.
 */
export function issuing(
  template: TemplateOfIssue,
  context: StepContext & { jobId: string; trainingClass?: ClassOfUse },
): (recipient: Recipient, identity: VoucherIdentity) => Voucher {
  const { by, nowMs, requestId, jobId, trainingClass } = context;
  const owner = trainingClass ? { classId: trainingClass.classId } : { templateId: template.id };
  // The same for all, and costly: once for a thousand.
  const claimUntilMs = endOfDaysMs(nowMs, template.claimWindowDays);
  const expiresAtMs = endOfDaysMs(nowMs, template.validDays);
  const entry: HistoryEntry = {
    command: 'issue',
    from: 'none',
    to: 'issued',
    atMs: nowMs,
    by,
    requestId,
    ...(trainingClass && { classId: trainingClass.classId }),
  };
  return (recipient, identity) => ({
    id: voucherIdOf(owner, recipient.personKey),
    ...identity,
    status: 'issued',
    templateId: template.id,
    projectId: template.projectId,
    issueMode: template.issueMode,
    functionMode: template.functionMode,
    cityCode: template.cityCode,
    ...recipient,
    amountFen: template.amountFen,
    issuedAtMs: nowMs,
    claimUntilMs,
    expiresAtMs,
    jobId,
    ...trainingClass,
    history: [entry],
    version: 1,
  });
}
