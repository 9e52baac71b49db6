import { randomUUID } from 'node:crypto';
import { anXlsx, fetchCells } from '../../support/sheets';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { codesOf, finishJob, seedCity, seedHolding, stored, type City } from '../voucher/seed';
import { completeCode } from './complete-code';
import { aBatch, codeFile, importAll, newBatch, usedVouchers } from './settle-loop';

let cloud: TestCloud;
let city: City;
let foreign: City;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  foreign = await seedCity(cloud, '3702');
});
afterAll(() => cloud.stop());

const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown });

describe('settlement.createBatch', () => {
  const input = () => ({ institutionId: city.institutionId, projectId: 'pre_job', title: '一批' }) as const;

  it('makes an empty draft with a number that can be printed', async () => {
    const batch = await cloud.must('settlement.createBatch', input(), city.administrator);

    expect(batch).toMatchObject({
      status: 'draft',
      count: 0,
      totalFen: 0,
      history: [{ command: 'create', by: 'administrator' }],
    });
    expect(batch.number).toMatch(/^JS-3701-\d{8}-[2-9A-HJ-NP-Z]{4}$/);
  });

  it('gives a repeated request the first answer', async () => {
    const call = { ...city.administrator, requestId: randomUUID() };

    const first = await cloud.ask('settlement.createBatch', input(), call);

    expect(await cloud.ask('settlement.createBatch', input(), call)).toEqual(first);
    expect(await cloud.ask('settlement.createBatch', { ...input(), title: '二批' }, call)).toEqual(
      refused('request_id_reused'),
    );
  });

  it('needs an institution of one’s own that is active', async () => {
    const institutions = cloud.sdk().database().collection('institutions');
    expect(await cloud.ask('settlement.createBatch', input(), city.otherAdministrator)).toEqual(
      refused('institution_not_found'),
    );
    expect(
      await cloud.ask('settlement.createBatch', { ...input(), institutionId: 'nobody' }, city.administrator),
    ).toEqual(refused('institution_not_found'));

    await institutions.doc(city.institutionId).update({ active: false });
    expect(await cloud.ask('settlement.createBatch', input(), city.administrator)).toEqual(
      refused('institution_not_active'),
    );
    await institutions.doc(city.institutionId).update({ active: true });
  });
});

