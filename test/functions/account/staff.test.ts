import { personKeyOf } from '../../../cloudfunctions/shared/runtime/secrets';
import { signInAs, signInProvince, type Member } from '../../support/callers';
import { aPerson } from '../../support/people';
import { refused } from '../../support/refused';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;
let province: Member;
let worker: Member;

beforeAll(async () => {
  cloud = await startTestCloud();
  [province, worker] = await Promise.all([signInProvince(cloud), signInAs(cloud, aPerson(0))]);
});
afterAll(() => cloud.stop());

const roleOf = (number: number, role: 'clerk' | 'reviewer' | 'payer' = 'clerk') => {
  const { name, idNumber } = aPerson(number);
  return { name, idNumber, role, cityCode: '3702' as const };
};
const revoking = (number: number, role: 'clerk' | 'reviewer' | 'payer' = 'clerk') => ({
  personId: personKeyOf(aPerson(number).idNumber),
  role,
  cityCode: '3702' as const,
});

describe('account.grantRole', () => {
  it('gives a role to somebody who has yet to sign in', async () => {
    const staff = await cloud.must('account.grantRole', roleOf(10), province);

    const officer = await signInAs(cloud, aPerson(10));
    const account = await cloud.must('account.getAccount', {}, officer);

    expect(staff).toEqual({
      personId: personKeyOf(aPerson(10).idNumber),
      name: '褚*辛',
      grants: [{ role: 'clerk', cityCode: '3702' }],
    });
    expect(account.grants).toEqual(staff.grants);
  });

  it('counts at once for somebody who is signed in, on every phone', async () => {
    const phones = [await signInAs(cloud, aPerson(11)), { openid: 'second-phone' }];
    await cloud.signIn(aPerson(11), 'second-phone');

    await cloud.must('account.grantRole', roleOf(11, 'reviewer'), province);

    for (const phone of phones) {
      const { grants } = await cloud.must('account.getAccount', {}, phone);
      expect(grants).toEqual([{ role: 'reviewer', cityCode: '3702' }]);
    }
  });

  it('refuses what was given already, and gives again what was revoked', async () => {
    await cloud.must('account.grantRole', roleOf(12), province);
    const twice = await cloud.ask('account.grantRole', roleOf(12), province);
    await cloud.must('account.revokeRole', revoking(12), province);

    const again = await cloud.ask('account.grantRole', roleOf(12), province);

    expect(twice).toEqual(refused('role_already_granted'));
    expect(again).toMatchObject({ ok: true, data: { grants: [{ role: 'clerk', cityCode: '3702' }] } });
  });

  it.each([
    ['id_number_invalid', { idNumber: '110105194912310021' }],
    ['id_number_invalid', { idNumber: '370102209901010014' }],
    ['name_missing', { name: ' ' }],
    ['name_character_unusable', { name: '张三（借调）' }],
    ['cell_too_long', { name: '张'.repeat(51) }],
    ['invalid_input', { cityCode: '3712' as '3702' }],
    ['invalid_input', { role: 'province' as 'clerk' }],
  ] as const)('answers %s to %p', async (code, wrong) => {
    expect(await cloud.ask('account.grantRole', { ...roleOf(13), ...wrong }, province)).toEqual(
      refused(code),
    );
  });

  it('is for the province alone', async () => {
    const clerk = await signInAs(cloud, aPerson(14));
    await cloud.must('account.grantRole', roleOf(14), province);

    for (const caller of [worker, clerk]) {
      expect(await cloud.ask('account.grantRole', roleOf(15), caller)).toEqual(refused('role_not_allowed'));
    }
  });

  it('answers a repeated request as it did first, and refuses its id for anything else', async () => {
    const options = { ...province, requestId: 'grant-repeated' };
    const first = await cloud.ask('account.grantRole', roleOf(16), options);

    const second = await cloud.ask('account.grantRole', roleOf(16), options);
    const other = await cloud.ask('account.grantRole', roleOf(17), options);
    const without = await cloud.ask('account.grantRole', roleOf(17), { ...province, requestId: null });

    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual(first);
    expect(other).toEqual(refused('request_id_reused'));
    expect(without).toEqual(refused('request_id_missing'));
  });
});

