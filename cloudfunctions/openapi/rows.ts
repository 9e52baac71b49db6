import * as v from 'valibot';
import { ERROR_CODES, type ErrorCode } from '../../miniprogram/contract/error-codes';
import type { Refusal } from '../../miniprogram/contract/result';
import { refusalText } from '../../miniprogram/text/refusal-text';

const CODES = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

/** Place of a row in the request, from 1. */
const Row = v.pipe(v.number(), v.integer(), v.minValue(1), v.description('请求中的第几行，从1开始'));

/** A row that came to nothing. */
const RefusedRow = v.strictObject({
  row: Row,
  ok: v.literal(false),
  code: v.pipe(v.picklist(CODES), v.description('拒绝原因代码，含义不变')),
  message: v.pipe(v.string(), v.description('给人看的原因和办法')),
});
export type RefusedRow = v.InferOutput<typeof RefusedRow>;

/** Schema of the results: one for each row, in the order of the request. */
export const rowResults = <Entries extends v.ObjectEntries>(entries: Entries) =>
  v.pipe(
    v.array(v.variant('ok', [v.strictObject({ row: Row, ok: v.literal(true), ...entries }), RefusedRow])),
    v.description('逐行结果，顺序与请求一致'),
  );

export const refusedRow = (row: number, refusal: Refusal): RefusedRow => ({
  row,
  ok: false,
  code: refusal.code,
  message: refusalText(refusal),
});
