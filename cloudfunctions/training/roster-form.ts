import * as v from 'valibot';
import { ok } from '../../miniprogram/contract/result';
import { ROSTER_COLUMNS } from '../shared/domain/roster-rows';
import { writeBlankTable } from '../shared/imports/blank-table';
import { operation } from '../shared/runtime/operation';
import { randomText } from '../shared/runtime/random';
import { keepResult } from '../shared/store/files';
import { StoreUnavailable } from '../shared/store/attempt';

export const getRosterForm = operation('training.getRosterForm', {
  input: v.strictObject({}),
  run: async () => {
    const fileUrl = await keepResult(`results/${randomText(32)}.xlsx`, await writeBlankTable(ROSTER_COLUMNS));
    if (fileUrl === undefined)
      throw new StoreUnavailable('the storage has no link to what it has just stored');
    return ok({ fileUrl });
  },
});
