import type { CountyCode, OfAreas } from '../../miniprogram/contract/counties';
import type { OperationName } from '../../miniprogram/contract/operations';
import type { CityRole } from '../../miniprogram/contract/roles';
import type { InstitutionView } from '../../miniprogram/contract/training';
import { personKeyOf } from '../../cloudfunctions/shared/runtime/secrets';
import { aUscc, createCast, signInAs, signInOfficer, type Cast, type Member } from '../support/callers';
import { aPublishedTemplate, classFields, importPeople } from '../support/classes';
import { aPerson } from '../support/people';
import { refused } from '../support/refused';
import { startTestCloud, type Caller, type TestCloud } from '../support/test-cloud';

const LICHENG: CountyCode = '370112';
const LIXIA: CountyCode = '370102';

interface Place {
  institution: InstitutionView;
  administrator: Member;
  classId: string;
  batchId: string;
}

let cloud: TestCloud;
let cast: Cast;
let templateId: string;
/** In 历城区, with a class whose two people hold vouchers. */
let licheng: Place;
/** In 历下区. */
let lixia: Place;
/** Of the city alone. */
let plain: Place;
let clerk: Member;
let reviewer: Member;
let payer: Member;
let clerkOfLixia: Member;
/** Reviewer of a whole city, and clerk of a county in another. */
let mixed: Member;

let people = 600;

async function officerOf(
  role: CityRole,
  countyCode: CountyCode,
  person = aPerson(people++),
): Promise<Member> {
  const { name, idNumber } = person;
  const cityCode = '3701';
  await cloud.must('account.grantRole', { name, idNumber, role, cityCode, countyCode }, cast.province);
  return signInAs(cloud, person);
}

async function place(number: number, countyCode?: CountyCode): Promise<Place> {
  const institution = await cloud.must(
    'training.addInstitution',
    { name: `学校${number}`, uscc: aUscc(number), cityCode: '3701', ...(countyCode && { countyCode }) },
    cast.clerk,
  );
  const { id: institutionId } = institution;
  const person = aPerson(people++);
  const { name, idNumber } = person;
  await cloud.must('training.addAdministrator', { institutionId, name, idNumber }, cast.clerk);
  const administrator = await signInAs(cloud, person);
  const { id: classId } = await cloud.must(
    'training.createClass',
    { institutionId, ...classFields(cloud, templateId) },
    administrator,
  );
  const { id: batchId } = await cloud.must(
    'settlement.createBatch',
    { institutionId, projectId: 'skill_upgrade', title: '第一批' },
    administrator,
  );
  return { institution, administrator, classId, batchId };
}

const submit = async ({ classId, administrator, institution }: Place, first: number): Promise<void> => {
  await importPeople(cloud, { ...cast, administrator, institution }, { classId }, { count: 2, first });
  await cloud.must('training.submitClass', { classId }, administrator);
};

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 2 });
  ({ id: templateId } = await aPublishedTemplate(cloud, cast));
  licheng = await place(601, LICHENG);
  lixia = await place(602, LIXIA);
  plain = await place(603);
  clerk = await officerOf('clerk', LICHENG);
  reviewer = await officerOf('reviewer', LICHENG);
  payer = await officerOf('payer', LICHENG);
  clerkOfLixia = await officerOf('clerk', LIXIA);
  const both = aPerson(people++);
  await signInOfficer(cloud, cast.province, { person: both, role: 'reviewer', cityCode: '3702' });
  mixed = await officerOf('clerk', LICHENG, both);
  await submit(licheng, 0);
  await submit(lixia, 10);
  await submit(plain, 20);
  await cloud.must('training.approveClass', { classId: licheng.classId }, clerk);
  await cloud.must('voucher.issue', { classId: licheng.classId }, clerk);
});
afterAll(() => cloud.stop());

const asked = async (name: OperationName, input: object, caller: Caller) =>
  (await cloud.call(name, input as never, caller)).result;

