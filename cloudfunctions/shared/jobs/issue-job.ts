import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import { minusFen, timesFen } from '../../../miniprogram/contract/fen';
import type { JobRefusal } from '../../../miniprogram/contract/jobs';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { checkAudience } from '../domain/audience';
import { dayOf } from '../domain/calendar';
import { issuing, voucherIdOf } from '../domain/issue';
import type { ClassOfUse, Voucher } from '../domain/voucher';
import { makeVoucherCode } from '../domain/voucher-code';
import { randomDigits, randomText } from '../runtime/random';
import { decryptText } from '../runtime/secrets';
import { classes, type TrainingClass } from '../store/classes';
import { CHUNK_MAX } from '../store/document-collection';
import type { Job } from '../store/jobs';
import { rosterEntries, type RosterEntry } from '../store/roster-entries';
import { release, reserve, templates, type Template } from '../store/templates';
import { insertVouchers, vouchers } from '../store/vouchers';
import { nothingLeft, type ChunkOutcome, type JobRunner } from './job-runner';

type Owner = { classId: string } | { templateId: string };

/** A code drawn twice makes an insert fail; a third failure in a row is no accident any more. */
const INSERT_ATTEMPTS = 4;

export const toClassOfUse = (trainingClass: TrainingClass): ClassOfUse => ({
  classId: trainingClass.id,
  className: trainingClass.name,
  place: trainingClass.place,
  startsOn: trainingClass.startsOn,
  institutionId: trainingClass.institutionId,
  institutionName: trainingClass.institutionName,
});

/** Makes the vouchers of a class, or of a general template, from its roster. */
export const runIssue: JobRunner = async job => {
  const template = await templates.find(job.templateId ?? '');
  const trainingClass = job.classId === undefined ? undefined : await classes.find(job.classId);
  if (!template) throw new Error('an issue job without its template');
  const ownerId = trainingClass?.id ?? template.id;
  const owner: Owner = trainingClass ? { classId: ownerId } : { templateId: ownerId };
  const classOfUse = trainingClass && toClassOfUse(trainingClass);
  const reserved = await reserveOnce(job, template);
  if (!reserved.ok) return async () => stopped(reserved.error.code);

  // The day on which the job was ordered: a chunk that runs again after midnight must judge everybody as before.
  const day = dayOf(job.startedAtMs);

  return async (current, nowMs) => {
    const entries = await rosterEntries.read({
      where: { ownerId },
      ...(current.cursor && { cursor: current.cursor }),
      order: 'asc',
      limit: CHUNK_MAX,
    });
    const last = entries.at(-1);
    if (!last) {
      await giveBack(current, 0);
      return nothingLeft(current);
    }
    const verdicts = entries.map(entry => ({ entry, refusal: checkEntry(template, entry, day) }));
    const eligible = verdicts.filter(({ refusal }) => !refusal).map(({ entry }) => entry);
    const make = issuingFor(template, current, nowMs, classOfUse);
    const issuedBy = await insertMissing(eligible, current, { owner, make });
    const refusalOf = ({ personKey }: RosterEntry): ErrorCode | undefined => {
      const jobId = issuedBy.get(voucherIdOf(owner, personKey));
      if (jobId === current.id) return undefined;
      return jobId === undefined ? 'template_quota_exceeded' : 'already_holds_voucher';
    };
    const codes = verdicts.flatMap(({ entry, refusal }) => refusal ?? refusalOf(entry) ?? []);
    const refusals = codes.map(toRefusal);
    const done = entries.length - refusals.length;
    const finished = entries.length < CHUNK_MAX;
    if (finished) await giveBack(current, done);
    return { cursor: last.id, done, refusals, finished };
  };
};

const stopped = (failureCode: ErrorCode): ChunkOutcome => ({
  cursor: '',
  done: 0,
  refusals: [],
  finished: true,
  failureCode,
});

/** People of a roster who hold no voucher from it yet. */
export async function countMissing(
  ownerId: string,
  isClass: boolean,
): Promise<{ people: number; missing: number }> {
  const people = await rosterEntries.count({ ownerId });
  const held = await vouchers.count(isClass ? { classId: ownerId } : { templateId: ownerId });
  return { people, missing: Math.max(0, people - held) };
}

