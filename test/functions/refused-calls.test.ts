import { randomUUID } from 'node:crypto';
import type { Plain } from '../../miniprogram/contract/brand';
import { functionOf, OPERATIONS, type OperationName } from '../../miniprogram/contract/operations';
import type { Result } from '../../miniprogram/contract/result';
import { ROLES, type Grant, type Role } from '../../miniprogram/contract/roles';
import { isRetryable } from '../../miniprogram/contract/error-codes';
import { aPerson } from '../support/people';
import { startTestCloud, type Caller, type TestCloud } from '../support/test-cloud';
import { seedCity, seedHolding, signedIn, stored, templateFields, type City } from './voucher/seed';

let cloud: TestCloud;
let city: City;
const callers = new Map<Role, Caller>();

const grantOf = (role: Role): Plain<Grant>[] => {
  if (role === 'worker') return [];
  if (role === 'province') return [{ role }];
  if (role === 'administrator') return [{ role, cityCode: '3701', institutionId: 'institution3701' }];
  return [{ role, cityCode: '3701' }];
};

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  for (const [at, role] of ROLES.entries())
    callers.set(role, await signedIn(cloud, 347_000 + at, ...grantOf(role)));
});
afterAll(() => cloud.stop());
afterEach(() => cloud.cloud.setDatabaseFaults({}));

const NAMES = Object.keys(OPERATIONS) as OperationName[];
const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown });

async function send(name: OperationName, event: object, openid?: string): Promise<Result<unknown>> {
  const { result } = await cloud.cloud.callFunction(
    functionOf(name),
    event,
    openid === undefined ? {} : { openid },
  );
  return result as Result<unknown>;
}

describe('every role with every operation', () => {
  const pairs = NAMES.flatMap(name => ROLES.map(role => [name, role] as const));

  it.each(pairs)('%s asked by a %s', async (operation, role) => {
    const { roles } = OPERATIONS[operation];
    // Everybody is a worker as well.
    const isAllowed = roles === 'anyone' || roles.includes(role) || roles.includes('worker');

    const result = await send(
      operation,
      { operation, requestId: randomUUID(), input: 'no object' },
      callers.get(role)?.openid,
    );

    // Input is looked at only after the role: who may ask learns that it is wrong, everybody else does not.
    expect(result).toEqual(refused(isAllowed ? 'invalid_input' : 'role_not_allowed'));
  });
});

describe('an input nested deeper than anybody needs', () => {
  const nested = (depth: number, [open = '', close = '']: readonly string[]): string =>
    open.repeat(depth) + '1' + close.repeat(depth);
  const sendText = async (name: OperationName, input: string, openid: string): Promise<unknown> => {
    const event = `{"operation":"${name}","requestId":"${randomUUID()}","input":${input}}`;
    const headers = { 'x-wx-openid': openid };
    const response = await fetch(`${cloud.cloud.url}/functions/${functionOf(name)}`, {
      method: 'POST',
      headers,
      body: event,
    });
    return response.json();
  };

  it.each(NAMES)('%s is refused like any other input that is wrong', async operation => {
    const { roles } = OPERATIONS[operation];
    const openid = callers.get(roles === 'anyone' ? 'worker' : (roles[0] ?? 'worker'))?.openid ?? '';

    for (const shape of [
      ['[', ']'],
      ['{"a":', '}'],
    ]) {
      expect(await sendText(operation, nested(6_000, shape), openid)).toEqual(refused('invalid_input'));
      expect(await sendText(operation, `{"a":${nested(50, shape)}}`, openid)).toEqual(
        refused('invalid_input'),
      );
    }
  });
});

