/** The interfaces that read, scan, void and settle, through the client that is made from the document. */
import { INTERFACES } from '../../../cloudfunctions/openapi/interfaces';
import { makeVoucherCode } from '../../../cloudfunctions/shared/domain/voucher-code';
import { encryptText, personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import { LOOK_UPS_MAX } from '../../../cloudfunctions/shared/store/api-clients';
import { generatedClient, reading, requestsOf, writing } from '../../support/generated-client';
import { newNonce, seedClient } from '../../support/open-client';
import { aPerson } from '../../support/people';
import { startTestCloud, type Caller, type TestCloud } from '../../support/test-cloud';
import {
  codesOf,
  insert,
  publishedTemplate,
  seedCity,
  seedClass,
  seedHolding,
  seedRoster,
  signedInOnce,
  stored,
  useVoucher,
  type City,
} from '../voucher/seed';

const ADMINISTRATOR = aPerson(200_001);
const CLERK = aPerson(200_002);
const STRANGER = aPerson(200_003);
const WINDOW_MS = 30_000;

let cloud: TestCloud;
let city: City;
let foreign: City;
let people = 0;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  foreign = await seedCity(cloud, '3702');
  const grant = (person: typeof CLERK, place: string, fields: object) => ({
    id: `${place}-${personKeyOf(person.idNumber)}`,
    personKey: personKeyOf(person.idNumber),
    nameCipher: encryptText(person.name),
    active: true,
    grantedAtMs: cloud.nowMs(),
    history: [],
    ...fields,
  });
  await insert(cloud, 'grants', [
    grant(ADMINISTRATOR, `${city.institutionId}-administrator`, {
      role: 'administrator',
      institutionId: city.institutionId,
    }),
    grant(CLERK, '3701-clerk', { role: 'clerk', cityCode: '3701' }),
    grant(STRANGER, `${foreign.institutionId}-administrator`, {
      role: 'administrator',
      institutionId: foreign.institutionId,
    }),
  ]);
});
afterAll(() => cloud.stop());

const requestsMaxOf = (name: string): number => INTERFACES.find(each => each.name === name)?.requestsMax ?? 0;
const cityClient = async (of = city) =>
  generatedClient(cloud, await seedClient(cloud, { kind: 'city', cityCode: of.cityCode }));
const institutionClient = async (institutionId = city.institutionId) =>
  generatedClient(cloud, await seedClient(cloud, { kind: 'institution', cityCode: '3701', institutionId }));

/** People who have not been in another test of this file. */
async function someHolding(count: number, of = city) {
  const first = people;
  people += count;
  return { first, ...(await seedHolding(cloud, of, { people: count, first })) };
}

const claim = (voucherId: string, worker: Caller, of = city) =>
  cloud.must('voucher.claim', { voucherId, channelNumber: of.channelNumber }, worker);

/** As the sign-in by the e-SSC leaves a person. */
const known = (number: number) => {
  const { name, idNumber } = aPerson(number);
  const ciphers = { nameCipher: encryptText(name), idNumberCipher: encryptText(idNumber) };
  return insert(cloud, 'people', [{ id: personKeyOf(idNumber), ...ciphers, addedAtMs: cloud.nowMs() }]);
};

/** A claimed voucher with its picture on the holder's phone. */
async function aShownVoucher(of = city) {
  const { workers, voucherIds, first, templateId } = await someHolding(1, of);
  const [worker = of.clerk, voucherId = ''] = [workers[0], voucherIds[0]];
  await claim(voucherId, worker, of);
  const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
  const [code = ''] = await codesOf(cloud, [voucherId]);
  await known(first);
  return { worker, voucherId, qrText, code, person: aPerson(first), templateId };
}

/** A thousand more like the voucher, stored straight away. @returns their codes. */
async function aThousandLike(voucherId: string): Promise<string[]> {
  const like = await stored(cloud, 'vouchers', voucherId);
  if (!like) throw new Error('no such voucher');
  const { _id, ...fields } = like;
  const at = (place: number) => String(place).padStart(4, '0');
  const copies = Array.from({ length: 1_000 }, (_, place) => ({
    ...fields,
    id: `${_id}-${at(place)}`,
    reference: `${voucherId.slice(-12)}${at(place)}`,
    code: makeVoucherCode({
      cityCode: '3701',
      year: 2021,
      random: `${thousands}0${at(place)}`.padStart(10, '7'),
    }),
  }));
  thousands++;
  await insert(cloud, 'vouchers', copies);
  return copies.map(({ code }) => code);
}
let thousands = 1;

