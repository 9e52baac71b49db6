import { personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import { addInstitution, aUscc, createCast, signInAs, signInOfficer, type Cast } from '../../support/callers';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { aCsv, anXlsx, cellsOf, fetchCells } from '../../support/sheets';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

const HEADER = ['机构名称', '统一社会信用代码', '区县', '可开展项目', '管理员姓名', '管理员身份证号'];

let cloud: TestCloud;
let cast: Cast;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
});
afterAll(() => cloud.stop());

const personCells = (number: number): [string, string] => {
  const { name, idNumber } = aPerson(number);
  return [name, idNumber];
};
/** A row; the last two cells name aPerson(administrator). */
const aRow = (number: number, administrator?: number, more: { county?: string; projects?: string } = {}) => [
  `批量机构${number}`,
  aUscc(number),
  more.county ?? '',
  more.projects ?? '',
  ...(administrator === undefined ? ['', ''] : personCells(administrator)),
];
const upload = (rows: readonly (readonly string[])[], by = cast.clerk) =>
  cloud.upload({ institutionsOf: '3701' }, aCsv([HEADER, ...rows]), by);
const check = async (rows: readonly (readonly string[])[]) =>
  cloud.must('training.checkInstitutions', { cityCode: '3701', fileId: await upload(rows) }, cast.clerk);
/** Until the job has ended; the timer does what the call did not. */
async function finish(jobId: string, caller = cast.clerk) {
  let job = await cloud.must('training.getJob', { jobId }, caller);
  while (job.status === 'running') {
    await cloud.cloud.fireTimer('timer');
    job = await cloud.must('training.getJob', { jobId }, caller);
  }
  const { items } = await cloud.must('training.listJobRefusals', { jobId }, caller);
  return { job, refusals: items };
}
async function importRows(rows: readonly (readonly string[])[]) {
  const input = { cityCode: '3701', fileId: await upload(rows) } as const;
  const { id } = await cloud.must('training.importInstitutions', input, cast.clerk);
  return finish(id);
}
const institutionOf = async (number: number) =>
  (await cloud.documents('institutions')).find(each => each['uscc'] === aUscc(number));
const administratorsOf = async (institutionId: string) =>
  (await cloud.documents('grants'))
    .filter(grant => grant['institutionId'] === institutionId && grant['active'] === true)
    .map(grant => grant['personKey']);
const keysOf = (...numbers: number[]) => numbers.map(number => personKeyOf(aPerson(number).idNumber)).sort();