describe('a call that is not understood', () => {
  it.each(NAMES)('%s needs an identity, a sign-in and, to write, a requestId', async operation => {
    const { roles, writes } = OPERATIONS[operation];
    const role = roles === 'anyone' ? 'worker' : (roles[0] ?? 'worker');
    const openid = callers.get(role)?.openid;
    const event = { operation, input: {} };

    expect(await send(operation, event)).toEqual(refused('identity_missing'));
    expect(await send(operation, { ...event, userInfo: { openId: openid } })).toEqual(
      refused('identity_missing'),
    );
    if (roles !== 'anyone') {
      expect(await send(operation, { ...event, requestId: randomUUID() }, 'a-stranger')).toEqual(
        refused('sign_in_required'),
      );
    }
    if (!writes) return;
    for (const requestId of [undefined, '', 'short', 'x'.repeat(65), 7, { $gt: '' }, 'with space in it']) {
      expect(await send(operation, { ...event, requestId }, openid)).toEqual(refused('request_id_missing'));
    }
  });

  it('is of no operation, of an unknown one, or of another function’s', async () => {
    const openid = city.clerk.openid;

    for (const operation of [
      undefined,
      null,
      7,
      '',
      'voucher.steal',
      'toString',
      '__proto__',
      'settlement.getBatch',
      'x'.repeat(500),
    ]) {
      expect(await send('voucher.getJob', { operation, input: {} }, openid)).toEqual(
        refused('operation_unknown'),
      );
    }
  });

  it.each([
    [{ voucherId: 7, channelNumber: '1000000001' }],
    [{ voucherId: { $gt: '' }, channelNumber: '1000000001' }],
    [{ voucherId: 'a b', channelNumber: '1000000001' }],
    [{ voucherId: 'x'.repeat(81), channelNumber: '1000000001' }],
    [{ voucherId: 'x', channelNumber: '10000' }],
    [{ voucherId: 'x', channelNumber: '1000000001', price: 0 }],
    [{ voucherId: 'x' }],
    [null],
    [[]],
    ['x'],
  ])('has the input %j', async input => {
    const event = { operation: 'voucher.claim', requestId: randomUUID(), input };

    expect(await send('voucher.claim', event, city.clerk.openid)).toEqual(refused('invalid_input'));
  });

  it('comes after the sign-in has run out', async () => {
    const { openid } = await signedIn(cloud, 348_000);
    await cloud
      .sdk()
      .database()
      .collection('accounts')
      .doc(openid)
      .update({ signedInUntilMs: cloud.nowMs() });

    expect(await cloud.ask('voucher.listMine', {}, { openid })).toEqual(refused('sign_in_required'));
  });
});

describe('a database in trouble', () => {
  it('is tried again, and a lost answer changes nothing', async () => {
    const { workers, voucherIds } = await seedHolding(cloud, city, { people: 3 });
    const claim = (at: number) =>
      cloud.ask(
        'voucher.claim',
        { voucherId: voucherIds[at] ?? '', channelNumber: city.channelNumber },
        workers[at] ?? city.clerk,
      );

    await cloud.cloud.setDatabaseFaults({ failNext: 2 });
    const failing = await claim(0);
    await cloud.cloud.setDatabaseFaults({
      dropAnswerNext: 1,
      collection: 'vouchers',
      action: 'database.modifyDocument',
    });
    const lost = await claim(1);
    await cloud.cloud.setDatabaseFaults({ delayMs: 100 });
    const slow = await claim(2);

    for (const result of [failing, lost, slow])
      expect(result).toMatchObject({ ok: true, data: { status: 'claimed' } });
    for (const id of voucherIds)
      expect(await stored(cloud, 'vouchers', id)).toMatchObject({ status: 'claimed', version: 2 });
  });

  it('that stays away is a refusal that may be retried, with nothing changed', async () => {
    const { workers, voucherIds } = await seedHolding(cloud, city, { people: 1 });
    const [worker = city.clerk, voucherId = ''] = [workers[0], voucherIds[0]];
    const call = { ...worker, requestId: randomUUID() };
    const input = { voucherId, channelNumber: city.channelNumber };
    await cloud.cloud.setDatabaseFaults({
      failRate: 1,
      collection: 'vouchers',
      action: 'database.modifyDocument',
    });

    const busy = await cloud.ask('voucher.claim', input, call);
    await cloud.cloud.setDatabaseFaults({});
    const unchanged = await stored(cloud, 'vouchers', voucherId);
    const retried = await cloud.ask('voucher.claim', input, call);

    expect(busy).toEqual(refused('service_busy'));
    expect(isRetryable('service_busy')).toBe(true);
    expect(unchanged).toMatchObject({ status: 'issued', version: 1 });
    expect(retried).toMatchObject({ ok: true, data: { status: 'claimed' } });
  });

  it('gives both of two equal requests at once the same answer', async () => {
    const call = { ...city.clerk, requestId: randomUUID() };
    const before = (await cloud.documents('templates')).length;

    const answers = await Promise.all(
      [1, 2, 3].map(() => cloud.ask('voucher.createTemplate', templateFields(), call)),
    );

    expect(new Set(answers.map(answer => JSON.stringify(answer))).size).toBe(1);
    expect(await cloud.documents('templates')).toHaveLength(before + 1);
  });
});

describe('what is kept', () => {
  it('holds no name and no ID number in clear', async () => {
    await seedHolding(cloud, city, { people: 1, first: 77 });

    const kept = await cloud.everythingKept();

    const { name, idNumber } = aPerson(77);
    expect(kept).not.toContain(idNumber);
    expect(kept).not.toContain(`"${name}"`);
  });
});