describe('a thousand rows', () => {
  it('are voided in at most twenty requests', async () => {
    const { voucherId } = await aShownVoucher();
    const voucherCodes = await aThousandLike(voucherId);
    const api = await cityClient();
    const body = { officerIdNumber: CLERK.idNumber, reason: '班期取消', voucherCodes };
    const answered = await api.POST('/openapi/voidClaimedVouchers', { params: writing(), body });
    expect(answered.data?.rows.filter(row => row.ok)).toHaveLength(1_000);
    expect(requestsOf(answered)).toBeLessThanOrEqual(Math.min(20, requestsMaxOf('voidClaimedVouchers') + 1));
  });

  it('are settled in at most twenty requests', async () => {
    const { voucherIds, workers } = await someHolding(1);
    await useVoucher(cloud, city, workers[0] ?? city.clerk, voucherIds[0] ?? '');
    const voucherCodes = await aThousandLike(voucherIds[0] ?? '');
    const api = await institutionClient();
    await api.POST('/openapi/listTemplates', { params: reading(), body: {} });
    const body = {
      administratorIdNumber: ADMINISTRATOR.idNumber,
      projectId: 'pre_job' as const,
      title: '一千张',
      voucherCodes,
    };
    const answered = await api.POST('/openapi/settleVouchers', { params: writing(), body });
    expect(answered.data?.batch).toMatchObject({ count: 1_000, status: 'submitted' });
    expect(requestsOf(answered)).toBeLessThanOrEqual(requestsMaxOf('settleVouchers'));
  });
});

describe('scanVoucher', () => {
  const NAME = 'scanVoucher';
  const administratorIdNumber = ADMINISTRATOR.idNumber;

  it('verifies for an administrator whom it names; the history tells person and client', async () => {
    const { qrText, voucherId, code } = await aShownVoucher();
    const system = await seedClient(cloud, {
      kind: 'institution',
      cityCode: '3701',
      institutionId: city.institutionId,
    });
    const api = generatedClient(cloud, system);
    await api.POST('/openapi/listTemplates', { params: reading(), body: {} });

    const answered = await api.POST('/openapi/scanVoucher', {
      params: writing(),
      body: { qrText, administratorIdNumber },
    });

    expect(answered.data).toMatchObject({ voucherCode: code, status: 'used', statusName: '已使用' });
    expect(answered.data?.holderName).toContain('*');
    expect(requestsOf(answered)).toBeLessThanOrEqual(requestsMaxOf(NAME));
    const voucher = await stored(cloud, 'vouchers', voucherId);
    expect(voucher?.['history']).toContainEqual(
      expect.objectContaining({
        command: 'use',
        by: {
          role: 'administrator',
          personKey: personKeyOf(administratorIdNumber),
          institutionId: city.institutionId,
          cityCode: '3701',
          clientId: system.id,
        },
      }),
    );
  });

  it('gives the first answer again for the same key, with a fresh nonce, however old the picture is by then', async () => {
    const { qrText } = await aShownVoucher();
    const api = await institutionClient();
    const params = writing();
    const body = { qrText, administratorIdNumber };
    const first = await api.POST('/openapi/scanVoucher', { params, body });
    await cloud.advanceClock(4 * WINDOW_MS);
    const again = await api.POST('/openapi/scanVoucher', { params, body });
    expect(again.data).toEqual(first.data);
    const other = await api.POST('/openapi/scanVoucher', { params: writing(), body });
    expect(other.error).toMatchObject({ code: 'code_expired', status: 409 });
  });

  it('uses a voucher once of many scans at the same time', async () => {
    const { qrText } = await aShownVoucher();
    const api = await institutionClient();
    const scans = Array.from({ length: 6 }, () =>
      api.POST('/openapi/scanVoucher', { params: writing(), body: { qrText, administratorIdNumber } }),
    );
    const answers = await Promise.all(scans);
    expect(answers.filter(({ data }) => data)).toHaveLength(1);
  });

  it('is refused for who is no administrator there, and for vouchers of others', async () => {
    const { qrText } = await aShownVoucher();
    const api = await institutionClient();
    const ask = async (body: { qrText: string; administratorIdNumber: string }, by = api) =>
      (await by.POST('/openapi/scanVoucher', { params: writing(), body })).error;

    for (const somebody of [STRANGER, CLERK, aPerson(1)])
      expect(await ask({ qrText, administratorIdNumber: somebody.idNumber })).toMatchObject({
        code: 'acting_person_not_active',
        status: 403,
      });
    expect(await ask({ qrText, administratorIdNumber: '123' })).toMatchObject({
      code: 'id_number_invalid',
      status: 422,
    });
    const elsewhere = await institutionClient(city.otherInstitutionId);
    expect(await ask({ qrText, administratorIdNumber }, elsewhere)).toMatchObject({
      code: 'acting_person_not_active',
    });
    const ofForeign = await aShownVoucher(foreign);
    expect(await ask({ qrText: ofForeign.qrText, administratorIdNumber }, await cityClient())).toMatchObject({
      code: 'voucher_not_found',
      status: 404,
    });
    const forged = qrText.replace(/.{4}$/, '0000');
    expect(await ask({ qrText: forged, administratorIdNumber })).toMatchObject({
      code: 'code_forged',
      status: 422,
    });
  });

  it('is refused as soon as the administrator is no longer one', async () => {
    const { qrText } = await aShownVoucher();
    const grants = cloud.sdk().database().collection('grants');
    const id = `${city.institutionId}-administrator-${personKeyOf(administratorIdNumber)}`;
    await grants.doc(id).update({ active: false });
    const api = await institutionClient();
    const refused = await api.POST('/openapi/scanVoucher', {
      params: writing(),
      body: { qrText, administratorIdNumber },
    });
    await grants.doc(id).update({ active: true });
    expect(refused.error).toMatchObject({ code: 'acting_person_not_active' });
  });
});

