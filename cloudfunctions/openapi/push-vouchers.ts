import * as v from 'valibot';
import type { ErrorCode } from '../../miniprogram/contract/error-codes';
import { fail, ok } from '../../miniprogram/contract/result';
import { placeOf, type Place } from '../shared/domain/scope';
import type { StepActor } from '../shared/domain/actor';
import type { Job } from '../shared/domain/job';
import { findIssueOwner, requestIssue } from '../shared/jobs/issue-request';
import { ClassId, JobId } from '../shared/runtime/input';
import type { ApiClient } from '../shared/store/api-clients';
import { jobs } from '../shared/store/jobs';
import { AtMs, isWithin } from './fields';
import { readingInterface, SMALL_BODY_BYTES_MAX, writingInterface } from './open-interface';

const PushIdOut = v.pipe(v.string(), v.description('推送编号，查询结果时填写'));
const Count = (description: string) => v.pipe(v.number(), v.integer(), v.description(description));

/** No person: the system itself, where the class is. */
const actorAt = (client: ApiClient, place: Place): StepActor | undefined => {
  if (!isWithin(client, place)) return undefined;
  const { cityCode = client.cityCode, countyCode } = place;
  return { role: 'system', clientId: client.id, ...placeOf({ cityCode, countyCode }) };
};

const REFUSALS = [
  'class_not_found',
  'template_not_found',
  'template_is_general',
  'institution_not_active',
  'template_not_published',
  'institution_not_allowed_for_template',
  'class_not_approved',
  'class_roster_empty',
  'class_issue_running',
  'already_holds_voucher',
  'template_quota_exceeded',
  'template_budget_exceeded',
] as const satisfies readonly ErrorCode[];

export const pushVouchers = writingInterface({
  name: 'pushVouchers',
  title: '制券信息推送',
  description:
    '推送一个班期的制券信息：班期在这里通过了开班审核，就给名册中符合条件、还没有券的人制券，与业务经办人员发券用同一办法。收下后在后台制券，用返回的推送编号查询进度。重复推送不会重复制券：同一幂等键得到同一个推送编号，正在制券的班期不再收下。',
  kinds: ['push'],
  actingPerson: 'none',
  moves: { of: 'voucher', from: ['none'], to: ['issued'] },
  writes: true,
  idempotentBy: 'history',
  input: v.strictObject({ classId: v.pipe(ClassId, v.description('班期编号')) }),
  output: v.strictObject({
    pushId: PushIdOut,
    total: Count('名册人数'),
  }),
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
  requestsMax: 14,
  successStatus: 202,
  errors: REFUSALS,
  rowErrors: [],
  run: async ({ input, client, nowMs, request }) => {
    const actAt = (place: Place) => actorAt(client, place);
    const job = await requestIssue(input, await findIssueOwner(input), { actAt, nowMs, request });
    return job.ok ? ok({ pushId: job.data.id, total: job.data.total }) : job;
  },
});

const isOfClient = (job: Job | undefined, client: ApiClient): job is Job & { kind: 'issue' } =>
  job?.kind === 'issue' && job.startedBy.clientId === client.id;

export const getPush = readingInterface({
  name: 'getPush',
  title: '制券信息推送的结果',
  description:
    '查询一次制券信息推送办到了哪里：running 正在制券，finished 已经办完，failed 没有办成（reason 写明原因）。没有制券的人按原因计数。只能查到本客户端的推送。',
  kinds: ['push'],
  actingPerson: 'none',
  writes: false,
  idempotentBy: 'reading',
  input: v.strictObject({ pushId: v.pipe(JobId, v.description('推送编号')) }),
  output: v.strictObject({
    pushId: PushIdOut,
    status: v.picklist(['running', 'finished', 'failed']),
    total: Count('名册人数'),
    issuedCount: Count('已制券张数'),
    refusedCount: Count('没有制券的人数'),
    refusedByCode: v.pipe(v.record(v.string(), Count('人数')), v.description('没有制券的人数，按原因代码')),
    reason: v.exactOptional(v.pipe(v.string(), v.description('没有办成的原因代码'))),
    startedAtMs: AtMs,
    finishedAtMs: v.exactOptional(AtMs),
  }),
  bodyBytesMax: SMALL_BODY_BYTES_MAX,
  requestsMax: 2,
  successStatus: 200,
  errors: ['job_not_found'],
  rowErrors: [],
  load: ({ pushId }) => jobs.find(pushId),
  run: async ({ client }, job) => {
    if (!isOfClient(job, client)) return fail('job_not_found');
    const { id: pushId, status, total, done, refused, refusedByCode, startedAtMs, ...more } = job;
    return ok({
      pushId,
      status,
      total,
      issuedCount: done,
      refusedCount: refused,
      refusedByCode: refusedByCode as Record<string, number>,
      ...(more.failureCode && { reason: more.failureCode }),
      startedAtMs,
      ...(more.finishedAtMs !== undefined && { finishedAtMs: more.finishedAtMs }),
    });
  },
});
