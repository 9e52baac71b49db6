import { randomUUID } from 'node:crypto';
import { dayOf } from '../../../cloudfunctions/shared/domain/calendar';
import { ENTRY_LIFE, SEAL_COMMANDS } from '../../../cloudfunctions/shared/domain/entry-application';
import { A_SCAN, usualEntry } from '../../../local/stage/enter-network';
import {
  SEAL_BLOCKS,
  type EntryApplicationView,
  type EntryStatus,
  type SealBlock,
} from '../../../miniprogram/contract/entry';
import type { OperationName, PlainInputOf } from '../../../miniprogram/contract/operations';
import { createCast, signInAs, signInOfficer, type Cast, type Member } from '../../support/callers';
import { aSeal, draftEntry, leadEntry, uploadScan } from '../../support/entry';
import { anIdNumber, aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;
let cast: Cast;
let otherClerk: Member;
let worker: Member;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
  otherClerk = await signInOfficer(cloud, cast.province, {
    person: aPerson(901),
    role: 'clerk',
    cityCode: '3702',
  });
  worker = await signInAs(cloud, aPerson(0));
});
afterAll(() => cloud.stop());

const A_ROW = {
  rowKey: 'row1',
  countyCode: '370102',
  name: '欧阳修远',
  namePinyin: 'ouyang xiuyuan',
  phone: '13655556666',
  idNumber: anIdNumber(902),
};

async function anEntryIn(status: EntryStatus): Promise<EntryApplicationView> {
  const draft = await draftEntry(cloud, cast);
  await leadEntry(cloud, cast, draft, status);
  return cloud.must('entry.getApplication', { applicationId: draft.id }, cast.province);
}

const stored = async (id: string) =>
  (await cloud.documents('entryApplications')).find(({ _id }) => _id === id) ?? {};

