import { toJsonSchema } from '@valibot/to-json-schema';
import * as v from 'valibot';
import { ERROR_CODES, retryOf, type ErrorCode } from '../../miniprogram/contract/error-codes';
import type { ApiClientKind } from '../../miniprogram/contract/open-interfaces';
import { refusalText } from '../../miniprogram/text/refusal-text';
import { CALLS_MAX, LOOK_UPS_MAX, RATE_WINDOW_MS } from '../shared/store/api-clients';
import { BASE_PATH } from './http-request';
import { IDEMPOTENCY_FORM } from './idempotency';
import { INTERFACES } from './interfaces';
import { errorsOf, type AnyOpenInterface } from './open-interface';
import { statusOf } from './problem';
import { CLOCK_WINDOW_MS, HEADER_FORMS, SIGNATURE_HEADERS } from './signed-call';
import { SIGNING_GUIDE } from './signing-guide';

type Json = Record<string, unknown>;

export const KIND_NAMES: Readonly<Record<ApiClientKind, string>> = {
  city: '市',
  institution: '培训机构',
  push: '省级推送',
};

const PERSON_NAMES: Readonly<Record<AnyOpenInterface['actingPerson'], string>> = {
  none: '无',
  administrator: '请求写明的、在任的培训机构管理员',
  clerk: '请求写明的、在任的业务经办人员',
};

const REPETITION_NAMES: Readonly<Record<AnyOpenInterface['idempotentBy'], string>> = {
  reading: '只读，随时可以重新查询',
  'stored answer': '相同的幂等键和内容，七天内得到第一次的回答',
  history: '相同的幂等键和内容，由券的记录得到第一次的回答',
};

/** A row of the table, in the words of the document. */
export const rowOf = (definition: AnyOpenInterface) => ({
  clients: definition.kinds.map(kind => KIND_NAMES[kind]).join('、'),
  actingPerson: PERSON_NAMES[definition.actingPerson],
  scope: definition.name,
  moves: definition.moves
    ? `${definition.moves.of === 'voucher' ? '券' : '结算批次'}：${definition.moves.from.join('、')} → ${definition.moves.to.join('、')}`
    : '不改变',
  repetition: REPETITION_NAMES[definition.idempotentBy],
  rowsMax: definition.rows?.max ?? 1,
  bodyBytesMax: definition.bodyBytesMax,
  databaseRequestsMax: definition.requestsMax,
});

/** What is sent, before anything is made of it. */
function schemaOf(schema: v.GenericSchema): Json {
  const { $schema: _dialect, ...json } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' });
  return described(schema, json);
}

/** Descriptions that stand behind a transformation, where the conversion ends, are put back. */
function described(given: v.GenericSchema, json: Json): Json {
  const schema = 'wrapped' in given ? (given.wrapped as v.GenericSchema) : given;
  const description = v.getDescription(schema);
  const entries = 'entries' in schema ? (schema.entries as Record<string, v.GenericSchema>) : {};
  const properties = json['properties'] as Record<string, Json> | undefined;
  return {
    ...json,
    ...(description !== undefined && { description }),
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => {
          const entry = entries[name];
          return [name, entry ? described(entry, property) : property];
        }),
      ),
    }),
  };
}

const parameter = (name: string, form: RegExp, description: string): Json => ({
  name,
  in: 'header',
  required: true,
  description,
  schema: { type: 'string', pattern: form.source },
});

const SIGNATURE_PARAMETERS: Readonly<Record<keyof typeof SIGNATURE_HEADERS, string>> = {
  client: '客户端编号',
  key: '密钥版本',
  time: '签名时间：1970年1月1日零时（UTC）以来的毫秒数',
  nonce: '随机串：每次请求都要换，重试也要换',
  signature: '签名：HMAC-SM3，64个小写十六进制字符',
};

const PARAMETERS: Json = Object.fromEntries([
  ...Object.entries(SIGNATURE_HEADERS).map(([part, name]) => {
    const key = part as keyof typeof SIGNATURE_HEADERS;
    return [part, parameter(name, HEADER_FORMS[key], SIGNATURE_PARAMETERS[key])];
  }),
  [
    'idempotencyKey',
    parameter(
      'idempotency-key',
      IDEMPOTENCY_FORM,
      '幂等键：一件事一个，重试时不换；七天内同一个键不能用于别的内容',
    ),
  ],
]);