describe('a file of codes', () => {
  /** One row of every kind, with what is wrong with it. */
  async function aMixedFile(batchId: string) {
    const good = await usedVouchers(cloud, city, 2);
    const unused = await seedHolding(cloud, city, { people: 1 });
    const others = await usedVouchers(
      cloud,
      { ...city, institutionId: city.otherInstitutionId, administrator: city.otherAdministrator },
      1,
    );
    const abroad = await usedVouchers(cloud, foreign, 1);
    const { voucherIds: taken } = await aBatch(cloud, city, { people: 1 });
    const project = await usedVouchers(cloud, city, 1);
    const states = await usedVouchers(cloud, city, 3);
    const patch = (id: string | undefined, fields: object) =>
      cloud
        .sdk()
        .database()
        .collection('vouchers')
        .doc(id ?? '')
        .update(fields);
    await patch(project[0], { projectId: 'golden_blue' });
    await patch(states[0], { status: 'settled' });
    await patch(states[1], { status: 'voided' });
    await patch(states[2], { status: 'claimed', expiresAtMs: 1 });
    const ids = [...good, ...unused.voucherIds, ...others, ...abroad, ...taken, ...project, ...states];
    const codes = await codesOf(cloud, ids);
    const rows = [...codes, completeCode('370120260000000000'), codes[0] ?? '', '370120260000000001'];
    const expected = [
      [4, 'voucher_not_used'],
      [5, 'voucher_not_for_this_institution'],
      [6, 'voucher_of_other_city'],
      [7, 'voucher_in_batch'],
      [8, 'voucher_of_other_project'],
      [9, 'voucher_already_settled'],
      [10, 'voucher_voided'],
      [11, 'voucher_expired'],
      [12, 'voucher_code_unknown'],
      [13, 'duplicate_in_file'],
      [14, 'voucher_code_malformed'],
    ] as const;
    return { batchId, good, rows, expected };
  }

  it('is explained row by row, first without and then with effect (notice 三(六))', async () => {
    const batchId = await newBatch(cloud, city);
    const file = await aMixedFile(batchId);
    const fileId = await codeFile(cloud, city, file.rows);
    const before = JSON.stringify(await cloud.documents('vouchers'));

    const report = await cloud.must('settlement.checkCodes', { batchId, fileId }, city.administrator);
    const after = JSON.stringify(await cloud.documents('vouchers'));
    const call = { ...city.administrator, requestId: randomUUID() };
    const job = await cloud.must('settlement.importCodes', { batchId, fileId }, call);
    const ended = await finishJob(cloud, city.administrator, job);
    const refusals = await cloud.must('settlement.listJobRefusals', { jobId: job.id }, city.administrator);
    const repeated = await cloud.must('settlement.importCodes', { batchId, fileId }, call);

    expect(after).toBe(before);
    expect(report).toMatchObject({ rows: 13, good: 2, bad: 11, added: 2 });
    expect(report.problems.map(({ row, code }) => [row, code])).toEqual(file.expected);
    expect(String(await fetchCells(report.problemsFileUrl ?? ''))).toContain('券码格式不对');
    expect(ended).toMatchObject({
      kind: 'import_codes',
      status: 'finished',
      total: 13,
      done: 2,
      refused: 11,
    });
    expect(refusals.items.map(({ row, code }) => [row, code])).toEqual(file.expected);
    expect(refusals.items.find(({ code }) => code === 'voucher_in_batch')?.data).toHaveProperty(
      'batchNumber',
    );
    expect(repeated).toEqual(job);
    const items = await cloud.must('settlement.listItems', { batchId }, city.administrator);
    expect(items.items.map(({ voucherId }) => voucherId).sort()).toEqual([...file.good].sort());
  }, 60_000);

  it('may be a workbook', async () => {
    const voucherIds = await usedVouchers(cloud, city, 1);
    const batchId = await newBatch(cloud, city);
    const [code = ''] = await codesOf(cloud, voucherIds);
    const bytes = await anXlsx([
      ['序号', '券码'],
      [1, code],
    ]);
    const fileId = await cloud.uploadFile(city.administrator.openid, bytes, 'codes.xlsx');

    const job = await cloud.must('settlement.importCodes', { batchId, fileId }, city.administrator);

    expect(job).toMatchObject({ status: 'finished', done: 1, refused: 0 });
  });

  it.each([
    ['file_empty', ''],
    ['file_column_missing', '姓名\n张三'],
    ['file_has_no_rows', '券码\n'],
    ['file_column_repeated', '券码,券码\n1,2'],
    ['file_type_unsupported', '%PDF-1.7 x'],
  ])('that cannot be read answers %s and starts nothing', async (code, text) => {
    const batchId = await newBatch(cloud, city);
    const fileId = await cloud.uploadFile(city.administrator.openid, Buffer.from(text), 'codes.csv');

    for (const name of ['settlement.checkCodes', 'settlement.importCodes'] as const) {
      expect(await cloud.ask(name, { batchId, fileId }, city.administrator)).toEqual(refused(code));
    }
    expect(await stored(cloud, 'batches', batchId)).not.toHaveProperty('jobId');
  });

  it('that is not there, and a batch that is another’s or no draft, are refused', async () => {
    const { batchId } = await aBatch(cloud, city, { status: 'submitted', people: 1 });
    const draft = await newBatch(cloud, city);
    const fileId = await codeFile(cloud, city, ['370120260000000000']);
    const missing = fileId.replace('codes.csv', 'nothing.csv');

    for (const name of ['settlement.checkCodes', 'settlement.importCodes'] as const) {
      expect(await cloud.ask(name, { batchId: draft, fileId: missing }, city.administrator)).toEqual(
        refused('file_not_found'),
      );
      expect(await cloud.ask(name, { batchId, fileId }, city.administrator)).toEqual(
        refused('batch_not_draft'),
      );
      expect(await cloud.ask(name, { batchId, fileId }, city.otherAdministrator)).toEqual(
        refused('batch_not_found'),
      );
    }
  });

  it('waits while another one is being taken in, and for room in the batch', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { people: 1 });
    const fileId = await codeFile(cloud, city, ['370120260000000000']);
    const { jobId = '' } = (await stored(cloud, 'batches', batchId)) as { jobId?: string };
    const jobs = cloud.sdk().database().collection('jobs');
    await jobs.doc(jobId).update({ status: 'running' });

    const importing = await cloud.ask('settlement.importCodes', { batchId, fileId }, city.administrator);
    const adding = await cloud.ask('settlement.addVouchers', { batchId, voucherIds }, city.administrator);
    const submitting = await cloud.ask('settlement.submitBatch', { batchId }, city.administrator);
    await jobs.doc(jobId).update({ status: 'finished' });

    expect([importing, adding, submitting]).toEqual(Array(3).fill(refused('batch_import_running')));
  });

  it('of ten thousand does not fit beside what is there already', async () => {
    const { batchId } = await aBatch(cloud, city, { people: 1 });
    const codes = Array.from({ length: 10_000 }, (_, at) =>
      completeCode(`37012026${String(at).padStart(10, '0')}`),
    );
    const fileId = await codeFile(cloud, city, codes);

    const result = await cloud.ask('settlement.importCodes', { batchId, fileId }, city.administrator);

    expect(result).toEqual({
      ok: false,
      error: { code: 'batch_full', data: { itemsMax: 10_000, takenCount: 1 } },
    });
  });
});

