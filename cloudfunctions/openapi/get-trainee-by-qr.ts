import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { maskIdNumber } from '../shared/domain/id-number';
import { maskName } from '../shared/domain/person-name';
import { isFresh, readQrText } from '../shared/domain/qr-token';
import type { Voucher } from '../shared/domain/voucher';
import { codeMac, decryptText } from '../shared/runtime/secrets';
import type { ApiClient } from '../shared/store/api-clients';
import { people, type Person } from '../shared/store/people';
import { vouchers } from '../shared/store/vouchers';
import { isWithin, QrText } from './fields';
import { recordLookUp } from './look-ups';
import { readingInterface, SMALL_BODY_BYTES_MAX } from './open-interface';
import { toVoucherFields, VOUCHER_ENTRIES } from './voucher-fields';

/** A 通用券 has no institution yet: whoever of the city is shown it may know whose it is. */
const isShownTo = (client: ApiClient, voucher: Voucher): boolean =>
  isWithin(client, voucher) || (voucher.institutionId === undefined && voucher.cityCode === client.cityCode);

async function findShown(qrText: string, client: ApiClient, nowMs: number): Promise<Result<Voucher>> {
  const picture = readQrText(qrText, codeMac);
  if (!picture.ok) return picture;
  if (!isFresh(picture.data.window, nowMs)) return fail('code_expired');
  const voucher = await vouchers.findWhere({ reference: picture.data.reference });
  return voucher && isShownTo(client, voucher) ? ok(voucher) : fail('voucher_not_found');
}

function toTrainee({ nameCipher, idNumberCipher }: Person, isClear: boolean) {
  const [name, idNumber] = [decryptText(nameCipher), decryptText(idNumberCipher)];
  return isClear ? { name, idNumber } : { name: maskName(name), idNumber: maskIdNumber(idNumber) };
}

export const getTraineeByQr = readingInterface({
  name: 'getTraineeByQr',
  title: '通过二维码获取学员信息',
  description:
    '从劳动者出示的动态二维码得知是谁。二维码不因此用掉，之后仍可核验。姓名和身份证号隐去一部分；开通了 getTraineeByQr:unmasked 的客户端可以要求完整显示，每次都留下记录。',
  kinds: ['city', 'institution'],
  actingPerson: 'none',
  writes: false,
  idempotentBy: 'reading',
  input: v.strictObject({
    qrText: QrText,
    unmasked: v.exactOptional(v.pipe(v.boolean(), v.description('是否完整显示，需要另行开通'))),
  }),
  output: v.strictObject({
    name: v.pipe(v.string(), v.description('姓名')),
    idNumber: v.pipe(v.string(), v.description('身份证号')),
    voucher: v.strictObject(VOUCHER_ENTRIES),
  }),
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
  requestsMax: 4,
  successStatus: 200,
  errors: ['code_unrecognised', 'code_forged', 'code_expired', 'voucher_not_found', 'person_not_found'],
  rowErrors: [],
  run: async call => {
    const { input, client, nowMs } = call;
    const isClear = input.unmasked === true;
    if (isClear && !client.scopes.includes('getTraineeByQr:unmasked')) return fail('scope_missing');
    const shown = await findShown(input.qrText, client, nowMs);
    if (!shown.ok) return shown;
    const voucher = toVoucherFields(shown.data, nowMs);
    if (!voucher) return fail('voucher_not_found');
    const { personKey } = shown.data;
    const person = await people.find(personKey);
    if (!person) return fail('person_not_found');
    if (isClear) await recordLookUp(call, 'getTraineeByQr', { personKey, outcome: 'found', unmasked: true });
    return ok({ ...toTrainee(person, isClear), voucher });
  },
});
