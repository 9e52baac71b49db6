/** Systems of others: who makes them, the one answer with a secret, two keys while one follows the other, revocation at once. */
import { SCOPES_TO_CHOOSE, type ApiScope } from '../../../miniprogram/contract/open-interfaces';
import { INTERFACES } from '../../../cloudfunctions/openapi/interfaces';
import { callOpen } from '../../support/open-client';
import { refused } from '../../support/refused';
import { startTestCloud, type Caller, type TestCloud } from '../../support/test-cloud';
import { seedCity, stored, type City } from '../voucher/seed';

const DAY_MS = 24 * 60 * 60 * 1000;

let cloud: TestCloud;
let city: City;
let foreign: City;
beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  foreign = await seedCity(cloud, '3702');
});
afterAll(() => cloud.stop());

const school = (scopes: ApiScope[] = ['listTemplates']) => ({
  name: '教务系统',
  cityCode: city.cityCode,
  kind: 'institution' as const,
  institutionId: city.institutionId,
  scopes,
});
const push = {
  name: '省级系统',
  cityCode: '3701' as const,
  kind: 'push' as const,
  scopes: ['listTemplates' as const],
};

async function aClient(): Promise<string> {
  return (await cloud.must('entry.createClient', school(), city.clerk)).id;
}
const renew = (clientId: string, by: Caller = city.clerk, more: object = {}) =>
  cloud.must('entry.renewClientSecret', { clientId, ...more }, by);
const works = async (id: string, { secret, keyVersion }: { secret: string; keyVersion: number }) =>
  (await callOpen(cloud, { id, secret, keyVersion }, 'listTemplates')).status;

describe('entry.createClient', () => {
  it('makes a client without a key, which can do nothing yet', async () => {
    const client = await cloud.must(
      'entry.createClient',
      school(['listTemplates', 'listTemplates']),
      city.clerk,
    );
    expect(client).toMatchObject({ kind: 'institution', scopes: ['listTemplates'], keys: [] });
    expect(await works(client.id, { secret: '0'.repeat(64), keyVersion: 1 })).toBe(401);
  });

  it('is for the city of the institution, and of the push for the province', async () => {
    expect(await cloud.ask('entry.createClient', school(), foreign.clerk)).toEqual(
      refused('role_not_allowed'),
    );
    expect(await cloud.ask('entry.createClient', push, city.clerk)).toEqual(refused('role_not_allowed'));
    expect(await cloud.must('entry.createClient', push, city.province)).toMatchObject({ kind: 'push' });
    const other = { ...school(), institutionId: foreign.institutionId };
    expect(await cloud.ask('entry.createClient', other, city.clerk)).toEqual(
      refused('institution_not_found'),
    );
  });

  it('allows what its kind may have, and nothing else', async () => {
    expect(await cloud.ask('entry.createClient', school(['listUserVouchers']), city.clerk)).toEqual(
      refused('invalid_input'),
    );
    for (const { name, kinds } of INTERFACES)
      for (const kind of ['institution', 'push'] as const)
        expect([name, kind, SCOPES_TO_CHOOSE[kind].includes(name)]).toEqual([
          name,
          kind,
          kinds.includes(kind),
        ]);
  });

  it('makes one for a repeated request', async () => {
    const options = { ...city.clerk, requestId: 'create-client-repeated' };
    const first = await cloud.must('entry.createClient', school(), options);
    expect(await cloud.must('entry.createClient', school(), options)).toEqual(first);
  });
});

describe('entry.renewClientSecret', () => {
  it('answers a key that works, and keeps it nowhere in clear', async () => {
    const id = await aClient();
    const made = await renew(id);
    expect(made).toMatchObject({ keyVersion: 1, secret: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
    expect(await works(id, made)).toBe(200);
    expect(await cloud.everythingKept()).not.toContain(made.secret);
  });

  it('lets two keys count while one follows the other, for seven days', async () => {
    const id = await aClient();
    const first = await renew(id);
    const second = await renew(id);
    expect([await works(id, first), await works(id, second)]).toEqual([200, 200]);
    const third = await renew(id);
    expect([await works(id, first), await works(id, second), await works(id, third)]).toEqual([
      401, 200, 200,
    ]);
    await cloud.advanceClock(8 * DAY_MS);
    expect([await works(id, second), await works(id, third)]).toEqual([401, 200]);
  });

  it('makes another key in place of one whose answer was lost', async () => {
    const id = await aClient();
    const before = await renew(id);
    const options = { ...city.clerk, requestId: 'renew-whose-answer-was-lost' };
    const lost = await renew(id, options);
    const again = await renew(id, options);
    expect(again.secret).not.toBe(lost.secret);
    expect([await works(id, before), await works(id, lost), await works(id, again)]).toEqual([200, 401, 200]);
  });

  it('ends the other keys at once where that is asked for', async () => {
    const id = await aClient();
    const leaked = await renew(id);
    expect(await works(id, leaked)).toBe(200);
    const made = await renew(id, city.clerk, { endOthersAtOnce: true });
    expect([await works(id, leaked), await works(id, made)]).toEqual([401, 200]);
  });

  it('is for the officers of its city', async () => {
    const clientId = await aClient();
    expect(await cloud.ask('entry.renewClientSecret', { clientId }, foreign.clerk)).toEqual(
      refused('client_not_found'),
    );
    const pushed = await cloud.must('entry.createClient', push, city.province);
    expect(await cloud.ask('entry.renewClientSecret', { clientId: pushed.id }, city.clerk)).toEqual(
      refused('client_not_found'),
    );
    expect((await renew(pushed.id, city.province)).keyVersion).toBe(1);
  });
});

describe('entry.revokeClient', () => {
  it('counts from the next call on, and for good', async () => {
    const clientId = await aClient();
    const made = await renew(clientId);
    expect(await works(clientId, made)).toBe(200);
    const reason = '系统停用';
    const revoked = await cloud.must('entry.revokeClient', { clientId, reason }, city.clerk);
    expect(revoked.revokedAtMs).toBeGreaterThan(0);
    expect(await works(clientId, made)).toBe(403);
    expect(await cloud.ask('entry.revokeClient', { clientId, reason }, city.clerk)).toEqual(
      refused('client_revoked'),
    );
    expect(await cloud.ask('entry.renewClientSecret', { clientId }, city.clerk)).toEqual(
      refused('client_revoked'),
    );
    expect(await stored(cloud, 'apiClients', clientId)).toMatchObject({
      history: [{ command: 'create' }, { command: 'renewSecret' }, { command: 'revoke', reason }],
    });
  });

  it('is for the officers of its city', async () => {
    const clientId = await aClient();
    expect(await cloud.ask('entry.revokeClient', { clientId, reason: '停用' }, foreign.clerk)).toEqual(
      refused('client_not_found'),
    );
  });
});

describe('entry.listClients', () => {
  it('lists those of a city for its officers, without anything secret', async () => {
    const id = await aClient();
    const { secret } = await renew(id);
    const { items } = await cloud.must('entry.listClients', { cityCode: '3701' }, city.clerk);
    expect(items[0]).toMatchObject({ id, keys: [{ keyVersion: 1 }] });
    expect(JSON.stringify(items)).not.toMatch(/cipher/i);
    expect(JSON.stringify(items)).not.toContain(secret);
    expect(await cloud.must('entry.listClients', { cityCode: '3701' }, foreign.clerk)).toEqual({ items: [] });
  });
});
