import { loadEntry, unmaskEntry } from '../shared/people/entry-unmasking';
import { operation } from '../shared/runtime/operation';
import { ApplicationInput } from './entry-fields';

export const unmaskApplication = operation('entry.unmaskApplication', {
  input: ApplicationInput,
  load: loadEntry,
  // No copy of what is in clear.
  repeatsFromHistory: true,
  run: unmaskEntry,
});
