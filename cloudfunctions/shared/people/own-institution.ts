import type { InstitutionId, PersonKey } from '../../../miniprogram/contract/ids';
import { fail, ok, type Result } from '../../../miniprogram/contract/result';
import { checkNotOwn, type Administration, type WithSteps } from '../domain/separation';
import { findGrants, grants } from '../store/people';
import { grantIdOf } from './grant';

/** What somebody has been at an institution, whether or not they still are; also while it is suspended. */
export const findAdministration = (
  institutionId: InstitutionId,
  personKey: PersonKey,
): Promise<Administration | undefined> =>
  grants.find(grantIdOf({ role: 'administrator', institutionId }, personKey));

/** The same of all institutions at which the person has ever been one. */
export async function findAdministrations(
  personKey: PersonKey,
): Promise<ReadonlyMap<InstitutionId, Administration>> {
  const found = await findGrants([personKey]);
  return new Map(
    found.flatMap(grant =>
      grant.institutionId === undefined ? [] : [[grant.institutionId, grant] as const],
    ),
  );
}

/** {@link checkNotOwn} on what is stored. What belongs to no institution is nobody's own. @returns institution_is_own. */
export async function checkInstitutionNotOwn(
  record: WithSteps & { institutionId?: InstitutionId },
  personKey: PersonKey,
): Promise<Result<undefined>> {
  const { institutionId } = record;
  if (institutionId === undefined) return ok(undefined);
  return checkNotOwn(record, personKey, await findAdministration(institutionId, personKey));
}

/**
 * Nobody changes an institution that they administer themselves, nor who administers it beside them.
 * @returns institution_is_own.
 */
export async function checkNotAdministered(
  institutionId: InstitutionId,
  personKey: PersonKey,
): Promise<Result<undefined>> {
  const administration = await findAdministration(institutionId, personKey);
  return administration?.active ? fail('institution_is_own') : ok(undefined);
}
