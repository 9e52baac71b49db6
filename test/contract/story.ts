import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import type { PlainInputOf, OperationName, OutputOf } from '../../miniprogram/contract/operations';
import type { Cast } from '../support/callers';
import { aCsv } from '../support/sheets';
import type { Caller, CallOptions, TestCloud } from '../support/test-cloud';
import type { Json } from './pattern';

export const CHANNEL = '3701000001';

export interface Scene {
  operation: OperationName;
  /** What happens, or the code of the refusal. */
  moment: string;
  answer: Json;
}

export class Story {
  readonly scenes: Scene[] = [];

  constructor(
    readonly cloud: TestCloud,
    readonly cast: Cast,
  ) {}

  /** A call that succeeds. */
  async done<Name extends OperationName>(
    operation: Name,
    moment: string,
    input: PlainInputOf<Name>,
    caller: CallOptions,
  ): Promise<OutputOf<Name>> {
    const result = await this.cloud.ask(operation, input, caller);
    this.#keep(operation, moment, result);
    if (result.ok) return result.data;
    throw new Error(`${operation}, ${moment}: refused with ${result.error.code}`);
  }

  async refused<Name extends OperationName>(
    operation: Name,
    code: ErrorCode,
    input: PlainInputOf<Name>,
    caller: CallOptions,
  ): Promise<void> {
    const result = await this.cloud.ask(operation, input, caller);
    this.#keep(operation, code, result);
    if (result.ok || result.error.code !== code)
      throw new Error(`${operation} should refuse with ${code}, but answers ${JSON.stringify(result)}`);
  }

  #keep(operation: OperationName, moment: string, answer: unknown): void {
    if (this.scenes.some(scene => scene.operation === operation && scene.moment === moment))
      throw new Error(`${operation} has two moments "${moment}"`);
    this.scenes.push({ operation, moment, answer: answer as Json });
  }

  upload(owner: Parameters<TestCloud['upload']>[0], bytes: Uint8Array, by: Caller): Promise<string> {
    return this.cloud.upload(owner, bytes, by);
  }

  uploadCodes(batchId: string, codes: readonly string[]): Promise<string> {
    return this.upload({ batchId }, aCsv([['券码'], ...codes.map(code => [code])]), this.cast.administrator);
  }
}
