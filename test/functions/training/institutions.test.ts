import { personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import { addInstitution, aUscc, createCast, signInAs, type Cast } from '../../support/callers';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;
let cast: Cast;
let other: Cast;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 1 });
  other = await createCast(cloud, { cityCode: '3702', workers: 0 });
});
afterAll(() => cloud.stop());

const anInstitution = (number: number) =>
  ({ name: `培训学校${number}`, uscc: aUscc(number), cityCode: '3701' }) as const;
const named = (number: number) => ({ name: aPerson(number).name, idNumber: aPerson(number).idNumber });
const idOf = (number: number) => personKeyOf(aPerson(number).idNumber);

describe('training.addInstitution', () => {
  it('adds an active institution under its code in normal form', async () => {
    const typed = { ...anInstitution(1), uscc: ` ${aUscc(1).toLowerCase()} ` };

    const added = await cloud.must('training.addInstitution', typed, cast.clerk);

    expect(added).toEqual({ id: added.id, ...anInstitution(1), active: true });
  });

  it('refuses a code that is none, and one that is taken in whatever city', async () => {
    await cloud.must('training.addInstitution', anInstitution(2), cast.clerk);
    const wrong = { ...anInstitution(3), uscc: '91350100M000100Y4Z' };
    const elsewhere = { ...anInstitution(2), cityCode: '3702' } as const;

    expect(await cloud.ask('training.addInstitution', wrong, cast.clerk)).toEqual(refused('uscc_invalid'));
    for (const [input, caller] of [
      [anInstitution(2), cast.clerk],
      [elsewhere, other.clerk],
    ] as const) {
      expect(await cloud.ask('training.addInstitution', input, caller)).toEqual(
        refused('institution_already_exists'),
      );
    }
  });

  it('is for the clerk of that city', async () => {
    for (const caller of [other.clerk, cast.administrator, cast.reviewers[0], cast.workers[0]]) {
      const result = await cloud.ask('training.addInstitution', anInstitution(4), caller ?? cast.payer);
      expect(result).toEqual(refused('role_not_allowed'));
    }
  });

  it('answers a repeated request as it did first, and refuses its id for anything else', async () => {
    const options = { ...cast.clerk, requestId: 'institution-repeated' };
    const first = await cloud.ask('training.addInstitution', anInstitution(5), options);

    const second = await cloud.ask('training.addInstitution', anInstitution(5), options);
    const reused = await cloud.ask('training.addInstitution', anInstitution(6), options);
    const none = { ...cast.clerk, requestId: null };

    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual(first);
    expect(reused).toEqual(refused('request_id_reused'));
    expect(await cloud.ask('training.addInstitution', anInstitution(6), none)).toEqual(
      refused('request_id_missing'),
    );
  });
});

/** More than the database reads at once. */
const MANY = 1_002;

/** An institution with administrators who are all signed in, one of them on more phones than one. */
async function aCrowdedInstitution(number: number): Promise<string> {
  const { institution } = await addInstitution(cloud, cast.clerk, { number, cityCode: '3701' });
  const { id: institutionId } = institution;
  const [grant] = (await cloud.documents('grants')).filter(each => each['institutionId'] === institutionId);
  const [account] = (await cloud.documents('accounts')).filter(
    each => each['personKey'] === grant?.['personKey'],
  );
  const database = cloud.sdk().database();
  const nth = (at: number) => `${String(number)}${String(at).padStart(22, '0')}`;
  const people = Array.from({ length: MANY - 1 }, (_, at) => nth(at));
  const grants = people.map(personKey => {
    return { ...grant, _id: `${institutionId}-administrator-${personKey}`, personKey };
  });
  const accounts = [...people, nth(0)].map((personKey, at) => {
    return { ...account, _id: `crowd-${String(number)}-${String(at)}`, personKey };
  });
  await database.collection('grants').add(grants);
  await database.collection('accounts').add(accounts);
  return institutionId;
}

