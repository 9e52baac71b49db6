import type { PlainInputOf } from '../../../miniprogram/contract/operations';
import { ROSTER_COLUMNS } from '../../../cloudfunctions/shared/domain/roster-rows';
import { addInstitution, createCast, type Cast, type Member } from '../../support/callers';
import { aDraftClass, anApprovedClass, aPublishedTemplate, importPeople } from '../../support/classes';
import { anIdNumber, aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { fetchCells } from '../../support/sheets';
import { startTestCloud, type CallOptions, type TestCloud } from '../../support/test-cloud';
import { aRoster, aRosterOf, rosterRow } from '../../support/uploads';

const HOUR_MS = 60 * 60 * 1000;

let cloud: TestCloud;
let cast: Cast;
let other: Cast;
let stranger: Member;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 1 });
  other = await createCast(cloud, { cityCode: '3702', workers: 0 });
  ({ administrator: stranger } = await addInstitution(cloud, cast.clerk, { number: 77, cityCode: '3701' }));
});
afterAll(() => cloud.stop());

type RosterFile = PlainInputOf<'training.importRoster'>;

type Owner = PlainInputOf<'training.startUpload'>;

const upload = (owner: Owner, bytes: Uint8Array, by: CallOptions = cast.administrator) =>
  cloud.upload(owner, bytes, by);
const check = (input: RosterFile, caller: CallOptions = cast.administrator) =>
  cloud.ask('training.checkRoster', input, caller);
const load = (input: RosterFile, caller: CallOptions = cast.administrator) =>
  cloud.ask('training.importRoster', input, caller);
const entriesOf = async (ownerId: string) =>
  (await cloud.documents('rosterEntries')).filter(entry => entry['ownerId'] === ownerId);
const isStored = async (fileID: string) => {
  const { fileList } = await cloud.sdk().getTempFileURL({ fileList: [fileID] });
  return fileList[0]?.code === 'SUCCESS';
};

/** Two good rows among one of each kind of bad one. */
const aMixedRoster = () =>
  aRosterOf([
    rosterRow(aPerson(0)),
    ['', anIdNumber(1), '', '是', '是'],
    ['王五', '370102199001010011', '', '是', '是'],
    ['王五1', anIdNumber(2), '', '是', '是'],
    ['王五', anIdNumber(3), '', '也许', '是'],
    ['王五', anIdNumber(4), '', '否', '是'],
    ['王五', anIdNumber(5), '', '是', '否'],
    rosterRow(aPerson(0)),
    rosterRow(aPerson(6)),
    ['王'.repeat(51), anIdNumber(7), '', '是', '是'],
  ]);
const MIXED_PROBLEMS = [
  [3, 'name_missing'],
  [4, 'id_number_invalid'],
  [5, 'name_character_unusable'],
  [6, 'cell_not_yes_or_no'],
  [7, 'no_labour_contract'],
  [8, 'no_pension_insurance'],
  [9, 'duplicate_in_file'],
  [11, 'cell_too_long'],
] as const;

describe('training.checkRoster', () => {
  it('tells what is wrong, row by row in order, and changes nothing', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const fileId = await upload({ classId }, aMixedRoster());
    const kept = async () =>
      JSON.stringify([
        await cloud.documents('rosterEntries'),
        await cloud.documents('people'),
        await cloud.documents('classes'),
      ]);
    const before = await kept();

    const report = await cloud.must('training.checkRoster', { classId, fileId }, cast.administrator);

    expect(report).toMatchObject({ rows: 10, good: 2, bad: 8, added: 0 });
    expect(report.problems.map(({ row, code }) => [row, code])).toEqual(MIXED_PROBLEMS);
    expect(report.goodRows?.map(({ row }) => row)).toEqual([2, 10]);
    for (const { text } of report.goodRows ?? []) expect(text).toMatch(/^.\*.?，\d{4}\*{10}\d{3}[\dX]$/);
    expect(report.badByCode).toEqual(Object.fromEntries(MIXED_PROBLEMS.map(([, code]) => [code, 1])));
    expect(await kept()).toBe(before);
    expect(await isStored(fileId)).toBe(true);
  });

  it('links to a workbook of all bad rows, in sentences, that cannot be had for longer than an hour', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const rows = Array.from({ length: 130 }, (_, at) => ['', anIdNumber(at), '', '是', '是']);
    const fileId = await upload({ classId }, aRosterOf(rows));

    const { problems, problemsFileUrl = '' } = await cloud.must(
      'training.checkRoster',
      { classId, fileId },
      cast.administrator,
    );

    const [header, ...lines] = await fetchCells(problemsFileUrl);
    expect(problems).toHaveLength(100);
    expect(header).toEqual(['行号', '列', '原因']);
    expect(lines).toHaveLength(130);
    expect(lines.at(-1)).toEqual(['131', '姓名', expect.stringMatching(/[\u4e00-\u9fff]/)]);
    const offsetMs = cloud.cloud.clockOffsetMs;
    await cloud.advanceClock(HOUR_MS + 1_000);
    const later = await fetch(problemsFileUrl);
    await cloud.cloud.setClockOffsetMs(offsetMs);
    expect(later.status).toBe(403);
  });

  it('an empty form can be had, by those who import', async () => {
    for (const caller of [cast.administrator, cast.clerk]) {
      const { fileUrl } = await cloud.must('training.getRosterForm', {}, caller);

      expect((await fetchCells(fileUrl))[0]).toEqual(ROSTER_COLUMNS.map(({ headers: [header] }) => header));
    }
    expect(await cloud.ask('training.getRosterForm', {}, cast.payer)).toEqual(refused('role_not_allowed'));
  });

  it('judges age by the day of the check', async () => {
    const audience = [{ kind: 'age_between', minYears: 16, maxYears: 30 }] as const;
    const { classId } = await aDraftClass(cloud, cast, { audience: [...audience] });
    const fileId = await upload({ classId }, aRoster(1));

    expect(await check({ classId, fileId })).toMatchObject({
      ok: true,
      data: { problems: [{ row: 2, code: 'age_out_of_range' }] },
    });
  });
});