describe('a role in a county', () => {
  it('is named with its county, beside the roles in the whole city', async () => {
    const { grants } = await cloud.must('account.getAccount', {}, clerk);
    const staff = await cloud.must('account.listStaff', { cityCode: '3701' }, cast.province);

    expect(grants).toEqual([{ role: 'clerk', cityCode: '3701', countyCode: LICHENG }]);
    expect(staff.items.flatMap(each => each.grants)).toEqual(
      expect.arrayContaining([
        { role: 'clerk', cityCode: '3701' },
        { role: 'clerk', cityCode: '3701', countyCode: LICHENG },
        { role: 'payer', cityCode: '3701', countyCode: LICHENG },
      ]),
    );
  });

  it('lies in the city that is named with it', async () => {
    const { name, idNumber } = aPerson(690);
    const wrong = { name, idNumber, role: 'clerk', cityCode: '3702', countyCode: LICHENG } as const;

    expect(await cloud.ask('account.grantRole', wrong, cast.province)).toEqual(
      refused('county_of_other_city'),
    );
  });

  it('is given beside that in another county, and taken away for itself', async () => {
    const person = aPerson(691);
    const officer = await officerOf('clerk', LICHENG, person);
    await officerOf('clerk', LIXIA, person);
    const revoking = {
      personId: personKeyOf(person.idNumber),
      role: 'clerk',
      cityCode: '3701',
      countyCode: LICHENG,
    } as const;

    const left = await cloud.must('account.revokeRole', revoking, cast.province);
    const { countyCode: _none, ...ofCity } = revoking;

    expect(left.grants).toEqual([{ role: 'clerk', cityCode: '3701', countyCode: LIXIA }]);
    expect(await cloud.ask('account.revokeRole', ofCity, cast.province)).toEqual(refused('role_not_granted'));
    expect(await asked('training.getClass', { classId: lixia.classId }, officer)).toMatchObject({ ok: true });
    expect(await asked('training.getClass', { classId: licheng.classId }, officer)).toEqual(
      refused('class_not_found'),
    );
  });
});

const LISTS = ['training.listClasses', 'training.listInstitutions', 'settlement.listBatches'] as const;

const idOf = ({ institution, classId, batchId }: Place, name: (typeof LISTS)[number]): string =>
  ({
    'training.listClasses': classId,
    'training.listInstitutions': institution.id,
    'settlement.listBatches': batchId,
  })[name];

describe.each(LISTS)('%s', name => {
  const read = async (input: OfAreas & { institutionId?: string }, caller: Caller) => {
    const { result, databaseRequests, databaseTrips } = await cloud.call(name, input as never, caller);
    if (!result.ok) throw new Error(result.error.code);
    const ids = (result.data.items as { id: string }[]).map(({ id }) => id).sort();
    return { ids, costs: [databaseRequests, databaseTrips] };
  };

  it('shows an officer of a county exactly what lies in it, in one request', async () => {
    expect(await read({ countyCodes: [LICHENG] }, clerk)).toEqual({
      ids: [idOf(licheng, name)],
      costs: [1, 1],
    });
  });

  it.each<[string, OfAreas]>([
    ['nothing', {}],
    ['the city', { cityCodes: ['3701'] }],
    ['another county too', { countyCodes: [LICHENG, LIXIA] }],
  ])('shows no more when %s is named', async (_what, input) => {
    expect((await read(input, clerk)).ids).toEqual([idOf(licheng, name)]);
  });

  it('shows nothing of another county', async () => {
    expect((await read({ countyCodes: [LIXIA] }, clerk)).ids).toEqual([]);
  });

  it('shows who has a city and a county elsewhere both, in one request', async () => {
    const areas: OfAreas = { cityCodes: ['3702'], countyCodes: [LICHENG] };

    expect(await read(areas, mixed)).toEqual({ ids: [idOf(licheng, name)], costs: [1, 1] });
    expect((await read({}, mixed)).ids).toEqual([idOf(licheng, name)]);
    expect(await read({ ...areas, cityCode: '3701' }, mixed)).toEqual({
      ids: [idOf(licheng, name)],
      costs: [1, 1],
    });
    expect((await read({ ...areas, cityCode: '3702' }, mixed)).ids).toEqual([]);
  });

  it('shows an officer of the city everything, and a county that is named', async () => {
    const { ids } = await read({ cityCodes: ['3701'] }, cast.clerk);

    expect(ids).toEqual(expect.arrayContaining([licheng, lixia, plain].map(each => idOf(each, name))));
    expect(await read({ countyCodes: [LIXIA] }, cast.clerk)).toEqual({
      ids: [idOf(lixia, name)],
      costs: [1, 1],
    });
  });
});