describe('getVoucherStatus', () => {
  it('answers a thousand rows in two requests', async () => {
    const { voucherIds } = await someHolding(3);
    const codes = await codesOf(cloud, voucherIds);
    const api = await cityClient();
    const voucherCodes = Array.from({ length: 1_000 }, (_, at) => codes[at % codes.length] ?? '');
    await api.POST('/openapi/getVoucherStatus', { params: reading(), body: { voucherCodes: codes } });
    const answered = await api.POST('/openapi/getVoucherStatus', {
      params: reading(),
      body: { voucherCodes },
    });
    expect(answered.data?.rows).toHaveLength(1_000);
    expect(answered.data?.rows.every(row => row.ok)).toBe(true);
    expect(requestsOf(answered)).toBeLessThanOrEqual(requestsMaxOf('getVoucherStatus'));
  });
});

describe('voidClaimedVouchers', () => {
  const officerIdNumber = CLERK.idNumber;
  const reason = '报名信息有误';

  it('voids the good rows of a half-bad batch, tells of each row, and gives the quota back', async () => {
    const { voucherIds, workers, templateId } = await someHolding(4);
    const [one = '', two = '', , used = ''] = voucherIds;
    const [workerOne = city.clerk, workerTwo = city.clerk, , workerUsed = city.clerk] = workers;
    await claim(one, workerOne);
    await claim(two, workerTwo);
    await useVoucher(cloud, city, workerUsed, used);
    const [codeOne = '', codeTwo = '', codeUnclaimed = '', codeUsed = ''] = await codesOf(cloud, voucherIds);
    const { voucherIds: foreignIds, workers: foreignWorkers } = await someHolding(1, foreign);
    await claim(foreignIds[0] ?? '', foreignWorkers[0] ?? city.clerk, foreign);
    const [codeForeign = ''] = await codesOf(cloud, foreignIds);
    const api = await cityClient();
    const voucherCodes = [codeOne, '12345', codeUnclaimed, codeUsed, codeForeign, codeOne, codeTwo];
    const params = writing();
    const body = { officerIdNumber, reason, voucherCodes };
    const answered = await api.POST('/openapi/voidClaimedVouchers', { params, body });

    expect(answered.data?.rows).toMatchObject([
      { row: 1, ok: true, voucherCode: codeOne },
      { row: 2, ok: false, code: 'voucher_code_malformed' },
      { row: 3, ok: false, code: 'voucher_not_yet_claimed' },
      { row: 4, ok: false, code: 'voucher_already_used' },
      { row: 5, ok: false, code: 'voucher_code_unknown' },
      { row: 6, ok: false, code: 'duplicate_in_file' },
      { row: 7, ok: true, voucherCode: codeTwo },
    ]);
    expect(requestsOf(answered)).toBeLessThanOrEqual(requestsMaxOf('voidClaimedVouchers'));
    expect(await stored(cloud, 'vouchers', one)).toMatchObject({
      status: 'voided',
      history: expect.arrayContaining([
        expect.objectContaining({
          command: 'void',
          reason,
          by: expect.objectContaining({ role: 'clerk' }) as unknown,
        }),
      ]) as unknown,
    });
    expect(await stored(cloud, 'vouchers', foreignIds[0] ?? '')).toMatchObject({ status: 'claimed' });
    expect(await stored(cloud, 'templates', templateId)).toMatchObject({ issuedCount: 2 });

    const again = await api.POST('/openapi/voidClaimedVouchers', { params, body });
    expect(again.data).toEqual(answered.data);
  });

  it('needs a reason, and an officer of the city', async () => {
    const api = await cityClient();
    const ask = async (body: { officerIdNumber: string; reason: string; voucherCodes: string[] }) =>
      (await api.POST('/openapi/voidClaimedVouchers', { params: writing(), body })).error;
    const voucherCodes = ['1'];
    expect(await ask({ officerIdNumber, reason: ' ', voucherCodes })).toMatchObject({
      code: 'invalid_input',
      data: { fields: ['reason'] },
    });
    expect(await ask({ officerIdNumber: ADMINISTRATOR.idNumber, reason, voucherCodes })).toMatchObject({
      code: 'acting_person_not_active',
    });
  });
});

