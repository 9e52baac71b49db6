import { checkActive, checkAdmission } from '../../cloudfunctions/shared/domain/admission';
import type { InstitutionId } from '../../miniprogram/contract/ids';
import { refused } from '../support/refused';
import { branded } from '../support/branded';

const id = branded<InstitutionId>('school');
const active = { id, active: true };
const suspended = { id, active: false };
const openToAll = { status: 'published', institutionIds: [] } as const;
const openTo = (...ids: string[]) => ({
  status: 'published' as const,
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
  expect(checkAdmission(active, openTo('another'))).toEqual(refused('institution_not_allowed_for_template'));
});

it('what cannot be found admits nobody', () => {
  expect(checkAdmission(undefined, openToAll)).toEqual(refused('institution_not_active'));
  expect(checkAdmission(active, undefined)).toEqual(refused('template_not_published'));
  expect(checkActive(undefined)).toEqual(refused('institution_not_active'));
  expect(checkActive(active)).toEqual(ADMITTED);
});
