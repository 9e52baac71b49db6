import { strFromU8, unzipSync } from 'fflate';
import { A_SCAN, usualEntry } from '../../../local/stage/enter-network';
import { signInAs, signInOfficer, signInProvince, type Member } from '../../support/callers';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

const DAY_MS = 24 * 60 * 60 * 1000;

let cloud: TestCloud;
let province: Member;
let clerk: Member;
let reviewer: Member;
let payer: Member;
let otherClerk: Member;
let worker: Member;

beforeAll(async () => {
  cloud = await startTestCloud();
  province = await signInProvince(cloud);
  const officer = (number: number, role: 'clerk' | 'reviewer' | 'payer', cityCode: '3701' | '3702') =>
    signInOfficer(cloud, province, { person: aPerson(number), role, cityCode });
  [clerk, reviewer, payer, otherClerk, worker] = await Promise.all([
    officer(1, 'clerk', '3701'),
    officer(2, 'reviewer', '3701'),
    officer(3, 'payer', '3701'),
    officer(4, 'clerk', '3702'),
    signInAs(cloud, aPerson(0)),
  ]);
});
afterAll(() => cloud.stop());

const ACCOUNT = aPerson(60);
const PHONE = '13912345678';

const anApplication = () =>
  cloud.must(
    'entry.saveApplication',
    {
      cityCode: '3701',
      ...usualEntry('3701', '2026-08-06'),
      interfaces: ['settleVouchers'],
      adminAccounts: [
        {
          rowKey: 'a',
          countyCode: '370102',
          name: ACCOUNT.name,
          namePinyin: 'zhang san',
          phone: PHONE,
          idNumber: ACCOUNT.idNumber,
        },
      ],
    },
    clerk,
  );

/** Who saw an application in clear, by their roles. */
async function unmaskedBy(applicationId: string): Promise<string[]> {
  const stored = (await cloud.documents('entryApplications')).find(({ _id }) => _id === applicationId);
  const history = stored?.['history'] as { command: string; by: { role: string } }[];
  return history.filter(({ command }) => command === 'unmask').map(({ by }) => by.role);
}

/** The words of the document behind a link. */
async function readDocument(fileUrl: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(fileUrl)).arrayBuffer());
  return strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array()).replace(/<[^>]+>/g, '');
}

describe('documents.suggestPinyin', () => {
  it('reads the surname as one, costs nothing but the account, and writes the name nowhere', async () => {
    const { result, databaseRequests } = await cloud.call(
      'documents.suggestPinyin',
      { name: '单雄信' },
      clerk,
    );

    expect(result).toEqual({ ok: true, data: { namePinyin: 'shanxiongxin' } });
    expect(databaseRequests).toBe(1);
    expect(await cloud.everythingKept()).not.toMatch(/单雄信|shanxiongxin/);
  });

  it('suggests nothing where it knows nothing, and is for those who fill in the form', async () => {
    expect(await cloud.must('documents.suggestPinyin', { name: '' }, clerk)).toEqual({ namePinyin: '' });
    expect(await cloud.ask('documents.suggestPinyin', { name: '张三' }, worker)).toEqual(
      refused('role_not_allowed'),
    );
    expect(await cloud.ask('documents.suggestPinyin', { name: '张'.repeat(51) }, clerk)).toEqual(
      refused('invalid_input'),
    );
  });
});

describe('documents.makeEntryForm', () => {
  it('makes the form in clear, with its boxes, and says in the history who asked for it', async () => {
    const { id: applicationId } = await anApplication();

    for (const caller of [clerk, reviewer, province]) {
      const { fileUrl } = await cloud.must('documents.makeEntryForm', { applicationId }, caller);
      const text = await readDocument(fileUrl);
      expect(text).toContain('济南市人力资源和社会保障局');
      expect(text).toContain('☑ 培训券结算');
      expect(text).toContain('☐ 培训券验证扫码');
      for (const personal of [ACCOUNT.name, ACCOUNT.idNumber, PHONE, '历下区'])
        expect(text).toContain(personal);
    }

    expect(await unmaskedBy(applicationId)).toEqual(['clerk', 'reviewer', 'province']);
  });

  it('has the seals that were recorded', async () => {
    const { id: applicationId } = await anApplication();
    await cloud.must('entry.submitApplication', { applicationId }, clerk);
    const { cloudPath, fileId } = await cloud.must('entry.startScanUpload', { applicationId }, reviewer);
    await cloud.putFile(reviewer.openid, cloudPath, A_SCAN);
    const seal = { contactName: '赵盖章', contactPhone: '0531-66668888', sealedOn: '2026-08-10' };
    await cloud.must(
      'entry.sealApplication',
      { applicationId, block: 'cityHrssIt', ...seal, fileId },
      reviewer,
    );

    const { fileUrl } = await cloud.must('documents.makeEntryForm', { applicationId }, province);

    expect(await readDocument(fileUrl)).toContain(
      '联系人：赵盖章联系电话：0531-66668888日期：2026 年 8 月 10 日',
    );
  });

  it('keeps nothing of it, neither in an answer nor in a log, and the file goes after a day', async () => {
    const { id: applicationId } = await anApplication();
    const { fileUrl } = await cloud.must('documents.makeEntryForm', { applicationId }, clerk);
    const kept = await cloud.everythingKept();

    for (const personal of [ACCOUNT.name, ACCOUNT.idNumber, PHONE]) expect(kept).not.toContain(personal);
    expect(kept).not.toContain(fileUrl);
    expect(fileUrl).not.toContain(applicationId);

    await cloud.advanceClock(DAY_MS + 1);
    await cloud.cloud.fireTimer('timer');
    expect((await fetch(fileUrl)).ok).toBe(false);
    await cloud.advanceClock(-DAY_MS - 1);
  });

  it('notes a repeated request once', async () => {
    const { id: applicationId } = await anApplication();
    const options = { ...clerk, requestId: 'make-form-repeated' };

    const first = await cloud.must('documents.makeEntryForm', { applicationId }, options);
    const second = await cloud.must('documents.makeEntryForm', { applicationId }, options);

    expect(new URL(second.fileUrl).pathname).toBe(new URL(first.fileUrl).pathname);
    expect(await unmaskedBy(applicationId)).toEqual(['clerk']);
  });

  it('is for nobody else, and leaves no trace of those it turns away', async () => {
    const { id: applicationId } = await anApplication();

    for (const [caller, code] of [
      [otherClerk, 'entry_not_found'],
      [payer, 'role_not_allowed'],
      [worker, 'role_not_allowed'],
    ] as const)
      expect(await cloud.ask('documents.makeEntryForm', { applicationId }, caller)).toEqual(refused(code));
    expect(await cloud.ask('documents.makeEntryForm', { applicationId: 'unknown' }, clerk)).toEqual(
      refused('entry_not_found'),
    );

    expect(await unmaskedBy(applicationId)).toEqual([]);
  });
});