describe('an officer of a county', () => {
  it('reads the class, its people and vouchers, and counts what waits there', async () => {
    const { classId, institution } = licheng;
    const { items } = await cloud.must('voucher.listVouchers', { classId }, clerk);

    expect(items).toHaveLength(2);
    expect(items[0]).toMatchObject({ cityCode: '3701', countyCode: LICHENG });
    const voucherId = items[0]?.id ?? '';
    for (const [name, input] of [
      ['voucher.getVoucher', { voucherId }],
      ['training.getClass', { classId }],
      ['training.listRoster', { classId }],
      ['training.getInstitution', { institutionId: institution.id }],
      ['settlement.getBatch', { batchId: licheng.batchId }],
      ['settlement.listItems', { batchId: licheng.batchId }],
      ['voucher.getTemplate', { templateId }],
    ] as const)
      for (const officer of [clerk, reviewer, payer])
        expect([name, await asked(name, input, officer)]).toEqual([
          name,
          expect.objectContaining({ ok: true }),
        ]);
    const ofInstitution = { institutionId: institution.id };
    expect(await cloud.must('verification.listVerifications', ofInstitution, clerk)).toEqual({ items: [] });
    expect(await cloud.must('verification.countToday', ofInstitution, clerk)).toEqual({ acceptedCount: 0 });
    const waiting = { cityCodes: ['3701'] as '3701'[] };
    expect((await cloud.must('training.countWaiting', waiting, clerk)).items).toEqual([
      { command: 'approve', count: 0 },
      { command: 'issue', count: 0 },
    ]);
    expect((await cloud.must('training.countWaiting', waiting, clerkOfLixia)).items[0]?.count).toBe(1);
    expect((await cloud.must('training.countWaiting', waiting, cast.clerk)).items[0]?.count).toBe(2);
  });

  it('finds nothing of another county, nor of what lies in none', async () => {
    for (const { classId, institution, batchId } of [lixia, plain])
      for (const [name, input, code] of [
        ['training.getClass', { classId }, 'class_not_found'],
        ['training.approveClass', { classId }, 'class_not_found'],
        ['training.listRoster', { classId }, 'class_not_found'],
        ['voucher.issue', { classId }, 'class_not_found'],
        ['voucher.listVouchers', { classId }, 'class_not_found'],
        ['voucher.voidBatch', { classId, reason: '理由' }, 'class_not_found'],
        ['training.getInstitution', { institutionId: institution.id }, 'institution_not_found'],
        ['training.setInstitution', { institutionId: institution.id, name: '新名' }, 'institution_not_found'],
        ['training.listAdministrators', { institutionId: institution.id }, 'institution_not_found'],
        ['verification.listVerifications', { institutionId: institution.id }, 'institution_not_found'],
        ['settlement.getBatch', { batchId }, 'batch_not_found'],
        ['settlement.listItems', { batchId }, 'batch_not_found'],
      ] as const)
        expect([name, await asked(name, input, clerk)]).toEqual([name, refused(code)]);
    const ofInstitution = { institutionId: plain.institution.id };
    expect(await cloud.must('training.listClasses', ofInstitution, clerk)).toEqual({ items: [] });
  });

  it('leaves to the city what is the city’s', async () => {
    const channel = {
      channelNumber: '3701000009',
      cityCode: '3701',
      name: '渠道',
      kind: 'app',
      issuing: true,
    };
    for (const [name, input, code] of [
      ['voucher.closeTemplate', { templateId }, 'role_not_allowed'],
      ['voucher.amendTemplate', { templateId, name: '新名' }, 'role_not_allowed'],
      ['entry.addChannel', channel, 'role_not_allowed'],
      ['training.getRosterForm', {}, 'role_not_allowed'],
      ['voucher.listVouchers', { templateId }, 'template_not_found'],
      ['training.listRoster', { templateId }, 'template_not_found'],
      ['voucher.issue', { templateId }, 'template_not_found'],
    ] as const)
      expect([name, await asked(name, input, clerk)]).toEqual([name, refused(code)]);
    const { items } = await cloud.must('voucher.listTemplates', { cityCodes: ['3701'] }, clerk);
    expect(items.map(({ id }) => id)).toContain(templateId);
  });

  it('voids by code within the county only', async () => {
    const { items } = await cloud.must('voucher.listVouchers', { classId: licheng.classId }, clerk);
    const voucherCodes = items.slice(0, 1).map(({ code }) => code);

    const elsewhere = await cloud.must('voucher.voidBatch', { voucherCodes, reason: '发错' }, clerkOfLixia);
    expect(elsewhere).toMatchObject({ done: 0, refusedByCode: { voucher_code_unknown: 1 } });
    expect(await asked('voucher.getJob', { jobId: elsewhere.id }, clerk)).toEqual(refused('job_not_found'));
    expect(await cloud.must('voucher.voidBatch', { voucherCodes, reason: '发错' }, clerk)).toMatchObject({
      done: 1,
    });
  });

  it('registers institutions in the county, and hands none to another', async () => {
    const named = { name: '新学校', uscc: aUscc(620), cityCode: '3701' } as const;

    expect(await cloud.ask('training.addInstitution', named, clerk)).toEqual(refused('role_not_allowed'));
    expect(await cloud.ask('training.addInstitution', { ...named, countyCode: LIXIA }, clerk)).toEqual(
      refused('role_not_allowed'),
    );
    const wrong = { ...named, countyCode: '370202' } as const;
    expect(await cloud.ask('training.addInstitution', wrong, cast.clerk)).toEqual(
      refused('county_of_other_city'),
    );
    const { id: institutionId, countyCode } = await cloud.must(
      'training.addInstitution',
      { ...named, countyCode: LICHENG },
      clerk,
    );
    expect(countyCode).toBe(LICHENG);
    expect(await cloud.ask('training.setInstitution', { institutionId, countyCode: LIXIA }, clerk)).toEqual(
      refused('role_not_allowed'),
    );
    expect(
      await cloud.ask('training.setInstitution', { institutionId, countyCode: '370202' }, cast.clerk),
    ).toEqual(refused('county_of_other_city'));
  });
});

