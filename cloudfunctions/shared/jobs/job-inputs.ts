import { jobInputs, type JobInput } from '../store/jobs';

/** Codes of one chunk. Small enough that a chunk's requests stay far below the limits of a call. */
export const INPUT_CHUNK = 500;

const inputId = (jobId: string, chunk: number): string => `${jobId}-${String(chunk).padStart(5, '0')}`;

/** Lays out what a job will work through, before the job exists: a job never starts on half its input. */
export async function storeJobInput(jobId: string, rows: JobInput['rows']): Promise<void> {
  for (let chunk = 0; chunk * INPUT_CHUNK < rows.length; chunk++) {
    const part = rows.slice(chunk * INPUT_CHUNK, (chunk + 1) * INPUT_CHUNK);
    await jobInputs.insert({ id: inputId(jobId, chunk), version: 1, rows: part });
  }
}

/** The chunk that the cursor points at (the cursor counts chunks; empty is the first). undefined after the last. */
export async function readJobInput(
  jobId: string,
  cursor: string,
): Promise<{ rows: JobInput['rows']; nextCursor: string } | undefined> {
  const chunk = Number(cursor || 0);
  const input = await jobInputs.find(inputId(jobId, chunk));
  return input && { rows: input.rows, nextCursor: String(chunk + 1) };
}