describe('entry.saveApplication', () => {
  it('keeps a form that is hardly begun, and says what is still missing', async () => {
    const saved = await cloud.must(
      'entry.saveApplication',
      { cityCode: '3701', contactPhone: '1380', adminAccounts: [{ rowKey: 'row1', idNumber: '370102' }] },
      cast.clerk,
    );

    expect(saved).toMatchObject({
      status: 'draft',
      revision: 1,
      contactPhone: '****',
      issueModes: [],
      adminAccounts: [{ rowKey: 'row1', idNumber: '******' }],
    });
    expect(saved.faults).toEqual(
      expect.arrayContaining([
        { field: 'applicantName', code: 'entry_field_missing' },
        { field: 'contactPhone', code: 'phone_invalid' },
        { field: 'idNumber', rowKey: 'row1', code: 'id_number_invalid' },
        { field: 'namePinyin', rowKey: 'row1', code: 'entry_field_missing' },
      ]),
    );
  });

  it('changes what is given and keeps the rest, ID numbers included', async () => {
    const { id: applicationId } = await draftEntry(cloud, cast, { adminAccounts: [A_ROW] });

    const changed = await cloud.must(
      'entry.saveApplication',
      {
        applicationId,
        revision: 1,
        adminAccounts: [{ rowKey: 'row1', phone: '13577778888' }],
        interfaces: [],
      },
      cast.clerk,
    );

    expect(changed).toMatchObject({ revision: 2, interfaces: [], faults: [], contactName: '王*系' });
    expect(changed.adminAccounts).toEqual([
      {
        rowKey: 'row1',
        countyCode: '370102',
        name: '欧**远',
        namePinyin: 'o****',
        phone: '135****8888',
        idNumber: expect.stringMatching(/^3701\*{10}\d{3}[\dX]$/) as unknown,
      },
    ]);
    const plain = await cloud.must('entry.unmaskApplication', { applicationId }, cast.clerk);
    expect(plain.adminAccounts[0]).toMatchObject({ ...A_ROW, phone: '13577778888' });
  });

  it('stores and tells nothing personal in clear', async () => {
    const { id: applicationId } = await draftEntry(cloud, cast, { adminAccounts: [A_ROW] });
    await cloud.must('entry.unmaskApplication', { applicationId }, cast.clerk);

    const kept = await cloud.everythingKept();

    for (const text of [
      A_ROW.name,
      A_ROW.namePinyin,
      A_ROW.phone,
      A_ROW.idNumber,
      '王联系',
      'entry@example.com',
    ])
      expect(kept).not.toContain(text);
  });

  it('refuses what was typed upon an older state, and loses nothing of either', async () => {
    const { id: applicationId } = await draftEntry(cloud, cast);
    await cloud.must('entry.saveApplication', { applicationId, revision: 1, channelName: '甲' }, cast.clerk);

    const late = { applicationId, revision: 1, channelName: '乙' };

    expect(await cloud.ask('entry.saveApplication', late, cast.clerk)).toEqual(refused('entry_changed'));
    const now = await cloud.must('entry.getApplication', { applicationId }, cast.clerk);
    expect(now).toMatchObject({ channelName: '甲', revision: 2 });
  });

  it('answers a repeated request as it did first', async () => {
    const call = { ...cast.clerk, requestId: randomUUID() };
    const begun = { cityCode: '3701', channelName: '人社' } as const;
    const first = await cloud.must('entry.saveApplication', begun, call);
    expect(await cloud.must('entry.saveApplication', begun, call)).toEqual(first);

    const change = { applicationId: first.id, revision: 1, channelName: '社保' };
    const again = { ...cast.clerk, requestId: randomUUID() };
    const changed = await cloud.must('entry.saveApplication', change, again);
    expect(await cloud.must('entry.saveApplication', change, again)).toEqual(changed);
    expect(changed.revision).toBe(2);
  });

  it.each<[string, object]>([
    ['an unknown field', { deadline: '2026-01-01' }],
    ['an endless text', { applicantName: '局'.repeat(301) }],
    ['an unknown interface', { interfaces: ['eraseVouchers'] }],
    ['a mode twice', { issueModes: ['general', 'general'] }],
    ['a row twice', { adminAccounts: [A_ROW, A_ROW] }],
    ['too many rows', { adminAccounts: Array.from({ length: 101 }, (_, at) => ({ rowKey: `row${at}` })) }],
    ['a row that chooses its role', { adminAccounts: [{ ...A_ROW, role: 'clerk' }] }],
  ])('refuses %s', async (_what, wrong) => {
    const input = { cityCode: '3701', ...wrong } as PlainInputOf<'entry.saveApplication'>;

    expect(await cloud.ask('entry.saveApplication', input, cast.clerk)).toEqual(refused('invalid_input'));
  });

  it('is for the clerk of that city', async () => {
    const input = { cityCode: '3701' } as const;

    for (const caller of [worker, otherClerk, cast.province, cast.reviewers[0], cast.payer])
      expect(await cloud.ask('entry.saveApplication', input, caller)).toEqual(refused('role_not_allowed'));
  });
});

describe('entry.submitApplication', () => {
  it('names the fields that are not filled in, and keeps the form open', async () => {
    const { id: applicationId } = await draftEntry(cloud, cast, {
      contactEmail: 'entry@',
      functionModes: [],
      adminAccounts: [A_ROW, { ...A_ROW, rowKey: 'row2', idNumber: '1' }],
    });

    expect(await cloud.ask('entry.submitApplication', { applicationId }, cast.clerk)).toEqual({
      ok: false,
      error: {
        code: 'entry_incomplete',
        data: { fields: ['contactEmail', 'functionModes', 'adminAccounts.2.idNumber'] },
      },
    });
    const { status } = await cloud.must('entry.getApplication', { applicationId }, cast.clerk);
    expect(status).toBe('draft');
  });

  it('can be amended and handed in anew after a return; it is sealed anew then', async () => {
    const { id: applicationId, revision } = await anEntryIn('provinceSealed');
    const reason = '渠道编号有误';
    const returned = await cloud.must('entry.returnApplication', { applicationId, reason }, cast.province);
    const change = { applicationId, revision, channelNumber: '3701000009' };
    await cloud.must('entry.saveApplication', change, cast.clerk);

    const submitted = await cloud.must('entry.submitApplication', { applicationId }, cast.clerk);

    expect(returned).toMatchObject({ status: 'returned', returnReason: reason });
    expect(Object.keys(returned.seals)).toHaveLength(2);
    expect(submitted).toMatchObject({ status: 'submitted', seals: {}, channelNumber: '3701000009' });
    expect(submitted).not.toHaveProperty('returnReason');
    expect(submitted.history.map(({ command }) => command)).toEqual([
      'create',
      'submit',
      'sealCity',
      'sealProvince',
      'return',
      'submit',
    ]);
  });
});

