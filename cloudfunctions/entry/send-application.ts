import { ok } from '../../miniprogram/contract/result';
import { loadEntry } from '../shared/people/entry-unmasking';
import { operation } from '../shared/runtime/operation';
import { ApplicationInput } from './entry-fields';
import { viewEntry } from './entry-view';
import { stepEntry } from './step-entry';

/** 由省厅统一报送: the province has sent it to the ministry. Notice 三(一). */
export const sendApplication = operation('entry.sendApplication', {
  input: ApplicationInput,
  load: loadEntry,
  run: async (call, found) => {
    const sent = await stepEntry('send', call, found);
    return sent.ok ? ok(await viewEntry(sent.data, call.nowMs)) : sent;
  },
});
