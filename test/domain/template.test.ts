import type { Plain } from '../../miniprogram/contract/brand';
import type { TemplateFields } from '../../miniprogram/contract/templates';
import {
  checkAmendment,
  checkQuota,
  checkTemplate,
  TEMPLATE_LIFE,
} from '../../cloudfunctions/shared/domain/template';
import { branded } from '../support/branded';
import { refused } from '../support/refused';
import { aTemplate } from './a-template';
import { describeLife } from './describe-life';

const REFUSALS = {
  create: 'template_not_draft',
  amend: 'template_closed',
  publish: 'template_not_draft',
  close: 'template_not_published',
} as const;

describeLife('template', TEMPLATE_LIFE, {
  statuses: ['draft', 'published', 'closed'],
  final: ['closed'],
  begin: { command: 'create', status: 'draft' },
  legal: {
    create: {},
    amend: { draft: 'draft', published: 'published' },
    publish: { draft: 'published' },
    close: { published: 'closed' },
  },
  refusalOf: (command, status) => ({ code: REFUSALS[command], data: { status } }),
});

describe('the fields of a template', () => {
  it('may let claiming and use end on the same day, and afford exactly one voucher', () => {
    expect(checkTemplate(aTemplate({ claimWindowDays: 90, budgetFen: 50_000 })).ok).toBe(true);
  });

  it('must let every voucher be claimed before it ends', () => {
    expect(checkTemplate(aTemplate({ claimWindowDays: 91 }))).toEqual(refused('template_days_contradictory'));
  });

  it('must afford one voucher', () => {
    expect(checkTemplate(aTemplate({ budgetFen: 49_999 }))).toEqual(refused('template_budget_below_amount'));
  });
});

describe('amending', () => {
  const amend = (template: ReturnType<typeof aTemplate>, changes: Partial<Plain<TemplateFields>>) =>
    checkAmendment(template, branded<Partial<TemplateFields>>(changes));

  it('may change anything in a draft', () => {
    expect(amend(aTemplate(), { amountFen: 1, validDays: 60, projectId: 'golden_blue' }).ok).toBe(true);
  });

  it.each([{ name: '新名称' }, { quota: 200 }, { budgetFen: 10_000_000 }, { institutionIds: ['a'] }])(
    'may change %j after publication',
    changes => {
      expect(amend(aTemplate({ status: 'published' }), changes).ok).toBe(true);
    },
  );

  it.each<Partial<Plain<TemplateFields>>>([
    { amountFen: 1 },
    { validDays: 91 },
    { claimWindowDays: 1 },
    { projectId: 'golden_blue' },
    { issueMode: 'general' },
    { functionMode: 'credit' },
    { audience: [] },
    { name: '新名称', validDays: 91 },
  ])('refuses %j after publication: it is promised to holders', changes => {
    expect(amend(aTemplate({ status: 'published' }), changes)).toEqual(refused('template_not_draft'));
  });

  it('refuses anything once it is closed', () => {
    expect(amend(aTemplate({ status: 'closed' }), { name: 'x' })).toEqual({
      ok: false,
      error: { code: 'template_closed' },
    });
  });

  it.each([{ quota: 9 }, { budgetFen: 499_999 }])('refuses %j below what has been issued', changes => {
    const issued = aTemplate({ status: 'published', issuedCount: 10, committedFen: 500_000 });

    expect(amend(issued, changes)).toEqual({
      ok: false,
      error: { code: 'template_below_issued', data: { issuedCount: 10, committedFen: 500_000 } },
    });
    expect(amend(issued, { quota: 10, budgetFen: 500_000 }).ok).toBe(true);
  });

  it('refuses what contradicts what stays', () => {
    expect(amend(aTemplate(), { validDays: 29 })).toEqual(refused('template_days_contradictory'));
    expect(amend(aTemplate(), { amountFen: 5_000_001 })).toEqual(refused('template_budget_below_amount'));
  });
});

describe('what a template can still bear', () => {
  const issued = aTemplate({ quota: 12, issuedCount: 10, budgetFen: 600_000, committedFen: 500_000 });

  it('is what quota and budget leave, to the last voucher', () => {
    expect(checkQuota(issued, 2).ok).toBe(true);
    expect(checkQuota(issued, 0).ok).toBe(true);
  });

  it('is no more than the quota leaves', () => {
    expect(checkQuota(issued, 3)).toEqual({
      ok: false,
      error: { code: 'template_quota_exceeded', data: { neededCount: 3, leftCount: 2 } },
    });
  });

  it('is no more than the budget leaves, to the fen', () => {
    expect(checkQuota({ ...issued, quota: 100 }, 3)).toEqual({
      ok: false,
      error: { code: 'template_budget_exceeded', data: { neededFen: 150_000, leftFen: 100_000 } },
    });
    expect(checkQuota(aTemplate({ ...issued, budgetFen: 599_999 }), 2)).toEqual(
      refused('template_budget_exceeded'),
    );
  });
});
