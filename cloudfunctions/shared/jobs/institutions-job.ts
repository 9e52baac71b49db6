import type { ErrorCode } from '../../../miniprogram/contract/error-codes';
import type { CityCode } from '../../../miniprogram/contract/areas';
import type { InstitutionId } from '../../../miniprogram/contract/ids';
import type { RowProblem } from '../../../miniprogram/contract/imports';
import type { StepActor } from '../domain/actor';
import { differs } from '../domain/institution-rows';
import type { JobOf } from '../domain/job';
import type { Administration } from '../domain/separation';
import { refreshAccounts } from '../people/account-grants';
import { grantIdOf, grantTo, type GrantContext, type GrantPlace } from '../people/grant';
import { findAdministrations } from '../people/own-institution';
import { chunksOf } from '../store/document-collection';
import { institutions, type Institution } from '../store/institutions';
import type { InstitutionJobRow } from '../store/jobs';
import { grants, type GrantRecord } from '../store/people';
import { oneOf } from '../store/query';
import { readInstitutionRows } from './job-inputs';
import { nothingLeft, type JobRunner } from './job-runner';

/** Somebody adds the same institutions meanwhile; a third failure in a row is no accident any more. */
const INSERT_ATTEMPTS = 4;

type GoodRow = Extract<InstitutionJobRow, { administrator?: unknown }>;
type Administrator = NonNullable<GoodRow['administrator']>;

/** Who adds institutions, where, and what of theirs is not theirs to change. */
interface Judging {
  cityCode: CityCode;
  by: StepActor;
  /** Of the job; none for a dry run. */
  requestId?: string;
  administrations: ReadonlyMap<InstitutionId, Administration>;
}

interface Judged {
  refusals: RowProblem[];
  /** To be taken in, or taken in by an earlier try of the same job. */
  good: { row: GoodRow; institutionId: InstitutionId; grant: GrantRecord | undefined }[];
  /** Of `good`, each once. */
  missing: GoodRow['institution'][];
}

/**
 * Adds institutions with their administrators. An institution that is there already stays as it is, and gets the
 * administrators that are new. What an earlier try of the same job has added counts as added by it.
 */
export const runAddInstitutions: JobRunner<'add_institutions'> = async prepared => {
  const judging = await judgingOf(prepared.startedBy, prepared.cityCode, prepared.id);
  return async job => {
    const input = await readInstitutionRows(job.id, job.cursor);
    if (!input) return nothingLeft(job);
    const { refusals, good } = await takeIn(input.rows, contextOf(job), judging);
    const finished = job.done + job.refused + input.rows.length >= job.total;
    return { cursor: input.nextCursor, done: good.length, refusals, finished };
  };
};

/** What adding these rows would refuse. Changes nothing. */
export async function checkInstitutionRows(
  rows: readonly InstitutionJobRow[],
  { cityCode, by }: Pick<Judging, 'cityCode' | 'by'>,
): Promise<RowProblem[]> {
  const judging = await judgingOf(by, cityCode);
  const refusals: RowProblem[] = [];
  for (const chunk of chunksOf(rows)) refusals.push(...(await judge(chunk, judging)).refusals);
  return refusals;
}

const judgingOf = async (by: StepActor, cityCode: CityCode, requestId?: string): Promise<Judging> => ({
  by,
  cityCode,
  ...(requestId !== undefined && { requestId }),
  administrations: by.personKey === undefined ? new Map() : await findAdministrations(by.personKey),
});

/** Adds rows at once: those that another system sends, without administrators. @returns what is wrong with rows. */
export async function addInstitutionRows(
  rows: readonly InstitutionJobRow[],
  context: InstitutionContext,
): Promise<RowProblem[]> {
  const judging = await judgingOf(context.by, context.cityCode, context.requestId);
  return (await takeIn(rows, context, judging)).refusals;
}

async function takeIn(
  rows: readonly InstitutionJobRow[],
  context: InstitutionContext,
  judging: Judging,
): Promise<Judged> {
  for (let attempt = 0; attempt < INSERT_ATTEMPTS; attempt++) {
    const judged = await judge(rows, judging);
    const areAdded = await institutions.insertMany(
      judged.missing.map(fields => toInstitution(fields, context)),
    );
    // Somebody has added one of them meanwhile, or a killed try some: who they are is read anew.
    if (!areAdded) continue;
    await grantAll(judged.good, context);
    return judged;
  }
  throw new Error('institutions kept colliding');
}

/** Who adds institutions to which city, when and by which request or job. */
type InstitutionContext = GrantContext & { cityCode: CityCode };

const contextOf = ({
  startedBy: by,
  startedAtMs: nowMs,
  id: requestId,
  cityCode,
}: JobOf<'add_institutions'>): InstitutionContext => ({ by, nowMs, requestId, cityCode });

function toInstitution(
  fields: GoodRow['institution'],
  { by, nowMs: atMs, requestId, cityCode }: InstitutionContext,
): Institution {
  return {
    ...fields,
    version: 1,
    cityCode,
    active: true,
    history: [{ command: 'add', atMs, by, requestId, changes: [] }],
  };
}

