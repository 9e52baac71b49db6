import type { PlainInputOf } from '../../../miniprogram/contract/operations';
import { addInstitution, createCast, type Cast, type Member } from '../../support/callers';
import { anApprovedClass, dayFromNow } from '../../support/classes';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;
let cast: Cast;
let stranger: Member;
let classId: string;
let numbers = 0;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 1 });
  ({ administrator: stranger } = await addInstitution(cloud, cast.clerk, { number: 77, cityCode: '3701' }));
});
beforeEach(async () => {
  ({ classId } = await anApprovedClass(cloud, cast));
});
afterAll(() => cloud.stop());

type Input = PlainInputOf<'training.addCertificate'>;

const input = (changes: Partial<Input> = {}): Input => {
  const { name: holderName, idNumber } = aPerson(1);
  return {
    classId,
    holderName,
    idNumber,
    number: `S00003701${String(++numbers).padStart(6, '0')}`,
    name: '职业技能等级证书',
    occupation: '焊工',
    level: 'level_5',
    issuer: '济南市技能鉴定中心',
    issuedOn: dayFromNow(cloud, 0),
    ...changes,
  };
};

const add = (changes: Partial<Input> = {}, caller: Member = cast.administrator) =>
  cloud.ask('training.addCertificate', input(changes), caller);

/** The same, earned at no class. */
const addOutside = (institutionId: string, changes: Partial<Input> = {}) => {
  const { classId: _classId, ...rest } = { classId, ...input(changes) };
  return cloud.ask('training.addCertificate', { ...rest, institutionId }, cast.administrator);
};

