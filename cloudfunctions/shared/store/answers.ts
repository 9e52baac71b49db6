import type { Result } from '../../../miniprogram/contract/result';
import { DocumentCollection } from './document-collection';
import type { Stored } from './query';

/** The first answer to a writing request, kept so that its repetition gets the very same. */
export interface Answer extends Stored {
  /** Of the operation and input that it answers. */
  inputHash: string;
  result: Result<unknown>;
  atMs: number;
}

export const answers = new DocumentCollection<Answer, 'answers'>('answers');