describe('settleVouchers', () => {
  const administratorIdNumber = ADMINISTRATOR.idNumber;

  it('draws up a batch and submits it, row by row, and does nothing further', async () => {
    const { voucherIds, workers } = await someHolding(3);
    const [one = '', two = '', unused = ''] = voucherIds;
    await useVoucher(cloud, city, workers[0] ?? city.clerk, one);
    await useVoucher(cloud, city, workers[1] ?? city.clerk, two);
    const [codeOne = '', codeTwo = '', codeUnused = ''] = await codesOf(cloud, [one, two, unused]);
    const api = await institutionClient();
    await api.POST('/openapi/listTemplates', { params: reading(), body: {} });
    const params = writing();
    const body = {
      administratorIdNumber,
      projectId: 'pre_job' as const,
      title: '十一月结算',
      voucherCodes: [codeOne, codeUnused, codeTwo],
    };
    const answered = await api.POST('/openapi/settleVouchers', { params, body });

    expect(answered.data).toMatchObject({
      batch: { status: 'submitted', count: 2, totalFen: 100_000 },
      rows: [{ ok: true }, { ok: false, code: 'voucher_not_used' }, { ok: true }],
    });
    expect(requestsOf(answered)).toBeLessThanOrEqual(requestsMaxOf('settleVouchers'));
    const batch = await stored(cloud, 'batches', answered.data?.batch?.batchId ?? '');
    expect(batch?.['history']).toMatchObject([{ command: 'create' }, { command: 'submit' }]);
    expect(batch?.['fills']).toMatchObject([{ by: { personKey: personKeyOf(administratorIdNumber) } }]);

    const again = await api.POST('/openapi/settleVouchers', { params, body });
    expect(again.data).toEqual(answered.data);
    const other = await api.POST('/openapi/settleVouchers', { params: writing(), body });
    expect(other.data).toMatchObject({
      rows: [{ code: 'voucher_in_batch' }, {}, { code: 'voucher_in_batch' }],
    });
    expect(other.data).not.toHaveProperty('batch');
  });

  it('goes on where a killed call left off: the same key makes one batch', async () => {
    const { voucherIds, workers } = await someHolding(1);
    await useVoucher(cloud, city, workers[0] ?? city.clerk, voucherIds[0] ?? '');
    const voucherCodes = await codesOf(cloud, voucherIds);
    const api = await institutionClient();
    const params = writing();
    const body = { administratorIdNumber, projectId: 'pre_job' as const, title: '补', voucherCodes };
    const first = await api.POST('/openapi/settleVouchers', { params, body });
    // As if the answer had never been kept.
    const answers = cloud.sdk().database().collection('apiAnswers');
    await answers.where({ answer: cloud.sdk().database().command.exists(true) }).update({
      answer: cloud.sdk().database().command.remove(),
    });
    const again = await api.POST('/openapi/settleVouchers', { params, body });
    expect(again.data).toEqual(first.data);
  });
});

