import type { ClassStatus, ClassView } from '../../../miniprogram/contract/training';
import type { IssueMode } from '../../../miniprogram/contract/vouchers';
import { toClassPage } from '../../../miniprogram/institution/view/class-page';

const aClass = (status: ClassStatus, more: Partial<ClassView> = {}): ClassView => ({
  id: 'c1',
  templateId: 't1',
  name: '电工班',
  place: '经十路1号',
  startsOn: '2026-11-24',
  endsOn: '2026-12-04',
  hours: 40,
  status,
  projectId: 'skill_upgrade',
  cityCode: '3701',
  institutionId: 'i1',
  institutionName: '泉城学校',
  amountFen: 120_000,
  ...more,
});

const page = (
  trainingClass: ClassView,
  { issueMode = 'targeted', rosterCount = 2, today = '2026-11-24' }: Partial<Facts> = {},
) => toClassPage(trainingClass, { issueMode, rosterCount, rosterGoesOn: false, today });

interface Facts {
  issueMode: IssueMode;
  rosterCount: number;
  today: string;
}

test('a draft without people first needs a roster', () => {
  expect(page(aClass('draft'), { rosterCount: 0 })).toMatchObject({ action: 'import', rosterText: '0人' });
});

test('a draft with people, and any class of a 通用券, can be submitted', () => {
  expect(page(aClass('draft')).action).toBe('submit');
  expect(page(aClass('draft'), { rosterCount: 0, issueMode: 'general' })).toMatchObject({
    action: 'submit',
    hasRoster: false,
  });
});

test('a returned class shows why and is submitted again', () => {
  const view = page(aClass('returned', { returnReason: '地点不清' }));

  expect(view).toMatchObject({ returnReason: '地点不清', actionText: '重新提交审核', editable: true });
});

test('while it waits for the city there is nothing to do', () => {
  expect(page(aClass('submitted'))).toMatchObject({ action: 'none', actionText: '', editable: false });
});

test('an approved class can begin; a running one ends on its last day, not before', () => {
  expect(page(aClass('approved')).action).toBe('start');
  expect(page(aClass('running'), { today: '2026-12-03' })).toMatchObject({ action: 'none' });
  expect(page(aClass('running'), { today: '2026-12-04' })).toMatchObject({ action: 'finish' });
});

test('a finished class leads to the subsidy', () => {
  expect(page(aClass('finished'))).toMatchObject({ action: 'apply', actionText: '申请补贴' });
});

test('a roster of more than one page says so', () => {
  const facts = { issueMode: 'targeted', rosterCount: 20, rosterGoesOn: true, today: '2026-11-24' } as const;

  expect(toClassPage(aClass('draft'), facts).rosterText).toBe('20人以上');
});

test('a class whose template is no longer listed shows everything else', () => {
  const facts = { issueMode: undefined, rosterCount: 1, rosterGoesOn: false, today: '2026-11-24' };
  const view = toClassPage(aClass('draft'), facts);

  expect(view.facts.map(({ label }) => label)).not.toContain('券的种类');
  expect(view.action).toBe('submit');
});
