import { CITIES } from '../../../miniprogram/contract/areas';
import { COUNTIES, isCountyCode } from '../../../miniprogram/contract/counties';
import { SEAL_BLOCKS, type PlainEntryForm } from '../../../miniprogram/contract/entry';
import type { EntryApplicationId } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { ENTRY_LIFE, type EntryApplication } from '../domain/entry-application';
import { roleAt } from '../domain/scope';
import type { WritingCall } from '../runtime/operation';
import { decryptText } from '../runtime/secrets';
import { takeStep } from '../runtime/take-step';
import { entryApplications } from '../store/entry-applications';
import { decryptForm } from './entry-form-ciphers';

/** 省份, as the form has it printed in each row. */
const PROVINCE = '山东省';

type OfApplication = WritingCall<{ applicationId: EntryApplicationId }>;

/** The application that such an operation names: read beside the account, answered only after the checks. */
export const loadEntry = ({
  applicationId,
}: {
  applicationId: EntryApplicationId;
}): Promise<EntryApplication | undefined> => entryApplications.find(applicationId);

/**
 * The form in clear, for the document and its picture on a page. Who asked and when stands in the history before anything is
 * shown; a repetition of the request is the same unmasking. An operation that answers with it keeps no copy of its answer.
 * @returns entry_not_found; write_conflict.
 */
export async function unmaskEntry(
  call: OfApplication,
  document: EntryApplication | undefined,
): Promise<Result<PlainEntryForm>> {
  const by = document && roleAt(call.actor, document);
  if (!document || !by) return fail('entry_not_found');
  const noted = await takeStep(entryApplications, ENTRY_LIFE, {
    command: 'unmask',
    found: { document, by },
    call,
  });
  return noted.ok ? ok(toPlainForm(noted.data)) : noted;
}

function toPlainForm({ id, cityCode, status, form, seals }: EntryApplication): PlainEntryForm {
  const { channelKind: _kind, adminAccounts, ...plain } = decryptForm(form);
  return {
    id,
    cityCode,
    status,
    ...plain,
    adminAccounts: adminAccounts.map(({ countyCode, ...row }) => ({
      ...row,
      province: PROVINCE,
      city: `${CITIES[cityCode]}市`,
      county: isCountyCode(countyCode) ? COUNTIES[countyCode] : countyCode,
      ...(countyCode !== '' && { countyCode }),
    })),
    seals: toPlainSeals(seals),
  };
}

const toPlainSeals = (seals: EntryApplication['seals']): PlainEntryForm['seals'] =>
  Object.fromEntries(
    SEAL_BLOCKS.flatMap(block => {
      const seal = seals[block];
      if (!seal) return [];
      const contactName = decryptText(seal.ciphers.contactName);
      const contactPhone = decryptText(seal.ciphers.contactPhone);
      return [[block, { contactName, contactPhone, sealedOn: seal.sealedOn }]];
    }),
  );
