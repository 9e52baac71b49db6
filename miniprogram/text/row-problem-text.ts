import type { RowProblem } from '../contract/imports';
import type { JobRefusal } from '../contract/jobs';
import type { Refusal } from '../contract/result';
import { refusalText } from './refusal-text';

/** '第 12 行 “身份证号”：…', without the column where the whole row is at fault. */
export function rowProblemText(problem: RowProblem): string {
  const column = problem.column ? ` “${problem.column}”` : '';
  return `第 ${problem.row} 行${column}：${refusalText(refusalOf(problem))}`;
}

/** A refused item of a job: by its row where it came from a file (rows count from 1), else by its voucher code. */
export function jobRefusalText(refusal: JobRefusal): string {
  if (refusal.row >= 1) return rowProblemText(refusal);
  const sentence = refusalText(refusalOf(refusal));
  return refusal.voucherCode ? `券码 ${refusal.voucherCode}：${sentence}` : sentence;
}

const refusalOf = ({ code, data }: RowProblem): Refusal => (data === undefined ? { code } : { code, data });
