import { aUscc, createCast, type Cast } from '../../support/callers';
import { callOpen, newNonce, seedClient, type OpenClient } from '../../support/open-client';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';

let cloud: TestCloud;
let cast: Cast;
let client: OpenClient;
let officerIdNumber: string;

beforeAll(async () => {
  cloud = await startTestCloud();
  cast = await createCast(cloud, { workers: 0 });
  client = await seedClient(cloud, { kind: 'city', cityCode: cast.cityCode });
  officerIdNumber = cast.clerk.person.idNumber;
});
afterAll(() => cloud.stop());

const row = (number: number, changes: object = {}) => ({
  name: `培训学校${number}`,
  uscc: aUscc(number),
  ...changes,
});
const add = (rows: readonly object[], sent: { idempotencyKey?: string; officerIdNumber?: string } = {}) => {
  const { idempotencyKey = newNonce(), ...given } = sent;
  const body = { officerIdNumber, rows, ...given };
  return callOpen(cloud, client, 'addInstitutions', { body, idempotencyKey });
};

describe('addInstitutions', () => {
  it('registers the good rows of a half-bad batch and says of each bad one why', async () => {
    const rows = [
      row(10, { county: '历城区', projects: '岗前培训' }),
      row(11, { uscc: '91350100M000100Y4Z' }),
      row(12, { name: ' ' }),
      row(10, { county: '历城区', projects: '岗前培训' }),
      row(13, { county: '崂山区' }),
      { name: cast.institution.name, uscc: cast.institution.uscc },
      row(14),
    ];
    const sent = { idempotencyKey: newNonce() };

    const first = await add(rows, sent);
    const again = await add(rows, sent);

    expect(first).toMatchObject({ status: 200, body: { addedCount: 2 } });
    expect(first.body['rows']).toMatchObject([
      { row: 1, ok: true },
      { row: 2, code: 'uscc_invalid' },
      { row: 3, code: 'institution_name_missing' },
      { row: 4, code: 'duplicate_in_file' },
      { row: 5, code: 'county_of_other_city' },
      { row: 6, code: 'institution_already_exists' },
      { row: 7, ok: true },
    ]);
    expect(again.body).toEqual(first.body);
    const stored = await cloud.documents('institutions');
    expect(stored.find(({ uscc }) => uscc === aUscc(10))).toMatchObject({
      cityCode: '3701',
      countyCode: '370112',
      active: true,
      history: [{ command: 'add', by: { role: 'clerk', clientId: client.id } }],
    });
  });

  it('takes 1,000 rows in twelve requests', async () => {
    const rows = Array.from({ length: 1_000 }, (_, at) => row(2_000 + at));

    const { status, body, databaseRequests } = await add(rows);

    expect([status, body['addedCount']]).toEqual([200, 1_000]);
    expect(databaseRequests).toBeLessThanOrEqual(12);
  });

  it('registers one of two that are sent at once', async () => {
    const answers = await Promise.all([add([row(500)]), add([row(500)])]);

    expect(answers.map(({ body }) => body['addedCount']).sort()).toEqual([0, 1]);
  });

  it('acts in the name of a clerk of the city, and of nobody else', async () => {
    for (const { person } of [cast.reviewers[0], cast.administrator])
      expect(await add([row(600)], { officerIdNumber: person.idNumber })).toMatchObject({
        status: 403,
        body: { code: 'acting_person_not_active' },
      });
  });
});
