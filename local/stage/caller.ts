import { randomUUID } from 'node:crypto';
import { CONSENT_VERSION } from '../../miniprogram/contract/accounts';
import {
  functionOf,
  OPERATIONS,
  type PlainInputOf,
  type OperationName,
  type OutputOf,
} from '../../miniprogram/contract/operations';
import { isRetryable } from '../../miniprogram/contract/error-codes';
import type { Result } from '../../miniprogram/contract/result';
import type { Cloud } from '../cloud/cloud';
import type { EsscSimulator } from '../upstream/essc-gateway-simulator';
import { CallCosts } from './call-costs';
import type { MadeUpPerson } from './made-up-people';

export interface CallOptions {
  openid: string;
  requestId?: string;
}

/** The answer got lost, or the platform failed: the caller may send the same request again. */
export class CallFailed extends Error {}

const RETRIES_MAX = 8;
const PAUSE_MS = 100;

/** Calls functions over HTTP as a phone does, counts what it costs, and sends a request again when its answer is lost. */
export class Caller {
  readonly costs = new CallCosts();
  calls = 0;
  databaseRequests = 0;

  /** @param headers sent with every request */
  constructor(
    protected readonly cloud: Cloud,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** @returns the operation's answer, refusals included. @throws CallFailed when none came in spite of retries. */
  async call<Name extends OperationName>(
    name: Name,
    input: PlainInputOf<Name>,
    { openid, requestId = randomUUID() }: CallOptions,
  ): Promise<Result<OutputOf<Name>>> {
    const event = OPERATIONS[name].writes
      ? { operation: name, requestId, input }
      : { operation: name, input };
    for (let tried = 1; ; tried++) {
      const result = await this.send(name, event, openid).catch((error: unknown) => {
        if (tried >= RETRIES_MAX) throw error;
        return undefined;
      });
      const isLast = tried >= RETRIES_MAX;
      if (result && (isLast || result.ok || !isRetryable(result.error.code)))
        return result as Result<OutputOf<Name>>;
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS * tried));
    }
  }

  /** The same for a call that has to succeed. @throws Error that names operation and refusal. */
  async must<Name extends OperationName>(
    name: Name,
    input: PlainInputOf<Name>,
    options: CallOptions,
  ): Promise<OutputOf<Name>> {
    const result = await this.call(name, input, options);
    if (result.ok) return result.data;
    throw new Error(`${name} was refused: ${JSON.stringify(result.error)}`);
  }

  /** e-SSC sign-in of a person on a phone of their own. @returns the openid of that phone. */
  async signIn(essc: EsscSimulator, person: MadeUpPerson, openid = openidOf(person)): Promise<string> {
    essc.addPerson({ ...person, cardValid: true });
    const authCode = essc.authorise(person.idNumber);
    await this.must('account.signIn', { authCode, consentVersion: CONSENT_VERSION }, { openid });
    return openid;
  }

  /** Uploads a file as wx.cloud.uploadFile does. */
  async upload(openid: string, path: string, bytes: Uint8Array): Promise<void> {
    const response = await fetch(`${this.cloud.url}/storage/upload?path=${encodeURIComponent(path)}`, {
      method: 'POST',
      headers: { ...this.headers, 'x-wx-openid': openid },
      body: Buffer.from(bytes),
    });
    if (!response.ok) throw new Error('the upload failed');
    await response.body?.cancel();
  }

  /** One call on the wire. @throws CallFailed for a failure of the platform; fetch's own error when no answer came. */
  protected async send(
    name: OperationName,
    event: { input: unknown },
    openid: string,
  ): Promise<Result<unknown>> {
    const startedMs = performance.now();
    const response = await fetch(`${this.cloud.url}/functions/${functionOf(name)}`, {
      method: 'POST',
      headers: { ...this.headers, 'content-type': 'application/json', 'x-wx-openid': openid },
      body: JSON.stringify(event),
    });
    const answer = (await response.json()) as Result<unknown>;
    const requests = Number(response.headers.get('x-db-requests') ?? 0);
    const trips = Number(response.headers.get('x-db-trips') ?? 0);
    const ms = performance.now() - startedMs;
    this.costs.note({ operation: name, input: event.input, answer, requests, trips, ms });
    this.calls++;
    this.databaseRequests += requests;
    if (!response.ok) throw new CallFailed(`${name}: the platform answered ${response.status}`);
    return answer;
  }
}

/** The phone of a made-up person: its number, since nothing personal may be told from it. */
export const openidOf = (person: MadeUpPerson): string => `o-${person.phone.slice(3)}`;
