import type { TemplateStatus, TemplateView } from '../../miniprogram/contract/templates';
import { amendTemplate, checkTemplate, moveTemplate } from '../../cloudfunctions/shared/domain/template';

const aTemplate = (over: Partial<TemplateView> = {}): TemplateView => ({
  id: 'template',
  status: 'draft',
  issuedCount: 0,
  committedFen: 0,
  cityCode: '3701',
  name: '岗前培训券',
  projectId: 'pre_job',
  issueMode: 'targeted',
  functionMode: 'face_value',
  amountFen: 50_000,
  quota: 100,
  budgetFen: 5_000_000,
  claimWindowDays: 30,
  validDays: 90,
  audience: [],
  institutionIds: [],
  ...over,
});

const refusalOf = (result: { ok: true } | { ok: false; error: { code: string } }): string =>
  result.ok ? 'ok' : result.error.code;

describe('the fields of a template', () => {
  it('may let claiming and use end on the same day, and afford exactly one voucher', () => {
    expect(checkTemplate(aTemplate({ claimWindowDays: 90, budgetFen: 50_000 })).ok).toBe(true);
  });

  it('must let every voucher be claimed before it ends', () => {
    expect(refusalOf(checkTemplate(aTemplate({ claimWindowDays: 91 })))).toBe('template_days_contradictory');
  });

  it('must afford one voucher', () => {
    expect(refusalOf(checkTemplate(aTemplate({ budgetFen: 49_999 })))).toBe('template_budget_below_amount');
  });
});

describe('amending', () => {
  it('changes anything in a draft', () => {
    expect(amendTemplate(aTemplate(), { amountFen: 1, validDays: 60 })).toMatchObject({
      ok: true,
      data: { amountFen: 1, validDays: 60 },
    });
  });

  it('changes name, quota, budget and institutions after publication', () => {
    const changes = { name: '新名称', quota: 200, budgetFen: 10_000_000, institutionIds: ['a'] };

    expect(amendTemplate(aTemplate({ status: 'published' }), changes)).toMatchObject({
      ok: true,
      data: changes,
    });
  });

  it.each([
    { amountFen: 1 },
    { validDays: 91 },
    { claimWindowDays: 1 },
    { projectId: 'golden_blue' },
    { functionMode: 'credit' },
    { audience: [] },
  ] as const)('refuses %j after publication: it is promised to holders', changes => {
    const published = aTemplate({ status: 'published' });

    expect(refusalOf(amendTemplate(published, { ...changes } as Partial<TemplateView>))).toBe(
      'template_not_draft',
    );
  });

  it('refuses anything once it is closed', () => {
    expect(refusalOf(amendTemplate(aTemplate({ status: 'closed' }), { name: 'x' }))).toBe('template_closed');
  });

  it.each([{ quota: 9 }, { budgetFen: 499_999 }])('refuses %j below what has been issued', changes => {
    const issued = aTemplate({ status: 'published', issuedCount: 10, committedFen: 500_000 });

    expect(amendTemplate(issued, changes)).toEqual({
      ok: false,
      error: { code: 'template_below_issued', data: { issuedCount: 10, committedFen: 500_000 } },
    });
    expect(amendTemplate(issued, { quota: 10, budgetFen: 500_000 }).ok).toBe(true);
  });

  it('refuses what contradicts what stays', () => {
    expect(refusalOf(amendTemplate(aTemplate(), { validDays: 29 }))).toBe('template_days_contradictory');
  });
});

describe('the life of a template', () => {
  it.each([
    ['publish', 'draft', 'published'],
    ['publish', 'published', 'template_not_draft'],
    ['publish', 'closed', 'template_not_draft'],
    ['close', 'draft', 'template_not_published'],
    ['close', 'published', 'closed'],
    ['close', 'closed', 'template_not_published'],
  ] as const)('%s of a template that is %s gives %s', (command, status, outcome) => {
    const moved = moveTemplate(command, status as TemplateStatus);

    expect(moved.ok ? moved.data : moved.error.code).toBe(outcome);
  });
});
