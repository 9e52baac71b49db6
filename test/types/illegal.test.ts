import { compile, type Snippets } from './compile';

const PRELUDE = `
import { minusFen, timesFen, toFen, type Fen } from '../../miniprogram/contract/fen';
import type { BatchId, ClassId, InstitutionId, JobId, PersonKey, TemplateId, VoucherId } from '../../miniprogram/contract/ids';
import { voidStep, type Decision } from '../../cloudfunctions/shared/domain/decisions';
import { BATCH_LIFE } from '../../cloudfunctions/shared/domain/batch';
import { CLASS_LIFE } from '../../cloudfunctions/shared/domain/training-class';
import type { JobOf, NewJobOf } from '../../cloudfunctions/shared/domain/job';
import { evolve, type StepOf, type Voucher, type VoucherIn } from '../../cloudfunctions/shared/domain/voucher';
import { JOB_RUNNERS } from '../../cloudfunctions/shared/jobs/all-runners';
import { runSettle } from '../../cloudfunctions/shared/jobs/settlement-jobs';
import { createFunction } from '../../cloudfunctions/shared/runtime/function';
import type { CallOf } from '../../cloudfunctions/shared/runtime/operation';
import { batches } from '../../cloudfunctions/shared/store/batches';
import { classes } from '../../cloudfunctions/shared/store/classes';
import { institutions } from '../../cloudfunctions/shared/store/institutions';
import { jobs } from '../../cloudfunctions/shared/store/jobs';
import { above, below, increasedBy, not, oneOf } from '../../cloudfunctions/shared/store/query';
import { templates } from '../../cloudfunctions/shared/store/templates';
import { verifications } from '../../cloudfunctions/shared/store/verifications';
import { vouchers } from '../../cloudfunctions/shared/store/vouchers';
import { claimVoucher } from '../../cloudfunctions/voucher/claim';
declare const classId: ClassId, templateId: TemplateId, jobId: JobId, batchId: BatchId, voucherId: VoucherId;
declare const institutionId: InstitutionId, personKey: PersonKey, fen: Fen, people: number, days: number;
declare const issued: VoucherIn<'issued'>, used: VoucherIn<'used'>, voucher: Voucher;
declare const order: Omit<NewJobOf<'settle'>, 'kind' | 'batchId' | 'institutionId'>;
declare const who: { atMs: number; by: { role: 'worker' }; requestId: string };
declare const claimStep: StepOf<'claim'>, decision: Decision<'claim'>;
declare const context: { by: { role: 'clerk' }; nowMs: number; requestId: string; reason: string };
`;