/** Every command on an application, with what it takes. */
const COMMANDS = {
  save: ['entry.saveApplication', id => ({ applicationId: id, revision: 1, channelName: '改名' })],
  submit: ['entry.submitApplication', id => ({ applicationId: id })],
  send: ['entry.sendApplication', id => ({ applicationId: id })],
  approve: ['entry.approveApplication', id => ({ applicationId: id, roles: [] })],
  return: ['entry.returnApplication', id => ({ applicationId: id, reason: '请改正' })],
  get: ['entry.getApplication', id => ({ applicationId: id })],
  unmask: ['entry.unmaskApplication', id => ({ applicationId: id })],
  openScan: ['entry.openScan', id => ({ applicationId: id, block: 'cityHrssIt' as const })],
  startScanUpload: ['entry.startScanUpload', id => ({ applicationId: id })],
} satisfies Record<string, [OperationName, (id: string) => object]>;

type Asked = keyof typeof COMMANDS | `seal ${SealBlock}`;

const STATUSES = [
  'draft',
  'submitted',
  'citySealed',
  'provinceSealed',
  'sent',
  'approved',
  'returned',
] as const;
const ASKED: Asked[] = [
  ...(Object.keys(COMMANDS) as (keyof typeof COMMANDS)[]),
  ...SEAL_BLOCKS.map(block => `seal ${block}` as const),
];

async function ask(asked: Asked, id: string, by: Member): Promise<string> {
  const block = SEAL_BLOCKS.find(each => asked === `seal ${each}`);
  if (block) {
    const seal = await aSeal(cloud, id, block, by).catch(() => undefined);
    const nothing = { contactName: '李', contactPhone: '0531-12345678', sealedOn: '2026-01-01' };
    const fileId = 'cloud://sample/imports/scan/0';
    const input = seal ?? { applicationId: id, block, ...nothing, fileId };
    return codeOf(await cloud.ask('entry.sealApplication', input, by));
  }
  const [operation, toInput] = COMMANDS[asked as keyof typeof COMMANDS];
  return codeOf(await cloud.ask(operation, toInput(id) as PlainInputOf<typeof operation>, by));
}

const codeOf = (result: { ok: boolean; error?: { code: string } }): string =>
  result.ok ? 'ok' : (result.error?.code ?? '');

/** Which role is admitted to a command at all. */
const ADMITTED: Record<string, readonly string[]> = {
  save: ['clerk'],
  submit: ['clerk'],
  send: ['province'],
  approve: ['province'],
  return: ['clerk', 'reviewer', 'province'],
  get: ['clerk', 'reviewer', 'payer', 'province'],
  unmask: ['clerk', 'reviewer', 'province'],
  openScan: ['clerk', 'reviewer', 'province'],
  startScanUpload: ['clerk', 'reviewer', 'province'],
  'seal cityHrssIt': ['clerk', 'reviewer'],
  'seal provinceHrssIt': ['province'],
  'seal platformOperator': ['province'],
  'seal mohrssInfoCentre': ['province'],
};

/** What each command says in each state to who is admitted and had no hand in it; `ok` where it succeeds. */
const ANSWERS: Record<string, (status: EntryStatus) => string> = {
  save: status => (ENTRY_LIFE.allows('amend', status) ? 'ok' : 'entry_not_editable'),
  submit: status => (ENTRY_LIFE.allows('submit', status) ? 'ok' : 'entry_not_editable'),
  send: status => (status === 'provinceSealed' ? 'ok' : 'entry_not_province_sealed'),
  approve: status => (status === 'sent' ? 'entry_seal_missing' : 'entry_not_sent'),
  get: () => 'ok',
  unmask: () => 'ok',
  openScan: status => (['draft', 'submitted', 'returned'].includes(status) ? 'scan_missing' : 'ok'),
  startScanUpload: () => 'ok',
  ...Object.fromEntries(
    SEAL_BLOCKS.map(block => [
      `seal ${block}`,
      (status: EntryStatus) =>
        ENTRY_LIFE.allows(SEAL_COMMANDS[block], status)
          ? 'ok'
          : {
              cityHrssIt: 'entry_not_submitted',
              provinceHrssIt: 'entry_not_city_sealed',
              platformOperator: 'entry_not_province_sealed',
              mohrssInfoCentre: 'entry_not_sent',
            }[block],
    ]),
  ),
};

