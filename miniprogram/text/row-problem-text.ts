import type { RowNote, RowNoteCode, RowProblem } from '../contract/imports';
import type { JobRefusal } from '../contract/jobs';
import type { Refusal } from '../contract/result';
import { hasKey } from '../contract/has-key';
import { refusalText } from './refusal-text';

/** What a row was taken in without. */
export const ROW_NOTE_TEXTS: Record<RowNoteCode, string> = {
  phone_left_out: '不是一个11位手机号，没有记下手机号，人员照常导入。',
};

/** '第 12 行 “身份证号”：…', without the column where the whole row is at fault. */
export const rowProblemText = (problem: RowProblem): string =>
  placeText(problem) + refusalText(refusalOf(problem));

/** A note that is newer than this app says where it belongs, and no more. */
export const rowNoteText = (note: RowNote): string =>
  placeText(note) + (hasKey(ROW_NOTE_TEXTS, note.code) ? ROW_NOTE_TEXTS[note.code] : '请留意这一格。');

const placeText = ({ row, column }: { row: number; column?: string }): string =>
  `第 ${row} 行${column ? ` “${column}”` : ''}：`;

/** A refused item of a job: by its row where it came from a file (rows count from 1), else by its voucher code. */
export function jobRefusalText(refusal: JobRefusal): string {
  if (refusal.row >= 1) return rowProblemText(refusal);
  const sentence = refusalText(refusalOf(refusal));
  return refusal.voucherCode ? `券码 ${refusal.voucherCode}：${sentence}` : sentence;
}

const refusalOf = ({ code, data }: RowProblem): Refusal => (data === undefined ? { code } : { code, data });
