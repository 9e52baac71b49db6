import * as v from 'valibot';
import { fail, ok, type Result } from '../../miniprogram/contract/result';
import type { TemplateFields, TemplateView } from '../../miniprogram/contract/templates';
import { actingFor, reachOfCity, type Actor } from '../shared/domain/scope';
import { amendTemplate as amend, checkTemplate, moveTemplate } from '../shared/domain/template';
import {
  allOptional,
  City,
  Cursor,
  Id,
  Line,
  PositiveFen,
  Project,
  WholeNumber,
} from '../shared/runtime/input';
import { newId } from '../shared/runtime/new-id';
import { operation, type Call } from '../shared/runtime/operation';
import { changeDocument } from '../shared/runtime/change-document';
import { institutions } from '../shared/store/institutions';
import { placeWhere } from '../shared/store/place-where';
import { templates, type Template } from '../shared/store/templates';
import { mapPage } from '../shared/views/pages';

const AudienceRule = v.variant('kind', [
  v.strictObject({ kind: v.literal('labour_contract') }),
  v.strictObject({ kind: v.literal('enterprise_pension') }),
  v.strictObject({
    kind: v.literal('age_between'),
    minYears: WholeNumber(14, 100),
    maxYears: WholeNumber(14, 100),
  }),
]);

const QUOTA_MAX = 10_000_000;
const DAYS_MAX = 3_650;

const Fields = v.strictObject({
  cityCode: City,
  name: Line(60),
  projectId: Project,
  issueMode: v.picklist(['general', 'targeted']),
  functionMode: v.picklist(['face_value', 'credit']),
  amountFen: PositiveFen,
  quota: WholeNumber(1, QUOTA_MAX),
  budgetFen: PositiveFen,
  claimWindowDays: WholeNumber(1, DAYS_MAX),
  validDays: WholeNumber(1, DAYS_MAX),
  audience: v.pipe(v.array(AudienceRule), v.maxLength(10)),
  institutionIds: v.pipe(v.array(Id), v.maxLength(500)),
});

const { cityCode: _city, issueMode: _mode, ...changeable } = Fields.entries;

/** Everything that staff see; what running jobs have set aside is not among it. */
export function toTemplateView(template: Template): TemplateView {
  const { id, status, issuedCount, committedFen, issueJobId } = template;
  return {
    id,
    ...v.parse(v.object(Fields.entries), template),
    status,
    issuedCount,
    committedFen,
    ...(issueJobId !== undefined && { issueJobId }),
  };
}

/** Institutions of another city cannot run its classes. @returns institution_not_found. */
async function checkInstitutions({
  cityCode,
  institutionIds,
}: Pick<TemplateFields, 'cityCode' | 'institutionIds'>): Promise<Result<undefined>> {
  const found = await institutions.findMany(institutionIds);
  const known = found.filter(institution => institution.cityCode === cityCode).map(({ id }) => id);
  return institutionIds.every(id => known.includes(id)) ? ok(undefined) : fail('institution_not_found');
}

export const createTemplate = operation('voucher.createTemplate', {
  input: Fields,
  run: async ({ input, actor, nowMs, request }) => {
    const by = actingFor(actor, input);
    if (!by) return fail('role_not_allowed');
    const checked = checkTemplate(input);
    if (!checked.ok) return checked;
    const inCity = await checkInstitutions(input);
    if (!inCity.ok) return inCity;
    const id = newId(request);
    const template: Template = {
      id,
      version: 1,
      ...input,
      status: 'draft',
      issuedCount: 0,
      committedFen: 0,
      reservations: {},
      history: [{ command: 'create', atMs: nowMs, by, requestId: request.id }],
    };
    const isNew = await templates.insert(template);
    return ok(toTemplateView(isNew ? template : ((await templates.find(id)) ?? template)));
  },
});

async function findTemplate(templateId: string, actor: Actor) {
  const template = await templates.find(templateId);
  const by = template && actingFor(actor, template);
  return template && by ? { template, by } : undefined;
}

export const amendTemplate = operation('voucher.amendTemplate', {
  input: v.strictObject({ templateId: Id, ...allOptional(changeable) }),
  run: async ({ input: { templateId, ...given }, actor, nowMs, request }) => {
    const found = await findTemplate(templateId, actor);
    if (!found) return fail('template_not_found');
    const { cityCode } = found.template;
    const inCity = await checkInstitutions({ cityCode, institutionIds: given.institutionIds ?? [] });
    if (!inCity.ok) return inCity;
    const step = { command: 'amend', atMs: nowMs, by: found.by, requestId: request.id } as const;
    const changed = await changeDocument(templates, found.template, request.id, template => {
      const amended = amend(template, given);
      return amended.ok ? ok({ ...given, history: [...template.history, step] }) : amended;
    });
    return changed.ok ? ok(toTemplateView(changed.data)) : changed;
  },
});

/** Publishing opens a template for classes and issue; closing ends both and leaves its vouchers as they are. */
const moving =
  (command: 'publish' | 'close') =>
  async ({ input, actor, nowMs, request }: Call<{ templateId: string }>): Promise<Result<TemplateView>> => {
    const found = await findTemplate(input.templateId, actor);
    if (!found) return fail('template_not_found');
    const step = { command, atMs: nowMs, by: found.by, requestId: request.id };
    const changed = await changeDocument(templates, found.template, request.id, template => {
      const status = moveTemplate(command, template.status);
      return status.ok ? ok({ status: status.data, history: [...template.history, step] }) : status;
    });
    return changed.ok ? ok(toTemplateView(changed.data)) : changed;
  };

const TemplateId = v.strictObject({ templateId: Id });

export const publishTemplate = operation('voucher.publishTemplate', {
  input: TemplateId,
  run: moving('publish'),
});

export const closeTemplate = operation('voucher.closeTemplate', { input: TemplateId, run: moving('close') });

export const getTemplate = operation('voucher.getTemplate', {
  input: TemplateId,
  run: async ({ input, actor }) => {
    const template = await templates.find(input.templateId);
    // The city's schools choose among its templates, so they may read them.
    if (!template || !reachOfCity(actor, template.cityCode)) return fail('template_not_found');
    return ok(toTemplateView(template));
  },
});

export const listTemplates = operation('voucher.listTemplates', {
  input: v.strictObject({
    cityCode: v.exactOptional(City),
    status: v.exactOptional(v.picklist(['draft', 'published', 'closed'])),
    cursor: Cursor,
  }),
  run: async ({ input, actor }) => {
    const reach = reachOfCity(actor, input.cityCode);
    if (!reach) return ok({ items: [] });
    const where = { ...placeWhere(reach), ...(input.status && { status: input.status }) };
    return ok(mapPage(await templates.list({ where, cursor: input.cursor }), toTemplateView));
  },
});
