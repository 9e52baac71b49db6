import { CONSENT_VERSION } from '../../../miniprogram/contract/accounts';
import { completeIdNumber } from '../../../cloudfunctions/shared/domain/id-number';
import { readPersonName } from '../../../cloudfunctions/shared/domain/person-name';
import { decryptText, personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import { signInAs, signInOfficer, signInProvince } from '../../support/callers';
import { aPerson, PROVINCE_OFFICER } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.stop());

let phones = 0;
const aPhone = () => ({ openid: `phone-${phones++}` });
const codeOf = (number: number) => ({
  authCode: cloud.authorise(aPerson(number)),
  consentVersion: CONSENT_VERSION,
});

describe('account.startSignIn', () => {
  it('tells how to open the e-SSC for the channel that asks', async () => {
    const start = await cloud.must('account.startSignIn', { channelNumber: '3702000009' }, aPhone());

    expect(start).toMatchObject({ esscAppId: 'wx-essc-simulator', extraData: { channelNo: '3702000009' } });
  });

  it('says that the gateway is unavailable when it is', async () => {
    cloud.essc.setFaults({ garbleNext: 3 });

    const start = await cloud.ask('account.startSignIn', {}, aPhone());

    cloud.essc.setFaults({ garbleNext: 0 });
    expect(start).toEqual(refused('gateway_unavailable'));
  });

  it('refuses an input that it does not know', async () => {
    const input = { channelNumber: '12' };

    expect(await cloud.ask('account.startSignIn', input, aPhone())).toEqual(refused('invalid_input'));
  });
});

describe('account.signIn', () => {
  it('signs a worker in for thirty days', async () => {
    const before = cloud.nowMs();

    const account = await cloud.must('account.signIn', codeOf(1), aPhone());

    expect(account).toMatchObject({ grants: [], cityCode: '3701', consentVersion: CONSENT_VERSION });
    expect(account.name).toBe('钱*辛');
    expect(account.signedInUntilMs - before).toBeGreaterThanOrEqual(30 * DAY_MS);
    expect(account.signedInUntilMs - before).toBeLessThan(30 * DAY_MS + HOUR_MS);
  });

  it('signs the configured officer of the province in, for twelve hours', async () => {
    const before = cloud.nowMs();
    const province = await signInProvince(cloud);

    const account = await cloud.must('account.getAccount', {}, province);

    expect(account.grants).toEqual([{ role: 'province' }]);
    expect(account.signedInUntilMs - before).toBeGreaterThanOrEqual(12 * HOUR_MS);
    expect(account.signedInUntilMs - before).toBeLessThan(13 * HOUR_MS);
  });

  it.each(['', '2020-01-01'])('asks for consent to the present text, not to %p', async consentVersion => {
    const input = { ...codeOf(1), consentVersion };

    expect(await cloud.ask('account.signIn', input, aPhone())).toEqual(refused('consent_required'));
  });

  it('asks those who agreed to an earlier text to sign in again', async () => {
    const phone = aPhone();
    await cloud.must('account.signIn', codeOf(1), phone);
    const account = cloud.sdk().database().collection('accounts').doc(phone.openid);
    await account.update({ consentVersion: '2020-01-01' });

    expect(await cloud.ask('account.getAccount', {}, phone)).toEqual(refused('sign_in_required'));
    await cloud.must('account.signIn', codeOf(1), phone);
    expect(await cloud.ask('account.getAccount', {}, phone)).toMatchObject({ ok: true });
  });

  it('refuses a code that the e-SSC does not know, and one that was used', async () => {
    const phone = aPhone();
    const used = codeOf(1);
    await cloud.must('account.signIn', used, phone);

    const again = await cloud.ask('account.signIn', used, phone);
    const unknown = await cloud.ask('account.signIn', { ...used, authCode: 'nonsense' }, phone);

    expect(again).toEqual(refused('sign_in_failed'));
    expect(unknown).toEqual(refused('sign_in_failed'));
  });

  it('refuses a card that is not valid', async () => {
    const authCode = cloud.authorise({ ...aPerson(2), cardValid: false });

    const signedIn = await cloud.ask(
      'account.signIn',
      { authCode, consentVersion: CONSENT_VERSION },
      aPhone(),
    );

    expect(signedIn).toEqual(refused('essc_card_not_valid'));
  });

  it('refuses an ID number that cannot be one', async () => {
    const right = completeIdNumber('37010219900101001');
    const idNumber = right.slice(0, 17) + (right.endsWith('0') ? '1' : '0');
    const authCode = cloud.authorise({ ...aPerson(3), idNumber });

    const signedIn = await cloud.ask(
      'account.signIn',
      { authCode, consentVersion: CONSENT_VERSION },
      aPhone(),
    );

    expect(signedIn).toEqual(refused('sign_in_failed'));
  });

  it('says that the gateway is unavailable when its answer is lost', async () => {
    cloud.essc.setFaults({ dropAfterProcessNext: 1 });

    expect(await cloud.ask('account.signIn', codeOf(1), aPhone())).toEqual(refused('gateway_unavailable'));
  });

  it('needs a requestId', async () => {
    const options = { ...aPhone(), requestId: null };

    expect(await cloud.ask('account.signIn', codeOf(1), options)).toEqual(refused('request_id_missing'));
  });

  it('gives a repeated request the first answer without a second exchange', async () => {
    const options = { ...aPhone(), requestId: 'sign-in-repeated' };
    const input = codeOf(1);
    const first = await cloud.ask('account.signIn', input, options);
    const calls = cloud.essc.callCount();

    const second = await cloud.ask('account.signIn', input, options);

    expect(second).toEqual(first);
    expect(cloud.essc.callCount()).toBe(calls);
  });

  it('refuses the same requestId with another code', async () => {
    const options = { ...aPhone(), requestId: 'sign-in-reused' };
    await cloud.must('account.signIn', codeOf(1), options);

    expect(await cloud.ask('account.signIn', codeOf(1), options)).toEqual(refused('request_id_reused'));
  });

  it('gives both of two simultaneous tries of one request the same account', async () => {
    const options = { ...aPhone(), requestId: 'sign-in-twice-at-once' };
    const input = codeOf(4);

    const results = await Promise.all([1, 2].map(() => cloud.ask('account.signIn', input, options)));

    expect(results.filter(result => result.ok).length).toBeGreaterThanOrEqual(1);
    expect(await cloud.ask('account.signIn', input, options)).toEqual(results.find(result => result.ok));
  });

  it.each([
    [410, '张\u3000三', '张三', '张*'],
    [411, '艾 ・ 力', '艾·力', '艾·*'],
    [412, '刘\ue863', '刘䶮', '刘*'],
    [413, 'SMITH,  JOHN', 'SMITH, JOHN', 'S****, ***N'],
  ])('keeps the name of person %i in the form that a roster gives it', async (number, told, kept, masked) => {
    const person = { ...aPerson(number), name: told };
    const input = { authCode: cloud.authorise(person), consentVersion: CONSENT_VERSION };

    const account = await cloud.must('account.signIn', input, aPhone());

    const stored = (await cloud.documents('people')).find(({ _id }) => _id === personKeyOf(person.idNumber));
    expect(account.name).toBe(masked);
    expect(decryptText(String(stored?.['nameCipher']))).toBe(kept);
    expect(readPersonName(told)).toEqual({ ok: true, data: kept });
  });

  it('lets another person take over a phone, without the roles and requests of the one before', async () => {
    const province = await signInProvince(cloud);
    await cloud.signIn(aPerson(5), province.openid);

    const account = await cloud.must('account.getAccount', {}, province);
    const staff = await cloud.ask('account.listStaff', { cityCode: '3701' }, province);
    const stored = (await cloud.documents('accounts')).find(({ _id }) => _id === province.openid);

    expect(account).toMatchObject({ name: '吴*辛', grants: [] });
    expect(staff).toEqual(refused('role_not_allowed'));
    expect(stored?.['recentRequests']).toEqual([]);
  });
});

