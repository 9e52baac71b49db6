import * as v from 'valibot';
import { ok } from '../../miniprogram/contract/result';
import { ROSTER_COLUMNS } from '../shared/domain/roster-rows';
import { writeBlankTable } from '../shared/imports/blank-table';
import { operation } from '../shared/runtime/operation';
import { randomText } from '../shared/runtime/random';
import { handOver } from '../shared/store/files';

export const getRosterForm = operation('training.getRosterForm', {
  input: v.strictObject({}),
  run: async () => {
    const form = await writeBlankTable(ROSTER_COLUMNS);
    return ok(await handOver(`results/${randomText(32)}.xlsx`, form));
  },
});
