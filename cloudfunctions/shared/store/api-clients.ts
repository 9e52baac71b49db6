import type { CityCode } from '../../../miniprogram/contract/areas';
import type { ApiClientId, InstitutionId } from '../../../miniprogram/contract/ids';
import type { StepActor } from '../domain/actor';
import type { ApiClientKind, ApiScope } from '../../../miniprogram/contract/open-interfaces';
import { attempt } from './attempt';
import { collection, command } from './database';
import { PlacedCollection } from './placed-collection';

/** A key that requests are signed with. Two count while one follows the other. */
export interface ApiSecret {
  /** Names the key in a request: whoever signs says with which. */
  keyVersion: number;
  /** By `encryptText`: a signature can be checked only by who has the key itself. */
  secretCipher: string;
  createdAtMs: number;
  /** Absent as long as no other follows. */
  expiresAtMs?: number;
}

export interface ApiClientStep {
  command: 'create' | 'renewSecret' | 'revoke';
  /** Of the key that was made. */
  keyVersion?: number;
  atMs: number;
  by: StepActor;
  requestId: string;
  reason?: string;
}

/** A system of somebody else's that may call the open interfaces. The id is public. */
export interface ApiClient {
  id: ApiClientId;
  /** Raised by whatever changes what the client may do; a call alone does not. */
  version: number;
  name: string;
  kind: ApiClientKind;
  /** Of the push: that which has the records of its classes. */
  cityCode: CityCode;
  institutionId?: InstitutionId;
  scopes: ApiScope[];
  secrets: ApiSecret[];
  revokedAtMs?: number;
  history: ApiClientStep[];
}

export const apiClients = new PlacedCollection<ApiClient, 'apiClients'>('apiClients');

/** Calls that a client may make in {@link RATE_WINDOW_MS}, whichever they are. */
export const CALLS_MAX = 600;
/** Of these, calls that look for a person by their ID number. */
export const LOOK_UPS_MAX = 60;
/** Longer than a request is taken for, before and after its time: as long as a nonce must be remembered. */
export const RATE_WINDOW_MS = 10.5 * 60 * 1000;

/** One request of a client as its document remembers it. */
export interface ApiCall {
  /** Digest of the nonce. */
  nonce: string;
  atMs: number;
  /** Of this very try, so that a write whose answer was lost is known again. */
  mark: string;
  isLookUp: boolean;
}

/** What calls leave in the document of their client, newest last; the lists belong together by position. */
interface CallNotes {
  nonces?: string[];
  calls?: string[];
  lookUps?: string[];
}

const TIME_CHARACTERS = 9;
/** Texts of equal length sort by their time. */
const stampOf = (atMs: number, mark = ''): string => atMs.toString(36).padStart(TIME_CHARACTERS, '0') + mark;
const timeOf = (stamp: string): number => parseInt(stamp.slice(0, TIME_CHARACTERS), 36);

/** Whether one more fits: the list is not full yet, or its oldest entry is out of the window. */
const hasRoom = (list: 'calls' | 'lookUps', max: number, nowMs: number) =>
  command.or([
    { [`${list}.${max - 1}`]: command.exists(false) },
    { [`${list}.0`]: command.lt(stampOf(nowMs - RATE_WINDOW_MS)) },
  ]);

/**
 * Takes up a call: its nonce is new and the client's limits have room, all in one write. As many nonces are kept as calls are
 * allowed in the window, so that none is forgotten before it is too old to be sent again.
 * @returns false when one of it does not hold, or the client is no longer as it was read.
 */
export async function noteCall(
  { id, version }: Pick<ApiClient, 'id' | 'version'>,
  { nonce, atMs, mark, isLookUp }: ApiCall,
): Promise<boolean> {
  const append = (entry: string, max: number) => command.push({ each: [entry], slice: -max });
  const stamp = stampOf(atMs, mark);
  const { updated } = await attempt(() =>
    collection('apiClients')
      .where(
        command.and([
          { _id: id, version, nonces: command.neq(nonce) },
          hasRoom('calls', CALLS_MAX, atMs),
          ...(isLookUp ? [hasRoom('lookUps', LOOK_UPS_MAX, atMs)] : []),
        ]),
      )
      .update({
        nonces: append(nonce, CALLS_MAX),
        calls: append(stamp, CALLS_MAX),
        ...(isLookUp && { lookUps: append(stamp, LOOK_UPS_MAX) }),
      }),
  );
  return (updated as number) === 1;
}

/** Why a call was not taken up, or that it was after all. */
export type CallVerdict =
  { kind: 'noted' } | { kind: 'replayed' } | { kind: 'limited'; untilMs: number } | { kind: 'changed' };

/** What the document of the client says of a call that {@link noteCall} did not take up. */
export function judgeCall(
  { nonces = [], calls = [], lookUps = [] }: ApiClient & CallNotes,
  { nonce, atMs, mark, isLookUp }: ApiCall,
): CallVerdict {
  const place = nonces.indexOf(nonce);
  if (place >= 0) return { kind: calls[place]?.endsWith(mark) ? 'noted' : 'replayed' };
  const full = [
    ...(calls.length >= CALLS_MAX ? calls.slice(0, 1) : []),
    ...(isLookUp && lookUps.length >= LOOK_UPS_MAX ? lookUps.slice(0, 1) : []),
  ];
  const untilMs = Math.max(0, ...full.map(oldest => timeOf(oldest) + RATE_WINDOW_MS));
  return untilMs > atMs ? { kind: 'limited', untilMs } : { kind: 'changed' };
}