describe('account.revokeRole', () => {
  it('takes a role away while its holder is using it', async () => {
    await cloud.must('account.grantRole', roleOf(20), province);
    const clerk = await signInAs(cloud, aPerson(20));
    const channel = { channelNumber: '3702000020', name: '青岛人社', kind: 'app', issuing: true } as const;
    await cloud.must('entry.addChannel', { ...channel, cityCode: '3702' }, clerk);

    const revoked = await cloud.must('account.revokeRole', revoking(20), province);

    const after = await cloud.ask(
      'entry.setChannel',
      { channelNumber: '3702000020', voucherOpen: true },
      clerk,
    );
    expect(revoked.grants).toEqual([]);
    expect(after).toEqual(refused('role_not_allowed'));
  });

  it('leaves other roles', async () => {
    await cloud.must('account.grantRole', roleOf(21), province);
    await cloud.must('account.grantRole', roleOf(21, 'payer'), province);

    const left = await cloud.must('account.revokeRole', revoking(21), province);

    expect(left.grants).toEqual([{ role: 'payer', cityCode: '3702' }]);
  });

  it('tells an unknown person from a role that was not given', async () => {
    const unknown = await cloud.ask('account.revokeRole', revoking(22), province);
    const never = await cloud.ask('account.revokeRole', { ...revoking(0) }, province);
    await cloud.must('account.grantRole', roleOf(23), province);
    await cloud.must('account.revokeRole', revoking(23), province);
    const twice = await cloud.ask('account.revokeRole', revoking(23), province);

    expect(unknown).toEqual(refused('person_not_found'));
    expect(never).toEqual(refused('role_not_granted'));
    expect(twice).toEqual(refused('role_not_granted'));
  });

  it('is for the province alone, repeats its answer and needs a requestId', async () => {
    await cloud.must('account.grantRole', roleOf(24), province);
    const options = { ...province, requestId: 'revoke-repeated' };

    const byWorker = await cloud.ask('account.revokeRole', revoking(24), worker);
    const without = await cloud.ask('account.revokeRole', revoking(24), { ...province, requestId: null });
    const first = await cloud.ask('account.revokeRole', revoking(24), options);
    const second = await cloud.ask('account.revokeRole', revoking(24), options);
    const other = await cloud.ask('account.revokeRole', revoking(16), options);

    expect(byWorker).toEqual(refused('role_not_allowed'));
    expect(without).toEqual(refused('request_id_missing'));
    expect(first).toMatchObject({ ok: true });
    expect(second).toEqual(first);
    expect(other).toEqual(refused('request_id_reused'));
  });
});

describe('account.listStaff', () => {
  it('lists every officer of a city once, page by page, with all their roles there', async () => {
    const numbers = Array.from({ length: 23 }, (_, at) => 40 + at);
    for (const number of numbers) {
      const role = { ...roleOf(number, 'payer'), cityCode: '3705' as const };
      await cloud.must('account.grantRole', role, province);
    }
    await cloud.must('account.grantRole', { ...roleOf(40), cityCode: '3705' }, province);

    const first = await cloud.call('account.listStaff', { cityCode: '3705' }, province);
    if (!first.result.ok) throw new Error('refused');
    const { items, nextCursor = '' } = first.result.data;
    const second = await cloud.must('account.listStaff', { cityCode: '3705', cursor: nextCursor }, province);

    const all = [...items, ...second.items];
    expect(first.databaseRequests - 1).toBeLessThanOrEqual(2);
    expect(second.nextCursor).toBeUndefined();
    expect(new Set(all.map(({ personId }) => personId)).size).toBe(23);
    expect(all).toHaveLength(23);
    expect(all.find(({ personId }) => personId === personKeyOf(aPerson(40).idNumber))?.grants).toHaveLength(
      2,
    );
  });

  it('shows another city nothing of it, and workers nothing at all', async () => {
    expect(await cloud.ask('account.listStaff', { cityCode: '3717' }, province)).toEqual({
      ok: true,
      data: { items: [] },
    });
    expect(await cloud.ask('account.listStaff', { cityCode: '3702' }, worker)).toEqual(
      refused('role_not_allowed'),
    );
  });
});