const expected = (asked: Asked, status: EntryStatus, role: string): string => {
  if (!ADMITTED[asked]?.includes(role)) return 'role_not_allowed';
  if (asked === 'return') {
    const returnable =
      role === 'province' ? ['submitted', 'citySealed', 'provinceSealed', 'sent'] : ['submitted'];
    return returnable.includes(status) ? 'ok' : 'entry_not_returnable';
  }
  return ANSWERS[asked]?.(status) ?? '';
};

describe.each(STATUSES)('an application that is %s', status => {
  // The reviewer who seals is another one than who asks; a second clerk had no hand in it.
  const roles = ['clerk', 'reviewer', 'payer', 'province', 'worker', 'foreign clerk'] as const;
  let fresh: EntryApplicationView;
  let secondClerk: Member;

  beforeAll(async () => {
    secondClerk = await signInAs(cloud, aPerson(903));
    const { name, idNumber } = aPerson(903);
    const role = { name, idNumber, role: 'clerk', cityCode: '3701' } as const;
    await cloud.ask('account.grantRole', role, cast.province);
    fresh = await anEntryIn(status);
  });

  it.each(ASKED)('%s: each role', async asked => {
    const callers = {
      clerk: secondClerk,
      reviewer: cast.reviewers[1],
      payer: cast.payer,
      province: cast.province,
      worker,
      'foreign clerk': otherClerk,
    };
    const answers: Record<string, string> = {};
    for (const role of roles) {
      // What succeeds has led it on: the next one asks about another in the same state.
      answers[role] = await ask(asked, fresh.id, callers[role]);
      if (answers[role] === 'ok' && !['get', 'unmask', 'openScan', 'startScanUpload'].includes(asked))
        fresh = await anEntryIn(status);
    }

    const ofForeigner = ADMITTED[asked]?.includes('clerk') ?? false;
    // An operation that admits clerks at all does not know the application of another city.
    const isSeal = asked.startsWith('seal');
    expect(answers).toEqual({
      ...Object.fromEntries(roles.slice(0, 4).map(role => [role, expected(asked, status, role)])),
      worker: 'role_not_allowed',
      'foreign clerk': ofForeigner || isSeal ? 'entry_not_found' : 'role_not_allowed',
    });
  });
});

describe('another person than who filled it in', () => {
  it('seals for the city, and whoever had a hand in it for the city decides nothing for the province', async () => {
    const { id } = await anEntryIn('submitted');
    const own = await cloud.ask(
      'entry.sealApplication',
      await aSeal(cloud, id, 'cityHrssIt', cast.clerk),
      cast.clerk,
    );

    expect(own).toEqual({
      ok: false,
      error: { code: 'entry_same_person', data: { did: 'create', needs: 'sealCity' } },
    });
  });

  it('takes back what is still in the city, as whoever filled it in may', async () => {
    const { id: applicationId } = await anEntryIn('submitted');

    const returned = await cloud.must(
      'entry.returnApplication',
      { applicationId, reason: '写错了' },
      cast.clerk,
    );

    expect(returned.status).toBe('returned');
  });
});