describe('training.importRoster', () => {
  it('stores the good rows, reports the bad ones and deletes the file', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const fileId = await upload({ classId }, aMixedRoster());

    const report = await cloud.must('training.importRoster', { classId, fileId }, cast.administrator);

    const entries = await entriesOf(classId);
    expect(report).toMatchObject({ rows: 10, good: 2, bad: 8, added: 2 });
    expect(report.problems.map(({ row, code }) => [row, code])).toEqual(MIXED_PROBLEMS);
    expect(entries).toHaveLength(2);
    expect(entries[0]).toMatchObject({
      eligibility: { labourContract: true, enterprisePension: true, source: 'roster' },
    });
    expect(await isStored(fileId)).toBe(false);
  });

  it('takes people in without a phone that is none, and says so on their rows', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const rows = [
      ['张 三', anIdNumber(40), '无', '是', '是'],
      ['李四', anIdNumber(41), '0531-88888888', '是', '否'],
      ['王五', anIdNumber(42), '13800000042', '是', '是'],
    ];
    const fileId = await upload({ classId }, aRosterOf(rows));
    const expected = { noted: 1, notes: [{ row: 2, column: '手机号', code: 'phone_left_out' }] };

    const checked = await cloud.must('training.checkRoster', { classId, fileId }, cast.administrator);
    const report = await cloud.must('training.importRoster', { classId, fileId }, cast.administrator);

    expect(checked).toMatchObject({ good: 2, bad: 1, ...expected });
    expect(report).toMatchObject({ good: 2, bad: 1, added: 2, ...expected });
    const lines = await fetchCells(report.problemsFileUrl ?? '');
    expect(lines.slice(1).map(([row, column]) => [row, column])).toEqual([
      ['2', '手机号'],
      ['3', ''],
    ]);
  });

  it('adds nothing from the same rows a second time', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await importPeople(cloud, cast, { classId }, { count: 3 });

    const again = await load({ classId, fileId: await upload({ classId }, aRoster(4)) });

    expect(again).toMatchObject({
      ok: true,
      data: { rows: 4, good: 1, bad: 3, added: 1, badByCode: { already_on_roster: 3 } },
    });
    expect(await entriesOf(classId)).toHaveLength(4);
  });

  it('is open to the clerk of the city as well, and for general templates to nobody else', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const { id: templateId } = await aPublishedTemplate(cloud, cast, { issueMode: 'general' });

    const ofClass = await load(
      { classId, fileId: await upload({ classId }, aRoster(1), cast.clerk) },
      cast.clerk,
    );
    const ofTemplate = await load(
      { templateId, fileId: await upload({ templateId }, aRoster(2), cast.clerk) },
      cast.clerk,
    );
    const fileId = await upload({ templateId }, aRoster(1), cast.clerk);
    const byAdministrator = await load({ templateId, fileId });
    const byOtherClerk = await load({ templateId, fileId }, other.clerk);

    expect(ofClass).toMatchObject({ ok: true, data: { added: 1 } });
    expect(ofTemplate).toMatchObject({ ok: true, data: { added: 2 } });
    expect(byAdministrator).toEqual(refused('template_not_found'));
    expect(byOtherClerk).toEqual(refused('template_not_found'));
  });

  it('refuses whom a voucher of the template has reached already', async () => {
    const { id: templateId } = await aPublishedTemplate(cloud, cast, { issueMode: 'general' });
    await importPeople(cloud, cast, { templateId }, { count: 2 });
    await cloud.must('voucher.issue', { templateId }, cast.clerk);
    await cloud.sdk().database().collection('rosterEntries').where({ ownerId: templateId }).remove();

    const again = await load(
      { templateId, fileId: await upload({ templateId }, aRoster(3), cast.clerk) },
      cast.clerk,
    );

    expect(again).toMatchObject({ ok: true, data: { added: 1, badByCode: { already_holds_voucher: 2 } } });
  });

  it('refuses other people’s classes, targeted templates and closed rosters, checking and importing alike', async () => {
    const { classId, templateId } = await aDraftClass(cloud, cast);
    const approved = await anApprovedClass(cloud, cast, { people: 1 });
    const closed = await aPublishedTemplate(cloud, cast, { issueMode: 'general' });
    await cloud.must('voucher.closeTemplate', { templateId: closed.id }, cast.clerk);
    const fileId = await upload({ classId }, aRoster(1));

    for (const run of [check, load]) {
      expect(await run({ classId, fileId }, stranger)).toEqual(refused('class_not_found'));
      expect(await run({ classId, fileId }, other.clerk)).toEqual(refused('class_not_found'));
      expect(await run({ classId: 'none', fileId })).toEqual(refused('class_not_found'));
      expect(await run({ templateId: 'none', fileId }, cast.clerk)).toEqual(refused('template_not_found'));
      expect(await run({ templateId, fileId }, cast.clerk)).toEqual(refused('template_not_general'));
      expect(await run({ classId: approved.classId, fileId })).toEqual(refused('roster_locked'));
      expect(await run({ templateId: closed.id, fileId }, cast.clerk)).toEqual(refused('roster_locked'));
      for (const caller of [cast.reviewers[0], cast.province, cast.workers[0] ?? cast.payer]) {
        expect(await run({ classId, fileId }, caller)).toEqual(refused('role_not_allowed'));
      }
      expect(await run({ classId, fileId: 'https://example.org/x' })).toEqual(refused('invalid_input'));
    }
    expect(await isStored(fileId)).toBe(true);
  });

  it('gives a repeated request the first answer though the file is gone', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const fileId = await upload({ classId }, aMixedRoster());
    const options = { ...cast.administrator, requestId: 'import-repeated' };
    const first = await load({ classId, fileId }, options);

    const second = await load({ classId, fileId }, options);
    const reused = await load({ classId, fileId: await upload({ classId }, aRoster(1)) }, options);
    const none = await load({ classId, fileId }, { ...cast.administrator, requestId: null });

    expect(second).toEqual(first);
    expect(reused).toEqual(refused('request_id_reused'));
    expect(none).toEqual(refused('request_id_missing'));
    expect(await load({ classId, fileId })).toEqual(refused('file_not_found'));
  });

  it('goes on where a killed try stopped, and counts what that one had stored', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    const fileId = await upload({ classId }, aRoster(30));
    const options = { ...cast.administrator, requestId: 'import-killed' };
    await cloud.must('training.importRoster', { classId, fileId }, options);
    // As a kill would leave it: no answer kept, the file still there, part of the entries stored.
    const database = cloud.sdk().database();
    const entries = await entriesOf(classId);
    const lost = entries.slice(10).map(({ _id }) => _id);
    await database
      .collection('rosterEntries')
      .where({ _id: database.command.in(lost) })
      .remove();
    await database
      .collection('answers')
      .where({ atMs: database.command.gt(0) })
      .remove();
    const cloudPath = fileId.split('/').slice(3).join('/');
    await cloud.sdk().uploadFile({ cloudPath, fileContent: Buffer.from(aRoster(30)) });

    const repeated = await load({ classId, fileId }, options);

    expect(repeated).toMatchObject({ ok: true, data: { rows: 30, good: 30, bad: 0, added: 30 } });
    expect(await entriesOf(classId)).toHaveLength(30);
  });

  it('adds each person once when the same file is imported twice at the same time', async () => {
    const { id: templateId } = await aPublishedTemplate(cloud, cast, { issueMode: 'general' });
    const files = await Promise.all([1, 2].map(() => upload({ templateId }, aRoster(200, 500), cast.clerk)));

    const results = await Promise.all(files.map(fileId => load({ templateId, fileId }, cast.clerk)));

    const added = results.map(result => (result.ok ? result.data.added : 0));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(added.reduce((sum, count) => sum + count)).toBe(200);
    expect(await entriesOf(templateId)).toHaveLength(200);
  });

  it('never grows a class that has been handed in', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await importPeople(cloud, cast, { classId }, { count: 1 });
    const fileId = await upload({ classId }, aRoster(300));

    const [imported, submitted] = await Promise.all([
      load({ classId, fileId }),
      cloud.ask('training.submitClass', { classId }, cast.administrator),
    ]);

    const entries = await entriesOf(classId);
    if (imported.ok) expect(entries).toHaveLength(300);
    else expect(entries).toHaveLength(1);
    if (!submitted.ok) expect(submitted).toEqual(refused('service_busy'));
    expect(imported.ok || submitted.ok).toBe(true);
  });

  it('keeps nothing personal in the database or the logs', async () => {
    const { classId } = await aDraftClass(cloud, cast);
    await importPeople(cloud, cast, { classId }, { count: 1, first: 900 });

    const kept = await cloud.everythingKept();

    const { name, idNumber, phone } = aPerson(900);
    for (const text of [name, idNumber, phone]) expect(kept).not.toContain(text);
  });
});
