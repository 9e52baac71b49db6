import type {
  PersonalField,
  PersonalRowField,
  StoredAccountRow,
  StoredForm,
} from '../domain/entry-application';
import type { AccountRow, EntryForm } from '../domain/entry-form';
import { readIdNumber } from '../domain/id-number';
import { decryptText, encryptText, personKeyOf } from '../runtime/secrets';

const PERSONAL_FIELDS = [
  'contactName',
  'contactPhone',
  'contactEmail',
] as const satisfies readonly PersonalField[];
const PERSONAL_ROW_FIELDS = [
  'name',
  'namePinyin',
  'phone',
  'idNumber',
] as const satisfies readonly PersonalRowField[];

type Ciphers<Field extends string> = Partial<Record<Field, string>>;

/** Ciphers of what is there: an empty text needs none. */
const encryptFields = <Field extends string>(
  texts: Readonly<Record<Field, string>>,
  fields: readonly Field[],
): Ciphers<Field> =>
  Object.fromEntries(
    fields.filter(field => texts[field] !== '').map(field => [field, encryptText(texts[field])]),
  ) as Ciphers<Field>;

const decryptFields = <Field extends string>(
  ciphers: Ciphers<Field>,
  fields: readonly Field[],
): Record<Field, string> =>
  Object.fromEntries(
    fields.map(field => {
      const cipher: string | undefined = ciphers[field];
      return [field, cipher === undefined ? '' : decryptText(cipher)];
    }),
  ) as Record<Field, string>;

function toStoredRow(row: AccountRow, today: string): StoredAccountRow {
  const idNumber = readIdNumber(row.idNumber, today);
  return {
    rowKey: row.rowKey,
    countyCode: row.countyCode,
    ciphers: encryptFields(row, PERSONAL_ROW_FIELDS),
    ...(idNumber.ok && { personKey: personKeyOf(idNumber.data) }),
  };
}

/** The form as it is stored: whatever tells about a person is encrypted, half typed as it may be. */
export function encryptForm(form: EntryForm, today: string): StoredForm {
  const { contactName: _name, contactPhone: _phone, contactEmail: _email, adminAccounts, ...open } = form;
  return {
    ...open,
    ciphers: encryptFields(form, PERSONAL_FIELDS),
    adminAccounts: adminAccounts.map(row => toStoredRow(row, today)),
  };
}

/** The form in clear: for masking, for judging, and for an audited unmasking. */
export function decryptForm({ ciphers, adminAccounts, ...open }: StoredForm): EntryForm {
  return {
    ...open,
    ...decryptFields(ciphers, PERSONAL_FIELDS),
    adminAccounts: adminAccounts.map(({ rowKey, countyCode, ciphers: ofRow }) => ({
      rowKey,
      countyCode,
      ...decryptFields(ofRow, PERSONAL_ROW_FIELDS),
    })),
  };
}
