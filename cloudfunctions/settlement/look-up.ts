import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { BATCH_STATUS_NAMES, type BatchStatus } from '../../miniprogram/contract/settlement';
import { actingFor, reachOf } from '../shared/domain/scope';
import { City, Cursor, Id } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { batches } from '../shared/store/batches';
import { placeWhere } from '../shared/store/place-where';
import { totalsOfBatch, vouchers } from '../shared/store/vouchers';
import { mapPage } from '../shared/views/pages';
import { toBatchItemView, toBatchView } from './batch-view';
import { findBatch } from './find-batch';

export const getBatch = operation('settlement.getBatch', {
  input: v.strictObject({ batchId: Id }),
  run: async ({ input, actor }) => {
    const found = await findBatch(input.batchId, actor);
    if (!found) return fail('batch_not_found');
    const { batch } = found;
    // Nothing is fixed before submission, but who draws it up wants to know how far it is.
    const totals = batch.status === 'draft' ? await totalsOfBatch(batch.id, 'batched') : {};
    return ok(toBatchView({ ...batch, ...totals }));
  },
});

const STATUSES = Object.keys(BATCH_STATUS_NAMES) as BatchStatus[];

export const listBatches = operation('settlement.listBatches', {
  input: v.strictObject({
    status: v.exactOptional(v.picklist(STATUSES)),
    institutionId: v.exactOptional(Id),
    cityCode: v.exactOptional(City),
    cursor: Cursor,
  }),
  run: async ({ input: { status, cursor, ...wish }, actor }) => {
    const reach = reachOf(actor, wish);
    if (!reach) return ok({ items: [] });
    const where = { ...placeWhere(reach), ...(status && { status }) };
    return ok(mapPage(await batches.list({ where, cursor }), toBatchView));
  },
});

export const listItems = operation('settlement.listItems', {
  input: v.strictObject({ batchId: Id, cursor: Cursor }),
  run: async ({ input: { batchId, cursor }, actor }) => {
    const page = await vouchers.list({ where: { batchId }, cursor, order: 'asc' });
    // All of a batch belong to its institution and city: only an empty page needs the batch itself to tell whose it is.
    const [first] = page.items;
    const isTheirs = first ? actingFor(actor, first) : await findBatch(batchId, actor);
    if (!isTheirs) return fail('batch_not_found');
    return ok({ ...page, items: page.items.flatMap(toBatchItemView) });
  },
});
