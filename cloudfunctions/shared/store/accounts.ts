import type { SuspendedInstitution } from '../../../miniprogram/contract/accounts';
import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ChannelNumber, PersonKey } from '../../../miniprogram/contract/ids';
import type { Grant } from '../../../miniprogram/contract/roles';
import { attempt } from './attempt';
import { collection, command } from './database';
import { DocumentCollection } from './document-collection';
import type { Fields, JoinedRead } from './joined-read';
import { fromRecord, type Stored, type Where } from './query';

/** A writing request as the account remembers it. */
export interface RequestMark {
  id: string;
  /** Keyed to operation and input: the same id with another hash is a misuse. */
  inputHash: string;
  atMs: number;
}

/** One WeChat user. `id` is the openid, which never leaves the functions. */
export interface Account extends Stored {
  personKey: PersonKey;
  nameCipher: string;
  cityCode?: CityCode;
  channelNumber?: ChannelNumber;
  grants: Grant[];
  /** Institutions whose administrator they are and that are suspended; absent when there is none. */
  suspended?: SuspendedInstitution[] | undefined;
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

export const accounts = new DocumentCollection<Account, 'accounts'>('accounts');

/** Loads the account and notes the request on it, in one request. @returns the account with the note as the last one. */
export async function noteRequest(openid: string, mark: RequestMark): Promise<Account | undefined> {
  const recentRequests = command.push({ each: [mark], slice: -REQUESTS_REMEMBERED });
  const { doc } = await attempt(() =>
    collection('accounts').where({ _id: openid }).updateAndReturn({ recentRequests }),
  );
  return doc ? fromRecord<Account>(doc) : undefined;
}

/**
 * The account together with what is joined to it.
 * @returns undefined when there is no such account, or when it does not meet the conditions.
 */
export async function findAccountWith<T>(
  openid: string,
  conditions: Where<Account>,
  { joins, toResult }: JoinedRead<T>,
): Promise<{ account: Account; joined: T } | undefined> {
  const names = Object.keys(joins);
  const { data } = await attempt(() => {
    let query = accounts.aggregate({ ...conditions, _id: openid }).limit(1);
    for (const [name, { from, stages }] of Object.entries(joins)) {
      const pipeline = stages(command.aggregate.pipeline()).done();
      query = query.lookup({ from, let: { personKey: '$personKey' }, pipeline, as: name });
    }
    return query.end();
  });
  const [record] = data as (Fields & { [name: string]: Fields[] })[];
  if (!record) return undefined;
  const account = Object.fromEntries(Object.entries(record).filter(([field]) => !names.includes(field)));
  return { account: fromRecord<Account>(account), joined: toResult(record) };
}
