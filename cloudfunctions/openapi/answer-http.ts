import type { Refusal } from '../../miniprogram/contract/result';
import { answerCall } from './answer-call';
import { openApiDocument } from './document';
import { documentPage } from './document-page';
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

/** What anybody may read: nothing of it is about anybody. */
const PAGES: Readonly<Record<string, () => HttpAnswer>> = {
  '': () => toAnswer(200, 'text/html', documentPage(), PAGE_HEADERS),
  document: () =>
    toAnswer(200, 'application/json', JSON.stringify(openApiDocument()), { 'cache-control': CACHE }),
};
const CACHE = 'public, max-age=300';
/** The page brings all that it needs, and runs nothing. */
const PAGE_HEADERS = {
  'cache-control': CACHE,
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
};

function showPage(page: () => HttpAnswer, { method }: HttpRequest, facts: CallFacts): Answered {
  if (method !== 'GET' && method !== 'HEAD')
    return refused('document', { code: 'method_not_allowed' }, facts, { allow: 'GET, HEAD' });
  return { answer: page(), name: 'document', code: 'ok' };
}

/** A request to any address of the function. */
export async function answerHttp(request: HttpRequest, facts: CallFacts): Promise<Answered> {
  const page = PAGES[request.name];
  if (page) return showPage(page, request, facts);
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
