import { CONSENT_VERSION } from '../../miniprogram/contract/accounts';
import { aPerson } from '../support/people';
import { refused } from '../support/refused';
import { startTestCloud, type Caller, type TestCloud } from '../support/test-cloud';
import { seedCity, seedHolding, type City, type Holding } from './voucher/seed';

let cloud: TestCloud;
let city: City;
let holding: Holding;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  holding = await seedHolding(cloud, city, { people: 2 });
});
afterAll(() => cloud.stop());

const voucherId = (): string => holding.voucherIds[0] ?? '';
const showCode = (caller: Caller) => cloud.call('voucher.showCode', { voucherId: voucherId() }, caller);
const listVouchers = (caller: Caller) =>
  cloud.call('voucher.listVouchers', { classId: holding.classId }, caller);

/** Two instances of each function count for themselves. */
const CALLS = 12;

describe('what is read before it is known who asks', () => {
  it('is one document beside the account, in one trip', async () => {
    const [worker = city.clerk] = holding.workers;
    const channelNumber = city.channelNumber;
    await cloud.must('voucher.claim', { voucherId: voucherId(), channelNumber }, worker);

    const { result, databaseRequests, databaseTrips } = await showCode(worker);

    expect(result).toMatchObject({ ok: true });
    expect([databaseRequests, databaseTrips]).toEqual([2, 1]);
  });

  it('tells nobody more than they may know', async () => {
    const another = holding.workers[1] ?? city.clerk;

    expect((await showCode(another)).result).toEqual(refused('voucher_not_found'));
    expect((await showCode({ openid: 'nobody' })).result).toEqual(refused('sign_in_required'));
    expect((await showCode(city.administrator)).result).toEqual(refused('voucher_not_found'));
  });

  it('is nothing any more for an openid that was refused again and again', async () => {
    const requests: number[] = [];
    for (let call = 0; call < CALLS; call++) {
      const { result, databaseRequests } = await showCode({ openid: 'stranger' });
      expect(result).toEqual(refused('sign_in_required'));
      requests.push(databaseRequests);
    }

    expect(requests[0]).toBe(2);
    expect(requests.at(-1)).toBe(1);
  });

  it('comes back once the openid has signed in', async () => {
    const openid = 'late';
    const person = aPerson(700);
    for (let call = 0; call < CALLS; call++) await showCode({ openid });
    const authCode = cloud.authorise(person);
    await cloud.must('account.signIn', { authCode, consentVersion: CONSENT_VERSION }, { openid });

    for (let call = 0; call < CALLS; call++)
      expect((await showCode({ openid })).result).toEqual(refused('voucher_not_found'));
    const { databaseRequests, databaseTrips } = await showCode({ openid });

    expect([databaseRequests, databaseTrips]).toEqual([2, 1]);
  });

  it('is never a list: that is read in the account’s own request, for who is signed in', async () => {
    const own = await listVouchers(city.clerk);
    const stranger = await listVouchers({ openid: 'nobody' });
    const workers = await listVouchers(holding.workers[0] ?? city.clerk);

    expect(own.result).toMatchObject({ ok: true });
    expect([own.databaseRequests, own.databaseTrips]).toEqual([1, 1]);
    expect(stranger.result).toEqual(refused('sign_in_required'));
    expect(workers.result).toEqual(refused('role_not_allowed'));
    // The account once more, alone, to say why.
    expect(stranger.databaseRequests).toBe(2);
  });

  it('is no write: a request that is refused leaves the voucher as it was', async () => {
    const before = await cloud.documents('vouchers');
    const channelNumber = city.channelNumber;

    for (const caller of [{ openid: 'nobody' }, holding.workers[0] ?? city.clerk])
      await cloud.call('voucher.claim', { voucherId: holding.voucherIds[1] ?? '', channelNumber }, caller);

    expect(await cloud.documents('vouchers')).toEqual(before);
  });
});
