import type { PlainInputOf, OutputOf } from '../contract/operations';
import type { Answer } from '../view/failure';
import { callOperation } from './cloud';

export const listChannels = (
  input: PlainInputOf<'entry.listChannels'>,
): Promise<Answer<OutputOf<'entry.listChannels'>>> => callOperation('entry.listChannels', input);

export const addChannel = (
  input: PlainInputOf<'entry.addChannel'>,
): Promise<Answer<OutputOf<'entry.addChannel'>>> => callOperation('entry.addChannel', input);

export const setChannel = (
  input: PlainInputOf<'entry.setChannel'>,
): Promise<Answer<OutputOf<'entry.setChannel'>>> => callOperation('entry.setChannel', input);