describe('institutions of a file', () => {
  const rows = [
    aRow(1001, 5001, { county: '历城区', projects: '岗前培训、“金蓝领”' }),
    ['', aUscc(1001), '', '', ...personCells(5002)],
    aRow(1002, undefined, { projects: '全部' }),
    ['', aUscc(1003), '', '', '', ''],
    ['代码不对', '91350100M000100Y4Z', '', '', '', ''],
    aRow(1004, 5003, { county: '市南区' }),
    aRow(1005, 5003, { county: '没有县' }),
    aRow(1006, 5003, { projects: '舞蹈' }),
    [...aRow(1007).slice(0, 4), '没有号码', ''],
    [...aRow(1008).slice(0, 4), '', aPerson(5003).idNumber],
    ['另一个名字', aUscc(1001), '', '', ...personCells(5004)],
    aRow(1001, 5001),
    aRow(1002),
    ['长'.repeat(61), aUscc(1009), '', '', '', ''],
  ];
  const codes = {
    institution_name_missing: 1,
    uscc_invalid: 1,
    county_of_other_city: 1,
    county_unknown: 1,
    project_unknown: 1,
    id_number_invalid: 1,
    name_missing: 1,
    institution_differs: 1,
    duplicate_in_file: 2,
    cell_too_long: 1,
  };

  it('are checked without a trace, then added with all their administrators, and told of row by row', async () => {
    const fileId = await upload(rows);
    const input = { cityCode: '3701', fileId } as const;
    const before = (await cloud.documents('institutions')).length;

    const dry = await cloud.must('training.checkInstitutions', input, cast.clerk);
    const between = (await cloud.documents('institutions')).length;
    const options = { ...cast.clerk, requestId: 'import-institutions-1' };
    const started = await cloud.must('training.importInstitutions', input, options);
    const again = await cloud.must('training.importInstitutions', input, options);
    const { job, refusals } = await finish(started.id);

    expect(dry).toMatchObject({ rows: 14, good: 3, bad: 11, added: 0, badByCode: codes });
    expect(dry.goodRows?.map(({ text }) => text)).toEqual([
      expect.stringContaining(`批量机构1001，${aUscc(1001)}，管理员`),
      expect.stringContaining(`批量机构1001，${aUscc(1001)}，管理员`),
      `批量机构1002，${aUscc(1002)}`,
    ]);
    expect(between).toBe(before);
    expect(again).toEqual(started);
    expect(job).toMatchObject({ status: 'finished', total: 14, done: 3, refused: 11, refusedByCode: codes });
    expect(refusals.map(({ row, code }) => [row, code])).toEqual(
      dry.problems.map(({ row, code }) => [row, code]),
    );
    expect(await institutionOf(1001)).toMatchObject({
      name: '批量机构1001',
      cityCode: '3701',
      countyCode: '370112',
      projectIds: ['pre_job', 'golden_blue'],
      active: true,
    });
    expect(await institutionOf(1002)).not.toHaveProperty('projectIds');
    const id = String((await institutionOf(1001))?._id);
    expect((await administratorsOf(id)).sort()).toEqual(keysOf(5001, 5002));
    const problems = await fetchCells(dry.problemsFileUrl ?? '');
    expect(problems.slice(1, 3).map(([row, column]) => [row, column])).toEqual([
      ['5', '机构名称'],
      ['6', '统一社会信用代码'],
    ]);
  });

  it('let their administrators work at once, also on phones that are signed in', async () => {
    const administrator = await signInAs(cloud, aPerson(5010));
    await importRows([aRow(1010, 5010)]);

    const { grants } = await cloud.must('account.getAccount', {}, administrator);
    const institutionId = String((await institutionOf(1010))?._id);
    expect(grants).toEqual([{ role: 'administrator', cityCode: '3701', institutionId }]);
    expect(await cloud.must('training.listInstitutions', { own: true }, administrator)).toMatchObject({
      items: [{ id: institutionId, name: '批量机构1010' }],
    });
  });

  it('keep nothing personal in clear, and the file is gone', async () => {
    const { idNumber, name } = aPerson(5011);
    const fileId = await upload([aRow(1011, 5011)]);
    const input = { cityCode: '3701', fileId } as const;
    const { id } = await cloud.must('training.importInstitutions', input, cast.clerk);
    await finish(id);

    const kept = await cloud.everythingKept();
    expect(kept).not.toContain(idNumber);
    expect(kept).not.toContain(name);
    expect(await cloud.ask('training.checkInstitutions', input, cast.clerk)).toEqual(
      refused('file_not_found'),
    );
  });
});

