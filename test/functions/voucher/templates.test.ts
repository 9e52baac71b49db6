import { randomUUID } from 'node:crypto';
import { startTestCloud, type TestCloud } from '../../support/test-cloud';
import { publishedTemplate, seedCity, seedHolding, templateFields, type City } from './seed';

let cloud: TestCloud;
let city: City;
let foreign: City;

beforeAll(async () => {
  cloud = await startTestCloud();
  city = await seedCity(cloud);
  foreign = await seedCity(cloud, '3702');
});
afterAll(() => cloud.stop());

const refused = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown });
const create = (over = {}) => cloud.must('voucher.createTemplate', templateFields(over), city.clerk);

describe('voucher.createTemplate', () => {
  it('makes a draft with nothing issued', async () => {
    const template = await create({ institutionIds: [city.institutionId] });

    expect(template).toEqual({
      ...templateFields({ institutionIds: [city.institutionId] }),
      id: template.id,
      status: 'draft',
      issuedCount: 0,
      committedFen: 0,
    });
  });

  it('answers a repeated request with the first answer and makes no second template', async () => {
    const call = { ...city.clerk, requestId: randomUUID() };
    const before = (await cloud.documents('templates')).length;

    const first = await cloud.ask('voucher.createTemplate', templateFields(), call);
    const second = await cloud.ask('voucher.createTemplate', templateFields(), call);

    expect(second).toEqual(first);
    expect(await cloud.documents('templates')).toHaveLength(before + 1);
  });

  it('refuses the same request with another input', async () => {
    const call = { ...city.clerk, requestId: randomUUID() };
    await cloud.must('voucher.createTemplate', templateFields(), call);

    const other = await cloud.ask('voucher.createTemplate', templateFields({ quota: 5 }), call);

    expect(other).toEqual(refused('request_id_reused'));
  });

  it.each([
    ['template_days_contradictory', { claimWindowDays: 91 }],
    ['template_budget_below_amount', { budgetFen: 49_999 }],
    ['institution_not_found', { institutionIds: ['nobody'] }],
    ['institution_not_found', { institutionIds: ['institution3702'] }],
    ['role_not_allowed', { cityCode: '3702' }],
    ['invalid_input', { amountFen: 0 }],
    ['invalid_input', { amountFen: 1.5 }],
    ['invalid_input', { name: '' }],
    ['invalid_input', { name: '长'.repeat(61) }],
    ['invalid_input', { quota: 10_000_001 }],
    ['invalid_input', { audience: [{ kind: 'everybody' }] }],
    ['invalid_input', { surprise: true }],
  ] as const)('answers %s to %j', async (code, over) => {
    const input = templateFields(over as Partial<ReturnType<typeof templateFields>>);

    expect(await cloud.ask('voucher.createTemplate', input, city.clerk)).toEqual(refused(code));
  });
});

describe('voucher.amendTemplate', () => {
  it('changes a draft, and a repetition changes nothing more', async () => {
    const { id: templateId } = await create();
    const call = { ...city.clerk, requestId: randomUUID() };

    const first = await cloud.ask('voucher.amendTemplate', { templateId, amountFen: 60_000 }, call);
    const second = await cloud.ask('voucher.amendTemplate', { templateId, amountFen: 60_000 }, call);

    expect(first).toMatchObject({ ok: true, data: { amountFen: 60_000, quota: 10_000 } });
    expect(second).toEqual(first);
  });

  it.each([
    ['template_days_contradictory', { claimWindowDays: 91 }],
    ['template_budget_below_amount', { budgetFen: 1 }],
    ['institution_not_found', { institutionIds: ['nobody'] }],
  ] as const)('answers %s to %j', async (code, changes) => {
    const { id: templateId } = await create();
    const input = {
      templateId,
      ...changes,
      ...('institutionIds' in changes && { institutionIds: ['nobody'] }),
    };

    expect(await cloud.ask('voucher.amendTemplate', input as { templateId: string }, city.clerk)).toEqual(
      refused(code),
    );
  });

  it('keeps what is promised to holders, and never goes below what was issued', async () => {
    const { templateId } = await seedHolding(cloud, city, { first: 10 });

    const promised = await cloud.ask('voucher.amendTemplate', { templateId, validDays: 91 }, city.clerk);
    const below = await cloud.ask('voucher.amendTemplate', { templateId, quota: 1 }, city.clerk);
    const more = await cloud.ask('voucher.amendTemplate', { templateId, quota: 20_000 }, city.clerk);

    expect(promised).toEqual(refused('template_not_draft'));
    expect(below).toEqual(refused('template_below_issued'));
    expect(more).toMatchObject({ ok: true, data: { quota: 20_000, issuedCount: 2, committedFen: 100_000 } });
  });

  it('is over once the template is closed', async () => {
    const templateId = await publishedTemplate(cloud, city);
    await cloud.must('voucher.closeTemplate', { templateId }, city.clerk);

    expect(await cloud.ask('voucher.amendTemplate', { templateId, name: '新' }, city.clerk)).toEqual(
      refused('template_closed'),
    );
  });
});

