import * as v from 'valibot';
import { fail, ok } from '../../miniprogram/contract/result';
import { reachOfCities, withinReach } from '../shared/domain/scope';
import { Cursor, ofCities, TemplateId, wishOf } from '../shared/runtime/input';
import { operation } from '../shared/runtime/operation';
import { rosterEntries } from '../shared/store/roster-entries';
import { templates } from '../shared/store/templates';
import { countByStatus } from '../shared/store/vouchers';
import { mapPage } from '../shared/views/pages';
import { toTemplateView } from '../shared/views/template-view';

export const getTemplate = operation('voucher.getTemplate', {
  input: v.strictObject({ templateId: TemplateId }),
  load: ({ templateId }) => templates.find(templateId),
  run: async ({ actor }, template) => {
    // The city's schools choose among its templates, so they may read them.
    if (!template || !reachOfCities(actor, [template.cityCode])) return fail('template_not_found');
    const { id: templateId, issueMode } = template;
    if (issueMode === 'targeted')
      return ok({ ...toTemplateView(template), rosterCount: 0, voucherCounts: {} });
    const [rosterCount, voucherCounts] = await Promise.all([
      rosterEntries.count({ ownerId: templateId }),
      countByStatus(templateId),
    ]);
    return ok({ ...toTemplateView(template), rosterCount, voucherCounts });
  },
});

export const listTemplates = operation('voucher.listTemplates', {
  input: v.strictObject({
    ...ofCities,
    status: v.exactOptional(v.picklist(['draft', 'published', 'closed'])),
    cursor: Cursor,
  }),
  load: ({ status, cursor, ...asked }) => templates.joinedPageWithin(wishOf(asked), { status, cursor }),
  run: async ({ input: { status, cursor, ...asked }, actor }, early) => {
    const wish = wishOf(asked);
    const reach = reachOfCities(actor, wish.cityCodes);
    if (!reach) return ok({ items: [] });
    const page = withinReach(early, wish, reach) ?? (await templates.listWithin(reach, { status, cursor }));
    return ok(mapPage(page, toTemplateView));
  },
});