describe('settlement.addVouchers', () => {
  it('takes picked vouchers, numbered by their place, and refuses what cannot go in', async () => {
    const used = await usedVouchers(cloud, city, 2);
    const { voucherIds: unused } = await seedHolding(cloud, city, { people: 1 });
    const batchId = await newBatch(cloud, city);
    const call = { ...city.administrator, requestId: randomUUID() };
    const input = { batchId, voucherIds: [...used, ...unused, ...used] };

    const first = await cloud.ask('settlement.addVouchers', input, call);
    const repeated = await cloud.ask('settlement.addVouchers', input, call);

    expect(first).toMatchObject({
      ok: true,
      data: { total: 3, done: 2, refused: 1, refusedByCode: { voucher_not_used: 1 } },
    });
    expect(repeated).toEqual(first);
    const refusals = await cloud.must(
      'settlement.listJobRefusals',
      { jobId: first.ok ? first.data.id : '' },
      city.administrator,
    );
    expect(refusals.items).toMatchObject([{ row: 3, code: 'voucher_not_used' }]);
  });

  it('does not know vouchers of others, nor more than it may take', async () => {
    const others = await usedVouchers(
      cloud,
      { ...city, institutionId: city.otherInstitutionId, administrator: city.otherAdministrator },
      1,
    );
    const batchId = await newBatch(cloud, city);
    const add = (voucherIds: string[]) =>
      cloud.ask('settlement.addVouchers', { batchId, voucherIds }, city.administrator);

    expect(await add(others)).toEqual(refused('voucher_not_found'));
    expect(await add(['nothing'])).toEqual(refused('voucher_not_found'));
    expect(await add([])).toEqual(refused('invalid_input'));
    expect(await add(Array.from({ length: 201 }, (_, at) => `voucher${at}`))).toEqual(
      refused('invalid_input'),
    );
  });

  it('puts a voucher into one batch only, however many ask at once', async () => {
    const voucherIds = await usedVouchers(cloud, city, 3);
    const batchIds = await Promise.all([newBatch(cloud, city), newBatch(cloud, city), newBatch(cloud, city)]);

    const jobs = await Promise.all(
      batchIds.map(batchId =>
        cloud.must('settlement.addVouchers', { batchId, voucherIds }, city.administrator),
      ),
    );
    const ended = await Promise.all(jobs.map(job => finishJob(cloud, city.administrator, job)));

    expect(ended.reduce((sum, { done }) => sum + done, 0)).toBe(3);
    expect(ended.every(({ total, done, refused: count }) => done + count === total)).toBe(true);
  });
});

describe('a returned batch', () => {
  it('gives its vouchers back, which then enter another batch', async () => {
    const { batchId, voucherIds } = await aBatch(cloud, city, { status: 'reviewed', people: 3 });
    const input = { batchId, reason: '材料不全' };
    const call = { ...city.reviewers[1], requestId: randomUUID() };

    const returned = await cloud.ask('settlement.returnBatch', input, call);
    const repeated = await cloud.ask('settlement.returnBatch', input, call);
    const jobId = returned.ok ? (returned.data.jobId ?? '') : '';
    const job = await cloud.must('settlement.getJob', { jobId }, city.administrator);
    const next = await newBatch(cloud, city);
    const again = await importAll(cloud, city, { batchId: next, voucherIds });

    expect(returned).toMatchObject({
      ok: true,
      data: { status: 'returned', history: [{}, {}, {}, { reason: '材料不全' }] },
    });
    expect(repeated).toEqual(returned);
    expect(job).toMatchObject({ kind: 'unbatch', status: 'finished', total: 3, done: 3 });
    expect(again).toMatchObject({ done: 3, refused: 0 });
    expect(await stored(cloud, 'vouchers', voucherIds[0] ?? '')).toMatchObject({
      status: 'batched',
      batchId: next,
    });
  });

  it('can only be one that is under review, and only in the own city', async () => {
    const { batchId } = await aBatch(cloud, city, { people: 1 });
    const input = { batchId, reason: '材料不全' };

    expect(await cloud.ask('settlement.returnBatch', input, city.reviewers[0])).toEqual(
      refused('batch_not_returnable'),
    );
    expect(await cloud.ask('settlement.returnBatch', input, foreign.reviewers[0])).toEqual(
      refused('batch_not_found'),
    );
  });
});