describe('institutions that are there already', () => {
  it('stay as they are, get the administrators that are new, and each row says so', async () => {
    await importRows([aRow(1020, 5020, { projects: '岗前培训' })]);
    const elsewhere = await createCast(cloud, { cityCode: '3702', workers: 0 });
    await addInstitution(cloud, elsewhere.clerk, { number: 1021, cityCode: '3702' });
    const other = await addInstitution(cloud, cast.clerk, { number: 1022, cityCode: '3701' });
    const closed = { institutionId: other.institution.id, active: false };
    await cloud.must('training.setInstitution', closed, cast.clerk);
    const { administrator, ...own } = await addInstitution(cloud, cast.clerk, {
      number: 1023,
      cityCode: '3701',
    });
    expect(administrator.openid).not.toBe('');

    const rows = [
      aRow(1020),
      aRow(1020, 5020),
      aRow(1020, 5021),
      aRow(1021, 5021),
      ['职业培训学校1022', aUscc(1022), '', '', ...personCells(5021)],
      [own.institution.name, aUscc(1023), '', '岗前培训', ...personCells(5021)],
    ];
    const dry = await check(rows);
    const { job, refusals } = await importRows(rows);
    const expected = [
      [3, 'role_already_granted'],
      [5, 'institution_already_exists'],
      [6, 'institution_not_active'],
      [7, 'institution_differs'],
    ];
    // The first row of 1020 brings no administrator, so the others of the same institution are judged by themselves.
    expect(dry.problems.map(({ row, code }) => [row, code])).toEqual([
      [2, 'institution_already_exists'],
      ...expected,
    ]);
    expect(job).toMatchObject({ status: 'finished', total: 6, done: 1, refused: 5 });
    expect(refusals.map(({ row, code }) => [row, code])).toEqual([
      [2, 'institution_already_exists'],
      ...expected,
    ]);
    const id = String((await institutionOf(1020))?._id);
    expect((await administratorsOf(id)).sort()).toEqual(keysOf(5020, 5021));
  });

  it('give a role back that was taken away', async () => {
    await importRows([aRow(1030, 5030)]);
    const institutionId = String((await institutionOf(1030))?._id);
    const [personId = ''] = keysOf(5030);
    await cloud.must('training.removeAdministrator', { institutionId, personId }, cast.clerk);

    const { job } = await importRows([aRow(1030, 5030)]);

    expect(job).toMatchObject({ done: 1, refused: 0 });
    expect(await administratorsOf(institutionId)).toEqual([personId]);
  });

  it('are changed by no clerk who administers them, and no clerk makes themselves administrator', async () => {
    const person = aPerson(5040);
    const clerk = await signInOfficer(cloud, cast.province, { person, role: 'clerk', cityCode: '3701' });
    const { institution } = await addInstitution(cloud, cast.clerk, { number: 1040, cityCode: '3701' });
    const named = { name: person.name, idNumber: person.idNumber };
    await cloud.must('training.addAdministrator', { institutionId: institution.id, ...named }, cast.clerk);
    const fileId = await upload(
      [[institution.name, aUscc(1040), '', '', ...personCells(5041)], aRow(1041, 5040)],
      clerk,
    );
    const input = { cityCode: '3701', fileId } as const;

    const dry = await cloud.must('training.checkInstitutions', input, clerk);
    const { id } = await cloud.must('training.importInstitutions', input, clerk);
    const { refusals } = await finish(id, clerk);

    expect(dry.problems).toEqual([
      { row: 2, code: 'institution_is_own' },
      { row: 3, code: 'role_to_oneself' },
    ]);
    expect(refusals).toEqual(dry.problems);
    expect(await institutionOf(1041)).toBeUndefined();
  });
});

describe('an import of institutions that is cut off', () => {
  it('adds nothing twice when it is taken up again', async () => {
    const rows = Array.from({ length: 30 }, (_, at) => aRow(1100 + at, 5100 + at));
    const input = { cityCode: '3701', fileId: await upload(rows) } as const;
    const { id } = await cloud.must('training.importInstitutions', input, cast.clerk);
    await finish(id);
    const institutionsBefore = (await cloud.documents('institutions')).length;
    const grantsBefore = await cloud.documents('grants');
    // As a function leaves it that is killed after it has added institutions and some roles, before it has said so.
    const database = cloud.sdk().database();
    const ofJob = grantsBefore.filter(grant => JSON.stringify(grant['history']).includes(id));
    for (const { _id } of ofJob.slice(10)) await database.collection('grants').doc(_id).remove();
    const [half] = (await cloud.documents('institutions')).filter(each => each['uscc'] === aUscc(1129));
    await database
      .collection('institutions')
      .doc(half?._id ?? '')
      .remove();
    const running = { status: 'running', cursor: '', done: 0, leaseUntilMs: 0 };
    await database.collection('jobs').doc(id).update(running);

    const { job } = await finish(id);

    expect(job).toMatchObject({ status: 'finished', total: 30, done: 30, refused: 0 });
    expect(await cloud.documents('institutions')).toHaveLength(institutionsBefore);
    expect(await cloud.documents('grants')).toHaveLength(grantsBefore.length);
  });

  it('is told what another import has added meanwhile', async () => {
    const rows = Array.from({ length: 20 }, (_, at) => aRow(1200 + at));
    const files = [await upload(rows), await upload(rows)];
    const jobs = await Promise.all(
      files.map(fileId =>
        cloud.must('training.importInstitutions', { cityCode: '3701', fileId }, cast.clerk),
      ),
    );
    const ended = await Promise.all(jobs.map(({ id }) => finish(id)));

    expect(ended.reduce((sum, { job }) => sum + job.done, 0)).toBe(20);
    expect(ended.reduce((sum, { job }) => sum + job.refused, 0)).toBe(20);
    expect(ended.every(({ job }) => job.status === 'finished')).toBe(true);
  });
});

