import { checkActive, checkAdmission } from '../../cloudfunctions/shared/domain/admission';
import type { InstitutionId } from '../../miniprogram/contract/ids';
import { refused } from '../support/refused';
import { branded } from '../support/branded';

const id = branded<InstitutionId>('school');
const active = { id, active: true };
const suspended = { id, active: false };
const projectId = 'skill_upgrade';
const openToAll = { status: 'published', projectId, institutionIds: [] } as const;
const openTo = (...ids: string[]) => ({
  status: 'published' as const,
  projectId: 'skill_upgrade' as const,
  institutionIds: branded<InstitutionId[]>(ids),
});
const ADMITTED = { ok: true, data: undefined };

it('an active institution is admitted by a published template that names it, or names nobody', () => {
  expect(checkAdmission(active, openToAll)).toEqual(ADMITTED);
  expect(checkAdmission(active, openTo('another', 'school'))).toEqual(ADMITTED);
});

it('the reasons against it are judged in their order', () => {
  expect(checkAdmission(suspended, { ...openTo('another'), status: 'closed' })).toEqual(
    refused('institution_not_active'),
  );
  expect(checkAdmission(active, { ...openTo('another'), status: 'closed' })).toEqual(
    refused('template_not_published'),
  );
  const other = { ...active, projectIds: ['pre_job' as const] };
  expect(checkAdmission(other, openTo('another'))).toEqual(refused('institution_not_allowed_for_template'));
  expect(checkAdmission(other, openToAll)).toEqual(refused('project_not_allowed_for_institution'));
});

it('an institution runs the projects that are named for it, and all of them where none is', () => {
  expect(checkAdmission({ ...active, projectIds: ['pre_job', 'skill_upgrade'] }, openToAll)).toEqual(
    ADMITTED,
  );
  expect(checkAdmission({ ...active, projectIds: [] }, openToAll)).toEqual(ADMITTED);
});

it('what cannot be found admits nobody', () => {
  expect(checkAdmission(undefined, openToAll)).toEqual(refused('institution_not_active'));
  expect(checkAdmission(active, undefined)).toEqual(refused('template_not_published'));
  expect(checkActive(undefined)).toEqual(refused('institution_not_active'));
  expect(checkActive(active)).toEqual(ADMITTED);
});
