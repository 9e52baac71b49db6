import type { Result } from '../../../miniprogram/contract/result';
import { DocumentCollection, type Stored } from './document-collection';

/** The first answer to a writing request, kept so that its repetition gets the very same. */
export interface Answer extends Stored {
  /** Of the operation and input that it answers. */
  inputHash: string;
  result: Result<unknown>;
  atMs: number;
}

export const answers = new DocumentCollection<Answer>('answers');