describe('voucher.publishTemplate and voucher.closeTemplate', () => {
  it('take a template through its life, each step once', async () => {
    const { id: templateId } = await create();

    const early = await cloud.ask('voucher.closeTemplate', { templateId }, city.clerk);
    const published = await cloud.ask('voucher.publishTemplate', { templateId }, city.clerk);
    const again = await cloud.ask('voucher.publishTemplate', { templateId }, city.clerk);
    const closed = await cloud.ask('voucher.closeTemplate', { templateId }, city.clerk);
    const reopened = await cloud.ask('voucher.publishTemplate', { templateId }, city.clerk);

    expect(early).toEqual(refused('template_not_published'));
    expect(published).toMatchObject({ ok: true, data: { status: 'published' } });
    expect(again).toEqual(refused('template_not_draft'));
    expect(closed).toMatchObject({ ok: true, data: { status: 'closed' } });
    expect(reopened).toEqual(refused('template_not_draft'));
  });

  it('answer a repeated request with the first answer', async () => {
    const { id: templateId } = await create();
    const call = { ...city.clerk, requestId: randomUUID() };

    const first = await cloud.ask('voucher.publishTemplate', { templateId }, call);

    expect(await cloud.ask('voucher.publishTemplate', { templateId }, call)).toEqual(first);
  });
});

describe('a template of another city', () => {
  it.each([
    'voucher.amendTemplate',
    'voucher.publishTemplate',
    'voucher.closeTemplate',
    'voucher.getTemplate',
  ] as const)('is not found by %s', async name => {
    const { id: templateId } = await create();

    expect(await cloud.ask(name, { templateId }, foreign.clerk)).toEqual(refused('template_not_found'));
    expect(await cloud.ask(name, { templateId: 'nothing' }, city.clerk)).toEqual(
      refused('template_not_found'),
    );
  });
});

describe('voucher.getTemplate and voucher.listTemplates', () => {
  it('show a city its templates and nobody else’s, newest first, in two requests', async () => {
    const { id } = await create({ name: '最新的券' });

    const own = await cloud.call('voucher.listTemplates', {}, city.reviewers[0]);
    const institution = await cloud.ask('voucher.listTemplates', { status: 'draft' }, city.administrator);
    const elsewhere = await cloud.ask('voucher.listTemplates', {}, foreign.clerk);
    const wish = await cloud.ask('voucher.listTemplates', { cityCode: '3701' }, foreign.clerk);
    const province = await cloud.ask('voucher.listTemplates', { cityCode: '3701' }, city.province);

    const newest = {
      ok: true,
      data: { items: expect.arrayContaining([expect.objectContaining({ id })]) as unknown },
    };
    expect(own.result).toMatchObject(newest);
    expect(own.result.ok && own.result.data.items[0]?.id).toBe(id);
    expect(own.databaseRequests).toBeLessThanOrEqual(2);
    expect(institution).toMatchObject(newest);
    expect(elsewhere).toEqual({ ok: true, data: { items: [] } });
    expect(wish).toEqual({ ok: true, data: { items: [] } });
    expect(province).toMatchObject(newest);
    expect(await cloud.ask('voucher.getTemplate', { templateId: id }, city.payer)).toMatchObject({
      ok: true,
      data: { id },
    });
  });

  it('page by cursor without losing or repeating any', async () => {
    for (let number = 0; number < 22; number++) await create({ name: `第${number}种` });

    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await cloud.must(
        'voucher.listTemplates',
        { status: 'draft', ...(cursor && { cursor }) },
        city.clerk,
      );
      expect(page.items.length).toBeLessThanOrEqual(20);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
      if (cursor === undefined) break;
    }

    const drafts = (await cloud.documents('templates')).filter(document => document['status'] === 'draft');
    expect([...seen].sort()).toEqual(drafts.map(({ _id }) => _id).sort());
  });
});
