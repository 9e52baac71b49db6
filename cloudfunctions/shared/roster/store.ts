import type { RosterEntryId } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { encryptText } from '../runtime/secrets';
import { chunksOf } from '../store/document-collection';
import { oneOf } from '../store/query';
import { people, type Person } from '../store/people';
import { rosterEntries, type RosterEntry } from '../store/roster-entries';
import type { Candidate } from './candidates';

interface ImportContext {
  ownerId: RosterEntry['ownerId'];
  importKey: string;
  nowMs: number;
  deadlineMs: number;
}

/** A person who is known already, or an entry that is there, makes an insert fail; a third failure is no accident. */
const INSERT_ATTEMPTS = 4;

/**
 * Stores the candidates chunk by chunk; a repetition of the same import goes on where it stopped.
 * @returns the ids of entries that another import put there meanwhile; service_busy when the time is over.
 */
export async function storeCandidates(
  candidates: readonly Candidate[],
  context: ImportContext,
): Promise<Result<Set<RosterEntryId>>> {
  const taken = new Set<RosterEntryId>();
  for (const chunk of chunksOf(candidates)) {
    if (Date.now() >= context.deadlineMs) return fail('service_busy');
    const records = chunk.map(candidate => toRecords(candidate, context));
    await insertPeople(records.map(({ person }) => person));
    for (const id of await insertEntries(records.map(({ entry }) => entry))) taken.add(id);
  }
  return ok(taken);
}

function toRecords(candidate: Candidate, { ownerId, importKey, nowMs }: ImportContext) {
  const { personKey, entryId, name, idNumber, phone, labourContract, enterprisePension } = candidate;
  const ciphers = { nameCipher: encryptText(name), idNumberCipher: encryptText(idNumber) };
  const stored = { version: 1, ...ciphers, addedAtMs: nowMs };
  const person: Person = {
    id: personKey,
    ...stored,
    ...(phone !== undefined && { phoneCipher: encryptText(phone) }),
  };
  const entry: RosterEntry = {
    id: entryId,
    ownerId,
    personKey,
    ...stored,
    eligibility: { labourContract, enterprisePension, source: 'roster', atMs: nowMs },
    importKey,
  };
  return { person, entry };
}

/** People who are known stay as they are: what the e-SSC told outweighs a roster. */
async function insertPeople(wanted: readonly Person[]): Promise<void> {
  for (let attempt = 0; attempt < INSERT_ATTEMPTS; attempt++) {
    const ids = await people.readIds({
      where: { _id: oneOf(wanted.map(({ id }) => id)) },
      limit: wanted.length,
    });
    const known = new Set(ids);
    if (await people.insertMany(wanted.filter(({ id }) => !known.has(id)))) return;
  }
  throw new Error('people kept colliding');
}

/** @returns the ids of those that another import put there. */
async function insertEntries(wanted: readonly RosterEntry[]): Promise<RosterEntryId[]> {
  let missing = wanted;
  let existing: RosterEntry[] = [];
  for (let attempt = 0; attempt < INSERT_ATTEMPTS; attempt++) {
    if (await rosterEntries.insertMany(missing)) {
      return existing.filter(({ importKey }) => importKey !== wanted[0]?.importKey).map(({ id }) => id);
    }
    existing = await rosterEntries.findMany(wanted.map(({ id }) => id));
    const there = new Set(existing.map(({ id }) => id));
    missing = wanted.filter(({ id }) => !there.has(id));
  }
  throw new Error('roster entries kept colliding');
}
