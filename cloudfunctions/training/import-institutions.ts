import * as v from 'valibot';
import type { CityCode } from '../../miniprogram/contract/areas';
import type { InstitutionId, JobId } from '../../miniprogram/contract/ids';
import {
  GOOD_ROWS_SHOWN_MAX,
  IMPORT_BYTES_MAX,
  IMPORT_ROWS_MAX,
  type GoodRow,
  type RowProblem,
  type TableSource,
} from '../../miniprogram/contract/imports';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { dayOf } from '../shared/domain/calendar';
import {
  INSTITUTION_COLUMNS,
  INSTITUTION_FORM_NOTES,
  parseInstitutionRows,
  type InstitutionRow,
} from '../shared/domain/institution-rows';
import type { NewJobOf } from '../shared/domain/job';
import { maskName } from '../shared/domain/person-name';
import { roleAt, type Actor } from '../shared/domain/scope';
import { writeBlankTable } from '../shared/imports/blank-table';
import { toImportReport } from '../shared/imports/import-report';
import { readTable } from '../shared/imports/table';
import { checkInstitutionRows, runAddInstitutions } from '../shared/jobs/institutions-job';
import { storeInstitutionRows } from '../shared/jobs/job-inputs';
import { advanceJob, INLINE_MS, startJob, toJobView } from '../shared/jobs/job-runner';
import { City, FileId } from '../shared/runtime/input';
import { newId, newIdOfPart } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { randomText } from '../shared/runtime/random';
import { encryptText, personKeyOf } from '../shared/runtime/secrets';
import { deleteFile, handOutPlace, handOver, readUpload, type UploadPurpose } from '../shared/store/files';
import { jobs, type InstitutionJobRow } from '../shared/store/jobs';

const InstitutionFile = v.strictObject({ cityCode: City, fileId: FileId });

const uploadOf = ({ personKey }: Actor, cityCode: CityCode): UploadPurpose => ({
  personKey,
  purpose: 'institutions',
  placeId: cityCode,
});

/** Nothing is uploaded that could not be imported: who may not do so learns it before. */
export const startInstitutionUpload = operation('training.startInstitutionUpload', {
  input: v.strictObject({ cityCode: City }),
  // The place follows from the request.
  repeatsFromHistory: true,
  run: async ({ input: { cityCode }, actor, request }) =>
    roleAt(actor, { cityCode })
      ? ok(await handOutPlace(request.key, uploadOf(actor, cityCode)))
      : fail('role_not_allowed'),
});

/** An empty form with the rules of filling it in on a sheet of its own. */
export const getInstitutionForm = operation('training.getInstitutionForm', {
  input: v.strictObject({}),
  run: async () => {
    const form = await writeBlankTable(INSTITUTION_COLUMNS, INSTITUTION_FORM_NOTES);
    return ok(await handOver(`results/${randomText(32)}.xlsx`, form));
  },
});

/** The dry run: the same judgement, nothing stored. */
export const checkInstitutions = operation('training.checkInstitutions', {
  input: InstitutionFile,
  run: async ({ input: { cityCode, fileId }, actor, nowMs }) => {
    const by = roleAt(actor, { cityCode });
    if (!by) return fail('role_not_allowed');
    const file = await readInstitutionFile(fileId, { actor, cityCode, nowMs });
    if (!file.ok) return file;
    const { parsed, source } = file.data;
    const key = randomText(32);
    const rows = parsed.rows.map(row => toJobRow(row, { key, firstAtMs: nowMs }));
    const refusals = await checkInstitutionRows(rows, { cityCode, by });
    const problems = [...parsed.problems, ...refusals];
    const report = await toImportReport({ rows: file.data.count, added: 0, problems, source }, key);
    return ok({ ...report, goodRows: listGoodRows(parsed.rows, refusals) });
  },
});

/** Adds institutions with their administrators, row by row, as a job. */
export const importInstitutions = operation('training.importInstitutions', {
  input: InstitutionFile,
  run: async ({ input: { cityCode, fileId }, actor, nowMs, request }) => {
    const id = newId<JobId>(request);
    const earlier = await jobs.find(id);
    if (earlier?.kind === 'add_institutions')
      return ok(toJobView(await advanceJob(earlier, runAddInstitutions, nowMs + INLINE_MS)));
    const by = roleAt(actor, { cityCode });
    if (!by) return fail('role_not_allowed');
    const file = await readInstitutionFile(fileId, { actor, cityCode, nowMs });
    if (!file.ok) return file;
    const rows = toJobRows(file.data.parsed, request);
    await storeInstitutionRows(id, rows);
    const order: NewJobOf<'add_institutions'> = {
      id,
      kind: 'add_institutions',
      cityCode,
      startedBy: by,
      startedAtMs: nowMs,
      total: rows.length,
    };
    const job = await startJob(order);
    return ok(toJobView(await advanceJob(job, runAddInstitutions, nowMs + INLINE_MS)));
  },
  // The job has its rows by now, without an ID number.
  afterwards: ({ input }) => deleteFile(input.fileId),
});

interface InstitutionFileRows {
  count: number;
  parsed: ReturnType<typeof parseInstitutionRows>;
  source: TableSource;
}

async function readInstitutionFile(
  fileId: string,
  { actor, cityCode, nowMs }: { actor: Actor; cityCode: CityCode; nowMs: number },
): Promise<Result<InstitutionFileRows>> {
  const bytes = await readUpload(fileId, uploadOf(actor, cityCode), IMPORT_BYTES_MAX);
  if (!bytes.ok) return bytes;
  const bounds = { columns: INSTITUTION_COLUMNS, rowsMax: IMPORT_ROWS_MAX, bytesMax: IMPORT_BYTES_MAX };
  const table = await readTable(bytes.data, bounds);
  if (!table.ok) return table;
  const { rows, source } = table.data;
  const parsed = parseInstitutionRows(rows, { cityCode, on: dayOf(nowMs) });
  return ok({ count: rows.length, parsed, source });
}

/** What the ids of one import are made of. */
type ImportOf = Parameters<typeof newId>[0];

/** An institution has the same id in all of its rows, and in every repetition of the import. */
const toJobRow = (
  { row, institution, given, administrator }: InstitutionRow,
  request: ImportOf,
): InstitutionJobRow => ({
  row,
  institution: {
    id: newIdOfPart<InstitutionId>(request, institution.uscc),
    ...institution,
  },
  given,
  ...(administrator && {
    administrator: {
      personKey: personKeyOf(administrator.idNumber),
      nameCipher: encryptText(administrator.name),
    },
  }),
});

/** In their order; a row that cannot be taken in is a refusal of the job too. */
function toJobRows(
  { rows, problems }: InstitutionFileRows['parsed'],
  request: ImportOf,
): InstitutionJobRow[] {
  const ofProblems = problems.map(({ row, ...problem }): InstitutionJobRow => ({ row, problem }));
  return [...rows.map(row => toJobRow(row, request)), ...ofProblems].sort((a, b) => a.row - b.row);
}

function listGoodRows(rows: readonly InstitutionRow[], refusals: readonly RowProblem[]): GoodRow[] {
  const refused = new Set(refusals.map(({ row }) => row));
  return rows
    .filter(({ row }) => !refused.has(row))
    .slice(0, GOOD_ROWS_SHOWN_MAX)
    .map(({ row, institution: { name, uscc }, administrator }) => ({
      row,
      text: `${name}，${uscc}${administrator ? `，管理员${maskName(administrator.name)}` : ''}`,
    }));
}
