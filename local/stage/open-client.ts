import { randomBytes } from 'node:crypto';
import type { ApiClientId } from '../../miniprogram/contract/ids';
import type { OpenInterface } from '../../miniprogram/contract/open-interfaces';
import { newApiClient } from '../../cloudfunctions/shared/people/api-clients';
import { encryptText } from '../../cloudfunctions/shared/runtime/secrets';
import { signatureOf } from '../../cloudfunctions/shared/runtime/signature';
import { toRecord } from '../../cloudfunctions/shared/store/query';
import { databaseOf } from '../loop/recount';
import type { Stage } from './stage';

const KEY_VERSION = 1;

/** A system of a city that calls the open interfaces. */
export class OpenClient {
  constructor(
    private readonly stage: Stage,
    private readonly id: ApiClientId,
    private readonly secret: string,
  ) {}

  /** Stored with its key straight away, as an officer would make it. */
  static async create(stage: Stage, scopes: OpenInterface[]): Promise<OpenClient> {
    const nowMs = Date.now() + stage.cloud.clockOffsetMs;
    const id = `client-${randomBytes(6).toString('hex')}` as ApiClientId;
    const secret = randomBytes(32).toString('hex');
    const facts = { id, name: '市级系统', kind: 'city', cityCode: '3701', scopes } as const;
    const client = newApiClient({ ...facts, scopes, by: { role: 'clerk' }, nowMs, requestId: 'stage' });
    const secrets = [{ keyVersion: KEY_VERSION, secretCipher: encryptText(secret), createdAtMs: nowMs }];
    await databaseOf(stage)
      .collection('apiClients')
      .add(toRecord({ ...client, secrets }));
    return new OpenClient(stage, id, secret);
  }

  /** A signed call over HTTP. @throws Error when it is refused. */
  async call(name: OpenInterface, input: object): Promise<unknown> {
    const { cloud } = this.stage;
    const path = `/openapi/${name}`;
    const body = Buffer.from(JSON.stringify(input));
    const timeMs = String(Date.now() + cloud.clockOffsetMs);
    const nonce = randomBytes(12).toString('hex');
    const response = await fetch(cloud.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': nonce,
        'x-voucher-client': this.id,
        'x-voucher-key': String(KEY_VERSION),
        'x-voucher-time': timeMs,
        'x-voucher-nonce': nonce,
        'x-voucher-signature': signatureOf({ method: 'POST', path, timeMs, nonce, body }, this.secret),
      },
      body,
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${name} was refused: ${JSON.stringify(answer)}`);
    return answer;
  }
}