const reference = (part: string, name: string): Json => ({ $ref: `#/components/${part}/${name}` });

/** The refusals of one status, each with its sentence. */
function problemResponse(status: number, codes: readonly ErrorCode[]): Json {
  const lines = codes.map(code => `${code}：${refusalText({ code })}`);
  const headers = {
    'retry-after': { description: '几秒后可以再试', schema: { type: 'integer' } },
  };
  return {
    description: lines.join('\n'),
    ...((status === 429 || status >= 500) && { headers }),
    content: { 'application/problem+json': { schema: reference('schemas', 'Problem') } },
  };
}

function responsesOf(definition: AnyOpenInterface): Json {
  const codes = errorsOf(definition);
  const statuses = [...new Set(codes.map(statusOf))].sort((a, b) => a - b);
  const refusals = statuses.map(status => [
    String(status),
    problemResponse(
      status,
      codes.filter(code => statusOf(code) === status),
    ),
  ]);
  const done = {
    description: definition.successStatus === 202 ? '已受理，稍后查询办理结果' : '办理结果',
    content: { 'application/json': { schema: schemaOf(definition.output) } },
  };
  return { [String(definition.successStatus)]: done, ...Object.fromEntries(refusals) };
}

function operationOf(definition: AnyOpenInterface): Json {
  const { name, title, description, writes, rowErrors } = definition;
  const parameters = [...Object.keys(SIGNATURE_HEADERS), ...(writes ? ['idempotencyKey'] : [])];
  const ofRows =
    rowErrors.length === 0
      ? ''
      : `\n\n逐行拒绝原因：\n${rowErrors.map(code => `${code}：${refusalText({ code })}`).join('\n')}`;
  return {
    operationId: name,
    summary: title,
    description: description + ofRows,
    'x-table': rowOf(definition),
    parameters: parameters.map(part => reference('parameters', part)),
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schemaOf(definition.input) } },
    },
    responses: responsesOf(definition),
  };
}

const PROBLEM: Json = {
  type: 'object',
  description: '拒绝（RFC 9457）',
  required: ['type', 'title', 'status', 'code', 'retry', 'instance'],
  properties: {
    type: { type: 'string', description: '说明这个代码的地址' },
    title: { type: 'string', description: '给人看的原因和办法' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(ERROR_CODES), description: '代码，含义不变' },
    retry: {
      type: 'string',
      enum: ['final', 'later', 'at_once'],
      description: 'final 原样重试仍会被拒绝，later 以后可以再试，at_once 马上可以再试',
    },
    instance: { type: 'string', description: '这次请求的编号，咨询时请提供' },
    data: { type: 'object', additionalProperties: true, description: '补充信息，例如有误的字段名 fields' },
  },
};

const MINUTE_MS = 60_000;

const makeDocument = (): Json => ({
  openapi: '3.1.0',
  info: {
    title: '职业培训券开放接口',
    version: '1.0.0',
    description: [
      SIGNING_GUIDE,
      `请求时间前后${CLOCK_WINDOW_MS / MINUTE_MS}分钟内有效。每个客户端任意${RATE_WINDOW_MS / MINUTE_MS}分钟内最多${CALLS_MAX}次，其中按身份证号查询最多${LOOK_UPS_MAX}次；超过时回答429，并写明几秒后可以再试。`,
      '密钥可以更换：新旧两个在约定时间内同时有效。停用客户端立即生效。系统记住密钥不超过30秒，每次请求写入时都核对客户端没有变化。',
    ].join('\n\n'),
  },
  servers: [{ url: '/' }],
  paths: Object.fromEntries(
    INTERFACES.map(definition => [`${BASE_PATH}/${definition.name}`, { post: operationOf(definition) }]),
  ),
  components: { parameters: PARAMETERS, schemas: { Problem: PROBLEM } },
});

let made: Json | undefined;

/** The OpenAPI 3.1 document, made once of the schemas that check the input. */
export const openApiDocument = (): Json => (made ??= makeDocument());

/** Every code that an interface may answer, with its sentence, for the page. */
export const codesOfDocument = (): { code: ErrorCode; status: number; retry: string; text: string }[] => {
  const codes = new Set(INTERFACES.flatMap(each => [...errorsOf(each), ...each.rowErrors]));
  return [...codes]
    .sort()
    .map(code => ({ code, status: statusOf(code), retry: retryOf(code), text: refusalText({ code }) }));
};
