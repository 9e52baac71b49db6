import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { CLASS_STATUS_NAMES, type ClassStatus } from '../../miniprogram/contract/training';
import { reachOf } from '../shared/domain/scope';
import { City, Cursor, Id } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { classes } from '../shared/store/classes';
import { placeWhere } from '../shared/store/place-where';
import { mapPage } from '../shared/views/pages';
import { findClass, toClassView } from './class-view';

const Status = v.picklist(Object.keys(CLASS_STATUS_NAMES) as ClassStatus[]);

export const getClass = operation('training.getClass', {
  input: v.strictObject({ classId: Id }),
  run: async ({ input, actor }) => {
    const found = await findClass(input.classId, actor);
    return found ? ok(toClassView(found.trainingClass)) : fail('class_not_found');
  },
});

export const listClasses = operation('training.listClasses', {
  input: v.strictObject({
    status: v.exactOptional(Status),
    institutionId: v.exactOptional(Id),
    cityCode: v.exactOptional(City),
    cursor: Cursor,
  }),
  run: async ({ input: { status, cursor, ...wish }, actor }) => {
    const reach = reachOf(actor, wish);
    if (!reach) return ok({ items: [] });
    const where = { ...placeWhere(reach), ...(status && { status }) };
    return ok(mapPage(await classes.list({ where, cursor }), toClassView));
  },
});
