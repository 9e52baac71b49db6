import * as v from 'valibot';
import { INTERFACES } from '../../miniprogram/contract/entry';
import { LIMITS } from '../../miniprogram/contract/limits';
import { City, EntryApplicationId, WholeNumber } from '../shared/runtime/input';

/** What may be half typed is judged when the form is handed in; until then it only must not be endless. */
const Typed = v.pipe(v.string(), v.maxLength(300));

/** Made by the phone for a row that is new. */
export const RowKey = v.pipe(v.string(), v.regex(/^[0-9A-Za-z_-]{1,40}$/), v.examples(['row1']));

const AccountRowInput = v.strictObject({
  rowKey: RowKey,
  countyCode: v.exactOptional(Typed),
  name: v.exactOptional(Typed),
  namePinyin: v.exactOptional(Typed),
  phone: v.exactOptional(Typed),
  idNumber: v.exactOptional(Typed),
});

/** Whether each row is named once. */
export const areRowsApart = (rows: readonly { rowKey: string }[]): boolean =>
  new Set(rows.map(({ rowKey }) => rowKey)).size === rows.length;

/** Each option at most once. */
const choiceOf = <const Options extends readonly string[]>(options: Options) =>
  v.pipe(
    v.array(v.picklist(options)),
    v.maxLength(options.length),
    v.check(chosen => new Set(chosen).size === chosen.length),
  );

const draft = {
  filledOn: v.exactOptional(Typed),
  applicantName: v.exactOptional(Typed),
  applicantUscc: v.exactOptional(Typed),
  channelName: v.exactOptional(Typed),
  channelNumber: v.exactOptional(Typed),
  channelKind: v.exactOptional(v.picklist(['mini_program', 'app', 'official_account', 'web'])),
  issueModes: v.exactOptional(choiceOf(['general', 'targeted'])),
  functionModes: v.exactOptional(choiceOf(['face_value', 'credit'])),
  contactName: v.exactOptional(Typed),
  contactPhone: v.exactOptional(Typed),
  contactEmail: v.exactOptional(Typed),
  interfaces: v.exactOptional(choiceOf(INTERFACES)),
  adminAccounts: v.exactOptional(
    v.pipe(
      v.array(AccountRowInput),
      v.maxLength(LIMITS.accountRowsMax),
      v.check(rows => areRowsApart(rows)),
    ),
  ),
};

export const SaveInput = v.union([
  v.strictObject({ cityCode: City, ...draft }),
  v.strictObject({
    applicationId: EntryApplicationId,
    revision: WholeNumber(1, Number.MAX_SAFE_INTEGER),
    ...draft,
  }),
]);

export const ApplicationInput = v.strictObject({ applicationId: EntryApplicationId });
