import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type {
  ClassId,
  JobId,
  PersonKey,
  RosterEntryId,
  TemplateId,
  VoucherId,
} from '../../../miniprogram/contract/ids';
import type { TemplateFields } from '../../../miniprogram/contract/templates';
import { isVoided } from '../../../miniprogram/contract/vouchers';
import { checkAudience } from './audience';
import { endOfDaysMs } from './calendar';
import type { StepContext } from './decisions';
import { toBeTold } from './delivery';
import type { ClassOfUse, EntryOf, Voucher, VoucherIn } from './voucher';

/** What a roster belongs to, and vouchers are made for: a class (定向券) or a general template (通用券). */
export type Owner = { classId: ClassId } | { templateId: TemplateId };

export interface TemplateOfIssue extends Pick<
  TemplateFields,
  'projectId' | 'issueMode' | 'functionMode' | 'cityCode' | 'amountFen' | 'claimWindowDays' | 'validDays'
> {
  id: TemplateId;
}

export interface Recipient {
  personKey: PersonKey;
  holderNameCipher: string;
}

/** Ids and codes are made before, so that the rule itself needs no randomness. */
export interface VoucherIdentity {
  reference: string;
  /** Which voucher of its owner it is for the person: 1 unless an earlier one was voided. */
  number: number;
}

/**
 * `<classId>-<personKey>` for a 定向券, `<templateId>-<personKey>-1` for a 通用券; from the second on both end in their
 * number. A second issue to the same person collides in the database instead of doubling.
 */
export const voucherIdOf = (owner: Owner, personKey: PersonKey, number: number): VoucherId =>
  ('classId' in owner
    ? `${owner.classId}-${personKey}${number === 1 ? '' : `-${number}`}`
    : `${owner.templateId}-${personKey}-${number}`) as VoucherId;

/** What a person has got of an owner so far: the number of the voucher that they hold, or else of the next one. */
export interface PlaceOfPerson {
  number: number;
  /** The job that made it; undefined while it is yet to be made. */
  madeBy?: JobId;
}

/**
 * The place of somebody who has this voucher. A voided one makes room for the next; not for the job that made it, which
 * has served this person and may be running again after a kill.
 */
export const placeAfter = (
  { status, jobId: madeBy }: Pick<Voucher, 'status' | 'jobId'>,
  number: number,
  jobId: JobId,
): PlaceOfPerson => (isVoided(status) && madeBy !== jobId ? { number: number + 1 } : { number, madeBy });

/** `<classId or templateId>-<personKey>`: a person stands on a roster once. */
export const rosterEntryIdOf = (owner: Owner, personKey: PersonKey): RosterEntryId =>
  `${ownerIdOf(owner)}-${personKey}` as RosterEntryId;

export const ownerIdOf = (owner: Owner): ClassId | TemplateId =>
  'classId' in owner ? owner.classId : owner.templateId;

type IssueContext = StepContext & { jobId: JobId; trainingClass?: ClassOfUse };

/**
 * Makes vouchers (制券), one for each recipient. The guards on class, template, quota and budget hold for the whole job
 * and are checked there.
 */
export function issuer(
  template: TemplateOfIssue,
  context: IssueContext,
): (recipient: Recipient, identity: VoucherIdentity & { code: string }) => VoucherIn<'issued'> {
  const make = maker(template, context);
  const entry: EntryOf<'issue'> = { command: 'issue', from: 'none', to: 'issued', ...entryFacts(context) };
  return (recipient, { code, ...identity }) => ({
    ...make(recipient, identity),
    code,
    status: 'issued',
    history: [entry],
  });
}

/** The same where the ministry's platform makes them: each is asked for by its first entry, and has no code until the answer. */
export function orderer(
  template: TemplateOfIssue,
  context: IssueContext,
): (recipient: Recipient, identity: VoucherIdentity) => VoucherIn<'making'> {
  const make = maker(template, context);
  const { nowMs } = context;
  const entry: EntryOf<'order'> = { command: 'order', from: 'none', to: 'making', ...entryFacts(context) };
  return (recipient, identity) => ({
    ...make(recipient, identity),
    status: 'making',
    history: [entry],
    ...toBeTold(nowMs),
  });
}

const entryFacts = ({ by, nowMs: atMs, requestId, trainingClass }: IssueContext) => ({
  atMs,
  by,
  requestId,
  ...(trainingClass && { classId: trainingClass.classId }),
});

/** All but how it begins. */
function maker(template: TemplateOfIssue, context: IssueContext) {
  const { nowMs, jobId, trainingClass } = context;
  const owner = trainingClass ? { classId: trainingClass.classId } : { templateId: template.id };
  // The same for all, and costly: once for a thousand.
  const claimUntilMs = endOfDaysMs(nowMs, template.claimWindowDays);
  const expiresAtMs = endOfDaysMs(nowMs, template.validDays);
  return (recipient: Recipient, { number, ...identity }: VoucherIdentity) => ({
    id: voucherIdOf(owner, recipient.personKey, number),
    ...identity,
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
    version: 1,
  });
}

/** A person of a roster, as far as the judgement needs it. */
export interface EntryOfIssue {
  eligibility: { labourContract: boolean; enterprisePension: boolean };
}

/**
 * Whether somebody on the roster may hold a voucher of the template, on the day on which the issue was ordered.
 * @param readIdNumber deciphers the ID number; asked only if a rule needs it.
 * @returns undefined, or what checkAudience refuses.
 */
export function refuseRecipient(
  { audience }: Pick<TemplateFields, 'audience'>,
  { eligibility }: EntryOfIssue,
  { day, readIdNumber }: { day: string; readIdNumber: () => string },
): ErrorCode | undefined {
  const needsAge = audience.some(rule => rule.kind === 'age_between');
  return checkAudience(audience, { ...eligibility, idNumber: needsAge ? readIdNumber() : '' }, day);
}

/**
 * What came of one recipient, told by the job that has made the voucher.
 * @returns undefined when this job has; already_holds_voucher; template_quota_exceeded when there was none left.
 */
export function refuseIssued(madeBy: JobId | undefined, jobId: JobId): ErrorCode | undefined {
  if (madeBy === jobId) return undefined;
  return madeBy === undefined ? 'template_quota_exceeded' : 'already_holds_voucher';
}
