import { aUscc, createCast, type Cast } from '../../support/callers';
import { generatedClient, requestsOf, writing } from '../../support/generated-client';
import { seedClient, type OpenClient } from '../../support/open-client';
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
const add = (rows: ReturnType<typeof row>[], { params = writing(), by = officerIdNumber } = {}) =>
  generatedClient(cloud, client).POST('/openapi/addInstitutions', {
    params,
    body: { officerIdNumber: by, rows },
  });

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
    const sent = { params: writing() };

    const first = await add(rows, sent);
    const again = await add(rows, sent);

    expect(first.data).toMatchObject({ addedCount: 2 });
    expect(first.data?.rows).toMatchObject([
      { row: 1, ok: true },
      { row: 2, code: 'uscc_invalid' },
      { row: 3, code: 'institution_name_missing' },
      { row: 4, code: 'duplicate_in_file' },
      { row: 5, code: 'county_of_other_city' },
      { row: 6, code: 'institution_already_exists' },
      { row: 7, ok: true },
    ]);
    expect(again.data).toEqual(first.data);
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

    const answered = await add(rows);

    expect(answered.data?.addedCount).toBe(1_000);
    expect(requestsOf(answered)).toBeLessThanOrEqual(12);
  });

  it('registers one of two that are sent at once', async () => {
    const answers = await Promise.all([add([row(500)]), add([row(500)])]);

    expect(answers.map(({ data }) => data?.addedCount).sort()).toEqual([0, 1]);
  });

  it('acts in the name of a clerk of the city, and of nobody else', async () => {
    for (const { person } of [cast.reviewers[0], cast.administrator])
      expect(await add([row(600)], { by: person.idNumber })).toMatchObject({
        response: { status: 403 },
        error: { code: 'acting_person_not_active' },
      });
  });
});