/** @returns template_quota_exceeded or template_budget_exceeded when the template cannot bear that many more. */
export function checkQuota(template: Template, neededCount: number): Result<undefined> {
  const leftCount = template.quota - template.issuedCount;
  if (neededCount > leftCount) return fail('template_quota_exceeded', { neededCount, leftCount });
  const leftFen = minusFen(template.budgetFen, template.committedFen);
  const neededFen = timesFen(template.amountFen, neededCount);
  return neededFen > leftFen ? fail('template_budget_exceeded', { neededFen, leftFen }) : ok(undefined);
}

/** Sets quota and budget aside before the first voucher. A job that is taken up again has done so already. */
async function reserveOnce(job: Job, template: Template): Promise<Result<undefined>> {
  if (job.cursor !== '' || template.reservations[job.id] !== undefined) return ok(undefined);
  const { toReserve = 0 } = job;
  if (await reserve(template, job.id, toReserve)) return ok(undefined);
  const fresh = await templates.find(template.id);
  if (fresh?.reservations[job.id] !== undefined) return ok(undefined);
  if (fresh?.status !== 'published') return fail('template_not_published');
  const quota = checkQuota(fresh, toReserve);
  // Somebody changed the template in between: what was read is stale, not refused.
  return quota.ok ? reserveOnce(job, fresh) : quota;
}

/** Row 0: a refusal of an issue job is about a person on the roster, not about a row of a file. */
const toRefusal = (code: ErrorCode): JobRefusal => ({ row: 0, code });

function checkEntry({ audience }: Template, { eligibility, idNumberCipher }: RosterEntry, day: string) {
  const needsAge = audience.some(rule => rule.kind === 'age_between');
  const idNumber = needsAge ? decryptText(idNumberCipher) : '';
  return checkAudience(audience, { ...eligibility, idNumber }, day);
}

function issuingFor(
  template: Template,
  { id: jobId, startedBy: by }: Job,
  nowMs: number,
  trainingClass: ClassOfUse | undefined,
): (entry: RosterEntry) => Voucher {
  const { cityCode } = template;
  const year = Number(dayOf(nowMs).slice(0, 4));
  const issue = issuing(template, {
    by,
    nowMs,
    requestId: jobId,
    jobId,
    ...(trainingClass && { trainingClass }),
  });
  return ({ personKey, nameCipher }) =>
    issue(
      { personKey, holderNameCipher: nameCipher },
      {
        code: makeVoucherCode({ cityCode, year, random: randomDigits(10) }),
        reference: randomText(16),
      },
    );
}

/**
 * Inserts what is not there yet, but no more than was set aside: a roster may have grown since.
 * Usually nothing is there, so it looks only when there are too many, or when an insert says otherwise.
 * @returns by voucher id, the job that issued it: this one or an earlier one.
 */
async function insertMissing(
  entries: readonly RosterEntry[],
  job: Job,
  { owner, make }: { owner: Owner; make: (entry: RosterEntry) => Voucher },
): Promise<Map<string, string>> {
  const leftCount = (job.toReserve ?? 0) - job.done;
  const ids = entries.map(entry => voucherIdOf(owner, entry.personKey));
  let issuedBy = entries.length > leftCount ? await findIssued(ids) : new Map<string, string>();
  for (let attempt = 0; attempt < INSERT_ATTEMPTS; attempt++) {
    const ownCount = [...issuedBy.values()].filter(jobId => jobId === job.id).length;
    const missing = entries
      .filter((_, position) => !issuedBy.has(ids[position] ?? ''))
      .slice(0, Math.max(0, leftCount - ownCount))
      .map(make);
    if (await insertVouchers(missing)) {
      for (const voucher of missing) issuedBy.set(voucher.id, voucher.jobId);
      return issuedBy;
    }
    issuedBy = await findIssued(ids);
  }
  throw new Error('vouchers kept colliding');
}

const findIssued = async (ids: readonly string[]): Promise<Map<string, string>> =>
  new Map((await vouchers.findMany(ids)).map(voucher => [voucher.id, voucher.jobId]));

/** Gives back what was set aside but not issued: for people who turned out not to be eligible. */
async function giveBack(job: Job, doneInChunk: number): Promise<void> {
  const template = await templates.find(job.templateId ?? '');
  const reserved = template?.reservations[job.id];
  if (template && reserved !== undefined) await release(template, job.id, reserved - job.done - doneInChunk);
}