/** Each pair does the same kind of thing, once rightly and once wrongly. */
const PAIRS: Record<string, { legal: string; illegal: string }> = {
  // Queries
  'a read says how many it takes, or that it takes all': {
    legal: `await vouchers.read({ where: { classId }, limit: 500 }); await vouchers.readAll({ classId });`,
    illegal: `await vouchers.read({ where: { classId } });`,
  },
  'a walk goes by the ids, so it has no other condition on them': {
    legal: `for await (const chunk of vouchers.walk({ classId })) chunk.pop();`,
    illegal: `for await (const chunk of vouchers.walk({ classId, _id: above(voucherId) })) chunk.pop();`,
  },
  'a query names fields of its document': {
    legal: `await vouchers.count({ classId, status: 'issued' });`,
    illegal: `await vouchers.count({ clasId: classId, statsu: 'issued' });`,
  },
  'a query that was put together elsewhere does too': {
    legal: `const where = { classId, ...(days > 1 && { issueMode: 'general' as const }) }; await vouchers.count(where);`,
    illegal: `const where = { classId, issueMod: 'general' }; await vouchers.count(where);`,
  },
  'a query compares a field with a value of its kind': {
    legal: `await vouchers.count({ classId, issuedAtMs: above(days) });`,
    illegal: `await vouchers.count({ classId, issuedAtMs: 'yesterday' });`,
  },
  'an operator takes values of the field': {
    legal: `await vouchers.count({ classId, status: oneOf(['used', 'batched']) });`,
    illegal: `await vouchers.count({ classId, status: oneOf(['used', 'batch']) });`,
  },
  'a status is one of the document’s own': {
    legal: `await batches.update({ _id: batchId, status: 'draft' }, { title: '' });`,
    illegal: `await batches.update({ _id: batchId, status: 'issued' }, { title: '' });`,
  },
  'a dotted path leads to a field': {
    legal: `await vouchers.count({ classId, 'history.requestId': not('') });`,
    illegal: `await vouchers.count({ classId, 'history.requestid': not('') });`,
  },
  'a value behind a dotted path is of its kind': {
    legal: `await batches.update({ _id: batchId, 'jobToStart.id': jobId }, { jobToStart: undefined });`,
    illegal: `await batches.update({ _id: batchId, 'jobToStart.id': batchId }, { jobToStart: undefined });`,
  },
  'a query is served by an index': {
    legal: `await vouchers.readAll({ status: 'issued', expiresAtMs: below(days) });`,
    illegal: `await vouchers.readAll({ usedAtMs: below(days) });`,
  },
  'a query that may lack its indexed field is not served': {
    legal: `await vouchers.readAll({ classId, ...(days > 1 && { templateId }) });`,
    illegal: `await vouchers.readAll({ holderNameCipher: '', ...(days > 1 && { classId }) });`,
  },
  'a list is ordered by a field': {
    legal: `await vouchers.read({ where: { institutionId }, by: 'verificationId', order: 'desc', limit: 1 });`,
    illegal: `await vouchers.read({ where: { institutionId }, by: 'verificationid', order: 'desc', limit: 1 });`,
  },
  'institutions are bounded by cities alone': {
    legal: `await institutions.listWithin({ cityCodes: ['3701'] });`,
    illegal: `await institutions.listWithin({ cityCodes: ['3701'] }, { status: 'active' });`,
  },
  'a joined page is bounded by its document’s states': {
    legal: `classes.joinedPageWithin({ institutionId }, { status: 'running' });`,
    illegal: `classes.joinedPageWithin({ institutionId }, { status: 'published' });`,
  },

  // Updates
  'an update sets values of the field': {
    legal: `await jobs.update({ _id: jobId }, { leaseUntilMs: 0 });`,
    illegal: `await jobs.update({ _id: jobId }, { leaseUntilMs: 'tomorrow' });`,
  },
  'an update counts numbers only': {
    legal: `await templates.update({ _id: templateId }, { issuedCount: increasedBy(1) });`,
    illegal: `await templates.update({ _id: templateId }, { name: increasedBy(1) });`,
  },
  'an update clears only what may be absent': {
    legal: `await verifications.update({ _id: '' as never }, { reversedAtMs: undefined });`,
    illegal: `await verifications.update({ _id: '' as never }, { atMs: undefined });`,
  },
  'an update leaves the version alone': {
    legal: `await classes.update({ _id: classId }, { issueJobId: jobId });`,
    illegal: `await classes.update({ _id: classId }, { issueJobId: jobId, version: 1 });`,
  },
  'a voucher is changed by steps alone': {
    legal: `await vouchers.find(voucherId);`,
    illegal: `await vouchers.update({ _id: voucherId }, { status: 'settled' });`,
  },

  // Ids and money
  'a document is found by its own id': {
    legal: `await jobs.find(jobId);`,
    illegal: `await jobs.find(templateId + classId);`,
  },
  'an id of another kind is another thing': {
    legal: `await classes.find(classId);`,
    illegal: `await classes.find(templateId);`,
  },
  'amounts are taken from amounts': {
    legal: `minusFen(fen, toFen(3));`,
    illegal: `minusFen(people, days);`,
  },
  'amounts are added up in their own module': {
    legal: `const total: Fen = timesFen(fen, people); return total;`,
    illegal: `const total: Fen = fen * people; return total;`,
  },

  // Steps
  'a claim leads from issued to claimed': {
    legal: `const step: StepOf<'claim'> = { entry: { command: 'claim', from: 'issued', to: 'claimed', ...who, channelNumber: '' as never }, changes: { status: 'claimed', claimedAtMs: 1 } }; return step;`,
    illegal: `const step: StepOf<'claim'> = { entry: { command: 'claim', from: 'settled', to: 'issued', ...who, channelNumber: '' as never }, changes: { status: 'claimed', claimedAtMs: 1 } }; return step;`,
  },
  'a claim writes the time of the claim': {
    legal: `const step: StepOf<'claim'> = { ...claimStep, changes: { status: 'claimed', claimedAtMs: 1 } }; return step;`,
    illegal: `const step: StepOf<'claim'> = { ...claimStep, changes: { status: 'claimed', settledAtMs: 1 } }; return step;`,
  },
  'a claim names its channel': {
    legal: `const { channelNumber } = claimStep.entry; return channelNumber;`,
    illegal: `const { reason } = claimStep.entry; return reason;`,
  },
  'a step starts from a state that has it': {
    legal: `return evolve('claim', issued, claimStep).claimedAtMs;`,
    illegal: `return evolve('claim', used, claimStep).claimedAtMs;`,
  },
  'a voucher after a claim is claimed': {
    legal: `const { status }: { status: 'claimed' } = decision.next; return status;`,
    illegal: `return decision.next.usedAtMs;`,
  },
  'a used voucher is not voided': {
    legal: `return voidStep('claimed', context);`,
    illegal: `return voidStep('used', context);`,
  },
  'what a state does not have cannot be read': {
    legal: `return 'usedAtMs' in voucher ? voucher.usedAtMs : 0;`,
    illegal: `return voucher.usedAtMs;`,
  },
  'a life has its own commands': {
    legal: `return CLASS_LIFE.check('approve', 'submitted');`,
    illegal: `return CLASS_LIFE.check('pay', 'submitted');`,
  },
  'a life has its own states': {
    legal: `return BATCH_LIFE.allows('pay', 'approved');`,
    illegal: `return BATCH_LIFE.allows('pay', 'running');`,
  },

  // Jobs
  'a write-off has its batch': {
    legal: `const job: NewJobOf<'settle'> = { ...order, kind: 'settle', batchId, institutionId }; return job;`,
    illegal: `const job: NewJobOf<'settle'> = { ...order, kind: 'settle' }; return job;`,
  },
  'a job runs with the runner of its kind': {
    legal: `const run: (job: JobOf<'settle'>) => unknown = JOB_RUNNERS.settle; return run;`,
    illegal: `const run: (job: JobOf<'issue'>) => unknown = runSettle; return run;`,
  },
  'a job of a kind has what that kind works on': {
    legal: `return (job: JobOf<'issue'>) => job.toReserve;`,
    illegal: `return (job: JobOf<'settle'>) => job.toReserve;`,
  },

  // Operations
  'a writing call has a request': {
    legal: `return (call: CallOf<'voucher.claim'>) => call.request.id;`,
    illegal: `return (call: CallOf<'voucher.listMine'>) => call.request.id;`,
  },
  'a function answers every operation that it is given': {
    legal: `return (all: never[]) => createFunction('voucher', all as never);`,
    illegal: `return createFunction('voucher', [claimVoucher]);`,
  },
  'a function answers no operation of another': {
    legal: `return claimVoucher.name;`,
    illegal: `return createFunction('entry', [claimVoucher]);`,
  },
};

const snippets = (kind: 'legal' | 'illegal'): Snippets =>
  Object.fromEntries(Object.entries(PAIRS).map(([name, pair]) => [`${kind}: ${name}`, pair[kind]]));

describe('what is legal is what compiles', () => {
  const messages = compile(PRELUDE, { ...snippets('legal'), ...snippets('illegal') });

  it('reads the declarations that the snippets use', () => {
    expect(messages.get('')).toEqual([]);
  });

  it.each(Object.keys(PAIRS))('%s', name => {
    expect(messages.get(`legal: ${name}`)).toEqual([]);
    expect(messages.get(`illegal: ${name}`)).not.toEqual([]);
  });
});
