import { createFunction } from '../shared/runtime/function';
import { makeEntryForm } from './make-entry-form';
import { suggestPinyin } from './suggest-pinyin';

export const main = createFunction('documents', [suggestPinyin, makeEntryForm]);
