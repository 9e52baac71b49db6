import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { JobId, PersonKey } from '../../../miniprogram/contract/ids';
import type { JobRefusal } from '../../../miniprogram/contract/jobs';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { isTemplateOpen } from '../../../miniprogram/contract/templates';
import { checkActive } from '../domain/admission';
import { dayOf } from '../domain/calendar';
import {
  issuer,
  orderer,
  ownerIdOf,
  placeAfter,
  refuseIssued,
  refuseRecipient,
  voucherIdOf,
  type Owner,
  type PlaceOfPerson,
} from '../domain/issue';
import type { JobOf } from '../domain/job';
import { checkQuota, type Template } from '../domain/template';
import { toClassOfUse, type TrainingClass } from '../domain/training-class';
import type { ClassOfUse, Voucher } from '../domain/voucher';
import { makeVoucherCode } from '../domain/voucher-code';
import { randomDigits, randomText } from '../runtime/random';
import { decryptText } from '../runtime/secrets';
import { findWithInstitution } from '../store/classes';
import { codeSource } from '../store/code-source';
import { CHUNK_MAX } from '../store/document-collection';
import { institutions, type Institution } from '../store/institutions';
import { not } from '../store/query';
import { rosterEntries, type RosterEntry } from '../store/roster-entries';
import { release, reserve, templates } from '../store/templates';
import { insertVouchers, vouchers } from '../store/vouchers';
import { nothingLeft, type ChunkOutcome, type JobRunner } from './job-runner';

/** A code drawn twice makes an insert fail; a third failure in a row is no accident any more. */
const INSERT_ATTEMPTS = 4;

/** Makes the vouchers of a class, or of a general template, from its roster. */
export const runIssue: JobRunner<'issue'> = async job => {
  const [template, found] = await Promise.all([
    templates.find(job.templateId),
    job.classId && findWithInstitution(job.classId),
  ]);
  if (!template) throw new Error('an issue job without its template');
  const { trainingClass, institution } = found || {};
  const owner: Owner = trainingClass ? { classId: trainingClass.id } : { templateId: template.id };
  const classOfUse = trainingClass && toClassOfUse(trainingClass);
  // Its rest was given back, and only the end of the job was not written any more.
  if (job.cursor !== '' && template.reservations[job.id] === undefined)
    return current => Promise.resolve(nothingLeft(current));
  const reserved = await reserveOnce(job, template);
  if (!reserved.ok) return async () => stopped(reserved.error.code);

  // The day on which the job was ordered: a chunk that runs again after midnight must judge everybody as before.
  const day = dayOf(job.startedAtMs);

  const readRoster = rosterReader(owner);
  const suspension = trainingClass && suspensionWatch(trainingClass, institution);

  return async (current, nowMs) => {
    const entries = await readRoster(current.cursor);
    const last = entries.at(-1);
    if (!last) {
      await giveBack(current);
      return nothingLeft(current);
    }
    const active = await suspension?.();
    if (active?.ok === false) {
      // What a chunk had made that was cut off is counted before the rest is given back.
      const places = await findPlaces(entries, owner, current.id);
      const made = entries.filter(({ personKey }) => places.get(personKey)?.madeBy === current.id);
      const lastMade = made.at(-1);
      if (lastMade) return { cursor: lastMade.id, done: made.length, refusals: [], finished: false };
      await giveBack(current);
      return stopped(active.error.code, current.cursor);
    }
    const verdicts = entries.map(entry => ({
      entry,
      refusal: refuseRecipient(template, entry, {
        day,
        readIdNumber: () => decryptText(entry.idNumberCipher),
      }),
    }));
    const eligible = verdicts.filter(({ refusal }) => !refusal).map(({ entry }) => entry);
    const make = issuerFor(template, current, nowMs, classOfUse);
    const places = await insertMissing(eligible, current, { owner, make });
    const codes = verdicts.flatMap(({ entry, refusal }) => {
      const madeBy = places.get(entry.personKey)?.madeBy;
      return refusal ?? refuseIssued(madeBy, current.id) ?? [];
    });
    const refusals = codes.map(toRefusal);
    const done = entries.length - refusals.length;
    // What is given back is counted by the job itself, so the last chunk is written first: a job without a cursor has given
    // nothing back, and one with a cursor never sets anything aside again.
    return { cursor: last.id, done, refusals, finished: false };
  };
};

/** Reads a roster in chunks, the next one while the last is worked on. */
function rosterReader(owner: Owner): (cursor: string) => Promise<RosterEntry[]> {
  const read = (cursor: string): Promise<RosterEntry[]> =>
    rosterEntries.read({
      where: { ownerId: ownerIdOf(owner) },
      ...(cursor && { cursor }),
      order: 'asc',
      limit: CHUNK_MAX,
    });
  let ahead: { cursor: string; entries: Promise<RosterEntry[]> } | undefined;

  return async cursor => {
    const entries = await (ahead?.cursor === cursor ? ahead.entries : read(cursor));
    const last = entries.at(-1);
    const isLast = entries.length < CHUNK_MAX;
    ahead = last && { cursor: last.id, entries: isLast ? Promise.resolve([]) : read(last.id) };
    // A failure is met by the chunk that needs it, if there still is one.
    ahead?.entries.catch(() => undefined);
    return entries;
  };
}

/** Chunks of one turn between two looks at the institution. */
const CHUNKS_A_LOOK = 4;

/**
 * Whether the institution may still have vouchers, asked before each chunk: whoever is suspended meanwhile gets no further
 * ones, and those that are made stay. Looked up at the beginning of each turn, and now and then in a long one.
 */
