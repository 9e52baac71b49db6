import * as v from 'valibot';
import type { JobId, InstitutionId as Id } from '../../miniprogram/contract/ids';
import { LIMITS } from '../../miniprogram/contract/limits';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import { BATCH_STATUS_NAMES, type BatchStatus } from '../../miniprogram/contract/settlement';
import { BATCH_LIFE, refuserForBatch, withFill, type Batch } from '../shared/domain/batch';
import { batchStep } from '../shared/domain/decisions';
import { placeOf, roleAt, type ActingPerson, type Actor } from '../shared/domain/scope';
import { hasStepOf, type Voucher } from '../shared/domain/voucher';
import { takeStepWithMany, type RefusedVoucher } from '../shared/jobs/steps-of-many';
import { findByRows, refuseRows } from '../shared/jobs/steps-of-rows';
import { findActing } from '../shared/people/acting-person';
import { InstitutionId, Line, Project } from '../shared/runtime/input';
import { takeStep } from '../shared/runtime/take-step';
import { beginBatch, totalsToSubmit } from '../shared/settlement/begin-batch';
import { batches } from '../shared/store/batches';
import { institutions, type Institution } from '../shared/store/institutions';
import { rowsOfCodes, toRowResults } from './code-rows';
import { AdministratorIdNumber, VoucherCodeOut, VoucherCodes } from './fields';
import { BODY_BYTES_MAX, ROWS_MAX, writingInterface, type WritingOpenCall } from './open-interface';
import { rowResults } from './rows';

const Input = v.strictObject({
  administratorIdNumber: AdministratorIdNumber,
  institutionId: v.exactOptional(
    v.pipe(InstitutionId, v.description('培训机构编号：办理人只管理一家机构时可以不填')),
  ),
  projectId: v.pipe(Project, v.description('培训项目：一个批次只有一个项目的券')),
  title: v.pipe(Line(LIMITS.nameCharsMax), v.description('结算批次的名称')),
  voucherCodes: VoucherCodes,
});

const STATUSES = Object.keys(BATCH_STATUS_NAMES) as [BatchStatus, ...BatchStatus[]];

const BatchOut = v.strictObject({
  batchId: v.pipe(v.string(), v.description('结算批次编号')),
  number: v.pipe(v.string(), v.description('批次号')),
  status: v.pipe(v.picklist(STATUSES), v.description('submitted 待初审')),
  count: v.pipe(v.number(), v.integer(), v.description('张数')),
  totalFen: v.pipe(v.number(), v.integer(), v.description('总额，单位：分')),
});

const Output = v.strictObject({
  batch: v.exactOptional(v.pipe(BatchOut, v.description('编制并提交的结算批次；没有一行可以结算时没有'))),
  rows: rowResults({ voucherCode: VoucherCodeOut }),
});

type Call = WritingOpenCall<v.InferOutput<typeof Input>>;

/** The one that is named, else the only one that there is. */
function institutionOf({ grants }: Actor, wanted: Id | undefined): Id | undefined {
  const own = grants.flatMap(grant => (grant.role === 'administrator' ? [grant.institutionId] : []));
  return wanted === undefined && own.length === 1 ? own[0] : own.find(id => id === wanted);
}

async function findPlace({
  input,
  client,
  nowMs,
}: Call): Promise<Result<{ institution: Institution; by: ActingPerson }>> {
  const { administratorIdNumber: idNumber, institutionId: wanted } = input;
  const actor = await findActing('settlement.createBatch', client, { idNumber, nowMs });
  if (!actor.ok) return actor;
  const id = institutionOf(actor.data, wanted);
  const institution = id && (await institutions.find(id));
  const by = institution && roleAt(actor.data, { ...placeOf(institution), institutionId: institution.id });
  return institution && by ? ok({ institution, by }) : fail('institution_not_found');
}

