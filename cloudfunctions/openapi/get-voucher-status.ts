import * as v from 'valibot';
import { CITY_CODES } from '../../miniprogram/contract/areas';
import { ok } from '../../miniprogram/contract/result';
import { VOUCHER_STATUS_NAMES, VOUCHER_STATUSES } from '../../miniprogram/contract/vouchers';
import { statusAt, type Voucher } from '../shared/domain/voucher';
import { parseVoucherCode } from '../shared/domain/voucher-code';
import type { ApiClient } from '../shared/store/api-clients';
import { CHUNK_MAX } from '../shared/store/document-collection';
import { oneOf } from '../shared/store/query';
import { vouchers } from '../shared/store/vouchers';
import { AtMs, isWithin, VoucherCodes } from './fields';
import { BODY_BYTES_MAX, readingInterface, ROWS_MAX } from './open-interface';
import { refusedRow, rowResults } from './rows';

const Output = v.strictObject({
  rows: rowResults({
    voucherCode: v.pipe(v.string(), v.description('券码')),
    status: v.pipe(v.picklist(VOUCHER_STATUSES), v.description('按当前时间判断的状态')),
    statusName: v.pipe(v.string(), v.description('状态的中文名称')),
    cityCode: v.picklist(CITY_CODES),
    issuedAtMs: AtMs,
    claimUntilMs: AtMs,
    expiresAtMs: AtMs,
    claimedAtMs: v.exactOptional(AtMs),
    usedAtMs: v.exactOptional(AtMs),
  }),
});

const loadByCode = async (
  { voucherCodes }: { voucherCodes: string[] },
  client: ApiClient,
): Promise<Map<string, Voucher>> => {
  const codes = [...new Set(voucherCodes.flatMap(text => parseVoucherCode(text) ?? []))];
  if (codes.length === 0) return new Map();
  const found = await vouchers.read({ where: { code: oneOf(codes) }, limit: CHUNK_MAX });
  return new Map(found.filter(voucher => isWithin(client, voucher)).map(voucher => [voucher.code, voucher]));
};

const viewOf = (voucher: Voucher, nowMs: number) => {
  const status = statusAt(voucher, nowMs);
  const { code: voucherCode, cityCode, issuedAtMs, claimUntilMs, expiresAtMs } = voucher;
  return {
    voucherCode,
    status,
    statusName: VOUCHER_STATUS_NAMES[status],
    cityCode,
    issuedAtMs,
    claimUntilMs,
    expiresAtMs,
    ...('claimedAtMs' in voucher &&
      voucher.claimedAtMs !== undefined && { claimedAtMs: voucher.claimedAtMs }),
    ...('usedAtMs' in voucher && voucher.usedAtMs !== undefined && { usedAtMs: voucher.usedAtMs }),
  };
};

export const getVoucherStatus = readingInterface({
  name: 'getVoucherStatus',
  title: '获取培训券状态',
  description:
    '按券码查询培训券的状态，每行一个结果。不返回持券人信息。机构的客户端只能查到本机构的券，市的客户端只能查到本市的券。',
  kinds: ['city', 'institution', 'push'],
  actingPerson: 'none',
  writes: false,
  idempotentBy: 'reading',
  input: v.strictObject({ voucherCodes: VoucherCodes }),
  output: Output,
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
        if (!voucher) return refusedRow(row, { code: 'voucher_code_unknown' });
        return { row, ok: true as const, ...viewOf(voucher, nowMs) };
      }),
    }),
});