describe('listTemplates', () => {
  it('lists those of the own city alone', async () => {
    await publishedTemplate(cloud, city, { name: '本市的券' });
    await publishedTemplate(cloud, foreign, { name: '外市的券' });
    const api = await cityClient();
    await api.POST('/openapi/listTemplates', { params: reading(), body: {} });
    const answered = await api.POST('/openapi/listTemplates', {
      params: reading(),
      body: { status: 'published' },
    });
    expect(answered.data?.items.map(({ cityCode }) => cityCode)).not.toContain('3702');
    expect(answered.data?.items[0]).toMatchObject({ name: '本市的券', amountFen: 50_000 });
    expect(requestsOf(answered)).toBeLessThanOrEqual(requestsMaxOf('listTemplates'));

    const refused = await api.POST('/openapi/listTemplates', {
      params: reading(),
      body: { cityCode: '3702' },
    });
    expect(refused.error).toMatchObject({ code: 'scope_missing', status: 403 });
    const push = generatedClient(cloud, await seedClient(cloud, { kind: 'push', cityCode: '3701' }));
    const pushed = await push.POST('/openapi/listTemplates', {
      params: reading(),
      body: { cityCode: '3702' },
    });
    expect(pushed.data?.items[0]).toMatchObject({ name: '外市的券' });
  });
});

describe('listUserVouchers', () => {
  it('lists what a person has in the own city, and writes down who asked', async () => {
    const { person, code } = await aShownVoucher();
    const client = await seedClient(cloud, { kind: 'city', cityCode: '3701' });
    const api = generatedClient(cloud, client);
    const ask = (idNumber: string, by = api) =>
      by.POST('/openapi/listUserVouchers', { params: reading(), body: { idNumber } });
    const answered = await ask(person.idNumber);
    expect(answered.data?.vouchers).toMatchObject([{ voucherCode: code, status: 'claimed' }]);
    expect(requestsOf(await ask(person.idNumber))).toBeLessThanOrEqual(requestsMaxOf('listUserVouchers'));
    expect((await ask(person.idNumber, await cityClient(foreign))).data).toEqual({ vouchers: [] });
    expect((await ask(aPerson(100_000).idNumber)).data).toEqual({ vouchers: [] });
    expect((await ask('123')).error).toMatchObject({ code: 'id_number_invalid' });
    const kept = (await cloud.documents('apiLookUps')).filter(each => each['clientId'] === client.id);
    expect(kept.map(each => each['outcome'])).toEqual(['found', 'found', 'nobody']);
    expect(await cloud.everythingKept()).not.toContain(person.idNumber);
  });

  it('is limited by itself, against guessing', async () => {
    const client = await seedClient(cloud, { kind: 'city', cityCode: '3701' });
    const stamp = `${cloud.nowMs().toString(36).padStart(9, '0')}aaaaaaaa`;
    const lookUps = Array.from({ length: LOOK_UPS_MAX }, () => stamp);
    await cloud.sdk().database().collection('apiClients').doc(client.id).update({ lookUps });
    const api = generatedClient(cloud, client);
    const body = { idNumber: aPerson(0).idNumber };
    const refused = await api.POST('/openapi/listUserVouchers', { params: reading(), body });
    expect(refused.error).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(Number(refused.response.headers.get('retry-after'))).toBeGreaterThan(0);
    const other = await api.POST('/openapi/listTemplates', { params: reading(), body: {} });
    expect(other.response.status).toBe(200);
  });
});

