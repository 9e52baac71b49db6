import * as v from 'valibot';
import { NO_FEN } from '../../miniprogram/contract/fen';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { TemplateFields as Fields } from '../../miniprogram/contract/templates';
import { roleAt } from '../shared/domain/scope';
import { checkAmendment, checkTemplate, TEMPLATE_LIFE, type Template } from '../shared/domain/template';
import { allOptional, TemplateId } from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation } from '../shared/runtime/operation';
import { takeStep } from '../shared/runtime/take-step';
import { institutions } from '../shared/store/institutions';
import { templates } from '../shared/store/templates';
import { TemplateFields, toTemplateView } from '../shared/views/template-view';

/** Institutions of another city cannot run its classes. @returns institution_not_found. */
async function checkInstitutions({
  cityCode,
  institutionIds,
}: Pick<Fields, 'cityCode' | 'institutionIds'>): Promise<Result<undefined>> {
  const found = await institutions.findMany(institutionIds);
  const known = found.filter(institution => institution.cityCode === cityCode).map(({ id }) => id);
  return institutionIds.every(id => known.includes(id)) ? ok(undefined) : fail('institution_not_found');
}

export const createTemplate = operation('voucher.createTemplate', {
  input: TemplateFields,
  run: async ({ input, actor, nowMs, request }) => {
    const by = roleAt(actor, input);
    if (!by) return fail('role_not_allowed');
    const checked = checkTemplate(input);
    if (!checked.ok) return checked;
    const inCity = await checkInstitutions(input);
    if (!inCity.ok) return inCity;
    const template: Template = {
      id: newId(request),
      version: 1,
      ...input,
      ...TEMPLATE_LIFE.begin('create', { by, nowMs, requestId: request.id }),
      issuedCount: 0,
      committedFen: NO_FEN,
      reservations: {},
    };
    const isNew = await templates.insert(template);
    return ok(toTemplateView(isNew ? template : ((await templates.find(template.id)) ?? template)));
  },
});

const { cityCode: _city, issueMode: _mode, ...amendable } = TemplateFields.entries;

export const amendTemplate = operation('voucher.amendTemplate', {
  input: v.strictObject({ templateId: TemplateId, ...allOptional(amendable) }),
  load: ({ templateId }) => templates.find(templateId),
  run: async (call, document) => {
    const { templateId: _templateId, ...given } = call.input;
    const by = document && roleAt(call.actor, document);
    if (!document || !by) return fail('template_not_found');
    const { cityCode } = document;
    const inCity = await checkInstitutions({ cityCode, institutionIds: given.institutionIds ?? [] });
    if (!inCity.ok) return inCity;
    const changed = await takeStep(templates, TEMPLATE_LIFE, {
      command: 'amend',
      found: { document, by },
      call,
      guard: template => {
        const amended = checkAmendment(template, given);
        return amended.ok ? ok(given) : amended;
      },
    });
    return changed.ok ? ok(toTemplateView(changed.data)) : changed;
  },
});