const accountsThatMayActFor = async (institutionId: string) =>
  (await cloud.documents('accounts')).filter(account =>
    (account['grants'] as { institutionId?: string }[]).some(each => each.institutionId === institutionId),
  );

describe('an institution with more administrators than one read takes', () => {
  afterEach(() => cloud.cloud.setDatabaseFaults({}));

  it('leaves the role to none of them while it is not active, and gives it back to all', async () => {
    const institutionId = await aCrowdedInstitution(80);
    const before = await accountsThatMayActFor(institutionId);

    await cloud.must('training.setInstitution', { institutionId, active: false }, cast.clerk);
    const whileClosed = await accountsThatMayActFor(institutionId);
    await cloud.must('training.setInstitution', { institutionId, active: true }, cast.clerk);

    expect(before).toHaveLength(MANY + 1);
    expect(whileClosed).toEqual([]);
    expect(await accountsThatMayActFor(institutionId)).toHaveLength(MANY + 1);
  });

  it('is suspended by the timer where the call was cut off between its write and the accounts', async () => {
    const { institution, administrator } = await addInstitution(cloud, cast.clerk, {
      number: 81,
      cityCode: '3701',
    });
    const institutionId = institution.id;
    await cloud.cloud.setDatabaseFaults({
      failRate: 1,
      collection: 'accounts',
      action: 'database.getDocument',
    });

    const cutOff = await cloud.ask('training.setInstitution', { institutionId, active: false }, cast.clerk);
    await cloud.cloud.setDatabaseFaults({});
    const between = await accountsThatMayActFor(institutionId);
    await cloud.cloud.fireTimer('timer');

    expect(cutOff).toEqual(refused('service_busy'));
    expect(between).toHaveLength(1);
    expect((await cloud.must('account.getAccount', {}, administrator)).grants).toEqual([]);
    const stored = (await cloud.documents('institutions')).find(({ _id }) => _id === institutionId);
    expect(stored).toMatchObject({ active: false });
    expect(stored).not.toHaveProperty('areGrantsStale');
  });
});

describe('training.setInstitution', () => {
  it('takes the administrators their role while the institution is not active', async () => {
    const { institution, administrator } = await addInstitution(cloud, cast.clerk, {
      number: 20,
      cityCode: '3701',
    });
    const institutionId = institution.id;
    const grantsNow = async () => (await cloud.must('account.getAccount', {}, administrator)).grants;
    const before = await grantsNow();

    const closed = await cloud.must('training.setInstitution', { institutionId, active: false }, cast.clerk);
    const whileClosed = await grantsNow();
    await cloud.signIn(administrator.person, 'another-phone');
    const signedInMeanwhile = await cloud.must('account.getAccount', {}, { openid: 'another-phone' });
    await cloud.must('training.setInstitution', { institutionId, active: true, name: '新名' }, cast.clerk);

    expect(before).toEqual([{ role: 'administrator', cityCode: '3701', institutionId }]);
    expect(closed.active).toBe(false);
    expect(whileClosed).toEqual([]);
    expect(signedInMeanwhile.grants).toEqual([]);
    expect(await grantsNow()).toEqual(before);
  });

  it('knows institutions of its own city only, and clerks only', async () => {
    const input = { institutionId: cast.institution.id, name: '别人改的' };

    expect(await cloud.ask('training.setInstitution', input, other.clerk)).toEqual(
      refused('institution_not_found'),
    );
    expect(await cloud.ask('training.setInstitution', { institutionId: 'none' }, cast.clerk)).toEqual(
      refused('institution_not_found'),
    );
    expect(await cloud.ask('training.setInstitution', input, cast.administrator)).toEqual(
      refused('role_not_allowed'),
    );
  });

  it('answers a repeated request as it did first', async () => {
    const { id: institutionId } = await cloud.must('training.addInstitution', anInstitution(21), cast.clerk);
    const options = { ...cast.clerk, requestId: 'set-institution-repeated' };
    const first = await cloud.ask('training.setInstitution', { institutionId, name: '甲' }, options);
    await cloud.must('training.setInstitution', { institutionId, name: '乙' }, cast.clerk);

    const second = await cloud.ask('training.setInstitution', { institutionId, name: '甲' }, options);
    const reused = await cloud.ask('training.setInstitution', { institutionId, name: '丙' }, options);
    const none = { ...cast.clerk, requestId: null };

    expect(second).toEqual(first);
    expect(reused).toEqual(refused('request_id_reused'));
    expect(await cloud.ask('training.setInstitution', { institutionId }, none)).toEqual(
      refused('request_id_missing'),
    );
  });
});

