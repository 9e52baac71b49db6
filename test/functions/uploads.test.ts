import type { PlainInputOf } from '../../miniprogram/contract/operations';
import { addInstitution, createCast, signInAs, type Cast, type Member } from '../support/callers';
import { aDraftClass, anApprovedClass } from '../support/classes';
import { aPerson } from '../support/people';
import { refused } from '../support/refused';
import { aCsv } from '../support/sheets';
import { startTestCloud, type Caller, type TestCloud } from '../support/test-cloud';
import { aRoster, aRosterOf } from '../support/uploads';

const DAY_MS = 24 * 60 * 60 * 1000;
/** More than the storage deletes in one request. */
const STUCK = 51;

let cloud: TestCloud;
let cast: Cast;
let colleague: Member;
let stranger: Member;
let classId: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
  const person = aPerson(4_200);
  const { name, idNumber } = person;
  const institutionId = cast.institution.id;
  await cloud.must('training.addAdministrator', { institutionId, name, idNumber }, cast.clerk);
  colleague = await signInAs(cloud, person);
  ({ administrator: stranger } = await addInstitution(cloud, cast.clerk, { number: 78, cityCode: '3701' }));
  ({ classId } = await aDraftClass(cloud, cast));
});
afterAll(() => cloud.stop());

const isStored = async (fileID: string): Promise<boolean> => {
  const { fileList } = await cloud.sdk().getTempFileURL({ fileList: [fileID] });
  return fileList[0]?.code === 'SUCCESS';
};
const takeIn = (input: PlainInputOf<'training.importRoster'>, caller: Caller = cast.administrator) =>
  Promise.all([
    cloud.ask('training.checkRoster', input, caller),
    cloud.ask('training.importRoster', input, caller),
  ]);
const takeInCodes = (input: PlainInputOf<'settlement.importCodes'>) =>
  Promise.all([
    cloud.ask('settlement.checkCodes', input, cast.administrator),
    cloud.ask('settlement.importCodes', input, cast.administrator),
  ]);
const NOT_FOUND = [refused('file_not_found'), refused('file_not_found')];

async function aBatch(): Promise<string> {
  const form = { institutionId: cast.institution.id, projectId: 'skill_upgrade', title: '一批' } as const;
  return (await cloud.must('settlement.createBatch', form, cast.administrator)).id;
}

describe('a place for an upload', () => {
  it('is the same for the same request, and another for another', async () => {
    const ask = (requestId: string) =>
      cloud.must('training.startUpload', { classId }, { ...cast.administrator, requestId });

    const first = await ask('upload-0001');

    expect(await ask('upload-0001')).toEqual(first);
    expect((await ask('upload-0002')).cloudPath).not.toBe(first.cloudPath);
    expect(first.cloudPath).toMatch(/^imports\/roster\/[0-9a-f]{32,}$/);
    expect(first.fileId.endsWith(`/${first.cloudPath}`)).toBe(true);
  });

  it('is handed out to nobody who could not import, or not now', async () => {
    const approved = await anApprovedClass(cloud, cast, { people: 1 });
    const batchId = await aBatch();
    const noted = await cloud.documents('files');
    const askRoster = (input: PlainInputOf<'training.startUpload'>, caller: Caller) =>
      cloud.ask('training.startUpload', input, caller);

    expect(await askRoster({ classId }, stranger)).toEqual(refused('class_not_found'));
    expect(await askRoster({ classId }, cast.payer)).toEqual(refused('role_not_allowed'));
    expect(await askRoster({ classId: approved.classId }, cast.administrator)).toEqual(
      refused('roster_locked'),
    );
    expect(await askRoster({ templateId: approved.templateId }, cast.clerk)).toEqual(
      refused('template_not_general'),
    );
    expect(await cloud.ask('settlement.startUpload', { batchId }, stranger)).toEqual(
      refused('batch_not_found'),
    );
    expect(await cloud.documents('files')).toEqual(noted);
  });
});