describe('entry.sealApplication', () => {
  it('records contact, phone and day, masked, and the scan encrypted', async () => {
    const { id: applicationId } = await anEntryIn('submitted');
    const sealer = cast.reviewers[0];
    const seal = await aSeal(cloud, applicationId, 'cityHrssIt', sealer);

    const sealed = await cloud.must('entry.sealApplication', seal, sealer);

    expect(sealed).toMatchObject({
      status: 'citySealed',
      seals: {
        cityHrssIt: { contactName: '李*章', contactPhone: '*********5678', sealedOn: seal.sealedOn },
      },
    });
    const { seals } = (await stored(applicationId)) as unknown as {
      seals: { cityHrssIt: { fileId: string } };
    };
    const { fileId } = seals.cityHrssIt;
    const { fileContent = '' } = await cloud.sdk().downloadFile({ fileID: fileId });
    expect(fileId).toContain(`/entry/${applicationId}/cityHrssIt-`);
    expect(Buffer.from(fileContent).includes('%PDF')).toBe(false);
  });

  it('shows the scan to who may, notes who has looked, and keeps it longer than an upload', async () => {
    const { id: applicationId } = await anEntryIn('citySealed');
    await cloud.advanceClock(2 * 24 * 60 * 60 * 1000);
    await cloud.cloud.fireTimer('timer');
    const province = await signInAs(cloud, cast.province.person);

    const { fileUrl } = await cloud.must('entry.openScan', { applicationId, block: 'cityHrssIt' }, province);

    expect(Buffer.from(await (await fetch(fileUrl)).arrayBuffer())).toEqual(A_SCAN);
    const { history } = (await stored(applicationId)) as { history?: object[] };
    expect(history?.at(-1)).toMatchObject({ command: 'openScan', by: { role: 'province' } });
    for (const member of [cast.clerk, ...cast.reviewers, cast.payer, otherClerk, worker])
      await signInAs(cloud, member.person);
  });

  it.each<[string, object]>([
    ['name_missing', { contactName: ' ' }],
    ['name_character_unusable', { contactName: '李5' }],
    ['contact_phone_invalid', { contactPhone: '12' }],
    ['seal_day_in_future', { sealedOn: '2999-01-01' }],
    ['invalid_input', { sealedOn: '2026-02-30' }],
    ['invalid_input', { block: 'countyHrssIt' }],
    ['file_not_found', { fileId: 'cloud://sample/imports/scan/0' }],
  ])('refuses with %s %p', async (code, wrong) => {
    const { id } = await anEntryIn('submitted');
    const sealer = cast.reviewers[0];
    const seal = { ...(await aSeal(cloud, id, 'cityHrssIt', sealer)), ...wrong };

    expect(await cloud.ask('entry.sealApplication', seal, sealer)).toEqual(refused(code as 'invalid_input'));
    expect((await cloud.must('entry.getApplication', { applicationId: id }, sealer)).status).toBe(
      'submitted',
    );
  });

  it.each<[string, string]>([
    ['scan_type_unsupported', 'PK\u0003\u0004'],
    ['file_empty', ''],
  ])('refuses a scan with %s', async (code, text) => {
    const { id } = await anEntryIn('submitted');
    const sealer = cast.reviewers[0];
    const fileId = await uploadScan(cloud, id, sealer, Buffer.from(text));
    const seal = { ...(await aSeal(cloud, id, 'cityHrssIt', sealer)), fileId };

    expect(await cloud.ask('entry.sealApplication', seal, sealer)).toEqual(refused(code as 'invalid_input'));
  });

  it('takes no scan that somebody else has uploaded, or that is of another application', async () => {
    const [one, other] = [await anEntryIn('submitted'), await anEntryIn('submitted')];
    const [sealer, stranger] = cast.reviewers;
    const seal = await aSeal(cloud, one.id, 'cityHrssIt', sealer);

    for (const fileId of [
      await uploadScan(cloud, one.id, stranger),
      await uploadScan(cloud, other.id, sealer),
    ])
      expect(await cloud.ask('entry.sealApplication', { ...seal, fileId }, sealer)).toEqual(
        refused('file_not_found'),
      );
  });
});

describe('entry.unmaskApplication', () => {
  it('shows the form in clear, and writes down who looked and when, once a request', async () => {
    const { id: applicationId } = await draftEntry(cloud, cast, { adminAccounts: [A_ROW] });
    const call = { ...cast.reviewers[0], requestId: randomUUID() };

    const plain = await cloud.must('entry.unmaskApplication', { applicationId }, call);
    const again = await cloud.must('entry.unmaskApplication', { applicationId }, call);

    expect(plain).toMatchObject({
      ...usualEntry('3701', dayOf(cloud.nowMs())),
      adminAccounts: [{ ...A_ROW, province: '山东省', city: '济南市', county: '历下区' }],
      seals: {},
    });
    expect(again).toEqual(plain);
    const { history } = (await stored(applicationId)) as { history?: { command: string }[] };
    expect(history?.filter(({ command }) => command === 'unmask')).toMatchObject([
      { by: { role: 'reviewer', personKey: expect.any(String) as unknown } },
    ]);
  });

  it('takes no save away from who is typing', async () => {
    const { id: applicationId, revision } = await draftEntry(cloud, cast);
    await cloud.must('entry.unmaskApplication', { applicationId }, cast.reviewers[0]);

    const saved = await cloud.ask(
      'entry.saveApplication',
      { applicationId, revision, channelName: '新名' },
      cast.clerk,
    );

    expect(saved).toMatchObject({ ok: true });
  });
});