describe('training.getInstitution', () => {
  it('shows an institution to its administrators and to the officers of its city, in one trip', async () => {
    const { id: institutionId, name } = cast.institution;

    for (const caller of [cast.administrator, cast.clerk, cast.payer, cast.province]) {
      const { result, databaseRequests, databaseTrips } = await cloud.call(
        'training.getInstitution',
        { institutionId },
        caller,
      );
      expect(result).toMatchObject({ ok: true, data: { id: institutionId, name, active: true } });
      expect([databaseRequests, databaseTrips]).toEqual([2, 1]);
    }
  });

  it('knows nothing of those of others', async () => {
    const { id: institutionId } = cast.institution;

    for (const caller of [other.clerk, other.administrator]) {
      expect(await cloud.ask('training.getInstitution', { institutionId }, caller)).toEqual(
        refused('institution_not_found'),
      );
    }
  });
});

describe('training.listInstitutions', () => {
  it('shows officers their city, the province all, administrators their own', async () => {
    const ofCity = await cloud.call('training.listInstitutions', {}, cast.reviewers[0]);
    const ofProvince = await cloud.must('training.listInstitutions', { cityCode: '3702' }, cast.province);
    const own = await cloud.call('training.listInstitutions', {}, cast.administrator);
    const ownElsewhere = await cloud.must(
      'training.listInstitutions',
      { cityCode: '3702' },
      cast.administrator,
    );
    const elsewhere = await cloud.must('training.listInstitutions', { cityCode: '3702' }, cast.clerk);

    expect(ofCity.result.ok && ofCity.result.data.items.every(each => each.cityCode === '3701')).toBe(true);
    expect(ofCity.databaseRequests).toBeLessThanOrEqual(2);
    expect(ofProvince.items).toEqual([other.institution]);
    expect(own).toMatchObject({
      databaseRequests: 1,
      result: { ok: true, data: { items: [cast.institution] } },
    });
    expect(ownElsewhere.items).toEqual([]);
    expect(elsewhere.items).toEqual([]);
    expect(await cloud.ask('training.listInstitutions', {}, cast.workers[0] ?? cast.payer)).toEqual(
      refused('role_not_allowed'),
    );
  });
});

it('who works for more institutions than one page holds can list them all', async () => {
  const { institution, administrator } = await addInstitution(cloud, cast.clerk, {
    number: 82,
    cityCode: '3701',
  });
  const database = cloud.sdk().database();
  const [stored] = (await cloud.documents('institutions')).filter(({ _id }) => _id === institution.id);
  const [grant] = (await cloud.documents('grants')).filter(each => each['institutionId'] === institution.id);
  const more = Array.from({ length: 120 }, (_, at) => `more-${String(at).padStart(4, '0')}`);
  await database.collection('institutions').add(more.map(_id => ({ ...stored, _id, uscc: `uscc-${_id}` })));
  await database
    .collection('grants')
    .add(more.map(institutionId => ({ ...grant, _id: `${institutionId}-administrator`, institutionId })));
  await cloud.signIn(administrator.person);

  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await cloud.must('training.listInstitutions', cursor ? { cursor } : {}, administrator);
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);

  expect(seen.sort()).toEqual([institution.id, ...more].sort());
});

