import * as v from 'valibot';
import { SEAL_BLOCK_NAMES, SEAL_BLOCKS } from '../../miniprogram/contract/entry';
import { IMPORT_BYTES_MAX } from '../../miniprogram/contract/imports';
import { fail, ok } from '../../miniprogram/contract/result';
import { scanKindOf } from '../shared/domain/scan-kind';
import { loadEntry } from '../shared/people/entry-unmasking';
import { EntryApplicationId } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { decryptBytes } from '../shared/runtime/secrets';
import { keepResult, readKept } from '../shared/store/files';
import { stepEntry } from './step-entry';

/** More than the scan itself: the key's version, vector, padding and tag. */
const CIPHER_BYTES_MORE = 100;

/** The scan in clear behind a link that ends after an hour; the file is gone after a day. */
export const openScan = operation('entry.openScan', {
  input: v.strictObject({ applicationId: EntryApplicationId, block: v.picklist(SEAL_BLOCKS) }),
  load: loadEntry,
  repeatsFromHistory: true,
  run: async (call, found) => {
    const { block } = call.input;
    const named = { ...call, reason: SEAL_BLOCK_NAMES[block] };
    const noted = await stepEntry('openScan', named, found, ({ seals }) =>
      seals[block] ? ok({}) : fail('scan_missing'),
    );
    if (!noted.ok) return noted;
    const seal = noted.data.seals[block];
    if (!seal) return fail('scan_missing');
    const kept = await readKept(seal.fileId, IMPORT_BYTES_MAX + CIPHER_BYTES_MORE);
    if (!kept.ok) return kept;
    const scan = decryptBytes(kept.data);
    const fileUrl = await keepResult(`results/${call.request.key}.${scanKindOf(scan) ?? 'pdf'}`, scan);
    return fileUrl === undefined ? fail('file_not_found') : ok({ fileUrl });
  },
});