describe('what was uploaded', () => {
  it('is taken in for nobody but who asked for the place, and for nothing else', async () => {
    const fileId = await cloud.upload({ classId }, aRoster(1), cast.administrator);
    const another = await aDraftClass(cloud, cast);

    expect(await takeIn({ classId, fileId }, colleague)).toEqual(NOT_FOUND);
    expect(await takeIn({ classId, fileId }, cast.clerk)).toEqual(NOT_FOUND);
    expect(await takeIn({ classId: another.classId, fileId })).toEqual(NOT_FOUND);
    expect(await takeInCodes({ batchId: await aBatch(), fileId })).toEqual(NOT_FOUND);
    await cloud.cloud.fireTimer('timer');

    expect(await isStored(fileId)).toBe(true);
    expect(await cloud.ask('training.importRoster', { classId, fileId }, cast.administrator)).toMatchObject({
      ok: true,
      data: { added: 1 },
    });
  });

  it('goes as soon as it is taken in, codes as well', async () => {
    const batchId = await aBatch();
    const codes = aCsv([['券码'], ['370120260000000000']]);
    const fileId = await cloud.upload({ batchId }, codes, cast.administrator);

    await cloud.must('settlement.importCodes', { batchId, fileId }, cast.administrator);

    expect(await isStored(fileId)).toBe(false);
    expect(await takeInCodes({ batchId: await aBatch(), fileId })).toEqual(NOT_FOUND);
  });

  it('goes after a day though no function has ever seen it, or each has refused it', async () => {
    const unseen = await cloud.upload({ classId }, aRoster(2), cast.administrator);
    const unreadable = await cloud.upload({ classId }, aRosterOf([]), cast.administrator);
    const empty = await cloud.must('training.startUpload', { classId }, cast.administrator);
    await takeIn({ classId, fileId: unreadable });
    expect(await takeIn({ classId, fileId: empty.fileId })).toEqual(NOT_FOUND);

    await cloud.advanceClock(DAY_MS + 1);
    // Staff are signed in for less than a day.
    for (const { person } of [cast.administrator, cast.clerk]) await cloud.signIn(person);
    const late = await cloud.upload({ classId }, aRoster(2), cast.administrator);
    await cloud.cloud.fireTimer('timer');

    expect(await Promise.all([unseen, unreadable, late].map(isStored))).toEqual([false, false, true]);
    expect((await cloud.documents('files')).map(({ _id }) => _id)).toEqual([late]);
    expect(await takeIn({ classId, fileId: unseen })).toEqual(NOT_FOUND);
  });

  it('without asking for a place is refused by a word that older mini-programs know, and goes at once', async () => {
    const { openid } = cast.administrator;
    const fileId = await cloud.putFile(openid, 'imports/l8x3kq0abc.xlsx', aRoster(1));

    const checked = await cloud.ask('training.checkRoster', { classId, fileId }, cast.administrator);

    expect(checked).toEqual(refused('operation_unknown'));
    expect(await isStored(fileId)).toBe(false);
  });

  it('anywhere else is not read, and cannot be made to go by naming it', async () => {
    const { openid } = cast.administrator;
    const result = await cloud.must('training.getRosterForm', {}, cast.clerk);
    const fileId = await cloud.upload({ classId }, aRoster(1), cast.clerk);
    const elsewhere = await cloud.putFile(openid, 'pictures/imports/a.csv', aRoster(1));
    const resultId = fileId.replace(
      /imports\/.*/,
      new URL(result.fileUrl).pathname.replace(/^.*results/, 'results'),
    );

    for (const named of [
      elsewhere,
      fileId,
      resultId,
      `${fileId}/../x`,
      'cloud://elsewhere.bucket/imports/roster/0f',
    ]) {
      expect(await takeIn({ classId, fileId: named })).toEqual(NOT_FOUND);
    }
    await cloud.cloud.fireTimer('timer');

    expect(await Promise.all([elsewhere, fileId, resultId].map(isStored))).toEqual([true, true, true]);
  });
});

it('files that the storage does not let go keep no other from going', async () => {
  const files = cloud.sdk().database().collection('files');
  const atMs = cloud.nowMs() - 2 * DAY_MS;
  const stuck = Array.from({ length: STUCK }, (_, at) => `cloud://elsewhere.bucket/imports/${String(at)}`);
  await files.add(stuck.map(_id => ({ _id, version: 1, atMs })));
  const fileId = await cloud.upload({ classId }, aRoster(1), cast.administrator);
  await files.doc(fileId).update({ atMs });

  for (let fired = 0; fired < 3; fired++) await cloud.cloud.fireTimer('timer');

  expect(await isStored(fileId)).toBe(false);
});