describe('the session', () => {
  it('ends by time: twelve hours for staff, thirty days for workers', async () => {
    const [worker, province] = [await signInAs(cloud, aPerson(6)), await signInProvince(cloud)];

    await cloud.advanceClock(12 * HOUR_MS);
    const staffLater = await cloud.ask('account.getAccount', {}, province);
    const workerLater = await cloud.ask('account.getAccount', {}, worker);
    await cloud.advanceClock(30 * DAY_MS);
    const workerMuchLater = await cloud.ask('account.getAccount', {}, worker);

    expect(staffLater).toEqual(refused('sign_in_required'));
    expect(workerLater).toMatchObject({ ok: true });
    expect(workerMuchLater).toEqual(refused('sign_in_required'));
  });

  it('is cut to twelve hours when its holder is given a role', async () => {
    const person = aPerson(7);
    const worker = await signInAs(cloud, person);
    const province = await signInProvince(cloud);
    const { name, idNumber } = person;
    await cloud.must('account.grantRole', { name, idNumber, role: 'payer', cityCode: '3709' }, province);

    const account = await cloud.must('account.getAccount', {}, worker);

    expect(account.grants).toEqual([{ role: 'payer', cityCode: '3709' }]);
    expect(account.signedInUntilMs - cloud.nowMs()).toBeLessThanOrEqual(12 * HOUR_MS);
  });

  it('ends by signing out, after which the old sign-in cannot be repeated', async () => {
    const options = { ...aPhone(), requestId: 'sign-in-then-out' };
    const input = codeOf(8);
    await cloud.must('account.signIn', input, options);

    const signedOut = await cloud.ask('account.signOut', {}, { openid: options.openid });

    expect(signedOut).toEqual({ ok: true, data: {} });
    expect(await cloud.ask('account.getAccount', {}, options)).toEqual(refused('sign_in_required'));
    expect(await cloud.ask('account.signOut', {}, { openid: options.openid })).toEqual(
      refused('sign_in_required'),
    );
    expect(await cloud.ask('account.signIn', input, options)).toEqual(refused('sign_in_failed'));
  });

  it('is needed by getAccount and signOut, and signOut needs a requestId', async () => {
    const worker = await signInAs(cloud, aPerson(9));

    expect(await cloud.ask('account.getAccount', {}, aPhone())).toEqual(refused('sign_in_required'));
    expect(await cloud.ask('account.signOut', {}, aPhone())).toEqual(refused('sign_in_required'));
    expect(await cloud.ask('account.signOut', {}, { ...worker, requestId: null })).toEqual(
      refused('request_id_missing'),
    );
  });
});

it('keeps nothing personal in the database or the logs', async () => {
  const province = await signInProvince(cloud);
  const person = aPerson(10);
  await signInOfficer(cloud, province, { person, role: 'clerk', cityCode: '3701' });

  const kept = await cloud.everythingKept();

  for (const { name, idNumber, phone } of [person, PROVINCE_OFFICER]) {
    expect(kept).not.toContain(name);
    expect(kept).not.toContain(idNumber);
    expect(kept).not.toContain(phone);
  }
});
