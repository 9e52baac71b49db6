import type { CityCode } from '../../../miniprogram/contract/areas';
import type { EntryCommand, EntryStatus, RoleChoice, SealBlock } from '../../../miniprogram/contract/entry';
import { isEntryEditable, SEAL_BLOCKS } from '../../../miniprogram/contract/entry';
import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { ApiClientId, EntryApplicationId, JobId, PersonKey } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import type { CityRole } from '../../../miniprogram/contract/roles';
import type { FunctionMode, IssueMode, StepRole } from '../../../miniprogram/contract/vouchers';
import type { StepActor } from './actor';
import { dayOf } from './calendar';
import type { AccountRow, EntryForm } from './entry-form';
import type { NewJobOf } from './job';
import { Lifecycle, refuseBy, type LifeEntry, type Move } from './lifecycle';

const OFFICERS = ['clerk', 'reviewer', 'province'] as const satisfies readonly StepRole[];
const ANYWHERE = [
  'draft',
  'submitted',
  'citySealed',
  'provinceSealed',
  'sent',
  'approved',
  'returned',
] as const satisfies readonly EntryStatus[];

/** Life of an application for network entry. The ministry and the operator have no account here. Notice 三(一). */
const MOVES = {
  create: { from: 'none', to: 'draft', by: ['clerk'] },
  amend: { from: ['draft', 'returned'], to: 'same', by: ['clerk'] },
  submit: { from: ['draft', 'returned'], to: 'submitted', by: ['clerk'] },
  sealCity: { from: ['submitted'], to: 'citySealed', by: ['clerk', 'reviewer'] },
  sealProvince: { from: ['citySealed'], to: 'provinceSealed', by: ['province'] },
  sealOperator: { from: ['provinceSealed', 'sent'], to: 'same', by: ['province'] },
  sealMinistry: { from: ['sent'], to: 'same', by: ['province'] },
  send: { from: ['provinceSealed'], to: 'sent', by: ['province'] },
  approve: { from: ['sent'], to: 'approved', by: ['province'] },
  return: { from: ['submitted', 'citySealed', 'provinceSealed', 'sent'], to: 'returned', by: OFFICERS },
  unmask: { from: ANYWHERE, to: 'same', by: OFFICERS },
  openScan: { from: ANYWHERE, to: 'same', by: OFFICERS },
} as const satisfies Record<EntryCommand, Move<EntryStatus>>;

const REFUSALS = {
  create: 'entry_not_editable',
  amend: 'entry_not_editable',
  submit: 'entry_not_editable',
  sealCity: 'entry_not_submitted',
  sealProvince: 'entry_not_city_sealed',
  sealOperator: 'entry_not_province_sealed',
  sealMinistry: 'entry_not_sent',
  send: 'entry_not_province_sealed',
  approve: 'entry_not_sent',
  return: 'entry_not_returnable',
  unmask: 'entry_not_found',
  openScan: 'entry_not_found',
} as const satisfies Record<EntryCommand, ErrorCode>;

export const ENTRY_LIFE = new Lifecycle<EntryStatus, typeof MOVES>(MOVES, refuseBy(REFUSALS));

export type EntryStep = LifeEntry<EntryCommand, EntryStatus>;

/** Fields of the form that tell about a person: stored as ciphers. */
export type PersonalField = 'contactName' | 'contactPhone' | 'contactEmail';
export type PersonalRowField = Exclude<keyof AccountRow, 'rowKey' | 'countyCode'>;

export interface StoredAccountRow extends Pick<AccountRow, 'rowKey' | 'countyCode'> {
  ciphers: Partial<Record<PersonalRowField, string>>;
  /** Whose row it is, as soon as its ID number can be one. */
  personKey?: PersonKey;
  /** What the province has chosen; absent for none. */
  role?: CityRole;
}

export interface StoredForm extends Omit<EntryForm, PersonalField | 'adminAccounts'> {
  ciphers: Partial<Record<PersonalField, string>>;
  adminAccounts: StoredAccountRow[];
}

export interface StoredSeal {
  ciphers: Record<'contactName' | 'contactPhone', string>;
  sealedOn: string;
  /** Its scan, encrypted. */
  fileId: string;
  recordedAtMs: number;
}

/** An application for network entry (入网申请). */
export interface EntryApplication {
  id: EntryApplicationId;
  version: number;
  cityCode: CityCode;
  status: EntryStatus;
  /** Counts the savings of the form: who types upon an older one is told. */
  revision: number;
  form: StoredForm;
  /** Those of the form as it was handed in last; a form that is handed in anew is sealed anew. */
  seals: Partial<Record<SealBlock, StoredSeal>>;
  filledAtMs: number;
  submittedAtMs?: number;
  late?: true | undefined;
  /** The job that the approval asks for, until it is started. */
  jobToStart?: NewJobOf<'open_entry'> | undefined;
  approvalJobId?: JobId;
  clientId?: ApiClientId;
  history: EntryStep[];
}

export const SEAL_COMMANDS = {
  cityHrssIt: 'sealCity',
  provinceHrssIt: 'sealProvince',
  platformOperator: 'sealOperator',
  mohrssInfoCentre: 'sealMinistry',
} as const satisfies Record<SealBlock, EntryCommand>;

/** The parts in an application that keep a person from deciding on it. */
const OF_FILLERS: readonly EntryCommand[] = ['create', 'amend', 'submit'];
const OF_APPLICANTS: readonly EntryCommand[] = [...OF_FILLERS, 'sealCity'];