describe('administrators', () => {
  it('may work for several institutions', async () => {
    const { id: institutionId } = await cloud.must('training.addInstitution', anInstitution(30), cast.clerk);
    const { name, idNumber } = cast.administrator.person;

    await cloud.must('training.addAdministrator', { institutionId, name, idNumber }, cast.clerk);

    const { grants } = await cloud.must('account.getAccount', {}, cast.administrator);
    expect(grants).toHaveLength(2);
  });

  it('are listed masked, and lose their role at once when removed', async () => {
    const { institution, administrator } = await addInstitution(cloud, cast.clerk, {
      number: 31,
      cityCode: '3701',
    });
    const institutionId = institution.id;
    const listed = await cloud.call('training.listAdministrators', { institutionId }, cast.province);
    const personId = personKeyOf(administrator.person.idNumber);

    const removed = await cloud.must('training.removeAdministrator', { institutionId, personId }, cast.clerk);

    const account = await cloud.must('account.getAccount', {}, administrator);
    const after = await cloud.must('training.listAdministrators', { institutionId }, cast.clerk);
    expect(listed.result).toMatchObject({
      ok: true,
      data: { items: [{ personId, name: expect.any(String) }] },
    });
    expect(JSON.stringify(listed.result)).not.toContain(administrator.person.name);
    expect(listed.databaseRequests - 1).toBeLessThanOrEqual(2);
    expect(removed).toEqual({ personId });
    expect(account.grants).toEqual([]);
    expect(after.items).toEqual([]);
  });

  it.each([
    ['id_number_invalid', { idNumber: '123' }],
    ['name_missing', { name: '' }],
    ['institution_not_found', { institutionId: 'nowhere' }],
  ] as const)('answer %s to %p', async (code, wrong) => {
    const input = { institutionId: cast.institution.id, ...named(1), ...wrong };

    expect(await cloud.ask('training.addAdministrator', input, cast.clerk)).toEqual(refused(code));
  });

  it('are refused twice, for an institution that is not active, and from anybody but the clerk of the city', async () => {
    const { id: institutionId } = await cloud.must('training.addInstitution', anInstitution(32), cast.clerk);
    const input = { institutionId, ...named(2) };
    await cloud.must('training.addAdministrator', input, cast.clerk);
    const twice = await cloud.ask('training.addAdministrator', input, cast.clerk);
    await cloud.must('training.setInstitution', { institutionId, active: false }, cast.clerk);

    const inactive = await cloud.ask('training.addAdministrator', { ...input, ...named(3) }, cast.clerk);

    expect(twice).toEqual(refused('role_already_granted'));
    expect(inactive).toEqual(refused('institution_not_active'));
    expect(await cloud.ask('training.addAdministrator', input, other.clerk)).toEqual(
      refused('institution_not_found'),
    );
    expect(await cloud.ask('training.addAdministrator', input, cast.administrator)).toEqual(
      refused('role_not_allowed'),
    );
  });

  it('can be removed only where and by whom they were added', async () => {
    const institutionId = cast.institution.id;
    const input = { institutionId, personId: personKeyOf(cast.administrator.person.idNumber) };

    expect(await cloud.ask('training.removeAdministrator', input, other.clerk)).toEqual(
      refused('institution_not_found'),
    );
    expect(await cloud.ask('training.removeAdministrator', input, cast.administrator)).toEqual(
      refused('role_not_allowed'),
    );
    expect(
      await cloud.ask('training.removeAdministrator', { ...input, personId: idOf(999) }, cast.clerk),
    ).toEqual(refused('person_not_found'));
    expect(
      await cloud.ask('training.removeAdministrator', { ...input, personId: idOf(0) }, cast.clerk),
    ).toEqual(refused('role_not_granted'));
    expect(await cloud.ask('training.listAdministrators', { institutionId }, other.clerk)).toEqual(
      refused('institution_not_found'),
    );
    expect(await cloud.ask('training.listAdministrators', { institutionId }, cast.administrator)).toEqual(
      refused('role_not_allowed'),
    );
  });

  it('are added and removed once by a repeated request', async () => {
    const { id: institutionId } = await cloud.must('training.addInstitution', anInstitution(33), cast.clerk);
    const adding = { institutionId, ...named(4) };
    const removing = { institutionId, personId: idOf(4) };
    const add = { ...cast.clerk, requestId: 'add-administrator' };
    const remove = { ...cast.clerk, requestId: 'remove-administrator' };
    const none = { ...cast.clerk, requestId: null };

    const firstAdd = await cloud.ask('training.addAdministrator', adding, add);
    const secondAdd = await cloud.ask('training.addAdministrator', adding, add);
    const firstRemove = await cloud.ask('training.removeAdministrator', removing, remove);
    const secondRemove = await cloud.ask('training.removeAdministrator', removing, remove);

    expect(firstAdd).toMatchObject({ ok: true });
    expect(secondAdd).toEqual(firstAdd);
    expect(firstRemove).toEqual({ ok: true, data: { personId: idOf(4) } });
    expect(secondRemove).toEqual(firstRemove);
    expect(await cloud.ask('training.addAdministrator', { ...adding, ...named(5) }, add)).toEqual(
      refused('request_id_reused'),
    );
    expect(
      await cloud.ask('training.removeAdministrator', { ...removing, personId: idOf(5) }, remove),
    ).toEqual(refused('request_id_reused'));
    expect(await cloud.ask('training.addAdministrator', adding, none)).toEqual(refused('request_id_missing'));
    expect(await cloud.ask('training.removeAdministrator', removing, none)).toEqual(
      refused('request_id_missing'),
    );
  });
});

