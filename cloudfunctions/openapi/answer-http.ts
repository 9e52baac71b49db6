import type { Refusal } from '../../miniprogram/contract/result';
import { answerCall } from './answer-call';
import { toAnswer, type HttpAnswer, type HttpRequest } from './http-request';
import { INTERFACES } from './interfaces';
import { toProblem } from './problem';

/** What is sent back, and how it is told to the log. */
export interface Answered {
  answer: HttpAnswer;
  /** `document`, an interface's name, or `unknown`: never what the caller wrote. */
  name: string;
  code: string;
}

export interface CallFacts {
  requestId: string;
  nowMs: number;
  deadlineMs: number;
}

/** A request to any address of the function. */
export async function answerHttp(request: HttpRequest, facts: CallFacts): Promise<Answered> {
  const definition = INTERFACES.find(({ name }) => name === request.name);
  if (!definition) return refused('unknown', { code: 'interface_unknown' }, facts);
  if (request.method !== 'POST')
    return refused(definition.name, { code: 'method_not_allowed' }, facts, { allow: 'POST' });
  const result = await answerCall(definition, request, facts);
  if (!result.ok) return refused(definition.name, result.error, facts);
  const body = JSON.stringify(result.data);
  return {
    answer: toAnswer(definition.successStatus, 'application/json', body),
    name: definition.name,
    code: 'ok',
  };
}

export const refused = (
  name: string,
  refusal: Refusal,
  { requestId }: Pick<CallFacts, 'requestId'>,
  headers: Readonly<Record<string, string>> = {},
): Answered => ({ answer: toProblem(refusal, { requestId, headers }), name, code: refusal.code });