const APART: Readonly<Partial<Record<EntryCommand, readonly EntryCommand[]>>> = {
  sealCity: OF_FILLERS,
  sealProvince: OF_APPLICANTS,
  sealOperator: OF_APPLICANTS,
  sealMinistry: OF_APPLICANTS,
  send: OF_APPLICANTS,
  approve: OF_APPLICANTS,
};

/**
 * Persons are separated, whatever roles one person has come to hold: who filled the form in does not seal it for the city,
 * and who had a hand in it for the applicant decides nothing about it for the province.
 * @returns entry_same_person.
 */
export function checkEntryPerson(
  { history }: Pick<EntryApplication, 'history'>,
  command: EntryCommand,
  personKey: PersonKey,
): Result<undefined> {
  const apart = APART[command] ?? [];
  const did = history.find(step => step.by.personKey === personKey && apart.includes(step.command));
  return did === undefined ? ok(undefined) : fail('entry_same_person', { did: did.command, needs: command });
}

/** Whether the row is for somebody who had a hand in the application for the city. */
export const isOfApplicant = (
  { history }: Pick<EntryApplication, 'history'>,
  { personKey }: StoredAccountRow,
): boolean =>
  personKey !== undefined &&
  history.some(({ command, by }) => by.personKey === personKey && OF_APPLICANTS.includes(command));

/** The roles in which a move is made. */
export const rolesOfMove = (command: EntryCommand): readonly StepRole[] => MOVES[command].by;

/** A city's officer sends back only what has not left the city. @returns entry_not_returnable. */
export function checkReturner(
  { status }: Pick<EntryApplication, 'status'>,
  { role }: StepActor,
): Result<undefined> {
  const isInCity = ENTRY_LIFE.allows('sealCity', status);
  return isInCity || role === 'province' ? ok(undefined) : fail('entry_not_returnable', { status });
}

/** Everything but the form's own texts is in place. @returns entry_seal_missing {blocks}. */
export function checkSeals({ seals }: Pick<EntryApplication, 'seals'>): Result<undefined> {
  const blocks = SEAL_BLOCKS.filter(block => seals[block] === undefined);
  return blocks.length === 0 ? ok(undefined) : fail('entry_seal_missing', { blocks });
}

/**
 * The rows with the roles that were chosen: each one is named exactly once, none beside them.
 * @returns entry_roles_incomplete; role_to_oneself.
 */
export function chooseRoles(
  { form }: Pick<EntryApplication, 'form'>,
  choices: readonly RoleChoice[],
  chooser: PersonKey,
): Result<StoredAccountRow[]> {
  const chosen = new Map(choices.map(({ rowKey, role }) => [rowKey, role]));
  const { adminAccounts: rows } = form;
  const isComplete =
    choices.length === rows.length &&
    chosen.size === rows.length &&
    rows.every(({ rowKey }) => chosen.has(rowKey));
  if (!isComplete) return fail('entry_roles_incomplete');
  const withRoles = rows.map(({ role: _before, ...row }): StoredAccountRow => {
    const role = chosen.get(row.rowKey);
    return role === undefined || role === 'none' ? row : { ...row, role };
  });
  const isOwn = withRoles.some(({ role, personKey }) => role !== undefined && personKey === chooser);
  return isOwn ? fail('role_to_oneself') : ok(withRoles);
}

/** Why it was sent back, while that is its state. */
export const returnReasonOf = ({
  status,
  history,
}: Pick<EntryApplication, 'status' | 'history'>): string | undefined =>
  isEntryEditable(status) ? history.findLast(({ command }) => command === 'return')?.reason : undefined;

/** Savings that a history keeps of one person: enough to say who typed, bounded however often a page saves. */
const AMENDMENTS_KEPT = 20;

/** The history without the oldest savings of who has just saved. */
export function boundAmendments<Step extends { command: EntryCommand; by: StepActor }>(
  history: readonly Step[],
  { personKey }: StepActor,
): Step[] {
  const isOwn = ({ command, by }: Step): boolean => command === 'amend' && by.personKey === personKey;
  const surplus = history.filter(isOwn).length - AMENDMENTS_KEPT;
  let dropped = 0;
  return history.filter(step => !isOwn(step) || ++dropped > surplus);
}

/** 请各市于8月16日前…报送 (notice 三(一)): of the present year, as long as the province has set no other day. */
const DEADLINE_MONTH_AND_DAY = '08-16';

/** The last day on which applications are to be handed in. */
export const deadlineAt = (nowMs: number, setOn: string | undefined): string =>
  setOn ?? `${dayOf(nowMs).slice(0, 4)}-${DEADLINE_MONTH_AND_DAY}`;

/** What an approved application allows its city. */
type ApprovedEntry = Pick<EntryApplication, 'form'>;

/**
 * Network entry comes before any voucher; it allows the modes that it has ticked. Of several entries of a city each counts.
 * Notice 三(一).
 * @returns entry_not_approved; mode_not_in_entry.
 */
export function checkModes(
  approved: readonly ApprovedEntry[],
  { issueMode, functionMode }: { issueMode: IssueMode; functionMode: FunctionMode },
): Result<undefined> {
  if (approved.length === 0) return fail('entry_not_approved');
  const isTicked = approved.some(
    ({ form }) => form.issueModes.includes(issueMode) && form.functionModes.includes(functionMode),
  );
  return isTicked ? ok(undefined) : fail('mode_not_in_entry', { issueMode, functionMode });
}