describe('getTraineeByQr', () => {
  it('tells whose voucher it is, masked, and leaves the picture as good as it was', async () => {
    const { qrText, person, code } = await aShownVoucher();
    const api = await institutionClient();
    await api.POST('/openapi/listTemplates', { params: reading(), body: {} });
    const answered = await api.POST('/openapi/getTraineeByQr', { params: reading(), body: { qrText } });
    expect(answered.data?.voucher).toMatchObject({ voucherCode: code });
    expect(answered.data?.name).toContain('*');
    expect(JSON.stringify(answered.data)).not.toContain(person.idNumber);
    expect(requestsOf(answered)).toBeLessThanOrEqual(requestsMaxOf('getTraineeByQr'));

    const scanned = await api.POST('/openapi/scanVoucher', {
      params: writing(),
      body: { qrText, administratorIdNumber: ADMINISTRATOR.idNumber },
    });
    expect(scanned.response.status).toBe(200);
  });

  it('shows a person in clear by a scope of its own, and writes that down', async () => {
    const { qrText, person } = await aShownVoucher();
    const unmasked = { qrText, unmasked: true };
    const poor = await seedClient(cloud, { kind: 'city', cityCode: '3701', scopes: ['getTraineeByQr'] });
    const refused = await generatedClient(cloud, poor).POST('/openapi/getTraineeByQr', {
      params: reading(),
      body: unmasked,
    });
    expect(refused.error).toMatchObject({ code: 'scope_missing' });
    const client = await seedClient(cloud, { kind: 'city', cityCode: '3701' });
    const answered = await generatedClient(cloud, client).POST('/openapi/getTraineeByQr', {
      params: reading(),
      body: unmasked,
    });
    expect(answered.data).toMatchObject({ name: person.name, idNumber: person.idNumber });
    expect(
      (await cloud.documents('apiLookUps')).filter(each => each['clientId'] === client.id),
    ).toMatchObject([
      { interface: 'getTraineeByQr', unmasked: true, personKey: personKeyOf(person.idNumber) },
    ]);
  });

  it('is refused for an old picture, and for the vouchers of others', async () => {
    const { qrText } = await aShownVoucher();
    const ask = async (by: Awaited<ReturnType<typeof institutionClient>>) =>
      (await by.POST('/openapi/getTraineeByQr', { params: reading(), body: { qrText } })).error;
    expect(await ask(await institutionClient(city.otherInstitutionId))).toMatchObject({
      code: 'voucher_not_found',
    });
    expect(await ask(await cityClient(foreign))).toMatchObject({ code: 'voucher_not_found' });
    await cloud.advanceClock(4 * WINDOW_MS);
    expect(await ask(await institutionClient())).toMatchObject({ code: 'code_expired' });
  });

  it('knows a 通用券 by its city before it has an institution', async () => {
    const templateId = await publishedTemplate(cloud, city, { issueMode: 'general' });
    const first = people++;
    await seedRoster(cloud, templateId, { people: 1, first });
    await cloud.must('voucher.issue', { templateId }, city.clerk);
    const voucherId = `${templateId}-${personKeyOf(aPerson(first).idNumber)}-1`;
    const worker = await signedInOnce(cloud, first);
    await known(first);
    await claim(voucherId, worker);
    const { qrText } = await cloud.must('voucher.showCode', { voucherId }, worker);
    const classId = await seedClass(cloud, city, { templateId, people: 0, status: 'running' });
    const api = await institutionClient();
    const shown = await api.POST('/openapi/getTraineeByQr', { params: reading(), body: { qrText } });
    expect(shown.response.status).toBe(200);
    const body = { qrText, administratorIdNumber: ADMINISTRATOR.idNumber };
    const unbound = await api.POST('/openapi/scanVoucher', { params: writing(), body });
    expect(unbound.error).toMatchObject({ code: 'class_required' });
    const bound = await api.POST('/openapi/scanVoucher', {
      params: writing(newNonce()),
      body: { ...body, classId },
    });
    expect(bound.data).toMatchObject({ status: 'used' });
  });
});
