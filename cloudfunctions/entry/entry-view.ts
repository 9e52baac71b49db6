import {
  isEntryEditable,
  SEAL_BLOCKS,
  type AccountRowView,
  type EntryApplicationView,
  type EntryRowView,
  type SealView,
} from '../../miniprogram/contract/entry';
import { dayOf } from '../shared/domain/calendar';
import {
  deadlineAt,
  isOfApplicant,
  returnReasonOf,
  type EntryApplication,
  type StoredAccountRow,
  type StoredSeal,
} from '../shared/domain/entry-application';
import {
  findFaults,
  maskEmail,
  maskPhone,
  maskPinyin,
  type AccountRow,
  type EntryForm,
} from '../shared/domain/entry-form';
import { maskIdNumber } from '../shared/domain/id-number';
import { maskName } from '../shared/domain/person-name';
import { decryptForm } from '../shared/people/entry-form-ciphers';
import { decryptText } from '../shared/runtime/secrets';
import { findDeadline } from '../shared/store/settings';
import { byName, namesOf, type Names } from '../shared/views/step-names';

/** Texts under their names, those that are empty left out. */
const given = <Field extends string>(
  texts: Readonly<Record<Field, string>>,
): Partial<Record<Field, string>> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')) as Partial<
    Record<Field, string>
  >;

export function toEntryRowView({
  id,
  cityCode,
  status,
  form: { applicantName, channelName, channelNumber },
  filledAtMs,
  submittedAtMs,
  late,
}: EntryApplication): EntryRowView {
  return {
    id,
    cityCode,
    status,
    ...given({ applicantName, channelName, channelNumber }),
    filledAtMs,
    ...(submittedAtMs !== undefined && { submittedAtMs }),
    ...(late && { late }),
  };
}

const toRowView = (
  { rowKey, countyCode, name, namePinyin, phone, idNumber }: AccountRow,
  application: EntryApplication,
  stored: StoredAccountRow,
): AccountRowView => ({
  rowKey,
  ...given({
    countyCode,
    name: maskName(name),
    namePinyin: namePinyin === '' ? '' : maskPinyin(namePinyin),
    phone: maskPhone(phone),
    idNumber: maskIdNumber(idNumber),
  }),
  ...(isOfApplicant(application, stored) && { ofApplicant: true as const }),
  ...(stored.role && { role: stored.role }),
});

const toSealView = ({ ciphers, sealedOn, recordedAtMs }: StoredSeal): SealView => ({
  contactName: maskName(decryptText(ciphers.contactName)),
  contactPhone: maskPhone(decryptText(ciphers.contactPhone)),
  sealedOn,
  recordedAtMs,
});

/** The form's own fields: what tells about a person is masked. */
const toFormView = (form: EntryForm, application: EntryApplication) => ({
  ...given({
    filledOn: form.filledOn,
    applicantUscc: form.applicantUscc,
    contactName: maskName(form.contactName),
    contactPhone: maskPhone(form.contactPhone),
    contactEmail: maskEmail(form.contactEmail),
  }),
  channelKind: form.channelKind,
  issueModes: form.issueModes,
  functionModes: form.functionModes,
  interfaces: form.interfaces,
  adminAccounts: application.form.adminAccounts.flatMap((stored, at) => {
    const row = form.adminAccounts[at];
    return row ? [toRowView(row, application, stored)] : [];
  }),
});

/** Savings of the form lead nowhere, and who looked at it in clear is for the audit. */
const LEADS_ON: ReadonlySet<string> = new Set<EntryApplication['history'][number]['command']>([
  'create',
  'submit',
  'sealCity',
  'sealProvince',
  'sealOperator',
  'sealMinistry',
  'send',
  'approve',
  'return',
]);

const toHistoryView = (history: EntryApplication['history'], names: Names): EntryApplicationView['history'] =>
  history
    .filter(({ command }) => LEADS_ON.has(command))
    .map(({ command, to, atMs, by, reason }) => ({
      command,
      to,
      atMs,
      by: by.role,
      ...byName({ by }, names),
      ...(reason !== undefined && { reason }),
    }));

export function toEntryView(
  application: EntryApplication,
  { names, setOn, nowMs }: { names: Names; setOn: string | undefined; nowMs: number },
): EntryApplicationView {
  const { cityCode, status, revision, seals, approvalJobId, clientId, history } = application;
  const form = decryptForm(application.form);
  const returnReason = returnReasonOf(application);
  return {
    ...toEntryRowView(application),
    revision,
    ...toFormView(form, application),
    faults: isEntryEditable(status) ? findFaults(form, cityCode, dayOf(nowMs)) : [],
    seals: Object.fromEntries(
      SEAL_BLOCKS.flatMap(block => {
        const seal = seals[block];
        return seal ? [[block, toSealView(seal)]] : [];
      }),
    ),
    ...(returnReason !== undefined && { returnReason }),
    ...(approvalJobId !== undefined && { approvalJobId }),
    ...(clientId !== undefined && { clientId }),
    deadlineOn: deadlineAt(nowMs, setOn),
    history: toHistoryView(history, names),
  };
}

/** The same for who has just changed it. */
export async function viewEntry(application: EntryApplication, nowMs: number): Promise<EntryApplicationView> {
  const [names, setting] = await Promise.all([namesOf(application.history), findDeadline()]);
  return toEntryView(application, { names, setOn: setting?.deadlineOn, nowMs });
}
