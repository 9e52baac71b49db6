import * as v from 'valibot';
import { ok } from '../../miniprogram/contract/result';
import { codeOf, type Voucher } from '../shared/domain/voucher';
import { parseVoucherCode } from '../shared/domain/voucher-code';
import type { ApiClient } from '../shared/store/api-clients';
import { CHUNK_MAX } from '../shared/store/document-collection';
import { oneOf } from '../shared/store/query';
import { vouchers } from '../shared/store/vouchers';
import { isWithin, VoucherCodes } from './fields';
import { BODY_BYTES_MAX, readingInterface, ROWS_MAX } from './open-interface';
import { refusedRow, rowResults } from './rows';
import { toVoucherFields, VOUCHER_ENTRIES } from './voucher-fields';

async function loadByCode(
  { voucherCodes }: { voucherCodes: string[] },
  client: ApiClient,
): Promise<ReadonlyMap<string, Voucher>> {
  const codes = [...new Set(voucherCodes.flatMap(text => parseVoucherCode(text) ?? []))];
  if (codes.length === 0) return new Map();
  const found = await vouchers.read({ where: { code: oneOf(codes) }, limit: CHUNK_MAX });
  return new Map(
    found.filter(voucher => isWithin(client, voucher)).map(voucher => [codeOf(voucher) ?? '', voucher]),
  );
}

export const getVoucherStatus = readingInterface({
  name: 'getVoucherStatus',
  title: '获取培训券状态',
  description:
    '按券码查询培训券的状态，每行一个结果，不返回持券人信息。机构的客户端只能查到本机构的券，市的客户端只能查到本市的券；查不到的券不区分不存在和不归您。',
  kinds: ['city', 'institution', 'push'],
  actingPerson: 'none',
  writes: false,
  idempotentBy: 'reading',
  input: v.strictObject({ voucherCodes: VoucherCodes }),
  output: v.strictObject({ rows: rowResults(VOUCHER_ENTRIES) }),
  rows: { field: 'voucherCodes', max: ROWS_MAX },
  bodyBytesMax: BODY_BYTES_MAX,
  requestsMax: 2,
  successStatus: 200,
  errors: [],
  rowErrors: ['voucher_code_malformed', 'voucher_code_unknown'],
  load: loadByCode,
  run: async ({ input, nowMs }, found) =>
    ok({
      rows: input.voucherCodes.map((text, position) => {
        const row = position + 1;
        const code = parseVoucherCode(text);
        if (code === undefined) return refusedRow(row, { code: 'voucher_code_malformed' });
        const voucher = found.get(code);
        const fields = voucher && toVoucherFields(voucher, nowMs);
        return fields
          ? { row, ok: true as const, ...fields }
          : refusedRow(row, { code: 'voucher_code_unknown' });
      }),
    }),
});