describe('training.addCertificate', () => {
  it('adds one from a class to a person', async () => {
    const given = input({ number: 's-0000 3701-A' });

    const result = await cloud.ask('training.addCertificate', given, cast.administrator);

    expect(result).toEqual({
      ok: true,
      data: {
        id: expect.any(String) as unknown,
        number: 'S00003701A',
        name: '职业技能等级证书',
        occupation: '焊工',
        level: 'level_5',
        issuer: '济南市技能鉴定中心',
        issuedOn: dayFromNow(cloud, 0),
        holderName: expect.stringContaining('*') as unknown,
        cityCode: '3701',
        institutionId: cast.institution.id,
        institutionName: cast.institution.name,
        classId,
        className: '焊工初级班',
        addedAtMs: expect.any(Number) as unknown,
      },
    });
  });

  it('adds one of no class, without a level, to whoever is known', async () => {
    const { level: _level, ...noLevel } = input();
    const { id: institutionId } = cast.institution;
    const { name: holderName, idNumber } = cast.workers[0]?.person ?? aPerson(0);

    const result = await addOutside(institutionId, { ...noLevel, holderName, idNumber });

    expect(result).toMatchObject({ ok: true, data: { institutionId } });
    expect(result.ok && result.data.classId).toBeUndefined();
  });

  it('takes a number of an issuer once, also at once and for others', async () => {
    const number = 'S0001';
    const results = await Promise.all(
      [0, 1].map(at => {
        const { name: holderName, idNumber } = aPerson(at);
        return add({ number, holderName, idNumber });
      }),
    );

    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter(({ ok }) => !ok)).toEqual([refused('certificate_already_exists')]);
    expect(await add({ number: ' s 0001 ', issuer: '济南市 技能鉴定中心', occupation: '电工' })).toEqual(
      refused('certificate_already_exists'),
    );
    expect(await add({ number, issuer: '青岛市技能鉴定中心', occupation: '钳工' })).toMatchObject({
      ok: true,
    });
  });

  it('takes one for each person, class and occupation', async () => {
    expect(await add()).toMatchObject({ ok: true });
    expect(await add()).toEqual(refused('certificate_of_class_exists'));
    expect(await add({ occupation: ' 焊 工 ' })).toEqual(refused('certificate_of_class_exists'));
    expect(await add({ occupation: '电工' })).toMatchObject({ ok: true });
    expect(await addOutside(cast.institution.id)).toMatchObject({ ok: true });
  });

  it('makes one of a repeated request', async () => {
    const given = input();
    const call = { ...cast.administrator, requestId: 'add-certificate-1' };
    await cloud.cloud.setDatabaseFaults({ dropAnswerNext: 1, collection: 'certificates' });
    const first = await cloud.ask('training.addCertificate', given, call);
    await cloud.cloud.setDatabaseFaults({});

    expect(first).toMatchObject({ ok: true });
    expect(await cloud.ask('training.addCertificate', given, call)).toEqual(first);
  });

  it('refuses who is nobody, somebody else, or not of the class, in the same words', async () => {
    const { name: holderName, idNumber } = aPerson(900);

    expect(await add({ holderName, idNumber })).toEqual(refused('person_not_found'));
    expect(await add({ holderName: '别人' })).toEqual(refused('person_not_found'));
    const worker = await cloud.signIn(aPerson(901)).then(() => aPerson(901));
    expect(await add({ holderName: worker.name, idNumber: worker.idNumber })).toEqual(
      refused('person_not_in_class'),
    );
  });

  it('refuses what cannot be on a certificate', async () => {
    expect(await add({ idNumber: '370102199001010011' })).toEqual(refused('id_number_invalid'));
    expect(await add({ holderName: '' })).toEqual(refused('name_missing'));
    expect(await add({ number: aPerson(1).idNumber })).toEqual(refused('certificate_number_invalid'));
    expect(await add({ number: '--' })).toEqual(refused('certificate_number_invalid'));
    expect(await add({ issuedOn: dayFromNow(cloud, 1) })).toEqual(refused('certificate_day_out_of_range'));
    expect(await add({ issuedOn: dayFromNow(cloud, -1) })).toEqual(refused('certificate_day_out_of_range'));
    expect(await addOutside(cast.institution.id, { issuedOn: '2021-08-05' })).toEqual(
      refused('certificate_day_out_of_range'),
    );
    expect(await add({ issuer: '' })).toEqual(refused('invalid_input'));
    expect(await add({ number: '1'.repeat(65) })).toEqual(refused('invalid_input'));
  });

  it('is for the administrators of the class or institution', async () => {
    expect(await add({}, stranger)).toEqual(refused('class_not_found'));
    expect(await add({ classId: 'none' })).toEqual(refused('class_not_found'));
    expect(await addOutside('none')).toEqual(refused('institution_not_found'));
    for (const caller of [cast.clerk, cast.payer, cast.workers[0] ?? stranger])
      expect(await add({}, caller)).toEqual(refused('role_not_allowed'));
  });

  it('stores neither number nor name in clear', async () => {
    await add({ number: 'SECRET7777' });

    const kept = JSON.stringify(await cloud.documents('certificates'));

    expect(kept).not.toContain('SECRET7777');
    expect(kept).not.toContain(aPerson(1).name);
    expect(kept).not.toContain(aPerson(1).idNumber);
  });
});

describe('training.listCertificates', () => {
  it('lists those of a class or an institution, newest first, in one request', async () => {
    const own = await add({ occupation: '电工' });
    const { administrator, institution } = cast;

    const ofClass = await cloud.call('training.listCertificates', { classId }, administrator);
    const ofInstitution = await cloud.call(
      'training.listCertificates',
      { institutionId: institution.id },
      administrator,
    );

    for (const { databaseRequests, databaseTrips } of [ofClass, ofInstitution])
      expect([databaseRequests, databaseTrips]).toEqual([1, 1]);
    expect(ofClass.result).toEqual({ ok: true, data: { items: [own.ok && own.data] } });
    expect(ofInstitution.result.ok && ofInstitution.result.data.items[0]).toEqual(own.ok && own.data);
  });

  it('is for those whose class or institution it is', async () => {
    const institutionId = cast.institution.id;

    for (const caller of [cast.administrator, cast.clerk, cast.province]) {
      expect(await cloud.ask('training.listCertificates', { classId }, caller)).toMatchObject({ ok: true });
      expect(await cloud.ask('training.listCertificates', { institutionId }, caller)).toMatchObject({
        ok: true,
      });
    }
    expect(await cloud.ask('training.listCertificates', { classId }, stranger)).toEqual(
      refused('class_not_found'),
    );
    expect(await cloud.ask('training.listCertificates', { institutionId }, stranger)).toEqual(
      refused('institution_not_found'),
    );
  });
});
