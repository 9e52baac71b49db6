import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { BATCH_STATUS_NAMES, type BatchStatus } from '../../miniprogram/contract/settlement';
import { BATCH_LIFE, type Batch } from '../shared/domain/batch';
import { FEN_MAX, toFen } from '../../miniprogram/contract/fen';
import { countFor, roleAt, reachOf, withinReach } from '../shared/domain/scope';
import { toJobView } from '../shared/jobs/job-runner';
import { BatchId, Cities, Cursor, InstitutionId, ofAreas, wishOf } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { batchDetail } from '../shared/store/batch-detail';
import { batches } from '../shared/store/batches';
import { totalsOfBatch, vouchers } from '../shared/store/vouchers';
import { batchesWaiting } from '../shared/store/waiting';
import { mapPage } from '../shared/views/pages';
import { toNames } from '../shared/views/step-names';
import { toBatchItemView, toBatchView } from './batch-view';
import { loadBatch } from './step-batch';

export const getBatch = operation('settlement.getBatch', {
  input: v.strictObject({ batchId: BatchId }),
  load: ({ batchId }) => batchDetail(batchId),
  run: async ({ actor }, detail) => {
    if (!detail || !roleAt(actor, detail.batch)) return fail('batch_not_found');
    const { batch, job, people } = detail;
    const totals = await totalsSoFar(batch);
    const view = toBatchView({ ...batch, ...totals }, toNames(people));
    return ok({ ...view, ...(job && { job: toJobView(job) }) });
  },
});

/** Nothing is fixed before submission, but who draws a batch up wants to know how far it is. */
async function totalsSoFar(batch: Batch): Promise<Partial<Pick<Batch, 'count' | 'totalFen'>>> {
  if (!BATCH_LIFE.allows('fill', batch.status)) return {};
  const { count, totalFen } = await totalsOfBatch(batch.id, 'batched');
  return { count, totalFen: toFen(Math.min(totalFen, FEN_MAX)) };
}

const STATUSES = Object.keys(BATCH_STATUS_NAMES) as BatchStatus[];

export const listBatches = operation('settlement.listBatches', {
  input: v.strictObject({
    status: v.exactOptional(v.picklist(STATUSES)),
    institutionId: v.exactOptional(InstitutionId),
    ...ofAreas,
    cursor: Cursor,
  }),
  load: ({ status, cursor, ...asked }) => batches.joinedPageWithin(wishOf(asked), { status, cursor }),
  run: async ({ input: { status, cursor, ...asked }, actor }, early) => {
    const wish = wishOf(asked);
    const reach = reachOf(actor, wish);
    if (!reach) return ok({ items: [] });
    const page = withinReach(early, wish, reach) ?? (await batches.listWithin(reach, { status, cursor }));
    return ok(mapPage(page, batch => toBatchView(batch)));
  },
});

export const countWaiting = operation('settlement.countWaiting', {
  input: v.strictObject({ cityCodes: Cities }),
  load: ({ cityCodes }) => batchesWaiting(cityCodes),
  run: async ({ actor }, { review, approve, pay }) =>
    ok({
      items: [
        { command: 'review', count: countFor(actor, 'reviewer', review) },
        { command: 'approve', count: countFor(actor, 'reviewer', approve) },
        { command: 'pay', count: countFor(actor, 'payer', pay) },
      ],
    }),
});

export const listItems = operation('settlement.listItems', {
  input: v.strictObject({ batchId: BatchId, cursor: Cursor }),
  load: ({ batchId, cursor }) => vouchers.joinedPage({ where: { batchId }, cursor, order: 'asc' }),
  run: async ({ input, actor }, page) => {
    // All of a batch belong to its institution and city: only an empty page needs the batch itself to tell whose it is.
    const [first] = page.items;
    const place = first ?? (await loadBatch(input));
    if (!place || !roleAt(actor, place)) return fail('batch_not_found');
    return ok({ ...page, items: page.items.flatMap(toBatchItemView) });
  },
});