/** Two reads, whatever the number of rows; one where all institutions are new. */
async function judge(rows: readonly InstitutionJobRow[], judging: Judging): Promise<Judged> {
  const goodRows = rows.filter(isGood);
  const usccs = [...new Set(goodRows.map(({ institution }) => institution.uscc))];
  const registered = await readByUscc(usccs);
  const granted = await readGrants(goodRows, registered);

  const judged: Judged = { refusals: [], good: [], missing: [] };
  const added = new Set<string>();
  for (const row of rows) {
    if (!isGood(row)) {
      judged.refusals.push({ row: row.row, ...row.problem });
      continue;
    }
    const { uscc } = row.institution;
    const existing = registered.get(uscc);
    const institutionId = existing?.id ?? row.institution.id;
    const grant = row.administrator && granted.get(grantIdAt(institutionId, row.administrator));
    const code = refuseRow(row, { existing, grant }, judging);
    if (code) {
      judged.refusals.push({ row: row.row, code });
      continue;
    }
    judged.good.push({ row, institutionId, grant });
    if (!existing && !added.has(uscc)) judged.missing.push(row.institution);
    added.add(uscc);
  }
  return judged;
}

const isGood = (row: InstitutionJobRow): row is GoodRow => row.institution !== undefined;

async function readByUscc(usccs: readonly string[]): Promise<Map<string, Institution>> {
  if (usccs.length === 0) return new Map();
  const found = await institutions.read({ where: { uscc: oneOf(usccs) }, limit: usccs.length });
  return new Map(found.map(institution => [institution.uscc, institution]));
}

const placeAt = (institutionId: InstitutionId): GrantPlace => ({ role: 'administrator', institutionId });
const grantIdAt = (institutionId: InstitutionId, { personKey }: Administrator): string =>
  grantIdOf(placeAt(institutionId), personKey);

/** Whoever is to administer an institution that is there may do so already. */
async function readGrants(
  rows: readonly GoodRow[],
  registered: ReadonlyMap<string, Institution>,
): Promise<Map<string, GrantRecord>> {
  const ids = rows.flatMap(({ institution, administrator }) => {
    const existing = registered.get(institution.uscc);
    return existing && administrator ? [grantIdAt(existing.id, administrator)] : [];
  });
  const found = ids.length > 0 ? await grants.findMany(ids) : [];
  return new Map(found.map(grant => [grant.id, grant]));
}

/**
 * Guards of a row, in order: not their own role · of this city · as it is registered · something to add · not an institution
 * that they administer · active · not an administrator already. What this very job has added is refused by none of them.
 */
function refuseRow(
  { institution, given, administrator }: GoodRow,
  { existing, grant }: { existing: Institution | undefined; grant: GrantRecord | undefined },
  { by, cityCode, requestId, administrations }: Judging,
): ErrorCode | undefined {
  if (administrator !== undefined && administrator.personKey === by.personKey) return 'role_to_oneself';
  if (!existing) return undefined;
  const isOwnWork = existing.id === institution.id;
  if (existing.cityCode !== cityCode) return 'institution_already_exists';
  if (!isOwnWork && differs(asGiven(institution, given), existing)) return 'institution_differs';
  if (!administrator) return isOwnWork ? undefined : 'institution_already_exists';
  if (grant && grant.history.some(step => step.requestId === requestId)) return undefined;
  if (administrations.get(existing.id)?.active) return 'institution_is_own';
  if (!existing.active) return 'institution_not_active';
  return grant?.active ? 'role_already_granted' : undefined;
}

const asGiven = ({ name, countyCode, projectIds }: GoodRow['institution'], given: GoodRow['given']) => ({
  name,
  countyCode: given.county ? countyCode : undefined,
  projectIds: given.projects ? (projectIds ?? []) : undefined,
});

/** Roles count on the phones of those who are signed in as well; a repetition tells these once more. */
async function grantAll(good: Judged['good'], context: GrantContext): Promise<void> {
  const wanted = good.flatMap(({ row: { administrator }, institutionId, grant }) =>
    administrator ? [{ administrator, institutionId, grant }] : [],
  );
  if (wanted.length === 0) return;
  const records = wanted.filter(({ grant }) => !grant).map(each => toGrant(each, context));
  await insertGrants(records);
  // Somebody whose role was taken away once gets it back as one gets it by hand.
  for (const { administrator, institutionId, grant } of wanted) {
    if (grant?.active === false) await grantTo(administrator, placeAt(institutionId), context);
  }
  const personKeys = [...new Set(wanted.map(({ administrator }) => administrator.personKey))];
  const refreshed = await refreshAccounts(personKeys, context.nowMs);
  if (!refreshed.ok) throw new Error('accounts kept changing');
}

function toGrant(
  { administrator, institutionId }: { administrator: Administrator; institutionId: InstitutionId },
  { by, nowMs: atMs, requestId }: GrantContext,
): GrantRecord {
  return {
    id: grantIdAt(institutionId, administrator),
    version: 1,
    ...administrator,
    role: 'administrator',
    institutionId,
    active: true,
    grantedAtMs: atMs,
    history: [{ command: 'grant', atMs, by, requestId }],
  };
}

/** Those that are there already were granted by hand meanwhile, which comes to the same. */
async function insertGrants(records: readonly GrantRecord[]): Promise<void> {
  let left = records;
  for (let attempt = 0; attempt < INSERT_ATTEMPTS; attempt++) {
    if (await grants.insertMany(left)) return;
    const there = new Set((await grants.findMany(left.map(({ id }) => id))).map(({ id }) => id));
    left = left.filter(({ id }) => !there.has(id));
  }
  throw new Error('grants kept colliding');
}
