import type { JobId } from '../../../miniprogram/contract/ids';
import { parseCodeRows } from '../domain/code-rows';
import type { SheetRow } from '../domain/column';
import { chunksOf } from '../store/document-collection';
import { jobInputs, type InstitutionJobRow, type JobInput, type JobRow } from '../store/jobs';

/** Rows of one chunk. Small enough that a chunk's requests stay far below the limits of a call. */
export const INPUT_CHUNK = 500;

const inputId = (jobId: JobId, chunk: number): string => `${jobId}-${String(chunk).padStart(5, '0')}`;

/**
 * Rows of 券码 as a job works through them, in their order; a malformed or repeated one is a refusal of the job too.
 * The text of a malformed one is left out: in the wrong column it may be anything, a person's ID number included.
 */
export function toJobRows(sheetRows: readonly SheetRow[]): JobRow[] {
  const { codes, problems } = parseCodeRows(sheetRows);
  const ofProblems = problems.map(({ row, ...problem }): JobRow => ({ row, problem }));
  return [...codes, ...ofProblems].sort((a, b) => a.row - b.row);
}

/** Lays out what a job will work through, before the job exists: a job never starts on half its input. */
export const storeJobInput = (jobId: JobId, rows: readonly JobRow[]): Promise<void> =>
  storeRows(jobId, chunksOf(rows, INPUT_CHUNK));

/** The same for institutions. */
export const storeInstitutionRows = (jobId: JobId, rows: readonly InstitutionJobRow[]): Promise<void> =>
  storeRows(jobId, chunksOf(rows));

async function storeRows(jobId: JobId, chunks: readonly JobInput['rows'][]): Promise<void> {
  for (const [chunk, rows] of chunks.entries())
    await jobInputs.insert({ id: inputId(jobId, chunk), version: 1, rows });
}

/** The chunk that the cursor points at (the cursor counts chunks; empty is the first). undefined after the last. */
export async function readJobInput(
  jobId: JobId,
  cursor: string,
): Promise<{ rows: JobRow[]; nextCursor: string } | undefined> {
  const found = await readRows(jobId, cursor);
  // What a job of 券码 has laid out are 券码.
  return found && { ...found, rows: found.rows as JobRow[] };
}

/** The same of institutions. */
export async function readInstitutionRows(
  jobId: JobId,
  cursor: string,
): Promise<{ rows: InstitutionJobRow[]; nextCursor: string } | undefined> {
  const found = await readRows(jobId, cursor);
  return found && { ...found, rows: found.rows as InstitutionJobRow[] };
}

async function readRows(
  jobId: JobId,
  cursor: string,
): Promise<{ rows: JobInput['rows']; nextCursor: string } | undefined> {
  const chunk = Number(cursor || 0);
  const input = await jobInputs.find(inputId(jobId, chunk));
  return input && { rows: input.rows, nextCursor: String(chunk + 1) };
}
