/** Every interface is sent every bad input: a stable code, the status that fits, and nothing changed. */
import { gzipSync } from 'node:zlib';
import { INTERFACES } from '../../../cloudfunctions/openapi/interfaces';
import type { AnyOpenInterface } from '../../../cloudfunctions/openapi/open-interface';
import type { CollectionName } from '../../../cloudfunctions/shared/store/collections';
import { COLLECTIONS } from '../../../cloudfunctions/shared/store/collections';
import { callOpen, newNonce, seedClient, type OpenClient, type Sent } from '../../support/open-client';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { SAMPLES } from './samples';

const MINUTE_MS = 60_000;
const ROWS = 1_001;

let cloud: TestCloud;
let client: OpenClient;
let withoutScope: OpenClient;

beforeAll(async () => {
  cloud = await startTestCloud();
});
afterAll(() => cloud.stop());

/** Everything but what a call that was taken up leaves in the document of its client. */
async function everything(): Promise<string> {
  const names = (Object.keys(COLLECTIONS) as CollectionName[]).filter(name => name !== 'apiClients');
  return JSON.stringify(await Promise.all(names.map(name => cloud.documents(name))));
}

interface Bad {
  what: string;
  sent: Sent;
  status: number;
  code: string;
  by?: () => OpenClient;
}

const sampleOf = ({ name }: AnyOpenInterface): Readonly<Record<string, unknown>> => {
  const sample = SAMPLES[name];
  if (!sample) throw new Error(`no sample of ${name} in samples.ts`);
  return sample;
};

/** The texts of the sample as numbers, its numbers as texts: each field by itself. */
function mistyped(sample: Readonly<Record<string, unknown>>): Bad[] {
  return Object.entries(sample).map(([field, value]) => ({
    what: `${field} of another type`,
    sent: { body: { ...sample, [field]: typeof value === 'number' ? String(value) : 7 } },
    status: 422,
    code: 'invalid_input',
  }));
}

function badInputs(definition: AnyOpenInterface): Bad[] {
  const body = sampleOf(definition);
  const text = JSON.stringify(body);
  const twice = text === '{}' ? '{"a":1,"a":1}' : `${text.slice(0, -1)},${text.slice(1)}`;
  const { rows } = definition;
  const list = rows && body[rows.field];
  const [first] = Array.isArray(list) ? (list as unknown[]) : [];
  return [
    {
      what: 'a wrong signature',
      sent: { body, headers: { 'x-voucher-signature': '0'.repeat(64) } },
      status: 401,
      code: 'signature_invalid',
    },
    {
      what: 'the signature of another body',
      sent: { body, signedBody: 'x' },
      status: 401,
      code: 'signature_invalid',
    },
    {
      what: 'no signature',
      sent: { body, headers: { 'x-voucher-signature': undefined } },
      status: 401,
      code: 'signature_missing',
    },
    {
      what: 'an old time',
      sent: { body, timeMs: cloud.nowMs() - 6 * MINUTE_MS },
      status: 401,
      code: 'request_time_out_of_range',
    },
    {
      what: 'a time ahead',
      sent: { body, timeMs: cloud.nowMs() + 6 * MINUTE_MS },
      status: 401,
      code: 'request_time_out_of_range',
    },
    { what: 'without the scope', sent: { body }, status: 403, code: 'scope_missing', by: () => withoutScope },
    { what: 'an unknown field', sent: { body: { ...body, extra: 1 } }, status: 422, code: 'invalid_input' },
    {
      what: 'a field that every object has',
      sent: { body: `{"constructor":1,${text.slice(1)}`.replace(',}', '}') },
      status: 422,
      code: 'invalid_input',
    },
    {
      what: 'another content type',
      sent: { body, headers: { 'content-type': 'text/plain' } },
      status: 415,
      code: 'content_type_unsupported',
    },
    {
      what: 'no content type',
      sent: { body, headers: { 'content-type': 'application/octet-stream' } },
      status: 415,
      code: 'content_type_unsupported',
    },
    {
      what: 'a body over the limit',
      sent: { body: `{"a":"${'x'.repeat(definition.bodyBytesMax)}"}` },
      status: 413,
      code: 'body_too_large',
    },
    {
      what: 'a gzip bomb',
      sent: { body: gzipSync(Buffer.alloc(1_000_000)), headers: { 'content-encoding': 'gzip' } },
      status: 415,
      code: 'content_encoding_unsupported',
    },
    { what: 'a key twice', sent: { body: twice }, status: 400, code: 'json_key_repeated' },
    { what: 'no JSON', sent: { body: text.slice(1) }, status: 400, code: 'json_invalid' },
    { what: 'a list', sent: { body: `[${text}]` }, status: 400, code: 'json_invalid' },
    { what: 'another method', sent: { body, method: 'PUT' }, status: 405, code: 'method_not_allowed' },
    { what: 'a query', sent: { body, query: '?x=1' }, status: 422, code: 'invalid_input' },
    ...mistyped(body),
    ...(rows
      ? [
          {
            what: '1,001 rows',
            sent: { body: { ...body, [rows.field]: Array.from({ length: ROWS }, () => first) } },
            status: 422,
            code: 'rows_too_many',
          },
        ]
      : []),
    ...(definition.writes
      ? [
          {
            what: 'no idempotency key',
            sent: { body, headers: { 'idempotency-key': undefined } },
            status: 400,
            code: 'idempotency_key_missing',
          },
          {
            what: 'an idempotency key of another form',
            sent: { body, headers: { 'idempotency-key': 'a b' } },
            status: 400,
            code: 'idempotency_key_missing',
          },
        ]
      : []),
  ];
}

