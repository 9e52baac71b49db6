import * as v from 'valibot';
import { SEAL_BLOCKS } from '../../miniprogram/contract/entry';
import type { EntryApplicationId } from '../../miniprogram/contract/ids';
import { IMPORT_BYTES_MAX } from '../../miniprogram/contract/imports';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import { parseContactPhone } from '../shared/domain/contact-phone';
import { SEAL_COMMANDS, type EntryApplication } from '../shared/domain/entry-application';
import { readPersonName } from '../shared/domain/person-name';
import { scanKindOf } from '../shared/domain/scan-kind';
import { roleAt, type Actor } from '../shared/domain/scope';
import { loadEntry } from '../shared/people/entry-unmasking';
import { Day, EntryApplicationId as ApplicationId, FileId, RawText } from '../shared/runtime/input';
import { operation, type CallOf } from '../shared/runtime/operation';
import { encryptBytes, encryptText } from '../shared/runtime/secrets';
import { handOutPlace, keepForGood, readUpload, type UploadPurpose } from '../shared/store/files';
import { ApplicationInput } from './entry-fields';
import { viewEntry } from './entry-view';
import { stepEntry } from './step-entry';

const scanOf = ({ personKey }: Actor, placeId: EntryApplicationId): UploadPurpose => ({
  personKey,
  purpose: 'scan',
  placeId,
});

export const startScanUpload = operation('entry.startScanUpload', {
  input: ApplicationInput,
  load: loadEntry,
  // The place follows from the request.
  repeatsFromHistory: true,
  run: async ({ actor, request }, application) =>
    application && roleAt(actor, application)
      ? ok(await handOutPlace(request.key, scanOf(actor, application.id)))
      : fail('entry_not_found'),
});

type SealCall = CallOf<'entry.sealApplication'>;

interface SealContact {
  contactName: string;
  contactPhone: string;
}

/** @returns name_missing, name_character_unusable, cell_too_long; contact_phone_invalid; seal_day_in_future. */
function readSeal({ input, nowMs }: SealCall): Result<SealContact> {
  const contactName = readPersonName(input.contactName);
  if (!contactName.ok) return contactName;
  const contactPhone = parseContactPhone(input.contactPhone);
  if (contactPhone === undefined) return fail('contact_phone_invalid');
  if (input.sealedOn > dayOf(nowMs)) return fail('seal_day_in_future');
  return ok({ contactName: contactName.data, contactPhone });
}

/**
 * Keeps the scan encrypted, for as long as the application: it shows ID numbers as the form does.
 * @returns its fileId, the same for a repetition; file_not_found, file_empty, file_too_large, scan_type_unsupported.
 */
async function keepScan({ input, actor, request }: SealCall): Promise<Result<string>> {
  const { applicationId, block, fileId } = input;
  const read = await readUpload(fileId, scanOf(actor, applicationId), IMPORT_BYTES_MAX);
  if (!read.ok) return read;
  if (read.data.length === 0) return fail('file_empty');
  if (scanKindOf(read.data) === undefined) return fail('scan_type_unsupported');
  return ok(await keepForGood(`entry/${applicationId}/${block}-${request.key}`, encryptBytes(read.data)));
}

/** Records a seal (公章). The city's and the province's lead the application on. */
export const sealApplication = operation('entry.sealApplication', {
  input: v.strictObject({
    applicationId: ApplicationId,
    block: v.picklist(SEAL_BLOCKS),
    contactName: RawText,
    contactPhone: RawText,
    sealedOn: Day,
    fileId: FileId,
  }),
  load: loadEntry,
  run: async (call, found) => {
    const { block, sealedOn } = call.input;
    const sealed = await stepEntry(SEAL_COMMANDS[block], call, found, async ({ seals }) => {
      const contact = readSeal(call);
      if (!contact.ok) return contact;
      const scan = await keepScan(call);
      if (!scan.ok) return scan;
      const ciphers = {
        contactName: encryptText(contact.data.contactName),
        contactPhone: encryptText(contact.data.contactPhone),
      };
      const seal = { ciphers, sealedOn, fileId: scan.data, recordedAtMs: call.nowMs };
      return ok({ seals: { ...seals, [block]: seal } satisfies EntryApplication['seals'] });
    });
    return sealed.ok ? ok(await viewEntry(sealed.data, call.nowMs)) : sealed;
  },
});