test('what there is of an institution follows it to its county', async () => {
  const { classId, batchId, institution } = await place(630);
  const institutionId = institution.id;
  const seen = async () =>
    Promise.all([
      asked('training.getClass', { classId }, clerk),
      asked('settlement.getBatch', { batchId }, clerk),
    ]);
  expect((await seen()).map(({ ok }) => ok)).toEqual([false, false]);

  const moved = await cloud.must(
    'training.setInstitution',
    { institutionId, countyCode: LICHENG },
    cast.clerk,
  );

  expect(moved.countyCode).toBe(LICHENG);
  expect((await seen()).map(({ ok }) => ok)).toEqual([true, true]);
  await cloud.must('training.setInstitution', { institutionId, countyCode: LIXIA }, cast.clerk);
  expect((await seen()).map(({ ok }) => ok)).toEqual([false, false]);
});

test('the vouchers of a class follow its institution', async () => {
  const institutionId = licheng.institution.id;
  const { classId } = licheng;
  const countiesOfVouchers = async () =>
    (await cloud.must('voucher.listVouchers', { classId }, cast.clerk)).items.map(each => each.countyCode);

  await cloud.must('training.setInstitution', { institutionId, countyCode: LIXIA }, cast.clerk);
  expect(new Set(await countiesOfVouchers())).toEqual(new Set([LIXIA]));
  expect(await asked('voucher.listVouchers', { classId }, clerk)).toEqual(refused('class_not_found'));
  expect(await asked('voucher.listVouchers', { classId }, clerkOfLixia)).toMatchObject({ ok: true });
});

test('a move that was cut off is finished by the timer', async () => {
  const { classId, institution } = await place(640);
  const cutOff = { countyCode: LICHENG, areGrantsStale: true };
  await cloud.sdk().database().collection('institutions').doc(institution.id).update(cutOff);
  expect(await asked('training.getClass', { classId }, clerk)).toEqual(refused('class_not_found'));

  await cloud.cloud.fireTimer('timer');

  expect(await asked('training.getClass', { classId }, clerk)).toMatchObject({ ok: true });
});