it('keeps nothing personal in the database or the logs', async () => {
  await signInAs(cloud, aPerson(6));
  await cloud.must(
    'training.addAdministrator',
    { institutionId: cast.institution.id, ...named(6) },
    cast.clerk,
  );

  const kept = await cloud.everythingKept();

  for (const { name, idNumber, phone } of [aPerson(6), cast.administrator.person]) {
    for (const text of [name, idNumber, phone ?? name]) expect(kept).not.toContain(text);
  }
});

describe('a city’s institutions, searched', () => {
  const found = async (search: string, more: { active?: boolean } = {}) => {
    const asked = { cityCodes: ['3701'] as '3701'[], search, ...more };
    const { items } = await cloud.must('training.listInstitutions', asked, cast.clerk);
    return items.map(({ name }) => name);
  };

  it('are found by a part of the name or of the code, and counted in the same way', async () => {
    const added = await cloud.must(
      'training.addInstitution',
      { name: '趵突泉(一)职校', uscc: aUscc(601), cityCode: '3701' },
      cast.clerk,
    );
    await cloud.must(
      'training.addInstitution',
      { name: '趵突泉二校', uscc: aUscc(602), cityCode: '3701' },
      cast.clerk,
    );
    await cloud.must(
      'training.setInstitution',
      { institutionId: added.id, active: false, reason: '整改' },
      cast.clerk,
    );

    expect(await found('趵突泉')).toEqual(['趵突泉二校', '趵突泉(一)职校']);
    expect(await found('泉(一)')).toEqual(['趵突泉(一)职校']);
    expect(await found('趵突泉', { active: true })).toEqual(['趵突泉二校']);
    expect(await found('.*')).toEqual([]);
    expect(await found(aUscc(602).slice(8).toLowerCase())).toEqual(['趵突泉二校']);
    const asked = { cityCodes: ['3701', '3702'] as ('3701' | '3702')[], search: '趵突泉' };
    const { result, databaseRequests } = await cloud.call('training.countInstitutions', asked, cast.clerk);
    expect(result).toEqual({ ok: true, data: { active: 1, suspended: 1 } });
    expect(databaseRequests).toBeLessThanOrEqual(2);
    expect(await cloud.must('training.countInstitutions', asked, other.clerk)).toEqual({
      active: 0,
      suspended: 0,
    });
  });
});