/** What none of the rows may enter is not begun. @returns those that may not, and why. */
function judge(
  target: Pick<Batch, 'cityCode' | 'institutionId' | 'projectId'>,
  found: readonly Voucher[],
  { nowMs, request }: Call,
): RefusedVoucher[] {
  const refuse = refuserForBatch(target, 0);
  return found.flatMap(voucher => {
    const code = hasStepOf(voucher, request.id as JobId) ? undefined : refuse(voucher, nowMs);
    return code ? [{ voucher, code }] : [];
  });
}

/** Takes those of the vouchers that may be into the batch; a repetition finds them in it. @returns which may not, and why. */
const fill = (batch: Batch, found: readonly Voucher[], by: ActingPerson, { nowMs, request }: Call) => {
  const refuse = refuserForBatch(batch, 0);
  const context = { by, nowMs, requestId: request.id, batchId: batch.id, batchNumber: batch.number };
  return takeStepWithMany(found, {
    jobId: request.id as JobId,
    decide: voucher => {
      const code = refuse(voucher, nowMs);
      return code ? { code } : { step: batchStep(context) };
    },
    stillTrue: { institutionId: batch.institutionId },
  });
};

const submit = (batch: Batch, by: ActingPerson, { nowMs, request }: Call): Promise<Result<Batch>> =>
  takeStep(batches, BATCH_LIFE, {
    command: 'submit',
    found: { document: batch, by },
    call: { nowMs, request },
    guard: async current => {
      const totals = await totalsToSubmit(current);
      return totals.ok ? ok({ ...totals.data, fills: withFill(current, { by, atMs: nowMs }) }) : totals;
    },
  });

export const settleVouchers = writingInterface({
  name: 'settleVouchers',
  title: '培训券结算',
  description:
    '把已核验的培训券编成一个结算批次并提交给市里。只编制和提交：审核、拨付、核销由人社部门办理，这个接口不办。每行一个结果：能结算的进入批次，不能的说明原因，互不影响。',
  kinds: ['city', 'institution'],
  actingPerson: 'administrator',
  moves: { of: 'batch', from: ['none', 'draft'], to: ['draft', 'submitted'] },
  writes: true,
  idempotentBy: 'stored answer',
  input: Input,
  output: Output,
  rows: { field: 'voucherCodes', max: ROWS_MAX },
  bodyBytesMax: BODY_BYTES_MAX,
  requestsMax: 14,
  successStatus: 200,
  errors: [
    'id_number_invalid',
    'acting_person_not_active',
    'institution_not_found',
    'institution_not_active',
    'batch_empty',
    'batch_total_too_large',
  ],
  rowErrors: [
    'voucher_code_malformed',
    'voucher_code_unknown',
    'duplicate_in_file',
    'voucher_of_other_city',
    'voucher_not_for_this_institution',
    'voucher_of_other_project',
    'voucher_not_used',
    'voucher_in_batch',
    'voucher_already_settled',
    'voucher_voided',
    'voucher_expired',
    'batch_total_too_large',
    'write_conflict',
  ],
  run: async call => {
    const { input, nowMs, request } = call;
    const place = await findPlace(call);
    if (!place.ok) return place;
    const { institution, by } = place.data;
    const rows = rowsOfCodes(input.voucherCodes);
    const found = await findByRows(rows);
    const barred = judge(
      { ...placeOf(institution), institutionId: institution.id, projectId: input.projectId },
      found,
      call,
    );
    if (barred.length === found.length)
      return ok({ rows: toRowResults(rows, refuseRows(rows, found, barred)) });
    // Its own history tells the draft and the submission apart.
    const draft = { ...request, id: `${request.id}-draft` };
    const begun = await beginBatch(institution, input, { by, nowMs, request: draft });
    if (!begun.ok) return begun;
    const refused = await fill(begun.data, found, by, call);
    const results = toRowResults(rows, refuseRows(rows, found, refused));
    const submitted = await submit(begun.data, by, call);
    if (!submitted.ok) return submitted;
    const { id: batchId, number, status, count, totalFen } = submitted.data;
    return ok({ batch: { batchId, number, status, count, totalFen }, rows: results });
  },
});