describe('entry.getApplication and entry.listApplications', () => {
  it('show a city its own, the province all of them, in one request beside the account', async () => {
    const { id: applicationId } = await draftEntry(cloud, cast);
    const payer = await signInOfficer(cloud, cast.province, {
      person: aPerson(904),
      role: 'payer',
      cityCode: '3701',
    });

    const read = await cloud.call('entry.getApplication', { applicationId }, payer);
    const ofCity = await cloud.call('entry.listApplications', { cityCode: '3701' }, payer);
    const ofAll = await cloud.must('entry.listApplications', { status: 'draft' }, cast.province);
    const ofOther = await cloud.must('entry.listApplications', {}, otherClerk);
    const wished = await cloud.must('entry.listApplications', { cityCode: '3701' }, otherClerk);

    expect([read.databaseRequests, read.databaseTrips]).toEqual([1, 1]);
    expect([ofCity.databaseRequests, ofCity.databaseTrips]).toEqual([1, 1]);
    expect(ofCity.result.ok && ofCity.result.data.items).toContainEqual(
      expect.objectContaining({ id: applicationId, status: 'draft' }),
    );
    expect(ofAll.items.map(({ id }) => id)).toContain(applicationId);
    expect(ofAll.items.every(({ status }) => status === 'draft')).toBe(true);
    expect(ofOther.items).toEqual([]);
    expect(wished.items).toEqual([]);
  });
});

describe('entry.setDeadline', () => {
  it('is the province’s; what is handed in later is marked, not refused', async () => {
    const day = (ahead: number) => dayOf(cloud.nowMs() + ahead * 24 * 60 * 60 * 1000);
    const early = await anEntryIn('draft');
    const late = await anEntryIn('draft');
    await cloud.must('entry.setDeadline', { deadlineOn: day(0) }, cast.province);
    const inTime = await cloud.must('entry.submitApplication', { applicationId: early.id }, cast.clerk);
    const call = { ...cast.province, requestId: randomUUID() };
    await cloud.must('entry.setDeadline', { deadlineOn: day(-1) }, call);
    const afterwards = await cloud.must('entry.submitApplication', { applicationId: late.id }, cast.clerk);

    expect(inTime).toMatchObject({ status: 'submitted', deadlineOn: day(0) });
    expect(inTime).not.toHaveProperty('late');
    expect(afterwards).toMatchObject({ status: 'submitted', late: true, deadlineOn: day(-1) });
    expect(await cloud.must('entry.setDeadline', { deadlineOn: day(-1) }, call)).toEqual({
      deadlineOn: day(-1),
    });
    const { deadlineOn } = await cloud.must('entry.listApplications', {}, cast.clerk);
    expect(deadlineOn).toBe(day(-1));
    expect(await cloud.ask('entry.setDeadline', { deadlineOn: day(9) }, cast.clerk)).toEqual(
      refused('role_not_allowed'),
    );
    expect(await cloud.ask('entry.setDeadline', { deadlineOn: '2026-02-30' }, cast.province)).toEqual(
      refused('invalid_input'),
    );
  });
});

it('each step costs few requests', async () => {
  const { id: applicationId } = await draftEntry(cloud, cast);
  const of = { applicationId };
  const sealer = cast.reviewers[0];
  const seal = await aSeal(cloud, applicationId, 'cityHrssIt', sealer);
  const save = await cloud.call(
    'entry.saveApplication',
    { ...of, revision: 1, channelName: '人社服务号' },
    cast.clerk,
  );
  const submit = await cloud.call('entry.submitApplication', of, cast.clerk);
  const sealed = await cloud.call('entry.sealApplication', seal, sealer);
  const unmask = await cloud.call('entry.unmaskApplication', of, cast.province);

  expect(
    Object.fromEntries(
      Object.entries({ save, submit, sealed, unmask }).map(([name, { databaseRequests }]) => [
        name,
        databaseRequests,
      ]),
    ),
  ).toEqual({ save: 7, submit: 8, sealed: 8, unmask: 3 });
});
