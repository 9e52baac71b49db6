import type { Result } from '../../../miniprogram/contract/result';
import { DocumentCollection } from './document-collection';
import type { Stored } from './query';

/** A request that a client may repeat, and its first answer once there is one: row results and ids, nothing personal. */
export interface ApiAnswer extends Stored {
  /** Of the body that it was sent with. */
  bodyHash: string;
  firstAtMs: number;
  answer?: Result<unknown>;
}

export const apiAnswers = new DocumentCollection<ApiAnswer, 'apiAnswers'>('apiAnswers');
