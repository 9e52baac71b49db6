import type { CityCode } from '../../../miniprogram/contract/areas';
import type { Grant } from '../../../miniprogram/contract/roles';
import { attempt } from './attempt';
import { collection, command } from './database';
import { DocumentCollection, type Stored } from './document-collection';

/** A writing request as the account remembers it. */
export interface RequestMark {
  id: string;
  /** Keyed to operation and input: the same id with another hash is a misuse. */
  inputHash: string;
  atMs: number;
}

/** One WeChat user. `id` is the openid, which never leaves the functions. */
export interface Account extends Stored {
  personKey: string;
  nameCipher: string;
  cityCode?: CityCode;
  channelNumber?: string;
  grants: Grant[];
  consentVersion: string;
  signedInAtMs: number;
  signedInUntilMs: number;
  /** The request that signed in, so that its repetition needs no second authorisation code. */
  signInRequestId: string;
  signInInputHash: string;
  recentRequests: RequestMark[];
}

/** Writing requests that an account remembers, newest last. */
const REQUESTS_REMEMBERED = 16;

export const accounts = new DocumentCollection<Account>('accounts');

/** Loads the account and notes the request on it, in one request. @returns the account with the note as the last one. */
export async function noteRequest(openid: string, mark: RequestMark): Promise<Account | undefined> {
  const recentRequests = command.push({ each: [mark], slice: -REQUESTS_REMEMBERED });
  const { doc } = await attempt(() =>
    collection('accounts').where({ _id: openid }).updateAndReturn({ recentRequests }),
  );
  if (!doc) return undefined;
  const { _id, ...rest } = doc as Omit<Account, 'id'> & { _id: string };
  return { id: _id, ...rest };
}