describe.each(INTERFACES.map(definition => ({ name: definition.name, definition })))(
  '$name',
  ({ name, definition }) => {
    beforeAll(async () => {
      const [kind = 'city'] = definition.kinds;
      client = await seedClient(cloud, { kind, cityCode: '3701' });
      withoutScope = await seedClient(cloud, { kind, cityCode: '3701', scopes: [] });
    });

    it('refuses each bad input by its code, and changes nothing', async () => {
      const before = await everything();
      for (const { what, sent, status, code, by = () => client } of badInputs(definition)) {
        const answered = await callOpen(cloud, by(), name, sent);
        expect([what, answered.status, answered.body['code']]).toEqual([what, status, code]);
        expect(answered.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      }
      expect(await everything()).toBe(before);
    });

    it('refuses a nonce that was used', async () => {
      const nonce = newNonce();
      await callOpen(cloud, client, name, { body: sampleOf(definition), nonce });
      const again = await callOpen(cloud, client, name, { body: sampleOf(definition), nonce });
      expect([again.status, again.body['code']]).toEqual([409, 'nonce_replayed']);
    });

    it('names an unknown field', async () => {
      const answered = await callOpen(cloud, client, name, { body: { ...sampleOf(definition), extra: 1 } });
      expect(answered.body['data']).toEqual({ fields: ['extra'] });
    });

    it('refuses other kinds of clients', async () => {
      for (const kind of (['city', 'institution', 'push'] as const).filter(
        each => !definition.kinds.includes(each),
      )) {
        const other = await seedClient(cloud, { kind, cityCode: '3701', institutionId: 'institution' });
        const answered = await callOpen(cloud, other, name, { body: sampleOf(definition) });
        expect([kind, answered.status, answered.body['code']]).toEqual([kind, 403, 'scope_missing']);
      }
    });

    if (definition.writes) {
      it('refuses a key that was used for something else', async () => {
        const idempotencyKey = newNonce();
        const sample = sampleOf(definition);
        await callOpen(cloud, client, name, { body: sample, idempotencyKey });
        const other = `${JSON.stringify(sample)} `;
        const answered = await callOpen(cloud, client, name, { body: other, idempotencyKey });
        expect([answered.status, answered.body['code']]).toEqual([422, 'idempotency_key_reused']);
      });
    }
  },
);