function suspensionWatch(
  { institutionId }: TrainingClass,
  read: Institution | undefined,
): () => Promise<Result<undefined>> {
  let institution = read;
  let chunks = 0;
  return async () => {
    if (chunks > 0 && chunks % CHUNKS_A_LOOK === 0) institution = await institutions.find(institutionId);
    chunks += 1;
    return checkActive(institution);
  };
}

const stopped = (failureCode: ErrorCode, cursor = ''): ChunkOutcome => ({
  cursor,
  done: 0,
  refusals: [],
  finished: true,
  failureCode,
});

/** People of a roster, and those of them who hold no voucher from it, be it that theirs was voided. */
export async function countMissing(owner: Owner): Promise<{ people: number; missing: number }> {
  const [people, held] = await Promise.all([
    rosterEntries.count({ ownerId: ownerIdOf(owner) }),
    'classId' in owner
      ? vouchers.count({ classId: owner.classId, status: not('voided') })
      : vouchers.count({ templateId: owner.templateId, status: not('voided') }),
  ]);
  return { people, missing: Math.max(0, people - held) };
}

/** Sets quota and budget aside before the first voucher. A job that is taken up again has done so already. */
async function reserveOnce(job: JobOf<'issue'>, template: Template): Promise<Result<undefined>> {
  if (job.cursor !== '' || template.reservations[job.id] !== undefined) return ok(undefined);
  const { toReserve } = job;
  if (await reserve(template, job.id, toReserve)) return ok(undefined);
  const fresh = await templates.find(template.id);
  if (fresh?.reservations[job.id] !== undefined) return ok(undefined);
  if (!fresh || !isTemplateOpen(fresh.status)) return fail('template_not_published');
  const quota = checkQuota(fresh, toReserve);
  // Somebody changed the template in between: what was read is stale, not refused.
  return quota.ok ? reserveOnce(job, fresh) : quota;
}

/** Row 0: a refusal of an issue job is about a person on the roster, not about a row of a file. */
const toRefusal = (code: ErrorCode): JobRefusal => ({ row: 0, code });

function issuerFor(
  template: Template,
  { id: jobId, startedBy: by }: JobOf<'issue'>,
  nowMs: number,
  trainingClass: ClassOfUse | undefined,
): (entry: RosterEntry, number: number) => Voucher {
  const { cityCode } = template;
  const year = Number(dayOf(nowMs).slice(0, 4));
  const context = { by, nowMs, requestId: jobId, jobId, ...(trainingClass && { trainingClass }) };
  const toRecipient = ({ personKey, nameCipher }: RosterEntry) => ({
    personKey,
    holderNameCipher: nameCipher,
  });
  if (codeSource() === 'ministry') {
    const order = orderer(template, context);
    return (entry, number) => order(toRecipient(entry), { reference: randomText(16), number });
  }
  const issue = issuer(template, context);
  return (entry, number) =>
    issue(toRecipient(entry), {
      code: makeVoucherCode({ cityCode, year, random: randomDigits(10) }),
      reference: randomText(16),
      number,
    });
}

/**
 * Inserts what is not there yet, but no more than was set aside: a roster may have grown since.
 * Usually nothing is there, so it looks only when there are too many, or when an insert says otherwise.
 * @returns for each person, which job made the voucher that they hold: this one or an earlier one.
 */
async function insertMissing(
  entries: readonly RosterEntry[],
  job: JobOf<'issue'>,
  { owner, make }: { owner: Owner; make: (entry: RosterEntry, number: number) => Voucher },
): Promise<Places> {
  const leftCount = job.toReserve - job.done;
  const find = () => findPlaces(entries, owner, job.id);
  let places = entries.length > leftCount ? await find() : firstPlaces(entries);
  for (let attempt = 0; attempt < INSERT_ATTEMPTS; attempt++) {
    const ownCount = [...places.values()].filter(({ madeBy }) => madeBy === job.id).length;
    const missing = entries
      .flatMap(entry => {
        const { number, madeBy } = places.get(entry.personKey) ?? FIRST;
        return madeBy === undefined ? [{ entry, number }] : [];
      })
      .slice(0, Math.max(0, leftCount - ownCount));
    if (await insertVouchers(missing.map(({ entry, number }) => make(entry, number)))) {
      for (const { entry, number } of missing) places.set(entry.personKey, { number, madeBy: job.id });
      return places;
    }
    places = await find();
  }
  throw new Error('vouchers kept colliding');
}

type Places = Map<PersonKey, PlaceOfPerson>;
const FIRST: PlaceOfPerson = { number: 1 };

const firstPlaces = (entries: readonly RosterEntry[]): Places =>
  new Map(entries.map(({ personKey }) => [personKey, FIRST]));

/** Looks for the vouchers that people have, and for those that came after a voided one. */
async function findPlaces(entries: readonly RosterEntry[], owner: Owner, jobId: JobId): Promise<Places> {
  const places = firstPlaces(entries);
  let asked = [...places.keys()];
  for (let number = 1; asked.length > 0; number++) {
    const found = await vouchers.findMany(asked.map(personKey => voucherIdOf(owner, personKey, number)));
    for (const voucher of found) places.set(voucher.personKey, placeAfter(voucher, number, jobId));
    asked = found.map(({ personKey }) => personKey).filter(key => (places.get(key)?.number ?? 0) > number);
  }
  return places;
}

/** Gives back what was set aside but not issued: for people who turned out not to be eligible. */
async function giveBack(job: JobOf<'issue'>): Promise<void> {
  const template = await templates.find(job.templateId);
  const reserved = template?.reservations[job.id];
  if (template && reserved !== undefined) await release(template, job.id, reserved - job.done);
}
