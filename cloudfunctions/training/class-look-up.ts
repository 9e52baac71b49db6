import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { CLASS_STATUS_NAMES, type ClassStatus } from '../../miniprogram/contract/training';
import { countFor, roleAt, reachOf, withinReach } from '../shared/domain/scope';
import { Cities, ClassId, Cursor, InstitutionId, ofAreas, wishOf } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { classDetail } from '../shared/store/class-detail';
import { classes } from '../shared/store/classes';
import { classesWaiting } from '../shared/store/waiting';
import { toTemplateView } from '../shared/views/template-view';
import { mapPage } from '../shared/views/pages';
import { toNames } from '../shared/views/step-names';
import { toClassHistory, toClassView } from './class-view';

const Status = v.picklist(Object.keys(CLASS_STATUS_NAMES) as ClassStatus[]);

export const getClass = operation('training.getClass', {
  input: v.strictObject({ classId: ClassId }),
  load: ({ classId }) => classDetail(classId),
  run: async ({ actor }, detail) => {
    if (!detail || !roleAt(actor, detail.trainingClass)) return fail('class_not_found');
    const { trainingClass, template, rosterCount, voucherCounts, people } = detail;
    return ok({
      ...toClassView(trainingClass),
      template: toTemplateView(template),
      rosterCount,
      voucherCounts,
      history: toClassHistory(trainingClass, toNames(people)),
    });
  },
});

export const listClasses = operation('training.listClasses', {
  input: v.strictObject({
    status: v.exactOptional(Status),
    institutionId: v.exactOptional(InstitutionId),
    ...ofAreas,
    cursor: Cursor,
  }),
  load: ({ status, cursor, ...asked }) => classes.joinedPageWithin(wishOf(asked), { status, cursor }),
  run: async ({ input: { status, cursor, ...asked }, actor }, early) => {
    const wish = wishOf(asked);
    const reach = reachOf(actor, wish);
    if (!reach) return ok({ items: [] });
    const page = withinReach(early, wish, reach) ?? (await classes.listWithin(reach, { status, cursor }));
    return ok(mapPage(page, toClassView));
  },
});

export const countWaiting = operation('training.countWaiting', {
  input: v.strictObject({ cityCodes: Cities }),
  load: ({ cityCodes }) => classesWaiting(cityCodes),
  run: async ({ actor }, { approve, issue }) =>
    ok({
      items: [
        { command: 'approve', count: countFor(actor, 'clerk', approve) },
        { command: 'issue', count: countFor(actor, 'clerk', issue) },
      ],
    }),
});
