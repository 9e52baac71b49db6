import type { ErrorCode } from '../contract/error-codes';
import type { JobView } from '../contract/jobs';
import { refusalText } from '../text/refusal-text';
import { JOB_KIND_NAMES, JOB_STATUS_NAMES } from '../text/voucher-text';
import { JOB_TONES, type Tone } from './tones';

export interface CountLine {
  text: string;
  count: number;
}

export interface JobProgressView {
  title: string;
  statusText: string;
  tone: Tone;
  percent: number;
  /** '已办 1200，未办成 3，共 5000' */
  counts: string;
  /** Why items were refused, the most frequent first. */
  reasons: CountLine[];
  failureText: string;
  running: boolean;
}

/** Reasons with their counts, the most frequent first. */
export const countLines = (byCode: Partial<Record<ErrorCode, number>>): CountLine[] =>
  (Object.entries(byCode) as [ErrorCode, number][])
    .filter(([, count]) => count > 0)
    .sort(([, one], [, other]) => other - one)
    .map(([code, count]) => ({ text: refusalText({ code }), count }));

export function toJobProgress(job: JobView): JobProgressView {
  const handled = job.done + job.refused;
  const finished = job.status === 'finished';
  // A running job never shows 100: that would look finished.
  const percent = finished ? 100 : Math.min(99, job.total > 0 ? Math.floor((handled / job.total) * 100) : 0);
  return {
    title: JOB_KIND_NAMES[job.kind],
    statusText: JOB_STATUS_NAMES[job.status],
    // Done, but somebody has to look at what was not.
    tone: finished && job.refused > 0 ? 'wait' : JOB_TONES[job.status],
    percent,
    counts: `已办成${job.done}，未办成${job.refused}，共${job.total}`,
    reasons: countLines(job.refusedByCode),
    failureText: job.failureCode ? refusalText({ code: job.failureCode }) : '',
    running: job.status === 'running',
  };
}