it('ten thousand rows cost at most one request per hundred', async () => {
  const count = 10_000;
  const rows = Array.from({ length: count }, (_, at) => aRow(20_000 + at, 50_000 + at));
  const input = { cityCode: '3701', fileId: await upload(rows) } as const;
  const fireTimer = async () => (await cloud.cloud.fireTimer('timer')).databaseRequests;
  await fireTimer();
  const idleRequests = await fireTimer();

  const dry = await cloud.call('training.checkInstitutions', input, cast.clerk);
  const { result, databaseRequests } = await cloud.call('training.importInstitutions', input, cast.clerk);
  const jobId = result.ok ? result.data.id : '';
  let requests = databaseRequests;
  while ((await cloud.must('training.getJob', { jobId }, cast.clerk)).status === 'running')
    requests += (await fireTimer()) - idleRequests;

  expect(dry.result).toMatchObject({ ok: true, data: { rows: count, good: count } });
  expect(await cloud.must('training.getJob', { jobId }, cast.clerk)).toMatchObject({ done: count });
  expect(dry.databaseRequests).toBeLessThanOrEqual(20);
  expect((requests / count) * 100).toBeLessThanOrEqual(1);
}, 120_000);

it('the empty form has the columns, and says how several administrators are written', async () => {
  const { fileUrl } = await cloud.must('training.getInstitutionForm', {}, cast.clerk);
  const form = new Uint8Array(await (await fetch(fileUrl)).arrayBuffer());

  expect(cellsOf(form)[0]).toEqual(HEADER);
  const filled = await anXlsx([HEADER, aRow(1300, 5300)]);
  const fileId = await cloud.upload({ institutionsOf: '3701' }, filled, cast.clerk);
  const input = { cityCode: '3701', fileId } as const;
  expect(await cloud.must('training.checkInstitutions', input, cast.clerk)).toMatchObject({ good: 1 });
});

it('it is the work of the city’s clerk alone, of a file that they themselves have sent for it', async () => {
  const fileId = await upload([aRow(1400)]);
  const channelsFile = await cloud.upload({ channelsOf: '3701' }, aCsv([HEADER, aRow(1400)]), cast.clerk);

  for (const operation of ['training.checkInstitutions', 'training.importInstitutions'] as const) {
    for (const caller of [cast.administrator, cast.payer, cast.province]) {
      expect(await cloud.ask(operation, { cityCode: '3701', fileId }, caller)).toEqual(
        refused('role_not_allowed'),
      );
    }
    expect(await cloud.ask(operation, { cityCode: '3702', fileId }, cast.clerk)).toEqual(
      refused('role_not_allowed'),
    );
    expect(await cloud.ask(operation, { cityCode: '3701', fileId: channelsFile }, cast.clerk)).toEqual(
      refused('file_not_found'),
    );
  }
  expect(await cloud.ask('training.startInstitutionUpload', { cityCode: '3702' }, cast.clerk)).toEqual(
    refused('role_not_allowed'),
  );
  const { id: jobId } = await cloud.must(
    'training.importInstitutions',
    { cityCode: '3701', fileId },
    cast.clerk,
  );
  expect(await cloud.ask('training.getJob', { jobId }, cast.administrator)).toEqual(
    refused('role_not_allowed'),
  );
});
